// Tells the page that frames this part how tall it is: whenever that changes, and when the page asks (embed-host.js).
// Nothing else is told, so whoever listens may listen.
if (parent !== window) {
  const tell = () => {
    if (innerWidth < 50) return; // a frame that has no size yet would be taken for a very narrow one
    const tinggi = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ type: "eppid-tinggi", tinggi }, "*");
  };
  addEventListener("message", (event) => {
    if (event.source === parent && event.data && event.data.type === "eppid-tinggi?") tell();
  });
  addEventListener("load", tell); // a frame out of sight is not drawn, and what is not drawn is not observed
  new ResizeObserver(tell).observe(document.body);
}
