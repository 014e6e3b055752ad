// The page of a message template: placeholders go where the cursor is, and the preview follows what is typed.

const WAIT = 500;

export function start(form) {
  const shown = document.querySelector("[data-template-shown]");
  let timer = 0;
  let asked = 0;

  for (const side of form.querySelectorAll("[data-template-side]")) enlivenSide(side);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  });

  function enlivenSide(side) {
    const language = side.dataset.templateSide;
    const target = side.querySelector("input[type=hidden]");
    side.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=do]");
      if (!button) return;
      event.preventDefault();
      if (button.dataset.insert) return insert(form.elements[`${target.value}_${language}`], button.dataset.insert);
      target.value = target.value === "body" ? "subject" : "body";
      button.textContent = target.value === "body" ? side.dataset.addToBody : side.dataset.addToSubject;
    });
  }

  function insert(field, words) {
    field.focus();
    if (document.execCommand("insertText", false, words)) return;
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function draw() {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.templatePreview, { method: "POST", body: new FormData(form) });
      if (!answer.ok || answer.redirected || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown.replaceChildren(...page.body.childNodes);
    } catch {
      // The Preview button still works when the connection is back.
    }
  }
}
