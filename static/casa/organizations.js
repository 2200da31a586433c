// Suggests organizations of the directory while a name is typed: the combobox with a listbox of
// the ARIA patterns. Without this the field takes the name, and the form asks after posting.
"use strict";

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
