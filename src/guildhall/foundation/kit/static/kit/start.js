// The one script that every page loads: it starts the components, and loads what else the page has use for.

import { initAll } from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const helpers = {
  "[data-tooltip]": () => import("./tooltip.js"),
  "[data-idle]": () => import("./idle.js"),
  "form[data-autosave-url]": () => import("./autosave.js"),
  "[data-upload-url]": () => import("./upload.js"),
  "[data-format-bold]": () => import("./format.js"),
  "[data-copy]": () => import("./copy.js"),
  ".govuk-radios__input[aria-controls]": () => import("./radios.js"),
  "[data-queue]": () => import("./queue.js"),
  "[data-template-preview]": () => import("./template.js"),
  "form[data-choose]": () => import("./choose.js"),
  "form[data-unsaved]": () => import("./unsaved.js"),
};

function enliven(root) {
  for (const [selector, load] of Object.entries(helpers)) {
    const found = [...root.querySelectorAll(selector)];
    if (found.length) load().then((helper) => found.forEach((element) => helper.start(element)));
  }
}

enliven(document);

// What another script put into the page comes alive by the event "drawn" on it.
document.addEventListener("drawn", (event) => {
  initAll({ scope: event.target });
  enliven(event.target);
});

// Changing the language keeps the focus where it was, on the page that comes in the other language.
const FOCUS = "guildhall-focus";
let field = "";

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("main :is(input, select, textarea)")) field = target.id;
});
document.querySelector(".gh-language")?.addEventListener("click", ({ target }) => {
  if (target.matches("button")) remember(field);
});
refocus();
// What a button of the page before found is where the page opens.
document.querySelector("[data-focus]")?.focus();

function remember(id) {
  try {
    sessionStorage.setItem(FOCUS, id);
  } catch {
    // Storage is closed here: the focus goes to the top of the page, as after every change of page.
  }
}

function refocus() {
  try {
    const id = sessionStorage.getItem(FOCUS);
    sessionStorage.removeItem(FOCUS);
    if (id !== null) (document.getElementById(id) ?? document.querySelector(".gh-language button"))?.focus();
  } catch {
    // As above.
  }
}
