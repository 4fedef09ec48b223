// Coming back by a short code: the name that is tapped opens its field, the last digit sends it.
for (const one of document.querySelectorAll("details.turn")) {
  const field = one.querySelector("input[name=code]");
  if (!field) continue;
  one.addEventListener("toggle", () => one.open && field.focus());
  field.addEventListener("input", () => {
    if (/^\d{6}$/.test(field.value)) field.form.requestSubmit();
  });
  if (one.open) field.focus();
}
