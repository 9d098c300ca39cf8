/* Sends the large file of a form in parts while the rest of the form is filled in; then the form carries its code in
   place of the file. Also in forms that come later (the popup that chooses a document). Without this script the form
   sends the file as it always did. */

import { Cancelled, Upload, canSend, csrfOf, wordsFor } from "./unggah-kirim.js";

class FileField {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.hidden = this.form.querySelector("input[type=hidden][name$=unggahan]");
    this.from = Number(input.dataset.unggahDari);
    input.addEventListener("change", () => this.choose());
    this.form.addEventListener("submit", (event) => this.submit(event), true);
    window.addEventListener("beforeunload", (event) => {
      if (this.upload && this.input.isConnected) event.preventDefault();
    });
  }

  choose() {
    this.leave();
    this.panel?.remove();
    this.hidden.value = "";
    const file = this.input.files[0];
    if (file && file.size >= this.from) this.start(file);
  }

  leave() {
    this.upload?.stop();
    this.upload = null;
    this.waitsToSubmit = false;
  }

  /** Keeps the form until the file is there; then the code goes in place of the file. */
  submit(event) {
    if (this.hidden.value) {
      this.input.disabled = true;
      return;
    }
    if (!this.upload) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submitter = event.submitter;
    this.waitsToSubmit = true;
    if (this.upload.paused) this.upload.resume();
    this.upload.say("Formulir dikirim begitu berkas selesai terunggah.");
  }

  async start(file) {
    const upload = new Upload(file, {
      address: this.input.dataset.unggah,
      partSize: Number(this.input.dataset.unggahBagian),
      csrf: () => csrfOf(this.form),
      hint: "Isi formulir sambil menunggu.",
      place: (box) => this.input.after(box),
      cancelled: () => {
        this.hidden.value = "";
        this.input.value = "";
        this.leave();
        this.input.focus();
      },
    });
    this.upload = this.panel = upload;
    try {
      const code = await upload.run();
      if (this.upload !== upload) return;
      this.hidden.value = code;
      this.upload = null;
      upload.say("Berkas selesai terunggah. Simpan formulir untuk mendaftarkannya.");
      if (this.waitsToSubmit) this.form.requestSubmit(this.submitter || undefined);
    } catch (error) {
      if (error instanceof Cancelled || this.upload !== upload) return;
      this.leave();
      this.input.value = "";
      upload.say(wordsFor(error));
    }
  }
}

const fields = new Map();

/** Takes up the file fields that are there now, and leaves those that are gone (a popup that was closed). */
function look() {
  for (const [input, field] of fields) {
    if (input.isConnected) continue;
    field.leave();
    fields.delete(input);
  }
  for (const input of document.querySelectorAll("input[type=file][data-unggah]")) {
    if (!fields.has(input)) fields.set(input, new FileField(input));
  }
}

if (canSend) {
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}
