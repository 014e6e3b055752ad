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
