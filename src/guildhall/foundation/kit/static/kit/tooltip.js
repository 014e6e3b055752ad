// Shows the information on a field while the field has the focus.
//
// Nothing that a person may be clicking on is ever moved: where the text has room beside the field it stands
// there, else a copy appears below the field and stays.

const wide = matchMedia("(min-width: 1020px)");

export function start(tooltip) {
  const group = tooltip.parentElement.closest(".govuk-form-group");
  const mark = tooltip.querySelector("summary");
  let below = null;

  const beside = () => wide.matches && tooltip.closest(".govuk-grid-column-two-thirds");

  function show(event) {
    if (event.target === mark || tooltip.open || below) return;
    if (beside()) {
      tooltip.open = true;
      tooltip.dataset.byFocus = "";
      return;
    }
    below = document.createElement("p");
    below.className = "gh-tooltip__text gh-tooltip__text--below";
    below.setAttribute("aria-hidden", "true"); // it is the field's description already
    below.textContent = tooltip.querySelector(".gh-tooltip__text").textContent;
    group.append(below);
  }

  function hide() {
    if ("byFocus" in tooltip.dataset) {
      tooltip.open = false;
      delete tooltip.dataset.byFocus;
    }
  }

  group.addEventListener("focusin", show);
  group.addEventListener("focusout", (event) => {
    if (!group.contains(event.relatedTarget)) hide();
  });
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    tooltip.open = false;
    below?.remove();
    below = null;
  });
  mark.addEventListener("click", () => {
    delete tooltip.dataset.byFocus;
    below?.remove();
    below = null;
  });
}
