// Hamlets to tick: typing narrows them at once, what is ticked stays. Without this the button does it.
const form = document.querySelector("[data-pick]");
const find = form.querySelector("[data-find]");
const told = form.querySelector("[data-chosen]");
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
const narrow = () => {
  const words = fold(find.value);
  for (const group of form.querySelectorAll("details")) {
    let shown = 0;
    for (const row of group.querySelectorAll("[data-key]")) {
      row.hidden = !row.querySelector("input").checked && !row.dataset.key.includes(words);
      shown += !row.hidden;
    }
    group.hidden = !shown;
    if (words && shown) group.open = true;
  }
};
const tell = () => {
  const chosen = [...form.querySelectorAll("[data-left]:checked")];
  const number = (n) => n.toLocaleString(document.documentElement.lang);
  const left = chosen.reduce((sum, box) => sum + Number(box.dataset.left), 0);
  const names = chosen.map((box) => box.dataset.name).join(", ");
  told.textContent = chosen.length
    ? told.dataset.words.replace("{n}", number(chosen.length)).replace("{left}", number(left)).replace("{names}", () => names)
    : told.dataset.none;
};
find.addEventListener("input", narrow);
form.addEventListener("change", tell);
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  if (event.target !== find) form.requestSubmit(form.querySelector("[data-save]"));
});
