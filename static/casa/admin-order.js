/* Rows in an order that staff choose: dragged, or moved by two buttons. Without this script the
   number in each row's "order" field does the same. */

(() => {
  "use strict";

  const ROW = ".inline-related:not(.empty-form)";

  function setUp(part) {
    const rows = () => [...part.querySelectorAll(ROW)];
    const position = (row) => row.querySelector('[name$="-position"]');
    if (!part.querySelector('[name$="-position"]')) {
      return;
    }
    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("aria-live", "polite");
    part.append(said);
    part.classList.add("is-ordered");

    const isBlank = (row) => !row.hasAttribute("data-stored") && [...row.querySelectorAll("input, textarea, select")].every(
      (field) => field.type === "hidden" || field === position(row) || !field.value,
    );

    function number() {
      // A row that nobody filled in stays as it is: a number would make it count as filled in.
      rows().filter((row) => !isBlank(row)).forEach((row, index) => {
        position(row).value = index + 1;
      });
    }

    function move(row, steps) {
      const all = rows();
      const target = all[all.indexOf(row) + steps];
      if (!target) {
        return;
      }
      target[steps < 0 ? "before" : "after"](row);
      number();
      said.textContent = part.dataset.said.replace("%s", rows().indexOf(row) + 1);
    }

    function button(sign, label, action) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "move";
      made.textContent = sign;
      made.title = label;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => {
        action();
        made.focus();
      });
      return made;
    }

    function equip(row) {
      const heading = row.querySelector("h3");
      if (!heading || heading.querySelector(".moves")) {
        return;
      }
      const tools = document.createElement("span");
      tools.className = "moves";
      const handle = document.createElement("span");
      handle.className = "handle";
      handle.title = part.dataset.drag;
      handle.setAttribute("aria-hidden", "true");
      handle.textContent = "⠿";
      // Only by the handle: text in the fields must stay selectable.
      handle.addEventListener("pointerdown", () => {
        row.draggable = true;
      });
      handle.addEventListener("pointerup", () => {
        row.draggable = false;
      });
      const title = () => heading.querySelector(".inline_label")?.textContent.trim() ?? "";
      tools.append(
        handle,
        button("↑", `${part.dataset.up}: ${title()}`, () => move(row, -1)),
        button("↓", `${part.dataset.down}: ${title()}`, () => move(row, 1)),
      );
      heading.prepend(tools);
      row.addEventListener("dragstart", (event) => {
        if (!row.draggable) {
          return;
        }
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", "");
        row.classList.add("is-dragged");
      });
      row.addEventListener("dragend", () => {
        row.draggable = false;
        row.classList.remove("is-dragged");
        number();
      });
    }

    part.addEventListener("dragover", (event) => {
      const dragged = part.querySelector(".is-dragged");
      const over = event.target.closest(ROW);
      if (!dragged || !over) {
        return;
      }
      event.preventDefault();
      if (over !== dragged) {
        const box = over.getBoundingClientRect();
        over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
      }
    });
    part.addEventListener("drop", (event) => event.preventDefault());
    document.addEventListener("formset:added", (event) => {
      if (part.contains(event.target)) {
        equip(event.target);
      }
    });
    part.closest("form").addEventListener("submit", number);
    rows().forEach(equip);
  }

  document.querySelectorAll("[data-ordered]").forEach(setUp);
})();
