// Says the chosen day or moment in words while it is chosen, as the server says it once it is saved.
(() => {
  "use strict";
  const page = document.documentElement.lang || "en";
  const language = page === "en" ? "en-GB" : page;

  const dayInWords = (day) =>
    new Intl.DateTimeFormat(language, {
      weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    }).format(day).replace(/^(\p{L}+), (?=\d)/u, language === "en-GB" ? "$1 " : "$&");

  const offsetAt = (moment, zone) => {
    const parts = Object.fromEntries(
      new Intl.DateTimeFormat("en", {
        timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
        hour: "numeric", minute: "numeric",
      }).formatToParts(moment).map((part) => [part.type, Number(part.value)]),
    );
    const there = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
    return Math.round((there - moment) / 60000);
  };

  const offsetInWords = (wall, zone) => {
    let minutes = offsetAt(wall, zone);
    minutes = offsetAt(wall - minutes * 60000, zone);
    const two = (number) => String(number).padStart(2, "0");
    const size = Math.abs(minutes);
    return `UTC${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  };

  const inWords = (box) => {
    const [day, time] = box.querySelectorAll("input:not([type=hidden], [type=checkbox])");
    if (day.type !== "date" || !day.value) return "";
    if (!time) return dayInWords(Date.parse(`${day.value}T00:00Z`));
    if (time.type !== "time" || !time.value) return dayInWords(Date.parse(`${day.value}T00:00Z`));
    const wall = Date.parse(`${day.value}T${time.value.slice(0, 5)}Z`);
    return `${dayInWords(wall)}, ${time.value.slice(0, 5)} (${offsetInWords(wall, box.dataset.zone)})`;
  };

  document.addEventListener("input", (event) => {
    const box = event.target.closest && event.target.closest(".moment");
    const words = box && box.querySelector(".moment-words");
    if (!words || event.target.type === "checkbox") return;
    try {
      words.textContent = inWords(box);
    } catch {
      words.textContent = "";
    }
  });

  // A day that is typed in part is sent as none, and none has a meaning of its own.
  document.addEventListener("submit", (event) => {
    const parts = event.target.querySelectorAll(".moment input");
    const half = [...parts].find((input) => input.validity.badInput);
    if (!half) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    half.reportValidity();
  }, true);
})();
