// Shows who else is in a shared form, every half a minute and whenever the page has saved by itself.
// Without this script the line is as it was when the page was opened.

const BEAT = 30_000;
const box = document.querySelector("[data-company]");
const list = box?.querySelector("[data-company-others]");

async function look() {
  if (document.visibilityState === "hidden") return;
  const token = document.querySelector("#step input[name=csrfmiddlewaretoken], #send input[name=csrfmiddlewaretoken]");
  const body = new URLSearchParams({ place: box.dataset.place, csrfmiddlewaretoken: token?.value ?? "" });
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(box.dataset.company, { method: "POST", body, headers, redirect: "manual" });
    if (answer.ok) show((await answer.json()).others);
  } catch {
    // The next beat asks again.
  }
}

function show(others) {
  const words = others.length ? others : [box.dataset.nobody];
  if (words.join("\n") === [...list.children].map((line) => line.textContent).join("\n")) return;
  list.replaceChildren(...words.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

if (list) {
  setInterval(look, BEAT);
  document.addEventListener("autosaved", look);
}
