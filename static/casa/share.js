// Adds to the share links what needs a script: the phone's own menu, and copying the address.
"use strict";

for (const list of document.querySelectorAll("[data-share-url]")) {
  const { shareUrl, shareTitle, shareLabel, copyLabel, copiedLabel } = list.dataset;

  const add = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => act(button));
    const item = document.createElement("li");
    item.append(button);
    list.prepend(item);
  };

  if (navigator.clipboard) {
    add(copyLabel, async (button) => {
      try {
        await navigator.clipboard.writeText(shareUrl);
      } catch {
        return; // refused by the browser: the address is still in the bar above
      }
      button.setAttribute("aria-live", "polite");
      button.textContent = copiedLabel;
      setTimeout(() => (button.textContent = copyLabel), 3000);
    });
  }
  if (navigator.share) {
    add(shareLabel, () => navigator.share({ title: shareTitle, url: shareUrl }).catch(() => {}));
  }
}

// A field to copy from is selected whole when it takes the focus.
for (const field of document.querySelectorAll("textarea[readonly]")) {
  field.addEventListener("focus", () => field.select());
}
