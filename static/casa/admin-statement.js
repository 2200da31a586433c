/* The statement's screen: languages as tabs. */

(() => {
  "use strict";

  const group = document.querySelector(".languages");

  function makeTabs() {
    const sections = [...group.querySelectorAll(".language")];
    if (sections.length < 2) {
      return;
    }
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    list.className = "tabs";
    list.setAttribute("aria-labelledby", "texts-heading");
    const tabs = sections.map((section) => {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `${section.id}-tab`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", section.id);
      tab.append(section.dataset.tab);
      if (section.dataset.missing) {
        const note = document.createElement("span");
        note.className = "quiet";
        note.append(` ${section.dataset.missing}`);
        tab.append(note);
      }
      if ("errors" in section.dataset) {
        tab.classList.add("has-errors");
      }
      section.setAttribute("role", "tabpanel");
      section.setAttribute("aria-labelledby", tab.id);
      section.removeAttribute("aria-label");
      list.append(tab);
      return tab;
    });

    function show(index, focus) {
      tabs.forEach((tab, at) => {
        tab.setAttribute("aria-selected", String(at === index));
        tab.tabIndex = at === index ? 0 : -1;
        sections[at].hidden = at !== index;
      });
      if (focus) {
        tabs[index].focus();
      }
    }

    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => show(at));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) {
          event.preventDefault();
          show((at + step + tabs.length) % tabs.length, true);
        }
      });
    });
    sections[0].before(list);
    group.classList.add("has-tabs");
    show(Math.max(0, sections.findIndex((section) => "errors" in section.dataset)));
  }

  if (group) {
    makeTabs();
  }
})();
