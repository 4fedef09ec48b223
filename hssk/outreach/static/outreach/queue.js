// Keeps the numbers of the queue up to date. What is asked for by itself names nobody, and is no sign
// of anybody being there. Without this a press shows the newest.
const live = document.querySelector("[data-live]");
const EVERY = 8000;
const MOST = 60000;
let wait = EVERY;
let shown = "";

const ask = async () => {
  if (!document.hidden) {
    try {
      const answer = await fetch(live.dataset.live, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const { html } = await answer.json();
      if (html !== shown) live.innerHTML = shown = html;
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, MOST); // no network: what stands there stays, and is asked for later
    }
  }
  setTimeout(ask, wait);
};
if (live) setTimeout(ask, wait);
