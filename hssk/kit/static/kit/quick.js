// Coming back by a short code: the name that is tapped opens its field, the last digit sends it.
for (const one of document.querySelectorAll("details.turn")) {
  const field = one.querySelector("input[name=code]");
  if (!field) continue;
  // A tap opens the field and gives it the keys in one go: `toggle` tells only later, and digits
  // typed until then by a quick hand on a slow machine were lost.
  one.querySelector("summary").addEventListener("click", (tap) => {
    tap.preventDefault();
    one.open = !one.open;
    if (one.open) field.focus();
  });
  field.addEventListener("input", () => {
    if (/^\d{6}$/.test(field.value)) field.form.requestSubmit();
  });
  if (one.open) field.focus();
}
