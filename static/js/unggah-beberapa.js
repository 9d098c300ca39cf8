/* On the page that uploads several files at once: large ones go in parts, one after the other, small ones as ever. The
   list, its titles and its messages stay Wagtail's own; its plugin hands a file over just before it would send it, and
   gets it back as a code. */

import { Cancelled, Upload, canSend, csrfOf, wordsFor } from "./unggah-kirim.js";

const settings = document.querySelector("[data-unggah-beberapa]")?.dataset;
const plugin = () => window.jQuery("#fileupload"); // which puts another in its place after each choice

let queue = Promise.resolve();
let waiting = 0;

/** Sends the file of one row, then lets the plugin register it. */
async function sendRow(data, file, form) {
  const row = data.context;
  const fail = (words) => {
    row.removeClass("upload-uploading").addClass("upload-failure upload-complete");
    row.find(".error_messages").text(words);
  };
  const upload = new Upload(file, {
    address: settings.unggah,
    partSize: Number(settings.unggahBagian),
    csrf: () => csrfOf(form),
    place: (box) => row.find(".right").prepend(box),
    cancelled: () => row.remove(),
  });
  try {
    const code = await upload.run();
    upload.cancel.remove();
    upload.say("Berkas selesai terunggah dan sedang diperiksa.");
    const fields = plugin().fileupload("option", "formData");
    data.code = code;
    data.files = [{ name: file.name, size: 1 }]; // its name makes the title; what is no file is not sent
    data.formData = function withCode(ofForm) {
      return fields.call(this, ofForm).concat({ name: "unggahan", value: code });
    };
    await data.submit();
    upload.remove();
  } catch (error) {
    if (error instanceof Cancelled) return;
    upload.remove();
    if (error instanceof Error) fail(wordsFor(error));
    // else the plugin has said so: the site did not answer
  }
}

if (canSend && settings) {
  const form = document.querySelector(".drop-zone form");
  plugin().on("fileuploadsubmit", (event, data) => {
    const file = data.files[0];
    if (data.code || file.size < Number(settings.unggahDari)) return;
    event.preventDefault();
    const turn = document.createElement("p");
    turn.textContent = waiting ? "Menunggu giliran." : "";
    data.context.find(".right").prepend(turn);
    waiting += 1;
    queue = queue.then(() => {
      turn.remove();
      return sendRow(data, file, form);
    }).finally(() => { waiting -= 1; });
  });
  window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });
}
