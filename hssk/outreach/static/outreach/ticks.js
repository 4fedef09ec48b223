// Marks typed from paper: within a row a digit chooses its answer and leads to the next row.
document.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-line]");
  if (!row || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
  const choice = row.querySelectorAll("input[type=radio]")[Number(event.key)];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  const rows = [...document.querySelectorAll("[data-line]")];
  const next = rows[rows.indexOf(row) + 1];
  (next ? next.querySelector("input[type=radio]:checked") : document.querySelector(".ticks ~ .actions button")).focus();
});
