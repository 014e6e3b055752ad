// Small buttons above a long answer that put the marks of simple formatting in: bold, italics and two lists.

const AROUND = { bold: "**", italic: "*" };
const BEFORE = { list: () => "- ", numbers: (at) => `${at + 1}. ` };

export function start(area) {
  const bar = document.createElement("div");
  bar.className = "gh-format";
  for (const name of [...Object.keys(AROUND), ...Object.keys(BEFORE)]) {
    const words = area.dataset[`format${name[0].toUpperCase()}${name.slice(1)}`];
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.className = "gh-format__button";
    button.setAttribute("aria-controls", area.id);
    button.addEventListener("click", () => (name in AROUND ? surround(AROUND[name]) : list(BEFORE[name])));
    bar.append(button);
  }
  area.before(bar);

  function surround(mark) {
    const { selectionStart: from, selectionEnd: to } = area;
    const chosen = area.value.slice(from, to);
    put(`${mark}${chosen}${mark}`, from, to);
    area.setSelectionRange(from + mark.length, to + mark.length);
  }

  function list(before) {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = area.value.indexOf("\n", area.selectionEnd);
    const to = end < 0 ? area.value.length : end;
    const lines = area.value.slice(from, to).split("\n");
    put(lines.map((line, at) => before(at) + line).join("\n"), from, to);
  }

  // Typed as a person types, so that the browser can undo it and it is saved and counted.
  function put(text, from, to) {
    area.focus();
    area.setSelectionRange(from, to);
    if (document.execCommand("insertText", false, text)) return;
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
