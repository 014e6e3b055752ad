// A queue by keyboard: j and k or the arrow keys walk the list, number keys press the decision with that key.
//
// data-queue is on the list; its links are the things waiting, the open one has aria-current. A button or link
// with data-key="1" anywhere on the page is pressed by that key.

export function start(list) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step && (event.key.length === 1 || list.contains(event.target))) return walk(event, step);
    const decision = /^[0-9]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (decision) {
      event.preventDefault();
      decision.focus();
      decision.click();
    }
  });

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

function typing(element) {
  return element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
}
