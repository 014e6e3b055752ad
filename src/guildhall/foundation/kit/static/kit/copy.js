// A button that copies what it says it copies: <button type="button" hidden data-copy="…" data-copied="Copied">.

export function start(button) {
  if (!navigator.clipboard) return;
  const words = button.innerHTML;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.innerHTML = words), 3000);
  });
}
