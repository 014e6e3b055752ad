// Warns before the session ends for want of a sign of life, and ends the page when it has ended.

const KEY = "guildhall-last-active"; // shared by the tabs of one browser
const PING_EVERY = 2 * 60_000;

export function start(dialog) {
  const { idleMinutes, warningMinutes, keepAlive, signIn } = dialog.dataset;
  const limit = Number(idleMinutes) * 60_000;
  const warnAt = limit - Number(warningMinutes) * 60_000;
  const words = dialog.querySelector("[data-idle-words]");
  let pinged = Date.now();
  let shown = 0;

  remember(Date.now());
  for (const kind of ["keydown", "pointerdown", "input"]) {
    document.addEventListener(kind, alive, { capture: true, passive: true });
  }
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  dialog.querySelector("button").addEventListener("click", stay);
  const looking = setInterval(look, 1000);

  function alive() {
    if (dialog.open) return;
    remember(Date.now());
    if (Date.now() - pinged > PING_EVERY) ping();
  }

  function look() {
    const idle = Date.now() - lastActive();
    if (idle >= limit) return leave();
    if (idle < warnAt) return dialog.open && dialog.close();
    if (!dialog.open) dialog.showModal();
    say(Math.max(1, Math.ceil((limit - idle) / 60_000)));
  }

  function say(minutes) {
    if (minutes === shown) return;
    shown = minutes;
    const { warning, oneMinute, minutes: several } = dialog.dataset;
    words.textContent = warning.replace("{minutes}", minutes === 1 ? oneMinute : several.replace("{count}", minutes));
  }

  async function stay() {
    if (!(await ping())) return leave();
    remember(Date.now());
    shown = 0;
    dialog.close();
  }

  async function ping() {
    pinged = Date.now();
    try {
      const answer = await fetch(keepAlive, {
        method: "POST",
        body: new FormData(document.getElementById("portal-form")),
        redirect: "manual",
      });
      return answer.ok;
    } catch {
      return true; // no connection: the session may well be alive
    }
  }

  function leave() {
    if (document.querySelector("form[data-unsaved]")) return; // what is typed here is nowhere else
    clearInterval(looking);
    location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
}

function remember(moment) {
  try {
    localStorage.setItem(KEY, moment);
  } catch {
    own = moment;
  }
}

let own = Date.now();

function lastActive() {
  try {
    return Math.max(own, Number(localStorage.getItem(KEY)) || 0);
  } catch {
    return own;
  }
}
