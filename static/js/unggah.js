/* Sends a large file in parts while the rest of the form is filled in; goes on after a lost connection, and after a
   closed tab when the same file is chosen again. Without this script the form sends the file as it always did. */

const RETRY_SECONDS = [1, 2, 4, 8, 15];
const number = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const megabytes = (bytes) => `${number.format(bytes / 2 ** 20)} MB`; // as the server counts

async function fingerprint(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Refused extends Error {}
class Cancelled extends Error {}

/** One request; resolves with the answer, rejects with Refused (do not try again) or another error (try again). */
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

class Upload {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.hidden = this.form.querySelector("input[name=unggahan]");
    this.from = Number(input.dataset.unggahDari);
    this.partSize = Number(input.dataset.unggahBagian);
    input.addEventListener("change", () => this.choose());
    this.form.addEventListener("submit", (event) => this.submit(event), true);
    window.addEventListener("online", () => this.wake?.());
    window.addEventListener("beforeunload", (event) => { if (this.running) event.preventDefault(); });
  }

  get csrf() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : this.form.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  choose() {
    this.stop();
    this.hidden.value = "";
    const file = this.input.files[0];
    if (file && file.size >= this.from) this.start(file);
    else this.box?.remove();
  }

  stop() {
    this.run = null;
    this.request?.abort();
    this.wake?.();
    this.running = this.paused = this.waitsToSubmit = false;
  }

  /** Keeps the form until the file is there; then the token goes in place of the file. */
  submit(event) {
    if (this.hidden.value) {
      this.input.disabled = true;
      return;
    }
    if (!this.run) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submitter = event.submitter;
    this.waitsToSubmit = true;
    if (this.paused) this.resume();
    this.say("Formulir dikirim begitu berkas selesai terunggah.");
  }

  show() {
    this.box?.remove();
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
    this.input.after(this.box);
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

  abandon() {
    const url = this.url;
    this.stop();
    this.input.value = "";
    this.box.remove();
    this.input.focus();
    if (url) send("DELETE", url, { token: this.csrf }).catch(() => {});
  }

  /** Waits for so many seconds, for the connection to come back, or for "Lanjutkan". */
  rest(seconds) {
    return new Promise((resolve) => {
      const timer = seconds === null ? null : setTimeout(resolve, seconds * 1000);
      this.wake = () => { clearTimeout(timer); resolve(); };
    }).finally(() => { this.wake = null; });
  }

  /** Does `work` again until it succeeds, is refused, or another file was chosen. */
  async persist(run, work) {
    for (let failures = 0; ; ) {
      while (this.paused && this.run === run) await this.rest(null);
      if (this.run !== run) throw new Cancelled();
      try {
        return await work();
      } catch (error) {
        if (this.run !== run) throw new Cancelled();
        if (error instanceof Cancelled) continue;
        if (error instanceof Refused) {
          if (!error.message.startsWith("Sesi")) throw error;
          this.hold();
          this.say(error.message);
          continue;
        }
        if (failures === 0) this.say("Koneksi terputus. Unggahan dilanjutkan sendiri begitu tersambung.");
        await this.rest(RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length - 1)]);
        failures += 1;
      }
    }
  }

  async start(file) {
    const run = (this.run = Symbol(file.name));
    this.file = file;
    this.running = true;
    this.url = "";
    this.quarter = 0;
    this.show();
    this.at(0);
    this.say("Berkas besar: diunggah bagian demi bagian. Isi formulir sambil menunggu.");
    try {
      await this.work(run, file);
      this.hidden.value = this.code;
      this.running = false;
      this.bar.value = file.size;
      this.pause.remove();
      this.say("Berkas selesai terunggah. Simpan formulir untuk mendaftarkannya.");
      if (this.waitsToSubmit) this.form.requestSubmit(this.submitter || undefined);
    } catch (error) {
      if (error instanceof Cancelled || this.run !== run) return;
      this.running = false;
      this.run = null;
      this.pause.remove();
      this.input.value = "";
      this.say(error instanceof Refused ? error.message : "Berkas tidak dapat dibaca. Pilih berkasnya lagi.");
    }
  }

  async work(run, file) {
    const about = new URLSearchParams({
      nama: file.name,
      ukuran: file.size,
      diubah: file.lastModified,
      bagian_pertama: await fingerprint(file.slice(0, this.partSize)),
    });
    const begun = await this.persist(run, () => send("POST", this.input.dataset.unggah, {
      body: about, token: this.csrf,
    }));
    this.url = begun.alamat;
    this.code = begun.kode;
    const there = new Set(begun.tiba);
    const size = begun.ukuran_bagian;
    const length = (part) => Math.min(size, file.size - (part - 1) * size);
    let done = begun.tiba.reduce((sum, part) => sum + length(part), 0);
    if (done) this.say(`Melanjutkan unggahan sebelumnya: ${megabytes(done)} sudah tersimpan.`);
    for (let part = 1; part <= begun.bagian; part += 1) {
      if (there.has(part)) continue;
      const blob = file.slice((part - 1) * size, (part - 1) * size + length(part));
      const sha256 = await fingerprint(blob);
      await this.persist(run, () => send("PUT", `${this.url}${part}/`, {
        body: blob,
        headers: { "Content-Type": "application/octet-stream", "X-Bagian-SHA256": sha256 },
        progress: (sent) => this.run === run && this.at(done + Math.min(sent, blob.size)),
        register: (request) => { this.request = request; },
        token: this.csrf,
      }));
      done += blob.size;
      this.at(done);
    }
  }
}

if (window.crypto?.subtle) {
  for (const input of document.querySelectorAll("input[type=file][data-unggah]")) new Upload(input);
}
