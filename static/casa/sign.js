// Every page works without this. It brings the reader to what is wrong in a form, and keeps a
// second click from sending it twice.
"use strict";

const forms = document.querySelectorAll("form[method=post]");
const buttons = (form) => form.querySelectorAll("button[type=submit]");

for (const form of forms) {
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
