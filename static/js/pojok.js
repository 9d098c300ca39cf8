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
const address = at("pojok-source").dataset.url; // "" in a preview, which shows what is being written
const version = at("pojok-state").dataset.version;
const wall = matchMedia("(min-width: 64rem) and (min-height: 36rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const hour = new Intl.DateTimeFormat("id-ID", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("id-ID", { timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric" });

// The time is the server's: the clock of a device on a wall may be wrong, and its zone too.
let ahead = Number(clock.dataset.now) - Date.now();
const now = () => new Date(Date.now() + ahead);
const since = (moment) => performance.now() - moment; // what lasts is not measured by a clock that may be set

let touched = -Infinity; // when somebody last touched the screen or a key
let asked = performance.now(); // when the server was last asked
let turned = performance.now(); // when the part last changed
let waiting = false;
let lost = false;
let good = now(); // when the content was last known to be right
let etag = "";
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
    if (answer.status === 404 || answer.status === 410) close();
    else if (answer.status === 200) take(await answer.text(), answer.headers.get("ETag") ?? "");
    else if (answer.status !== 304) throw new Error(answer.status);
    const told = Date.parse(answer.headers.get("Date"));
    if (told) ahead = told - Date.now();
    good = now();
    lost = false;
  } catch {
    lost = true;
  } finally {
    clearTimeout(timer);
    waiting = false;
    say();
  }
}

function take(html, tag) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const parts = SWAPPED.map((id) => fresh.getElementById(id));
  if (parts.includes(null)) throw new Error("no content of ours"); // somebody else answers in the server's place
  if (isBeingUsed()) return; // asked again in a minute, for the tag is not kept
  const offered = parts[1].dataset.version;
  if (offered !== version && sessionStorage.getItem(RELOADED_FOR) !== offered) {
    sessionStorage.setItem(RELOADED_FOR, offered); // once only: a stale page from a cache must not make us turn in a circle
    location.reload();
    return;
  }
  const shown = slides()[current]?.dataset.slide;
  for (const part of parts) at(part.id).replaceWith(document.adoptNode(part));
  etag = tag;
  const stays = [...slides()].findIndex((slide) => slide.dataset.slide === shown);
  const began = turned;
  show(stays < 0 ? current : stays);
  if (stays >= 0) turned = began;
}

/** The office shows no Pojok any more: what was withdrawn must not stay on the wall. */
function close() {
  const note = document.createElement("p");
  note.className = "lede";
  note.textContent = "Pojok Informasi Publik sedang tidak ditayangkan. Silakan bertanya kepada petugas kami.";
  at("pojok-state").replaceChildren(note);
  etag = "";
  show(0);
}

function say() {
  const sameDay = day.format(good) === day.format(now());
  const stamp = `Terakhir diperbarui ${sameDay ? "" : `${day.format(good)} pukul `}${hour.format(good)}`;
  write("pojok-stamp", stamp);
  write("pojok-status", lost ? "; sambungan terputus" : "");
  root.classList.toggle("pojok--lost", lost);
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
if (address) say();
tick();
setInterval(tick, 1000);
