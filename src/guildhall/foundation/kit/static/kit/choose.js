// Boxes that move each other: <form data-choose> with <… data-choose-panel> around a box named "panel" and its
// boxes named "question"; buttons named "select" tick all or nothing.

export function start(form) {
  form.addEventListener("change", (event) => {
    const panel = event.target.closest("[data-choose-panel]");
    if (!panel) return;
    const [head, questions] = boxes(panel);
    if (event.target === head) questions.forEach((box) => (box.checked = head.checked));
    else head.checked = questions.some((box) => box.checked);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=select]");
    if (!button) return;
    event.preventDefault();
    for (const panel of form.querySelectorAll("[data-choose-panel]")) {
      const [head, questions] = boxes(panel);
      for (const box of [head, ...questions]) box.checked = button.value === "all";
    }
  });
}

function boxes(panel) {
  return [panel.querySelector("input[name=panel]"), [...panel.querySelectorAll("input[name=question]")]];
}
