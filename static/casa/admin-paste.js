/* What is pasted from Word, Google Docs or a web page goes through the site's own cleaning first,
   so that headings, lists and footnote signs arrive as what they are. */

(() => {
  "use strict";

  const form = document.getElementById("statement_form");
  const address = form && document.currentScript.dataset.address;
  const cleaned = new WeakSet();

  async function clean(html) {
    const body = new URLSearchParams({ html });
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    return answer.ok ? answer.text() : html;
  }

  function paste(target, html, text) {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", {
      clipboardData: data, bubbles: true, cancelable: true,
    });
    cleaned.add(event);
    target.dispatchEvent(event);
  }

  function onPaste(event) {
    const editor = event.target.closest?.(".tiptap");
    const html = event.clipboardData?.getData("text/html");
    // What was copied from an editor of ours needs no cleaning.
    if (!editor || !html || cleaned.has(event) || html.includes("data-pm-slice")) {
      return;
    }
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    event.stopImmediatePropagation();
    clean(html).catch(() => html).then((better) => paste(editor, better, text));
  }

  if (address) {
    document.addEventListener("paste", onPaste, true);
  }
})();
