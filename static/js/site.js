// Comforts only: every page works without this file.

/* Menus close with Escape, and when the pointer or the focus goes elsewhere. */
const menus = document.querySelectorAll(".nav-wide details, .nav-phone");

for (const menu of menus) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}
document.addEventListener("pointerdown", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

/* Beside the list there is room: the filters stand open. On the phone they stay folded, save with a mistake inside. */
const wide = matchMedia("(min-width: 48rem)");
for (const fold of document.querySelectorAll(".filters")) {
  const unfold = () => (fold.open = wide.matches || fold.querySelector(".field--bad") !== null);
  unfold();
  wide.addEventListener("change", unfold);
}

/* On a wide screen a chosen filter takes effect at once. The form says so beforehand, and the focus stays on the
   same control in the new page (WCAG 3.2.2). */
const KEPT = "eppid-focus";
for (const form of document.querySelectorAll("form[data-auto-submit]")) {
  const notice = form.querySelector("[data-auto-notice]");
  if (notice) notice.hidden = !wide.matches;
  form.addEventListener("change", (event) => {
    if (!wide.matches || !event.target.matches("input[type=checkbox], select")) return;
    if (event.target.id) sessionStorage.setItem(KEPT, event.target.id);
    form.requestSubmit();
  });
}
const kept = sessionStorage.getItem(KEPT);
if (kept) {
  sessionStorage.removeItem(KEPT);
  document.getElementById(kept)?.focus({ preventScroll: true });
}

/* Empty parameters do not belong in an address that people share. */
for (const form of document.querySelectorAll("form[method=get]")) {
  const emptied = [];
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && field.value === "") {
        field.disabled = true;
        emptied.push(field);
      }
    }
  });
  addEventListener("pageshow", () => {
    for (const field of emptied.splice(0)) field.disabled = false;
  });
}
