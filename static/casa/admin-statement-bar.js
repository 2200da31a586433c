/* The statement's screen: what is not saved is said, the bar's menus, keys, and links to fields. */

(() => {
  "use strict";

  const form = document.getElementById("statement_form");
  const said = document.getElementById("save-state");
  if (!form) {
    return;
  }

  /* What is not saved yet: in the line of the state, and in the words of the steps' buttons. */
  const fields = () => new URLSearchParams(
    [...new FormData(form)].filter(([, value]) => typeof value === "string"),
  ).toString();
  const chosen = () => [...form.querySelectorAll("input[type=file]")].some((input) => input.value);
  const refused = Boolean(document.querySelector(".errornote, input[name=_unsaved]"));
  let before;
  let isTouched = false;

  function show() {
    if (!isTouched) {
      before = fields(); // editors put their words in order when they start
    }
    const unsaved = refused || chosen() || fields() !== before;
    if (said) {
      const words = unsaved ? said.dataset.unsaved : said.dataset.saved;
      if (said.textContent !== words) {
        said.textContent = words;
        said.classList.toggle("is-unsaved", unsaved);
      }
    }
    // What the step would do is said of what is saved.
    form.querySelectorAll(".bar .consequence").forEach((one) => {
      one.hidden = unsaved;
    });
    form.querySelectorAll("[name=_step][data-saved]").forEach((button) => {
      button.textContent = unsaved ? button.dataset.unsaved : button.dataset.saved;
    });
  }

  ["beforeinput", "keydown", "pointerdown", "paste", "drop", "change"].forEach((kind) => {
    form.addEventListener(kind, () => {
      if (!isTouched) {
        show();
        isTouched = true;
      }
    }, { capture: true });
  });
  ["input", "change", "formset:added", "formset:removed"].forEach((kind) => {
    document.addEventListener(kind, () => setTimeout(show));
  });
  show();
  // Editors and buttons that move rows write into hidden fields, which tell nobody.
  setInterval(show, 1500);

  /* Keys */
  const save = () => form.querySelector("[name=_save]");
  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s" && save()) {
      event.preventDefault();
      save().click();
    }
    if (event.key === "Escape") {
      const open = [...document.querySelectorAll(".bar details[open]")];
      open.forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
  });

  /* One menu of the bar is open at a time, and a click beside it closes it. */
  const menus = [...document.querySelectorAll(".bar details")];
  document.addEventListener("click", (event) => {
    const isLink = event.target.closest(".findings a");
    menus.filter((menu) => isLink || !menu.contains(event.target)).forEach((menu) => {
      menu.open = false;
    });
  });

  /* The public address, to copy */
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
    });
  });

  /* Addresses of the one page that this screen was: "#attachments-group" is on a part of its own. */
  function follow() {
    const name = location.hash.slice(1);
    const prefix = name.replace(/-.*/, "");
    const part = [...document.querySelectorAll(".parts a")].find(
      (link) => link.dataset.prefixes.split(" ").includes(prefix) || (name === "conversation" && link.href.endsWith("/comments/")),
    );
    if (name && part && !part.hasAttribute("aria-current") && !document.getElementById(name)) {
      location.replace(`${part.href}#${name}`);
      return;
    }
    reveal(name);
  }

  /* A link to a field opens what hides it: the tab of its language, a row that is folded. */
  function reveal(name) {
    const target = name && document.getElementById(name);
    if (!target) {
      return;
    }
    const section = target.closest(".language[hidden]");
    if (section) {
      document.getElementById(section.getAttribute("aria-labelledby"))?.click();
    }
    const folded = target.querySelector("details.missing") ?? target.closest("details");
    if (folded) {
      folded.open = true;
    }
    const row = target.closest(".form-row") ?? target;
    row.scrollIntoView({ block: "center" });
    const editor = target.matches("textarea") && row.querySelector(".tiptap");
    const focusable = editor || (target.matches("input, textarea, select, a, button")
      ? target
      : target.querySelector("input:not([type=hidden]), textarea, select, .tiptap, a"));
    focusable?.focus();
  }
  window.addEventListener("hashchange", follow);
  // The editors are made by scripts that come later.
  window.addEventListener("load", follow);
})();
