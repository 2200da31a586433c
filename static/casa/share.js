// Every page works without this. It shows the buttons that a browser can serve: to copy a link,
// and on phones to hand it to the programs that are installed there.
"use strict";

for (const section of document.querySelectorAll("[data-address]")) {
  const { address: url, title, text } = section.dataset;
  const [share, copy] = ["[data-share]", "[data-copy]"].map((name) => section.querySelector(name));
  const status = section.querySelector("[role=status]");

  if (navigator.share) {
    share.hidden = false;
    // Whoever closes the list of programs rejects the promise; there is nothing to say then.
    share.addEventListener("click", () => navigator.share({ title, text, url }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    // On the page that thanks one button leads: the next best one where programs cannot be asked.
    if (share.hidden && section.closest(".share-own")) {
      copy.classList.remove("button-quiet");
    }
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      status.textContent = copy.dataset.done;
    });
  }
}

// A field to copy from is selected whole when it takes the focus.
for (const field of document.querySelectorAll("textarea[readonly]")) {
  field.addEventListener("focus", () => field.select());
}
