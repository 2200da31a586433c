// For other sites: makes the frames of our statements as high as what is in them.
"use strict";

(() => {
  const script = document.currentScript;
  const ours = script ? new URL(script.src).origin : null;
  addEventListener("message", (event) => {
    const height = event.data && event.data.casaStatementHeight;
    if (event.origin !== ours || !Number.isFinite(height)) return;
    for (const frame of document.querySelectorAll("iframe[data-casa-statement]")) {
      if (frame.contentWindow === event.source) {
        frame.style.height = `${Math.min(Math.max(height, 80), 5000)}px`;
      }
    }
  });
})();
