// Keys for the review queue: an element with data-key="s" is pressed by S. Keys with Ctrl, Alt or
// Meta, and keys typed into a field, are left alone.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio], [type=hidden]), textarea, select")) return;
  const key = event.key.toLowerCase();
  const target = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]:not(:disabled)`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});

// A second press while the answer travels must not decide the next pair.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});

// Back in the browser's memory, a form may be sent anew.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
