// The one script every page loads: it starts the components, and loads what else this page has use for.

import { initAll } from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
initAll();

const helpers = {
  "[data-tooltip]": "./tooltip.js",
  "[data-idle]": "./idle.js",
  "form[data-autosave-url]": "./autosave.js",
  "[data-upload-url]": "./upload.js",
  "[data-copy]": "./copy.js",
  "[data-queue]": "./queue.js",
};

for (const [selector, address] of Object.entries(helpers)) {
  if (document.querySelector(selector)) {
    import(address).then((helper) => document.querySelectorAll(selector).forEach(helper.start));
  }
}
