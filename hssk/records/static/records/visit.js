// A visit by keyboard: diseases are offered as they are typed, Enter takes the first, Ctrl+Enter files.
const form = document.querySelector("form[data-keys]");
const field = form.querySelector("input[name=diagnosis]");
const list = form.querySelector("datalist");
let offered = [];
let asked = 0;

const typed = () => field.value.split(";").at(-1).trim();

const meant = () => fetch(list.dataset.url, {
  method: "POST",
  headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
  body: new URLSearchParams({ q: typed() }),
});

const take = (label) => {
  const before = field.value.split(";").slice(0, -1).map((part) => part.trim());
  field.value = [...before, label].join("; ");
};

field.addEventListener("input", () => {
  const number = ++asked;
  setTimeout(async () => {
    if (number !== asked || typed().length < 2) return;
    const answer = await meant();
    if (!answer.ok || number !== asked) return;
    offered = (await answer.json()).diseases;
    const before = field.value.split(";").slice(0, -1).map((part) => part.trim());
    list.replaceChildren(...offered.map((label) => new Option(label, [...before, label].join("; "))));
  }, 120);
});
field.addEventListener("keydown", async (key) => {
  if (key.key !== "Enter" || key.ctrlKey) return;
  key.preventDefault();
  if (typed().length < 2) return;
  const answer = await meant();
  if (answer.ok) offered = (await answer.json()).diseases;
  if (offered.length) take(offered[0]);
  form.querySelector("[name=medicines]").focus();
});
form.addEventListener("keydown", (key) => {
  if (key.key === "Enter" && key.ctrlKey) form.requestSubmit();
});
