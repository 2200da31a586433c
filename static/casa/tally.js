// Keeps the number of signatures right while the page is looked at. Without this it is right at load.
"use strict";

const SHORTEST = 15_000; // milliseconds
const LONGEST = 5 * 60_000;

// Whether it is another one than before. Where numbers stand large, each is an item of a list.
const show = (tally, words, numbers) => {
  const shown = tally.textContent;
  if (words && tally.localName === "ul") tally.replaceChildren(...numbers.map(item));
  else if (words) tally.textContent = words;
  return tally.textContent !== shown;
};

const showGoal = (goal) => {
  const words = document.querySelector("[data-goal]");
  if (!words || !goal) return;
  const [number, people, told] = goal;
  Object.assign(document.querySelector(".goal progress"), { max: number, value: people });
  words.textContent = told;
};

const item = ([before, number, after]) => {
  const large = Object.assign(document.createElement("strong"), { textContent: number });
  const made = document.createElement("li");
  made.append(before, large, after);
  return made;
};

for (const tally of document.querySelectorAll("[data-count]")) {
  let pause = SHORTEST;
  let timer;

  const ask = async () => {
    try {
      const answer = await fetch(tally.dataset.count, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const { words, numbers, goal } = await answer.json();
      // Asked more often while people sign, and less and less while nobody does.
      pause = show(tally, words, numbers) ? SHORTEST : pause * 1.5;
      showGoal(goal);
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
