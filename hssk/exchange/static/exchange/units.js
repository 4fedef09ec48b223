// Offers the units whose names hold what is being typed, as they stood on the day of the list.
const list = document.querySelector("datalist[data-url]");
const input = document.querySelector("input[list=units]");
const day = document.querySelector("input[name=on]");
let asked = 0;

input.addEventListener("input", () => {
  const number = ++asked;
  setTimeout(async () => {
    if (number !== asked || input.value.trim().length < 2) return;
    const query = new URLSearchParams({ q: input.value, on: day.value });
    const answer = await fetch(`${list.dataset.url}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || number !== asked) return;
    const { units } = await answer.json();
    list.replaceChildren(...units.map((label) => new Option(label, label)));
  }, 200);
});
