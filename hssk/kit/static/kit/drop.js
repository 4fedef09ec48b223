// Files may be dropped on the zone; their names and sizes are shown before anything is sent.
for (const zone of document.querySelectorAll(".dropzone")) {
  const input = zone.querySelector("input[type=file]");
  const chosen = zone.querySelector(".chosen");
  const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

  const show = () => {
    const names = [...input.files].map((file) => `${file.name} (${size.format(file.size / 1e6)} MB)`);
    chosen.textContent = names.length ? `${zone.dataset.chosen} ${names.join(", ")}` : "";
  };
  const over = (yes) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", yes);
  };

  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    const files = new DataTransfer();
    [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1).forEach((file) => files.items.add(file));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", show);
}
