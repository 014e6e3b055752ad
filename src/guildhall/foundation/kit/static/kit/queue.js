// A queue by keyboard: j and k or the arrow keys walk the list, other keys press what carries them.
//
// data-queue is on the list; its links are the things waiting, the open one has aria-current. A button or link
// with data-key="1" anywhere on the page is pressed by that key. A button with data-keys-switch turns the keys
// off and on for this browser (single keys can be in the way of speech input); its words for both are in
// data-off and data-on.

const OFF = "queue-keys-off";

export function start(list) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || isOff()) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step && (event.key.length === 1 || list.contains(event.target))) return walk(event, step);
    const carries = /^[0-9a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (carries) {
      const pressed = carries.querySelector("input") ?? carries;
      event.preventDefault();
      pressed.focus();
      pressed.click();
    }
  });
  document.querySelectorAll("[data-keys-switch]").forEach(offer);

  function walk(event, step) {
    const links = [...list.querySelectorAll("a[href]")];
    const focused = links.indexOf(document.activeElement);
    const here = focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (event.key.length === 1) next.click();
  }
}

function offer(button) {
  const say = () => { button.textContent = isOff() ? button.dataset.on : button.dataset.off; };
  button.hidden = false;
  say();
  button.addEventListener("click", () => {
    if (isOff()) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
    say();
  });
}

function isOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function typing(element) {
  return element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
}
