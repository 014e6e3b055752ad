// A queue by keyboard: j and k or the arrow keys walk the list, other keys press what carries them.
//
// data-queue is on the list; its links are the things waiting, the open one has aria-current. A button or link
// with data-key="1" anywhere on the page is pressed by that key. A button with data-keys-switch turns the keys
// off and on for this browser (single keys can be in the way of speech input); its words for both are in
// data-off and data-on. With data-queue="rows" things are decided in the list itself: j and k go to the link of a
// row and open nothing, and a key presses what the row carries in which the focus is.

const OFF = "queue-keys-off";

export function start(list) {
  const inRows = list.dataset.queue === "rows";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || isOff()) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step && (event.key.length === 1 || list.contains(event.target))) return walk(event, step);
    const carries = /^[0-9a-z]$/.test(event.key) && carrying(event.key);
    if (carries) {
      const pressed = carries.querySelector("input") ?? carries;
      event.preventDefault();
      pressed.focus();
      pressed.click();
    }
  });
  document.querySelectorAll("[data-keys-switch]").forEach(offer);

  function carrying(key) {
    const row = rowOf(document.activeElement);
    const carriers = [...document.querySelectorAll(`[data-key="${key}"]`)];
    return carriers.find((each) => !inRows || !list.contains(each) || row?.contains(each));
  }

  function rowOf(element) {
    return [...list.children].find((row) => row.contains(element));
  }

  function walk(event, step) {
    const all = inRows ? [...list.children].map((row) => row.querySelector("a[href]")) : list.querySelectorAll("a[href]");
    const links = [...all];
    const within = inRows ? rowOf(document.activeElement)?.querySelector("a[href]") : document.activeElement;
    const focused = links.indexOf(within);
    const here = focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (event.key.length === 1 && !inRows) next.click();
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
