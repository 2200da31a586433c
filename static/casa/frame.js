// In a frame on another site: tell the page around it how high we are (see embed.js).
"use strict";

if (window.parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    // To whatever page is around us: a height is no secret.
    window.parent.postMessage({ casaStatementHeight: height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
}
