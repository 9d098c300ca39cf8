// Verifying a file without sending it: its fingerprint is computed here, only the fingerprint is asked about.
// Without this file the form posts the file instead, and the server forgets it.

const form = document.querySelector("form[data-verify]");
if (form && window.Worker) {
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-status]");
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  const complaint = form.querySelector("[data-error]");
  const button = form.querySelector("button[type=submit]");
  let worker = null;

  for (const text of form.querySelectorAll("[data-without-script]")) text.hidden = true;
  for (const text of form.querySelectorAll("[data-with-script]")) text.hidden = false;
  form.noValidate = true; // our own sentences say more than the browser's

  const stop = (message = "") => {
    worker?.terminate();
    worker = null;
    progress.hidden = true;
    button.disabled = false;
    status.textContent = message;
  };

  const complain = (message) => {
    stop();
    complaint.textContent = message;
    complaint.hidden = !message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (message) input.focus();
  };

  const verify = (file) => {
    complain("");
    if (!file) return complain("Pilih dahulu berkas yang akan diperiksa.");
    if (!file.size) return complain("Berkas ini kosong, jadi tidak ada yang dapat diperiksa.");
    worker = new Worker(form.dataset.worker);
    progress.hidden = false;
    button.disabled = true;
    bar.value = 0;
    status.textContent = `Menghitung sidik jari “${file.name}” di perangkat Anda …`;
    const failed = () => complain("Berkas tidak dapat dibaca. Bila baru saja diubah atau dipindahkan, pilih lagi.");
    worker.onerror = failed;
    worker.onmessage = ({ data }) => {
      if (data.error) return failed();
      if (data.done) bar.value = (100 * data.done) / file.size;
      if (data.sha256) {
        stop("Sidik jari selesai dihitung. Mencocokkan …");
        location.assign(`${form.getAttribute("action")}${data.sha256}`);
      }
    };
    worker.postMessage(file);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    verify(input.files[0]);
  });
  progress.querySelector("[data-cancel]").addEventListener("click", () => {
    stop("Dibatalkan. Tidak ada yang dikirim.");
    button.focus();
  });

  /* A file may be dropped anywhere in the box. Beside it the browser would open the file and leave the page. */
  const over = (event, is) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("drop--over", is);
  };
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    over(event, false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) verify(file);
  });
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  }
  addEventListener("pageshow", (event) => event.persisted && stop());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // only over https; the text can be selected all the same
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.parentElement.querySelector("[data-copied]").textContent = "Tersalin.";
  });
}
