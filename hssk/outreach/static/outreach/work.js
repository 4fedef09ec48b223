// One key an outcome: on the name of somebody (their summary) a key presses the button that shows it.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, select, textarea")) return;
  const one = event.target.closest("[data-person]");
  const button = one && [...one.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
  const undo = event.key === "u" && event.target.closest("main") && document.querySelector("[data-undo]");
  if (button) one.querySelector("details").open = true;
  if (button || undo) { event.preventDefault(); (button || undo).click(); }
});
