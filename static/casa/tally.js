// Keeps the number of signatures right while the page is looked at. Without this it is right at load.
"use strict";

const SHORTEST = 15_000; // milliseconds
const LONGEST = 5 * 60_000;

for (const tally of document.querySelectorAll("[data-count]")) {
  let pause = SHORTEST;
  let timer;

  const ask = async () => {
    try {
      const answer = await fetch(tally.dataset.count, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const { words } = await answer.json();
      // Asked more often while people sign, and less and less while nobody does.
      pause = words && words !== tally.textContent.trim() ? SHORTEST : pause * 1.5;
      if (words) tally.textContent = words;
    } catch {
      pause *= 2;
    }
    pause = Math.min(pause, LONGEST);
    plan();
  };

  const plan = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(ask, pause);
  };

  document.addEventListener("visibilitychange", plan);
  plan();
}
