// Keys of the back office. None is heard while somebody types, and none together with others.
(() => {
  "use strict";

  const TYPED_IN = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

  const isTyping = (target) => target instanceof Element && target.closest(TYPED_IN) !== null;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.repeat || isTyping(event.target)) return;
    const field = event.key === "/" && document.getElementById("office-search-words");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
