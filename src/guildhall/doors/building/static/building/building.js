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
  form.requestSubmit();
});

document.addEventListener("dblclick", (event) => {
  if (event.target.closest("a, button, input")) return;
  const row = event.target.closest("[data-open]");
  if (row) location.assign(row.dataset.open);
});

// Back where the last button was pressed, not at the top of a long form, and on that button: to move a question
// far by keyboard is to press it again.
const KEPT = "guildhall-selector";
form?.addEventListener("submit", (event) => {
  sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, scrollY, event.submitter?.value ?? ""]));
});
const [path, top, pressed] = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
sessionStorage.removeItem(KEPT);
if (path === location.pathname && !document.querySelector(".govuk-error-summary")) {
  scrollTo(0, top);
  if (pressed && !document.querySelector(".govuk-notification-banner")) refocus();
}

function refocus() {
  const button = form.querySelector(`button[value="${CSS.escape(pressed)}"]`);
  (button?.disabled ? button.parentElement.querySelector("button:enabled") : button)?.focus({ preventScroll: true });
}
