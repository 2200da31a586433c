// In a frame on another site: tell the page around it how high we are (see embed.js), and say where
// to sign in case its sandbox lets no form be sent.
"use strict";

const mayPost = () => {
  // In a sandbox without allow-same-origin our own form would come from nowhere, and be refused.
  if (self.origin === "null") return false;
  // In one without allow-forms a browser does not even begin to send, and fires no event.
  const probe = document.createElement("form");
  let begun = false;
  probe.hidden = true;
  probe.addEventListener("submit", (event) => {
    event.preventDefault();
    begun = true;
  });
  document.body.append(probe);
  probe.requestSubmit();
  probe.remove();
  return begun;
};

const insteadOfForm = document.getElementById("no-form");
if (insteadOfForm && !mayPost()) {
  insteadOfForm.hidden = false;
  for (const form of document.querySelectorAll("form")) form.hidden = true;
}

if (window.parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    // To whatever page is around us: a height is no secret.
    window.parent.postMessage({ casaStatementHeight: height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
}
