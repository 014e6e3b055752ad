// Takes the outline and the words "Pre-populated answer" off a question as soon as its answer is changed.
// Without this script they go when the page is saved.

document.addEventListener("input", ({ target }) => {
  const question = target.closest?.(".gh-inherited");
  if (!question) return;
  question.classList.remove("gh-inherited");
  question.querySelector(".gh-inherited__words")?.remove();
});
