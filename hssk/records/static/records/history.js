// The form of QĐ 831 by keyboard: "nothing" leads to the next part, Enter too, Ctrl+Enter files.
const form = document.querySelector("form[data-history]");
const parts = [...form.querySelectorAll("fieldset.part")];

const lead = (part) => {
  const next = parts[parts.indexOf(part) + 1];
  const to = next ? next.querySelector("input, select") : form.querySelector(".file-it button");
  to.focus();
  to.scrollIntoView({ block: "center" });
};

const said = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked && field.value !== "" : field.value.trim() !== "");

for (const part of parts) {
  const nothing = part.querySelector(".nothing input");
  const fields = [...part.querySelectorAll(".items input, .items select, .items textarea")].filter((one) => !("aside" in one.dataset));
  nothing?.addEventListener("change", () => {
    if (nothing.checked) lead(part);
  });
  // whoever says something has not said that there is nothing
  part.querySelector(".items").addEventListener("input", () => {
    if (nothing && fields.some(said)) nothing.checked = false;
  });
}
// sent back, it leads to what is to be looked at again, wherever that stands
const wrong = form.querySelector("[aria-invalid=true]");
wrong?.focus();
wrong?.scrollIntoView({ block: "center" });
form.addEventListener("keydown", (key) => {
  if (key.key !== "Enter") return;
  if (key.ctrlKey) {
    key.preventDefault();
    form.requestSubmit();
  } else if (key.target.matches("input")) {
    key.preventDefault();
    lead(key.target.closest("fieldset.part") ?? parts.at(-1));
  }
});
