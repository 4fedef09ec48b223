// Keeps a progress block up to date by {done, total, text, finished, next, stage}.
// Without this script the page still offers a link that shows the newest state.
const block = document.querySelector('[data-poll]:not([data-poll=""])');

if (block) {
  const meter = block.querySelector("progress");
  const text = block.querySelector("[data-text]");
  const percent = block.querySelector("[data-percent]");
  const steps = [...document.querySelectorAll("[data-stage]")];
  const sign = document.documentElement.lang === "en" ? "%" : " %";
  let wait = 700;

  const show = (state) => {
    if (state.total) {
      meter.max = state.total;
      meter.value = state.done;
      percent.textContent = Math.floor((100 * state.done) / state.total) + sign;
    } else {
      meter.removeAttribute("value");
      percent.textContent = "";
    }
    if (text.textContent !== state.text) text.textContent = state.text;
    const at = steps.findIndex((step) => step.dataset.stage === state.stage);
    if (at < 0) return;
    document.querySelector("[data-waits]")?.remove();
    steps.forEach((step, place) => {
      step.className = place < at ? "done" : "";
      step.ariaCurrent = place === at ? "step" : null;
    });
  };

  const ask = async () => {
    try {
      const answer = await fetch(block.dataset.poll, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const state = await answer.json();
      show(state);
      wait = 700;
      if (state.finished) {
        location.assign(state.next || block.dataset.next || location.href);
        return;
      }
    } catch {
      text.textContent = block.dataset.lost;
      wait = Math.min(wait * 2, 10000);
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
}
