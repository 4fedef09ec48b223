// What is typed into form[data-keep] outlives a broken line and a session that ended: it is kept in
// this tab, for this user alone, until the server says that it was filed (?filed=… in the address).
const mark = "hssk-keep";
const who = document.body.dataset.who;
const place = `${mark}:${who}:`;

// filed: what was kept of it goes, and the address is clean again
const address = new URL(location.href);
const filed = address.searchParams.get("filed");
if (filed) {
  for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(place))) {
    if (JSON.parse(sessionStorage[key]).turn === filed) sessionStorage.removeItem(key);
  }
  address.searchParams.delete("filed");
  history.replaceState(null, "", address);
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = place + form.dataset.keep;
  const turn = form.querySelector("[name=turn]");
  const notice = form.querySelector(".kept");
  const fields = () => [...form.elements].filter((one) => one.name && one.name !== "csrfmiddlewaretoken");

  const keep = () => {
    const said = fields().map((one) => [one.name, one.value, one.checked]);
    sessionStorage[key] = JSON.stringify({ turn: turn.value, said });
  };
  const tell = (kind) => {
    notice.hidden = false;
    for (const one of notice.querySelectorAll("[data-kind]")) one.hidden = one.dataset.kind !== kind;
    notice.scrollIntoView({ block: "nearest" });
  };

  const kept = sessionStorage[key] && JSON.parse(sessionStorage[key]);
  if (kept && !form.hasAttribute("data-bound")) {
    turn.value = kept.turn;
    for (const field of fields()) {
      const choice = field.type === "checkbox" || field.type === "radio";
      const said = kept.said.find(([name, value]) => name === field.name && (!choice || value === field.value));
      if (!said) continue;
      if (choice) field.checked = said[2];
      else field.value = said[1];
    }
    tell("back");
  } else {
    turn.value = kept?.turn ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
  }
  form.addEventListener("input", keep);
  form.querySelector("[data-drop]")?.addEventListener("click", () => sessionStorage.removeItem(key));
  form.addEventListener("submit", (sending) => {
    keep();
    if (navigator.onLine) return;
    sending.preventDefault();
    tell("broken");
  });
  notice.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    location.reload();
  });
}
