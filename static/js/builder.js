// Follows what is chosen without a click: asks the server for the same page and takes its result. Copies the code.
const form = document.querySelector("form[data-builder]");
const result = document.querySelector("[data-result]");

const offerCopying = () => {
  for (const button of result.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy);
      const said = button.parentElement.querySelector("[data-copied]");
      try {
        await navigator.clipboard.writeText(text.value);
        said.textContent = "Disalin.";
      } catch {
        text.select();
        said.textContent = "Kode sudah dipilih; salin dengan Ctrl+C.";
      }
    });
  }
};

let latest = 0;
const follow = async () => {
  const number = ++latest;
  const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = page.querySelector("[data-result]");
    // What cannot be shown yet stays as it was: somebody is still typing. The button tells what is wrong.
    if (number !== latest || !answer.ok || !shown) return;
    result.replaceChildren(...shown.childNodes);
    history.replaceState(null, "", address);
    offerCopying();
  } catch {
    // No network: the button reloads the page as ever.
  }
};

form.addEventListener("change", follow);
offerCopying();
