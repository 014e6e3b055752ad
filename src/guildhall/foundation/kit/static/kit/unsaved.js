// A form that warns before somebody leaves it with changes, naming the fields:
// <form data-unsaved data-unsaved-heading="…" data-unsaved-stay="…" data-unsaved-leave="…">.
// With data-unsaved-typed, which a preview has, what stands in its fields was not saved either.

export function start(form) {
  const before = new Map(entries(form).filter(([name]) => !("unsavedTyped" in form.dataset) || hidden(form, name)));
  let leaving = false;

  form.addEventListener("submit", () => (leaving = true));

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && changed(form, before).length) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.hash && link.pathname === location.pathname || event.ctrlKey || event.metaKey) return;
    const names = changed(form, before);
    if (leaving || !names.length) return;
    event.preventDefault();
    warn(form, names, () => {
      leaving = true;
      location.assign(link.href);
    });
  });
}

function hidden(form, name) {
  return form.querySelector(`input[type="hidden"][name="${CSS.escape(name)}"]`);
}

function entries(form) {
  const found = new Map();
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken") found.set(name, [...(found.get(name) ?? []), value]);
  }
  return [...found].map(([name, values]) => [name, values.join("\n")]);
}

function changed(form, before) {
  const now = new Map(entries(form));
  const names = [...new Set([...before.keys(), ...now.keys()])];
  const other = names.filter((name) => (before.get(name) ?? "") !== (now.get(name) ?? ""));
  return [...new Set(other.map((name) => label(form, name)))];
}

function label(form, name) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
  const legend = field?.closest("fieldset")?.querySelector("legend");
  const words = legend ?? form.querySelector(`label[for="${CSS.escape(field?.id ?? "")}"]`);
  return (words?.textContent ?? name).replace("*", "").trim();
}

function warn(form, names, leave) {
  document.getElementById("gh-unsaved")?.remove();
  const box = document.createElement("dialog");
  box.id = "gh-unsaved";
  box.className = "gh-unsaved";
  const heading = document.createElement("h2");
  heading.className = "govuk-heading-m";
  heading.id = "gh-unsaved-heading";
  heading.textContent = form.dataset.unsavedHeading;
  box.setAttribute("aria-labelledby", heading.id);
  const list = document.createElement("ul");
  list.className = "govuk-list govuk-list--bullet";
  for (const name of names) list.append(Object.assign(document.createElement("li"), { textContent: name }));
  const buttons = document.createElement("div");
  buttons.className = "govuk-button-group";
  const stay = button(form.dataset.unsavedStay, "", () => box.close());
  buttons.append(stay, button(form.dataset.unsavedLeave, "govuk-button--secondary", leave));
  box.append(heading, list, buttons);
  document.body.append(box);
  box.showModal();
  stay.focus();
}

function button(words, kind, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `govuk-button ${kind}`.trim();
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
