// Opens and closes the questions of a step that depend on other answers, in place, as soon as these are saved.
//
// data-decides on the form names the questions that others depend on. What is shown then is for the server to
// say: the same page is fetched again, and only questions that came or went are changed here, so that nothing
// typed and no focus is lost. Without this script Continue shows the same questions.

const form = document.querySelector("form[data-decides]");
const status = document.querySelector("[data-opening-status]");
let asker = null; // the control that was answered last and may open or close questions
let asked = 0;

form?.addEventListener("change", ({ target }) => {
  if (form.dataset.decides.split(" ").some((id) => target.name === id || target.name?.startsWith(`${id}-`))) asker = target;
});
form?.addEventListener("autosaved", () => asker && look());

async function look() {
  const from = asker;
  const mine = ++asked;
  asker = null;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-decides]");
    if (answer.ok && fresh && mine === asked) swap(fresh, from);
  } catch {
    // Continue will ask.
  }
}

function swap(fresh, from) {
  const shown = questionsOf(form);
  const wanted = questionsOf(fresh);
  const gone = [...shown].filter(([id]) => !wanted.has(id));
  for (const [, question] of gone) {
    if (question.contains(document.activeElement)) from.focus();
    question.remove();
  }
  let last = form.querySelector("[data-stars]");
  const come = [];
  for (const [id, question] of wanted) {
    const known = shown.get(id);
    if (known) {
      mark(known, question);
    } else {
      last.after(document.adoptNode(question));
      come.push(question);
    }
    last = known ?? question;
  }
  form.querySelector("[data-stars]").replaceChildren(...fresh.querySelector("[data-stars]").childNodes);
  for (const question of come) question.dispatchEvent(new Event("drawn", { bubbles: true }));
  announce(come.length, gone.length);
}

function questionsOf(root) {
  return new Map([...root.querySelectorAll("[data-question]")].map((one) => [one.dataset.question, one]));
}

// Whether a question must be answered may depend on others too.
function mark(known, fresh) {
  const labels = [...fresh.querySelectorAll("label, legend")];
  const own = [...known.querySelectorAll("label, legend")];
  if (labels.length !== own.length) return;
  own.forEach((label, at) => label.innerHTML === labels[at].innerHTML || (label.innerHTML = labels[at].innerHTML));
  for (const control of known.querySelectorAll("[id]")) {
    const needed = fresh.querySelector(`[id="${CSS.escape(control.id)}"]`)?.getAttribute("aria-required");
    needed ? control.setAttribute("aria-required", needed) : control.removeAttribute("aria-required");
  }
}

function announce(come, gone) {
  if (come || gone) status.textContent = come ? status.dataset.opened : status.dataset.closed;
}
