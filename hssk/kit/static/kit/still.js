// Locks a page nobody uses: a countdown, then the page is emptied and the session ended. The server
// ends the session by its own clock; this clears the screen and asks while there is still time.
const leaving = document.querySelector(".leaving");

const drop = (whose) => {
  for (const key of Object.keys(sessionStorage)) {
    const [mark, who] = key.split(":");
    if (mark === "hssk-keep" && who !== whose) sessionStorage.removeItem(key);
  }
};
// what others typed in this tab and did not file (keep.js) is not for whoever has come since; and
// who leaves of their own accord, or a machine that many use, leaves nothing
drop(document.body.dataset.who);
for (const form of document.querySelectorAll(".own-menu form, form.lock")) {
  form.addEventListener("submit", () => drop());
}

if (leaving) {
  const idle = Number(leaving.dataset.idle) * 1000;
  const warned = Math.min(30000, idle / 2);
  const told = 60000;
  const left = leaving.querySelector("[data-left]");
  const others = "BroadcastChannel" in window ? new BroadcastChannel("hssk-still") : null;
  let last = Date.now();
  let asked = last;
  let gone = false;

  const lock = () => {
    if (gone) return;
    gone = true;
    if (leaving.hasAttribute("data-shared")) drop();
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const form = document.createElement("form");
    form.method = "post";
    form.action = leaving.dataset.lock;
    if (token) form.append(token.cloneNode());
    document.title = "HSSK";
    document.body.replaceChildren(form);
    form.submit();
  };

  const ask = async () => {
    asked = Date.now();
    try {
      const answer = await fetch(leaving.dataset.still, { redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect") lock();
    } catch {
      // no network: the clock of this page still runs
    }
  };

  const here = () => {
    if (Date.now() - last > idle) return;
    last = Date.now();
    leaving.hidden = true;
    if (last - asked > told) {
      ask();
      others?.postMessage("here");
    }
  };

  others?.addEventListener("message", () => {
    last = Date.now();
    leaving.hidden = true;
  });
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart", "input"]) {
    addEventListener(kind, here, { passive: true, capture: true });
  }
  leaving.querySelector("button").addEventListener("click", () => {
    last = Date.now();
    leaving.hidden = true;
    ask();
  });
  // a page brought back by the back button may be somebody else's
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  setInterval(() => {
    const rest = idle - (Date.now() - last);
    if (rest <= 0) return lock();
    if (rest <= warned) {
      left.textContent = Math.ceil(rest / 1000);
      leaving.hidden = false;
    }
  }, 500);
}
