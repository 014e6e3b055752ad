// Saves a form while it is being filled in, says so quietly, and never stands in the way of typing.
//
// The form says where (data-autosave-url) and holds the revision it shows in the input "revision". Everything
// in it but files and buttons is posted; the answer is {revision, base?, saved}: the words to show. 409 means
// that somebody else changed the same answers; 401 or 403 that the person is signed out. The form gets the
// event "autosaved" when everything on the page is saved.

const PAUSE = 2_000;
const LATEST = 30_000; // even while somebody types without a pause
const FIRST_RETRY = 3_000;
const LAST_RETRY = 60_000;

export function start(form) {
  const status = document.querySelector("[data-autosave-status]");
  let timer = null;
  let since = 0; // when the oldest change that no save knows of was made
  let saving = false;
  let changed = false; // since the save that is running began
  let wait = FIRST_RETRY;
  let stopped = false;
  let leaving = false;

  form.addEventListener("input", () => soon(PAUSE));
  form.addEventListener("change", (event) => event.target.type === "file" || soon(0));
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("online", () => "unsaved" in form.dataset && soon(0));
  document.addEventListener("visibilitychange", () => "unsaved" in form.dataset && soon(0));
  addEventListener("beforeunload", (event) => {
    if ("unsaved" in form.dataset && !leaving) event.preventDefault();
  });

  function soon(delay) {
    if (!changed) since = Date.now();
    form.dataset.unsaved = "";
    changed = true;
    if (stopped || leaving) return;
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(delay, since + LATEST - Date.now())));
  }

  async function save() {
    if (saving || stopped || leaving) return;
    saving = true;
    changed = false;
    try {
      await answered(await send());
    } catch {
      failed();
    }
    saving = false;
    if (changed && !stopped) soon(PAUSE);
  }

  function send() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { "X-Page": location.pathname + location.search, Accept: "application/json" },
      redirect: "manual",
    });
  }

  async function answered(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return signedOut();
    if (answer.status === 409) return conflict();
    if (answer.status === 404 && status?.dataset.gone) return gone();
    if (!answer.ok) throw new Error(answer.status);
    const { revision, base, saved } = await answer.json();
    keep("revision", revision);
    keep("base", base);
    wait = FIRST_RETRY;
    if (!changed) delete form.dataset.unsaved;
    tell(saved);
    if (!changed) form.dispatchEvent(new Event("autosaved", { bubbles: true }));
  }

  function keep(name, value) {
    const input = form.elements[name];
    if (input && value !== undefined) input.value = typeof value === "string" ? value : JSON.stringify(value);
  }

  function failed() {
    tell(status?.dataset.failed, true);
    clearTimeout(timer);
    timer = setTimeout(save, wait);
    wait = Math.min(wait * 2, LAST_RETRY);
  }

  function signedOut() {
    tell(status?.dataset.signedOut, true, status?.dataset.signIn, status?.dataset.signInWords, "_blank");
    clearTimeout(timer);
    timer = setTimeout(save, LAST_RETRY / 4); // the person may come back signed in
  }

  function conflict() {
    stopped = true; // saving the form by its button shows both answers and lets the person choose
    tell(status?.dataset.conflict, true, location.href, status?.dataset.conflictWords, "_blank");
  }

  function gone() {
    stopped = true; // trying again would promise what cannot come
    tell(status.dataset.gone, true);
  }

  function tell(words, problem = false, href = "", linkWords = "", target = "") {
    if (!status || !words || status.dataset.said === words) return;
    status.dataset.said = words;
    status.classList.toggle("gh-saving--problem", problem);
    status.textContent = words;
    if (!href) return;
    const link = Object.assign(document.createElement("a"), { href, textContent: linkWords, target, rel: "noopener" });
    link.className = "govuk-link";
    status.append(" ", link);
  }
}
