// The one script that every page loads: it starts the components, and loads what else the page has use for.

import { initAll } from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const helpers = {
  "[data-tooltip]": () => import("./tooltip.js"),
  "[data-idle]": () => import("./idle.js"),
  "form[data-autosave-url]": () => import("./autosave.js"),
  "[data-upload-url]": () => import("./upload.js"),
  "[data-copy]": () => import("./copy.js"),
  "[data-queue]": () => import("./queue.js"),
};

for (const [selector, load] of Object.entries(helpers)) {
  if (document.querySelector(selector)) {
    load().then((helper) => document.querySelectorAll(selector).forEach((element) => helper.start(element)));
  }
}
