// Keeps the screen in the lobby alive for months: one clock drives everything, what is shown is replaced and never
// added to, and no listener is added after the start. Without this file all parts stand one below the other.

const UPDATE_EVERY = 60_000; // milliseconds
const PATIENCE = 20_000; // for an answer
const HANDS_OFF = 60_000; // after a touch or a key, the screen belongs to who stands before it
const RELOADED_FOR = "pojok-version";
const SWAPPED = ["pojok-opening", "pojok-state"];

const root = document.documentElement;
const at = (id) => document.getElementById(id);
const clock = at("pojok-clock");
const { zone } = clock.dataset;
const { url: address, worker } = at("pojok-source").dataset; // "" in a preview, which shows what is being written
const isFromDevice = "kept" in root.dataset; // the network is away: pojok-luring.js gave the page that was kept
const version = at("pojok-state").dataset.version;
const wall = matchMedia("(min-width: 64rem) and (min-height: 36rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const hour = new Intl.DateTimeFormat("id-ID", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("id-ID", { timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric" });

// The time is the server's: the clock of a device on a wall may be wrong, and its zone too.
let ahead = isFromDevice ? 0 : Number(clock.dataset.now) - Date.now();
const now = () => new Date(Date.now() + ahead);
const since = (moment) => performance.now() - moment; // what lasts is not measured by a clock that may be set

let touched = -Infinity; // when somebody last touched the screen or a key
let asked = performance.now(); // when the server was last asked
let turned = performance.now(); // when the part last changed
let waiting = false;
let lost = false;
let good = now(); // when the content was last known to be right
let etag = "";
let content = ""; // what was taken last, as it came
let current = 0;
let paused = calm.matches;

const write = (id, text) => {
  const element = at(id);
  if (element.textContent !== text) element.textContent = text;
};

// --- parts that take turns ---------------------------------------------------------------------------------------

const slides = () => at("pojok-state").querySelectorAll(".slide");

function show(index) {
  const all = slides();
  current = all.length ? (index + all.length) % all.length : 0;
  all.forEach((slide, number) => slide.classList.toggle("slide--now", number === current));
  const takesTurns = wall.matches && all.length > 1;
  root.classList.toggle("pojok--turning", takesTurns);
  at("pojok-controls").hidden = !takesTurns;
  write("pojok-count", takesTurns ? `${current + 1} dari ${all.length}` : "");
  write("pojok-pause", paused ? "Lanjutkan pergantian" : "Jeda pergantian");
  turned = performance.now();
}

const isBeingUsed = () => at("isi").contains(document.activeElement) && since(touched) < HANDS_OFF;

// --- content ------------------------------------------------------------------------------------------------------

async function update() {
  if (waiting || !address) return;
  waiting = true;
  asked = performance.now();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      headers: etag ? { "If-None-Match": etag } : {},
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: stop.signal,
    });
    let isRight = true;
    if (answer.status === 404 || answer.status === 410) close();
    else if (answer.status === 200) isRight = take(await answer.text(), answer.headers.get("ETag") ?? "");
    else if (answer.status !== 304) throw new Error(answer.status);
    const told = Date.parse(answer.headers.get("Date"));
    if (told) ahead = told - Date.now();
    if (isRight) good = now();
    lost = false;
    if (isRight && content) keep();
  } catch {
    lost = true;
  } finally {
    clearTimeout(timer);
    waiting = false;
    say();
  }
}

/** Shows the content that came; tells whether it is shown now. */
function take(html, tag) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const parts = SWAPPED.map((id) => fresh.getElementById(id));
  if (parts.includes(null)) throw new Error("no content of ours"); // somebody else answers in the server's place
  if (isBeingUsed()) return false; // asked again in a minute, for the tag is not kept
  const offered = parts[1].dataset.version;
  if (offered !== version && sessionStorage.getItem(RELOADED_FOR) !== offered) {
    sessionStorage.setItem(RELOADED_FOR, offered); // once only: a stale page from a cache must not make us turn in a circle
    location.reload();
    return false;
  }
  const shown = slides()[current]?.dataset.slide;
  for (const part of parts) at(part.id).replaceWith(document.adoptNode(part));
  etag = tag;
  content = html;
  const stays = [...slides()].findIndex((slide) => slide.dataset.slide === shown);
  const began = turned;
  show(stays < 0 ? current : stays);
  if (stays >= 0) turned = began;
  return true;
}

/** The office shows no Pojok any more: what was withdrawn must not stay on the wall. */
function close() {
  const note = document.createElement("p");
  note.className = "lede";
  note.textContent = "Pojok Informasi Publik sedang tidak ditayangkan. Silakan bertanya kepada petugas kami.";
  at("pojok-state").replaceChildren(note);
  etag = content = "";
  forget();
  show(0);
}

function say() {
  const sameDay = day.format(good) === day.format(now());
  const stamp = `Terakhir diperbarui ${sameDay ? "" : `${day.format(good)} pukul `}${hour.format(good)}`;
  write("pojok-stamp", stamp);
  write("pojok-status", lost ? "; sambungan terputus" : "");
  root.classList.toggle("pojok--lost", lost);
}

// --- a start without network ----------------------------------------------------------------------------------------
// What a screen would need for it is kept on the device: the page, its files, its content, and since when that is
// known. Not before the screen has been up for a minute, and not on a phone.

const STORE = "pojok"; // its name in pojok-luring.js too
const MEMORY = "pojok-terakhir";
const asHtml = (text, headers = {}) => new Response(text, { headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } });
let stored = ""; // the content that is on the device
let hasPage = false;
let attempts = 3; // for the page: a device without room is not asked for ever

async function keep() {
  if (!worker || !("serviceWorker" in navigator) || !wall.matches) return;
  try {
    const store = await caches.open(STORE);
    if (!hasPage && attempts-- > 0) hasPage = await keepPage(store);
    if (!hasPage) return;
    if (stored !== content) await store.put(address, asHtml(content));
    stored = content;
    localStorage.setItem(MEMORY, JSON.stringify({ good: good.getTime(), ahead }));
  } catch {
    // No room, or nothing may be stored here: such a screen needs the network to start.
  }
}

/** Keeps the page as nobody in particular sees it and without the mark of a view, its files, and nothing older. */
async function keepPage(store) {
  const page = location.pathname;
  const answer = await fetch(`${page}?segar`, { cache: "no-store", credentials: "omit", redirect: "error" });
  const text = await answer.text();
  const read = new DOMParser().parseFromString(text, "text/html");
  if (!answer.ok || read.getElementById("pojok-state")?.dataset.version !== version) return false;
  const named = read.querySelectorAll("link:is([rel=stylesheet], [rel=preload], [rel=icon]), script[src]");
  const files = new Set([...named].map((one) => new URL(one.getAttribute("href") ?? one.getAttribute("src"), location).href));
  await store.addAll([...files]);
  const policy = answer.headers.get("Content-Security-Policy") ?? "default-src 'self'";
  await store.put(page, asHtml(text.replace("<html", "<html data-kept"), { "Content-Security-Policy": policy }));
  const wanted = new Set([...files, new URL(page, location).href, new URL(address, location).href]);
  for (const one of await store.keys()) if (!wanted.has(one.url)) await store.delete(one);
  await navigator.serviceWorker.register(worker);
  return true;
}

function forget() {
  stored = "";
  hasPage = false;
  try {
    localStorage.removeItem(MEMORY);
    globalThis.caches?.delete(STORE).catch(() => {});
  } catch {
    // Nothing may be stored here, so nothing is.
  }
}

/** The page is the one that was kept: shows the content that was known last, and since when. */
async function wake() {
  lost = true;
  good = new Date(Number(clock.dataset.now)); // at least that old
  try {
    const memory = JSON.parse(localStorage.getItem(MEMORY));
    if (memory) [good, ahead] = [new Date(memory.good), memory.ahead];
    const last = await caches.match(address, { cacheName: STORE });
    if (last) take(await last.text(), "");
  } catch {
    // What the page itself holds is shown.
  }
  say();
  update();
}

// --- the one clock ------------------------------------------------------------------------------------------------

function tick() {
  const time = now();
  write("pojok-clock", hour.format(time));
  write("pojok-date", day.format(time));
  const until = Number(at("pojok-opening").dataset.until);
  if (until && time >= until) write("pojok-opening", ""); // the words no longer hold, and no new ones have come
  if (address && since(asked) > UPDATE_EVERY - 500) update(); // half a second: ticks are not even
  const rest = Number(at("pojok-state").dataset.seconds) * 1000;
  if (!paused && !isBeingUsed() && since(turned) >= rest) show(current + 1);
}

const turn = (by) => () => show(current + by);
at("pojok-back").addEventListener("click", turn(-1));
at("pojok-next").addEventListener("click", turn(1));
at("pojok-pause").addEventListener("click", () => {
  paused = !paused;
  show(current);
});
for (const event of ["pointerdown", "keydown"]) {
  document.addEventListener(event, () => (touched = performance.now()), { passive: true });
}
wall.addEventListener("change", () => show(current));
calm.addEventListener("change", () => {
  if (calm.matches) paused = true;
  show(current);
});
addEventListener("online", update);
addEventListener("pageshow", (event) => event.persisted && update());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && update());

show(0);
if (isFromDevice) wake();
else if (address) say();
tick();
setInterval(tick, 1000);
