// Suggestions below a search box while somebody types: a combobox with a listbox (WAI-ARIA 1.2). Without this file, or
// without an answer, the box is the plain one.

const PAUSE = 150; // milliseconds without a key before we ask
const LEAST = 2; // letters

for (const input of document.querySelectorAll("input[data-suggest]")) enhance(input);

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function enhance(input) {
  const list = document.createElement("ul");
  const status = document.createElement("div");
  set(list, { id: `${input.id}-saran`, class: "suggest", role: "listbox", "aria-label": "Saran", hidden: "" });
  set(status, { class: "visually-hidden", role: "status" });
  input.after(list, status);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id });

  let active = -1; // place of the chosen option; -1 is the box itself
  let timer;
  let request;

  function close() {
    clearTimeout(timer);
    request?.abort();
    activate(-1);
    list.hidden = true;
    set(input, { "aria-expanded": false });
    status.textContent = "";
  }

  function activate(place) {
    active = place;
    [...list.children].forEach((option, number) => set(option, { "aria-selected": number === place }));
    const option = list.children[place];
    if (!option) return input.removeAttribute("aria-activedescendant");
    set(input, { "aria-activedescendant": option.id });
    option.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    request?.abort(); // an answer to fewer letters may come after that to more
    const text = input.value.trim();
    if (text.length < LEAST) return close();
    const { signal } = (request = new AbortController());
    const address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    const scope = input.form.elements.lingkup?.value;
    if (scope) address.searchParams.set("lingkup", scope);
    try {
      const answer = await fetch(address, { signal });
      const html = answer.ok ? await answer.text() : "";
      if (!signal.aborted) show(html);
    } catch {
      if (!signal.aborted) close(); // no network: nothing happens
    }
  }

  function show(html) {
    if (document.activeElement !== input) return close();
    const answer = new DOMParser().parseFromString(html, "text/html");
    list.replaceChildren(...answer.querySelectorAll("li[role=option]"));
    [...list.children].forEach((option, number) => (option.id = `${list.id}-${number}`));
    activate(-1);
    const count = list.children.length;
    list.hidden = !count;
    list.scrollTop = 0;
    set(input, { "aria-expanded": count > 0 });
    status.textContent = count ? `${count} saran. Pilih dengan panah bawah.` : "Tidak ada saran.";
  }

  function choose(option) {
    const { url } = option.dataset;
    close();
    if (url) return location.assign(url);
    input.value = option.firstElementChild.textContent;
    input.form.requestSubmit();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  input.addEventListener("input", (event) => event.isComposing || wait());
  input.addEventListener("compositionend", wait);
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !list.hidden;
    const places = list.children.length + 1; // the options, and the box
    if (event.key === "ArrowDown" && !open) ask();
    else if (event.key === "ArrowDown") activate(((active + 2) % places) - 1);
    else if (event.key === "ArrowUp" && open) activate(((active + places) % places) - 1);
    else if (event.key === "Enter" && open && active >= 0) choose(list.children[active]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  });

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}
