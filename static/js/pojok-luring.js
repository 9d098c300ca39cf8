// Lets the screen in the lobby start while the network is away: then, and only then, it gives what pojok.js has kept on
// the device (the page, its files). It keeps nothing itself and touches nothing else, so parts for other sites and the
// builder, which stand below the same address, are as without it.

const STORE = "pojok";
const PAGE = "/pojok/";
const FILES = ["style", "script", "font", "image"];
const PATIENCE = 8_000; // milliseconds for a network that says nothing at all

const late = () => new Promise((done) => setTimeout(done, PATIENCE, null));

/** The network's answer if it is a good one, else what was kept, else whatever the network says after all. */
async function answered(request, kept, isGood) {
  const network = fetch(request);
  const first = await Promise.race([network.catch(() => null), late()]);
  if (first && isGood(first)) return first;
  return (await caches.match(kept, { cacheName: STORE, ignoreVary: true })) ?? network;
}

async function page(request) {
  const answer = await answered(request, PAGE, (one) => one.status < 500);
  if (answer.status === 404 || answer.status === 410) await caches.delete(STORE); // withdrawn: gone here too
  return answer;
}

addEventListener("install", () => skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(request));
  else if (FILES.includes(request.destination)) event.respondWith(answered(request, request, (one) => one.ok));
});
