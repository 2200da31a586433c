// Every page works without this. It brings the reader to what is wrong in a form, keeps a second
// click from sending it twice, offers the regions of the chosen country alone, and counts what is
// written in a comment.
"use strict";

const forms = document.querySelectorAll("form[method=post]");
const buttons = (form) => form.querySelectorAll("button[type=submit]");

// A form whose answer opens in a window of its own stays, and may be sent again.
const leaves = document.querySelector("base")?.target !== "_blank";

for (const form of leaves ? forms : []) {
  form.addEventListener("submit", () => {
    // After the event, so that the button still counts as the one that was pressed.
    setTimeout(() => buttons(form).forEach((button) => (button.disabled = true)));
  });
}

addEventListener("pageshow", () => {
  // By the next frame, browsers that know `autofocus` on any element have done this already.
  requestAnimationFrame(() => {
    const summary = document.querySelector(".error-summary");
    if (summary && document.activeElement === document.body) summary.focus();
  });
  // A page that comes back by the Back button must be usable again.
  for (const form of forms) buttons(form).forEach((button) => (button.disabled = false));
});

// The list of regions is long and has those of every country; whoever lives in one that has none
// in addresses is not asked.
for (const region of document.querySelectorAll("select[name=region]")) {
  const country = region.form.elements.country;
  const groups = [...region.querySelectorAll("optgroup")];
  const ofCountry = (group, code) => group.children[0].value.startsWith(`${code}-`);

  const show = () => {
    const code = country.value;
    const offered = groups.filter((group) => ofCountry(group, code));
    const chosen = region.value;
    groups.forEach((group) => group.remove());
    region.append(...offered);
    // What was chosen and refused stays in sight, with what is said of it.
    region.value = chosen.startsWith(`${code}-`) ? chosen : "";
    const field = region.closest(".field");
    region.disabled = field.hidden = !offered.length && !field.querySelector(".error");
  };
  country.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}

for (const text of document.querySelectorAll("textarea[data-limit]")) {
  const count = document.createElement("span");
  const limit = Number(text.dataset.limit);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  count.className = "count";
  text.after(count);

  const show = () => {
    const typed = [...text.value].length;
    count.textContent = typed ? `${number.format(typed)} / ${number.format(limit)}` : "";
    count.classList.toggle("over", typed > limit);
  };
  text.addEventListener("input", show);
  addEventListener("pageshow", show);
  show();
}
