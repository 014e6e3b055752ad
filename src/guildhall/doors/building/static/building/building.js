// Dragging in the Question Selector, and opening by double-click. Everything here has a button or a link too.

const form = document.getElementById("selector");
let dragged = null;

function unmark() {
  form.querySelectorAll(".gh-drop, .gh-drop--in").forEach((each) => each.classList.remove("gh-drop", "gh-drop--in"));
}

function place(target) {
  const group = target.closest("[data-group]");
  if (!group) return null;
  if (dragged.dataset.kind === "group") {
    const groups = [...form.querySelectorAll("[data-group]")];
    return { mark: group, kind: "gh-drop", value: `${dragged.dataset.drag}@@${groups.indexOf(group)}` };
  }
  const rows = [...group.querySelectorAll("li[data-drag]")].filter((row) => row !== dragged);
  const row = target.closest("li[data-drag]");
  const at = row && row !== dragged ? rows.indexOf(row) : rows.length;
  return {
    mark: row && row !== dragged ? row : group,
    kind: row && row !== dragged ? "gh-drop" : "gh-drop--in",
    value: `${dragged.dataset.drag}@${group.dataset.group}@${at}`,
  };
}

form?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-drag]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.drag);
});
form?.addEventListener("dragover", (event) => {
  const found = dragged && place(event.target);
  unmark();
  if (!found) return;
  event.preventDefault();
  found.mark.classList.add(found.kind);
});
form?.addEventListener("dragend", () => {
  unmark();
  dragged = null;
});
form?.addEventListener("drop", (event) => {
  const found = dragged && place(event.target);
  if (!found) return;
  event.preventDefault();
  const act = document.createElement("input");
  Object.assign(act, { type: "hidden", name: "do", value: `drop:${found.value}` });
  form.append(act);
  form.submit();
});

document.addEventListener("dblclick", (event) => {
  if (event.target.closest("a, button, input")) return;
  const row = event.target.closest("[data-open]");
  if (row) location.assign(row.dataset.open);
});

// Back where the last button was pressed, not at the top of a long form.
const KEPT = "guildhall-selector";
form?.addEventListener("submit", () => sessionStorage.setItem(KEPT, `${location.pathname} ${scrollY}`));
const [path, top] = (sessionStorage.getItem(KEPT) || "").split(" ");
if (path === location.pathname && !document.querySelector(".govuk-error-summary")) scrollTo(0, Number(top));
sessionStorage.removeItem(KEPT);
