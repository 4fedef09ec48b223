// A photograph of a card is sent at once. Where the browser reads codes by itself, only what the
// code says is sent; elsewhere the picture, made small enough for a slow line.
const form = document.querySelector("form[data-scan]");
const photo = form?.querySelector("[name=photo]");
const words = form?.querySelector("[name=scanned]");
const SIDE = 1600;

const read = async (picture) => {
  if (!("BarcodeDetector" in window)) return "";
  const found = await new BarcodeDetector().detect(picture);
  return found.map((code) => code.rawValue).find(Boolean) ?? "";
};

const small = async (picture, name) => {
  const share = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(picture.width * share, picture.height * share);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
  return new File([blob], name, { type: "image/jpeg" });
};

photo?.addEventListener("change", async () => {
  const [file] = photo.files;
  if (!file) return;
  try {
    const picture = await createImageBitmap(file);
    words.value = await read(picture);
    const sent = new DataTransfer();
    if (!words.value) sent.items.add(await small(picture, "card.jpg"));
    photo.files = sent.files;
  } catch {
    // no such thing in this browser: it goes as it was taken
  }
  form.requestSubmit();
});
