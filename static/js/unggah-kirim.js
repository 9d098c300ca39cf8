/* Sends one large file in parts and shows how far it is; goes on after a lost connection, and after a closed tab when
   the same file is chosen again. Parts go straight to the bucket where the site keeps its files in one and this browser
   reaches it; else to the site. Used by unggah.js (forms) and unggah-beberapa.js (several files at once). */

const RETRY_SECONDS = [1, 2, 4, 8, 15];
const FIRST_BYTES_SECONDS = 10; // a bucket at an address that leads nowhere is waited for no longer
const SILENT_SECONDS = 60;
const MISSES = 3; // a bucket that has taken parts of this file before may fail so often
const THROUGH_SITE = "unggah-lewat-situs"; // remembered as long as the tab is open
const number = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const megabytes = (bytes) => `${number.format(bytes / 2 ** 20)} MB`; // as the server counts

export const canSend = Boolean(window.crypto?.subtle);

async function fingerprint(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Refused extends Error {}
export class Cancelled extends Error {}

/** One request to the site; resolves with the answer, rejects with Refused (do not try again) or another error. */
function send(method, url, { body, headers = {}, progress, token, register }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    register?.(request);
    request.open(method, url);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => progress?.(event.loaded);
    request.onerror = request.ontimeout = () => reject(new Error("koneksi"));
    request.onabort = () => reject(new Cancelled());
    request.onload = () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* a sign-in page, or a proxy's own words */ }
      if (request.status < 300 && answer) return resolve(answer);
      if (request.status >= 500 || request.status === 429 && !answer) return reject(new Error("server"));
      if (request.status === 400 && method === "PUT") return reject(new Error("rusak"));
      const words = answer?.pesan
        || (request.status === 403 || request.status < 300
          ? "Sesi Anda berakhir. Masuk lagi di tab lain, lalu tekan Lanjutkan."
          : "Server menolak unggahan ini.");
      return reject(new Refused(words));
    };
    request.send(body);
  });
}

/** One part to the bucket: no header of ours, so that the least of permissions is enough there. */
function sendToBucket(url, blob, { progress, register }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = null;
    const patience = (seconds) => {
      clearTimeout(timer);
      timer = setTimeout(() => { reject(new Error("senyap")); request.abort(); }, seconds * 1000);
    };
    register(request);
    request.open("PUT", url);
    request.upload.onprogress = (event) => { patience(SILENT_SECONDS); progress(event.loaded); };
    request.onerror = () => reject(new Error("ember"));
    request.onabort = () => reject(new Cancelled());
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(`ember ${request.status}`)));
    request.onloadend = () => clearTimeout(timer);
    patience(FIRST_BYTES_SECONDS);
    request.send(blob);
  });
}

/** One file on its way, and the panel that shows it. */
export class Upload {
  /** `address` begins an upload, `partSize` bytes is its first part, `csrf()` gives the token, `place(box)` puts the
      panel on the page, `hint` says what to do meanwhile; `cancelled()` is called when the officer gave the file up. */
  constructor(file, { address, partSize, csrf, place, cancelled, hint = "" }) {
    Object.assign(this, { file, address, partSize, csrf, cancelled, hint });
    this.url = "";
    this.quarter = 0;
    this.interruptions = 0;
    this.show(place);
  }

  // --- what is seen and heard ----------------------------------------------------------------------------------------

  show(place) {
    this.box = document.createElement("div");
    this.box.className = "unggah";
    this.bar = document.createElement("progress");
    this.bar.max = this.file.size;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `Unggahan ${this.file.name}`);
    this.count = document.createElement("p");
    this.count.className = "unggah__angka";
    this.status = document.createElement("p");
    this.status.setAttribute("role", "status");
    this.pause = this.button("Jeda", () => (this.paused ? this.resume() : this.hold()));
    this.cancel = this.button("Batalkan unggahan", () => this.abandon());
    const buttons = document.createElement("p");
    buttons.className = "unggah__tombol";
    buttons.append(this.pause, this.cancel);
    this.box.append(this.bar, this.count, this.status, buttons);
    place(this.box);
  }

  button(words, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = words;
    button.addEventListener("click", action);
    return button;
  }

  say(words) { this.status.textContent = words; }

  at(bytes) {
    this.bar.value = bytes;
    this.count.textContent = `${megabytes(bytes)} dari ${megabytes(this.file.size)}`;
    const quarter = Math.floor((bytes / this.file.size) * 4);
    if (quarter > this.quarter && quarter < 4) this.say(`${quarter * 25} persen terunggah.`);
    this.quarter = Math.max(this.quarter, quarter);
  }

  // --- what the officer does -----------------------------------------------------------------------------------------

  hold() {
    this.paused = true;
    this.pause.textContent = "Lanjutkan";
    this.request?.abort();
    this.say("Dijeda. Yang sudah terunggah tersimpan sampai besok.");
  }

  resume() {
    this.paused = false;
    this.pause.textContent = "Jeda";
    this.say("Dilanjutkan.");
    this.wake?.();
  }

  /** Ends without a word; what has arrived waits on the server. */
  stop() {
    this.stopped = true;
    this.request?.abort();
    this.wake?.();
  }

  remove() {
    this.stop();
    this.box.remove();
  }

  abandon() {
    this.remove();
    if (this.url) send("DELETE", this.url, { token: this.csrf() }).catch(() => {});
    this.cancelled();
  }

  // --- the work ------------------------------------------------------------------------------------------------------

  /** Sends the file; resolves with the code of the upload. Rejects with Refused, Cancelled, or an error of reading. */
  async run() {
    this.at(0);
    this.say(`Berkas besar: diunggah bagian demi bagian. ${this.hint}`.trim());
    const online = () => this.wake?.();
    window.addEventListener("online", online);
    try {
      const code = await this.parts();
      this.bar.value = this.file.size;
      return code;
    } finally {
      window.removeEventListener("online", online);
      this.pause.remove();
    }
  }

  async parts() {
    const { file } = this;
    const about = new URLSearchParams({
      nama: file.name,
      ukuran: file.size,
      diubah: file.lastModified,
      bagian_pertama: await fingerprint(file.slice(0, this.partSize)),
    });
    const begun = await this.persist(() => send("POST", this.address, { body: about, token: this.csrf() }));
    this.url = begun.alamat;
    const there = new Set(begun.tiba);
    const size = begun.ukuran_bagian;
    const length = (part) => Math.min(size, file.size - (part - 1) * size);
    this.direct = begun.langsung && !sessionStorage.getItem(THROUGH_SITE);
    this.done = begun.tiba.reduce((sum, part) => sum + length(part), 0);
    if (this.done) this.say(`Melanjutkan unggahan sebelumnya: ${megabytes(this.done)} sudah tersimpan.`);
    for (let part = 1; part <= begun.bagian; part += 1) {
      if (there.has(part)) continue;
      const blob = file.slice((part - 1) * size, (part - 1) * size + length(part));
      const sha256 = await fingerprint(blob);
      if (!(this.direct && await this.toBucket(part, blob, sha256))) await this.toSite(part, blob, sha256);
      this.done += blob.size;
      this.at(this.done);
    }
    return begun.kode;
  }

  transport(blob) {
    return {
      progress: (sent) => { if (!this.stopped) this.at(this.done + Math.min(sent, blob.size)); },
      register: (request) => { this.request = request; },
      token: this.csrf(),
    };
  }

  toSite(part, blob, sha256) {
    this.box.dataset.jalur = "situs";
    return this.persist(() => send("PUT", `${this.url}${part}/`, {
      body: blob,
      headers: { "Content-Type": "application/octet-stream", "X-Bagian-SHA256": sha256 },
      ...this.transport(blob),
    }));
  }

  /** Sends a part to the bucket; false when this browser does not reach it, though it reaches the site. */
  async toBucket(part, blob, sha256) {
    this.box.dataset.jalur = "langsung";
    for (let misses = 0; ;) {
      const { ke } = await this.persist(() => send("POST", `${this.url}${part}/`, {
        headers: { "X-Bagian-SHA256": sha256 }, token: this.csrf(),
      }));
      if (!ke) return false;
      try {
        await sendToBucket(ke, blob, this.transport(blob));
        this.reached = true;
        return true;
      } catch (error) {
        if (this.stopped) throw new Cancelled();
        if (error instanceof Cancelled) continue; // paused: the next question waits
      }
      // The browser does not tell a lost connection from a bucket that does not answer it: our server knows.
      const before = this.interruptions;
      const { tiba } = await this.persist(() => send("GET", this.url, { token: this.csrf() }));
      if (tiba.includes(part)) return true;
      if (this.interruptions === before) misses += 1;
      if (misses >= (this.reached ? MISSES : 1)) {
        this.direct = false;
        sessionStorage.setItem(THROUGH_SITE, "1");
        return false;
      }
    }
  }

  /** Does `work` again until it succeeds, is refused, or the upload was stopped. */
  async persist(work) {
    for (let failures = 0; ;) {
      while (this.paused && !this.stopped) await this.rest(null);
      if (this.stopped) throw new Cancelled();
      try {
        return await work();
      } catch (error) {
        if (this.stopped) throw new Cancelled();
        if (error instanceof Cancelled) continue;
        if (error instanceof Refused) {
          if (!error.message.startsWith("Sesi")) throw error;
          this.hold();
          this.say(error.message);
          continue;
        }
        if (failures === 0) this.say("Koneksi terputus. Unggahan dilanjutkan sendiri begitu tersambung.");
        this.interruptions += 1;
        await this.rest(RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length - 1)]);
        failures += 1;
      }
    }
  }

  /** Waits for so many seconds, for the connection to come back, or for "Lanjutkan". */
  rest(seconds) {
    return new Promise((resolve) => {
      const timer = seconds === null ? null : setTimeout(resolve, seconds * 1000);
      this.wake = () => { clearTimeout(timer); resolve(); };
    }).finally(() => { this.wake = null; });
  }
}

/** The sentence for what ended an upload. */
export function wordsFor(error) {
  return error instanceof Refused ? error.message : "Berkas tidak dapat dibaca. Pilih berkasnya lagi.";
}

/** The CSRF token of a form. */
export function csrfOf(form) {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form.querySelector("[name=csrfmiddlewaretoken]").value;
}
