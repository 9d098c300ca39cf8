// For the page that frames parts of this site: gives each frame the height that its content asks for.
// Only frames that come from where this script comes from are believed, each only about itself.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const LEAST = 40;
  const MOST = 20000; // px
  const ours = () => [...document.querySelectorAll("iframe")].filter((frame) => {
    try { return new URL(frame.src).origin === origin; } catch { return false; }
  });
  addEventListener("message", (event) => {
    const data = event.data;
    if (event.origin !== origin || !data || data.type !== "eppid-tinggi" || !Number.isFinite(data.tinggi)) return;
    const frame = ours().find((candidate) => candidate.contentWindow === event.source);
    if (frame) frame.style.height = `${Math.min(Math.max(Math.ceil(data.tinggi), LEAST), MOST)}px`;
  });
  // Frames that were ready before this script. A question tells nothing, and one that is still empty has no origin yet.
  for (const frame of ours()) frame.contentWindow?.postMessage({ type: "eppid-tinggi?" }, "*");
})();
