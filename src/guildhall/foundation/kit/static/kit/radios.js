// A radio that shows more below it. ARIA knows no expanded radio, and the components' script says it all the
// same, at the start and at each choice: what follows the radio in the page is found without it.

export function start(radio) {
  const plain = () => radio.removeAttribute("aria-expanded");
  plain();
  document.addEventListener("click", plain);
  window.addEventListener("pageshow", plain);
}
