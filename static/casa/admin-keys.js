// Keys of the back office: what has `data-key` is focused or pressed by it, and j and k walk a list.
// None is heard while somebody types, none together with others, and all can be switched off.
(() => {
  "use strict";

  const OFF = "casa-keys-off";
  const TYPED_IN =
    "input, textarea, select, [contenteditable]:not([contenteditable='false']), [role='textbox']";
  const FIELDS = "input, textarea, select";
  const LINES = "#result_list tbody th a";

  const stored = {
    get off() {
      try {
        return localStorage.getItem(OFF) === "yes";
      } catch {
        return false; // no storage: they stay on until the page is left
      }
    },
    set off(value) {
      try {
        if (value) localStorage.setItem(OFF, "yes");
        else localStorage.removeItem(OFF);
      } catch {
        // as above
      }
    },
  };
  let isOff = stored.off;

  const isTyping = (target) => target instanceof Element && target.closest(TYPED_IN) !== null;
  const marked = () => [...document.querySelectorAll("[data-key]")].filter((one) => one.offsetParent);
  const label = (one) => one.labels?.[0]?.textContent || one.getAttribute("aria-label") || one.textContent;

  const use = (one) => {
    if (one.matches(FIELDS)) {
      one.focus();
      one.select?.();
    } else one.click();
  };

  /** Moves the focus by one line of the list; false where the page has no list. */
  const walk = (step) => {
    const lines = [...document.querySelectorAll(LINES)];
    if (!lines.length) return false;
    const row = document.activeElement?.closest("#result_list tbody tr");
    const at = lines.findIndex((line) => row?.contains(line));
    const next = at < 0 ? (step > 0 ? 0 : lines.length - 1) : at + step;
    lines[Math.min(Math.max(next, 0), lines.length - 1)].focus();
    return true;
  };

  const template = document.getElementById("keys-template");
  let dialog = null;
  if (template) {
    const parts = template.content.cloneNode(true);
    dialog = parts.querySelector("dialog");
    const button = parts.querySelector("#keys-button");
    const works = dialog.querySelector("#keys-on");
    works.checked = !isOff;
    works.addEventListener("change", () => {
      isOff = !works.checked;
      stored.off = isOff;
    });
    document.body.append(dialog);
    (document.getElementById("user-tools") ?? document.body).append(button);
    button.addEventListener("click", () => open());
  }

  const open = () => {
    if (!dialog || dialog.open) return;
    const here = dialog.querySelector(".here");
    here.replaceChildren(
      ...marked()
        .filter((one) => !["/"].includes(one.dataset.key))
        .flatMap((one) => {
          const term = document.createElement("dt");
          const key = document.createElement("kbd");
          key.textContent = one.dataset.key;
          term.append(key);
          const what = document.createElement("dd");
          what.textContent = label(one).trim();
          return [term, what];
        }),
    );
    here.previousElementSibling.hidden = here.children.length === 0;
    dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (isOff || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.repeat || event.isComposing || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      open();
      return;
    }
    const one = marked().find((element) => element.dataset.key === event.key);
    if (one) {
      event.preventDefault();
      use(one);
    } else if (event.key === "j" || event.key === "k") {
      if (walk(event.key === "j" ? 1 : -1)) event.preventDefault();
    }
  });
})();
