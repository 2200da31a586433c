// Sends the form by itself when the work is done. Without this script the button does it, and
// without any script the second button.
"use strict";

const form = document.querySelector("[data-challenge]");
const widget = form.querySelector("altcha-widget");

widget.addEventListener("statechange", (event) => {
  if (event.detail.state !== "verified") return;
  // After the event, by when the widget has put its answer into the form.
  setTimeout(() => {
    form.submit();
    form.querySelectorAll("button").forEach((button) => (button.disabled = true));
  });
});
