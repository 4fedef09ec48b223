// A photograph of a card is sent at once. Where the browser reads codes by itself, only what the
// code says is sent; elsewhere the picture, made small enough for a slow line. Where it does, a live
// picture is read too, between two presses: no frame of it leaves this page, and none is kept.
const form = document.querySelector("form[data-scan]");
const photo = form?.querySelector("[name=photo]");
const words = form?.querySelector("[name=scanned]");
const SIDE = 1600;

// What answers a scan has no address of its own: Back and reloading bring the day, and send nothing
// a second time.
const day = form?.dataset.scan;
if (day && location.pathname.startsWith(day) && location.pathname !== day) history.replaceState(null, "", day);

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

const live = form?.querySelector("[data-camera]");
const EVERY = 200; // milliseconds between two readings
const LONGEST = 60000; // a camera that nobody uses goes off

const camera = async (detector) => {
  const video = live.querySelector("video");
  const told = live.querySelector("[data-told]");
  const [start, stop] = ["[data-start]", "[data-stop]"].map((each) => live.querySelector(each));
  let stream = null;

  const off = (words = "") => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    video.hidden = stop.hidden = true;
    start.hidden = false;
    told.textContent = words;
  };

  const look = async (until) => {
    const mine = stream;
    while (mine && mine === stream) {
      if (Date.now() > until) return off(told.dataset.over);
      const found = video.readyState > 1 ? await detector.detect(video).catch(() => []) : [];
      const said = found.map((code) => code.rawValue).find(Boolean);
      if (said && mine === stream) {
        off();
        words.value = said;
        photo.value = "";
        return form.requestSubmit();
      }
      await new Promise((done) => setTimeout(done, EVERY));
    }
  };

  start.addEventListener("click", async () => {
    start.disabled = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      video.srcObject = stream;
      video.hidden = stop.hidden = false;
      start.hidden = true;
      told.textContent = told.dataset.seeking;
      stop.focus();
      await video.play();
      look(Date.now() + LONGEST);
    } catch {
      off(told.dataset.denied);
    } finally {
      start.disabled = false;
    }
  });
  stop.addEventListener("click", () => { off(); start.focus(); });
  addEventListener("pagehide", () => off());
  live.hidden = false;
};

if (live && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) {
  const formats = await BarcodeDetector.getSupportedFormats();
  if (formats.includes("qr_code")) camera(new BarcodeDetector({ formats: ["qr_code"] }));
}
