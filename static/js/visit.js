// Reports once that somebody reads this page: also where the page came out of a cache, and not before it is seen.
const mark = document.getElementById("visit");
const report = () => {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", report);
  let from = "";
  try { from = new URL(document.referrer).origin; } catch { /* came from nowhere */ }
  navigator.sendBeacon("/statistik/kunjungan", new URLSearchParams({ t: mark.dataset.visit, r: from }));
};
document.addEventListener("visibilitychange", report);
report();
