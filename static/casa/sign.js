// Forms work without this.
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

// Whoever came by a link that was passed on keeps its code.
const via = new URLSearchParams(location.search).get("via");
if (via) {
  for (const form of document.querySelectorAll("form.sign-form")) {
    if (form.elements.via) continue;
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", "via", via];
    form.append(field); // at the end: browsers know a form by its first fields, and fill it again
  }
  for (const link of document.querySelectorAll("a[hreflang]")) {
    if (link.origin === location.origin && !link.search) link.search = `?${new URLSearchParams({ via })}`;
  }
}

// What is folded opens where a browser or its reader put something.
for (const fold of document.querySelectorAll(".sign-form > .questions > details")) {
  const isChanged = (one) => one.options
    ? one.selectedIndex > 0 && !one.options[one.selectedIndex].defaultSelected
    : one.value !== one.defaultValue;
  const open = () => (fold.open ||= [...fold.querySelectorAll("input, select, textarea")].some(isChanged));
  fold.addEventListener("change", open);
  addEventListener("pageshow", open);
}

const written = ["text", "email", "url", "tel", "textarea", "file"];
const isWritten = (one) => written.includes(one.type) && one.autocomplete !== "one-time-code"
  && one.value !== one.defaultValue && one.checkVisibility();
// Of an answer with errors, all is yet to be sent.
const isTyped = (form) => form.querySelector(".error-summary") || [...form.elements].some(isWritten);
const sent = new Set();

for (const form of forms) form.addEventListener("submit", () => sent.add(form));
addEventListener("pageshow", () => sent.clear());
// Whoever leaves what they began is counted, and nothing else of them. What is sent counts by itself.
for (const form of document.querySelectorAll("form[data-begun]")) {
  let isTold = Boolean(form.elements.begun);
  addEventListener("pagehide", () => {
    if (isTold || sent.has(form) || ![...form.elements].some(isWritten)) return;
    isTold = navigator.sendBeacon(form.dataset.begun);
  });
}
addEventListener("beforeunload", (event) => {
  // In a frame, it is for the page around it to say.
  const isOwn = window === window.top;
  if (isOwn && !sent.size && [...forms].some(isTyped)) event.preventDefault();
});

// Regions are those of the chosen country alone.
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

// "Did you mean name@gmail.com?", by the rules of signatories/signing/domain_typos.py.
for (const form of document.querySelectorAll("form[data-domains]")) {
  const { domains, question } = form.dataset;
  const known = domains.split(" ");
  const shortest = 8;
  const long = 10;

  // Edits, with two letters exchanged as one (optimal string alignment).
  const distance = (a, b) => {
    const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i++) {
      rows[i] = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + !same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[a.length][b.length];
  };

  const ending = (domain) => domain.slice(domain.lastIndexOf(".") + 1);

  const slips = (typed, meant) => {
    const end = ending(typed);
    const isOther = end !== ending(meant) && end.length === 2;
    if (meant.length < shortest || (isOther && !["co", "cm", "om"].includes(end))) return 0;
    const found = distance(typed, meant);
    return found <= (meant.length >= long ? 2 : 1) ? found : 0;
  };

  const suggestion = (address) => {
    const at = address.trim().lastIndexOf("@");
    const typed = address.trim().slice(at + 1).toLowerCase();
    if (at < 1 || known.includes(typed)) return "";
    let best = "";
    let least = Infinity;
    for (const meant of known) {
      const found = slips(typed, meant);
      if (found && found < least) [best, least] = [meant, found];
    }
    return best && address.trim().slice(0, at + 1) + best;
  };

  for (const field of form.querySelectorAll("input[type=email]")) {
    const hint = document.createElement("p");
    const button = document.createElement("button");
    hint.className = "typo-hint";
    hint.setAttribute("role", "status");
    button.type = "button";
    button.addEventListener("click", () => {
      field.value = button.value;
      hint.replaceChildren();
      field.focus();
    });
    field.after(hint);
    field.addEventListener("change", () => {
      button.value = suggestion(field.value);
      const [before, after] = question.split("ADDRESS");
      button.textContent = button.value;
      hint.replaceChildren(...(button.value ? [before, button, after] : []));
    });
  }
}

// Organizations of the directory while a name is typed: a combobox with a listbox (ARIA patterns).
for (const input of document.querySelectorAll("input[data-suggestions]")) {
  const form = input.form;
  const chosen = form.querySelector("input[type=hidden][name=same_as]");
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector(`label[for="${input.id}"]`).textContent);
  list.hidden = true;
  input.after(list);
  input.parentElement.classList.add("combobox");
  const attributes = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id, autocomplete: "off",
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  let active = -1;
  let waiting;
  let asked;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    const options = list.children;
    if (!options.length) return;
    active = (index + options.length) % options.length;
    for (const [number, option] of [...options].entries()) {
      option.setAttribute("aria-selected", String(number === active));
    }
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };

  const choose = (organization) => {
    clearTimeout(waiting);
    asked?.abort();
    input.value = organization.name;
    if (chosen) chosen.value = organization.id;
    close();
  };

  const show = (organizations) => {
    list.replaceChildren(
      ...organizations.map((organization, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const name = document.createElement("span");
        name.textContent = organization.name;
        const place = document.createElement("span");
        place.className = "particulars";
        place.textContent = organization.place;
        option.append(name, " ", place);
        // Before the field loses the focus, which closes the list.
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(organization));
        return option;
      }),
    );
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !organizations.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const url = `${input.dataset.suggestions}?q=${encodeURIComponent(input.value)}`;
      const answer = await fetch(url, { signal: asked.signal, credentials: "omit" });
      if (answer.ok && document.activeElement === input) show((await answer.json()).organizations);
    } catch {
      // A slow line or a newer question: the field works as it is.
    }
  };

  input.addEventListener("input", () => {
    if (chosen) chosen.value = "";
    clearTimeout(waiting);
    if (input.value.trim().length < 2) {
      asked?.abort();
      close();
      return;
    }
    waiting = setTimeout(ask, 200);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" && list.children.length) {
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
        mark(0);
        event.preventDefault();
      }
      return;
    }
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active < 0 ? -1 : active - 1);
    else if (event.key === "Enter" && active >= 0) list.children[active].click();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  input.addEventListener("blur", close);
}
