/* What is pasted or dropped into an editor goes through the site's own cleaning first. A line below
   the editor says what was left out, and pictures are offered as files of the statement. */

(() => {
  "use strict";

  const { address, failed, long, offer, offered, back, returned } = document.currentScript.dataset;
  const cleaned = new WeakSet();
  const OURS = new Set(
    "A BLOCKQUOTE BODY BR EM H2 H3 HEAD HTML LI META OL P STRONG SUP TABLE TBODY TD TH THEAD TR UL COL COLGROUP".split(" "),
  );
  const READY = "ready for pictures";

  // --- The request ---

  /** What the site makes of `html`; null where it cannot be asked. */
  async function ask(html) {
    const body = new FormData();
    body.append("html", html);
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token };
    try {
      const answer = await fetch(address, { method: "POST", body, headers });
      const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
      if (answer.status === 413) {
        return { html: null, notice: `<p class="said">${long}</p>` };
      }
      return answer.ok && isOurs ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  /** `html` with a short address for each picture that is in it, and those pictures. */
  function apart(html, files) {
    const pictures = [];
    const short = html.replace(/(\ssrc\s*=\s*["']?)(data:image\/[^"'\s>]+)/gi, (_all, before, data) => {
      pictures.push({ data });
      return `${before}pasted:${pictures.length - 1}`;
    });
    const images = [...files].filter((file) => file.type.startsWith("image/"));
    if (!html) {
      images.forEach((file) => pictures.push({ file }));
      return [images.map((file, at) => picture(file, at)).join(""), pictures];
    }
    // Word puts a picture that was copied alone on the clipboard beside its markup.
    if (images.length === 1 && !pictures.length && (html.match(/<img\s/gi) || []).length === 1) {
      pictures.push({ file: images[0] });
      return [html.replace(/(<img\s[^>]*?\ssrc\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)/i, '$1"pasted:0"'), pictures];
    }
    return [short.replace(/data:[^"'()\s>]{1000,}/g, ""), pictures];
  }

  function picture(file, at) {
    const image = document.createElement("img");
    image.setAttribute("src", `pasted:${at}`);
    image.alt = file.name;
    return new XMLSerializer().serializeToString(image);
  }

  /** Whether `html` comes from an editor of ours and holds nothing else. */
  function isOurs(html) {
    if (!html.includes("data-pm-slice")) {
      return false;
    }
    const found = new DOMParser().parseFromString(html, "text/html");
    return [...found.querySelectorAll("*")].every(
      (one) => OURS.has(one.tagName) && !one.hasAttribute("class") && !one.hasAttribute("hidden")
        && /^\s*((min-)?width:[^;]*;?\s*)?$/i.test(one.getAttribute("style") || ""),
    );
  }

  // --- The notice ---

  function noticeOf(editor) {
    const frame = editor.closest(".flex-container") || editor.closest(".prose-editor") || editor;
    let notice = frame.nextElementSibling;
    if (!notice?.classList.contains("pasted")) {
      notice = document.createElement("div");
      notice.className = "pasted";
      const status = document.createElement("div");
      status.setAttribute("role", "status");
      notice.append(status, document.createElement("div"));
      frame.after(notice);
    }
    return notice;
  }

  function say(editor, answer, pictures) {
    const notice = noticeOf(editor);
    const [status, rest] = notice.children;
    const parsed = new DOMParser().parseFromString(answer.notice, "text/html").body;
    const said = parsed.querySelector(".said");
    status.replaceChildren(...(said ? [said] : []));
    rest.replaceChildren(...parsed.childNodes);
    rest.querySelectorAll("[data-picture]").forEach((entry) => {
      const kept = pictures[Number(entry.dataset.picture.replace("pasted:", ""))];
      if (kept) {
        offerPicture(entry, kept);
      }
    });
    rest.querySelectorAll("[data-words]").forEach((entry) => offerWords(editor, entry));
    const files = rest.querySelector(".to-files");
    const place = placeOfFiles();
    if (files && place) {
      const link = document.createElement("a");
      link.href = place;
      link.textContent = files.textContent;
      link.target = group() ? "" : "_blank";
      files.replaceChildren(link);
    } else if (files && !document.getElementById("statement_form")) {
      files.remove();
    }
  }

  function fail(editor) {
    const [status, rest] = noticeOf(editor).children;
    rest.replaceChildren();
    status.textContent = failed;
  }

  // --- Words that were left out ---

  /** A button that puts them where the cursor is, as plain paragraphs. */
  function offerWords(editor, entry) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = back;
    button.addEventListener("click", () => {
      const text = (line) => ({ type: "text", text: line });
      const lines = entry.dataset.words.split("\n");
      const words = lines.length > 1
        ? lines.map((line) => ({ type: "paragraph", content: [text(line)] }))
        : [text(lines[0])];
      if (editor.editor?.chain().focus().insertContent(words).run()) {
        button.disabled = true;
        button.textContent = returned;
      }
    });
    entry.append(" ", button);
  }

  // --- Pictures ---

  const group = () => document.getElementById("attachments-group");

  /** Where files are added: on this page, or on another part of the statement's screen. */
  function placeOfFiles() {
    const part = document.querySelector('.parts a[data-prefixes~="attachments"]');
    return group() ? "#attachments-group" : part && `${part.href}#attachments-group`;
  }

  function offerPicture(entry, kept) {
    if (!placeOfFiles()) {
      return;
    }
    const name = entry.lastChild.textContent.trim().replace(/^…$/, "");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = offer;
    button.addEventListener("click", async () => {
      const file = kept.file || (await asFile(kept.data, name));
      const isDone = group() ? addFile(file, name) : handOver(file, name);
      if (isDone) {
        button.disabled = true;
        button.textContent = offered;
      }
    });
    entry.append(" ", button);
    entry.closest("details").open = true;
  }

  async function asFile(data, name) {
    const [head, content] = data.split(",", 2);
    const type = head.slice(5).split(";")[0];
    const bytes = Uint8Array.from(atob(decodeURIComponent(content)), (char) => char.charCodeAt(0));
    const ending = type.split("/")[1].replace("jpeg", "jpg").replace(/\W.*/, "");
    const plain = name.replace(/\.\w{2,5}$/, "").replace(/[^\p{L}\p{N} _-]/gu, "").slice(0, 60);
    return new File([bytes], `${plain || "picture"}.${ending}`, { type });
  }

  /** Put `file` into a new row of the statement's files; it is read and judged when it is saved. */
  function addFile(file, name) {
    group().querySelector(".add-row a")?.click();
    const rows = group().querySelectorAll(".inline-related:not(.empty-form)");
    const row = rows[rows.length - 1];
    const input = row?.querySelector("input[type=file]");
    if (!input || input.files.length) {
      return false;
    }
    const data = new DataTransfer();
    data.items.add(file);
    input.files = data.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const title = row.querySelector("[name$=-title]");
    const words = row.querySelector("[name$=-alt_text]");
    title.value ||= (name || file.name).slice(0, 200);
    words.value ||= name.slice(0, 300);
    row.scrollIntoView({ block: "center" });
    (words.value ? title : words).focus();
    return true;
  }

  let filesWindow = null;
  const waiting = [];

  /** Open the part of the screen that has the files, and hand the picture over to it. */
  function handOver(file, name) {
    waiting.push({ file, name });
    if (filesWindow && !filesWindow.closed) {
      filesWindow.focus();
      deliver();
    } else {
      filesWindow = window.open(placeOfFiles());
    }
    return Boolean(filesWindow);
  }

  function deliver() {
    waiting.splice(0).forEach((picture) => filesWindow.postMessage({ picture }, location.origin));
  }

  /** Between two windows of this site: one asks for pictures once it is ready, and takes them. */
  function onMessage(event) {
    if (event.origin !== location.origin) {
      return;
    }
    if (event.source === filesWindow && event.data === READY) {
      deliver();
    } else if (event.source === window.opener && event.data?.picture?.file instanceof File) {
      addFile(event.data.picture.file, String(event.data.picture.name));
    }
  }

  function askForPictures() {
    if (window.opener && group()?.querySelector(".add-row a")) {
      window.opener.postMessage(READY, location.origin);
    }
  }

  // --- Pasting and dropping ---

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

  async function insert(editor, data) {
    const text = data.getData("text/plain");
    const [html, pictures] = apart(data.getData("text/html"), data.files);
    const answer = await ask(html);
    if (!answer) {
      fail(editor);
      return;
    }
    if (answer.html) {
      paste(editor, answer.html, text);
    }
    say(editor, answer, pictures);
  }

  const hasPicture = (data) => [...data.files].some((file) => file.type.startsWith("image/"));

  function onPaste(event) {
    const editor = event.target.closest?.(".tiptap");
    const data = event.clipboardData;
    if (!editor || !data || cleaned.has(event)) {
      return;
    }
    const html = data.getData("text/html");
    if (html ? isOurs(html) : !hasPicture(data)) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    insert(editor, data);
  }

  let isDraggedWithin = false;

  function onDrop(event) {
    const editor = event.target.closest?.(".tiptap");
    const data = event.dataTransfer;
    if (!editor || !data || isDraggedWithin) {
      return;
    }
    const html = data.getData("text/html");
    if (html ? isOurs(html) : !hasPicture(data)) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const place = editor.editor?.view.posAtCoords({ left: event.clientX, top: event.clientY });
    if (place) {
      editor.editor.commands.setTextSelection(place.pos);
    }
    insert(editor, data);
  }

  document.addEventListener("paste", onPaste, true);
  document.addEventListener("drop", onDrop, true);
  document.addEventListener("dragstart", (event) => {
    isDraggedWithin = Boolean(event.target.closest?.(".tiptap") || event.target.parentElement?.closest(".tiptap"));
  }, true);
  document.addEventListener("dragend", () => { isDraggedWithin = false; }, true);
  addEventListener("message", onMessage);
  // Django's script makes the links that add rows when jQuery calls it, which may be after `load`.
  addEventListener("load", () => django.jQuery(askForPictures));

  /* The editor has no name of its own: it gets that of its field. */
  function name(editor) {
    const field = editor.closest(".form-row")?.querySelector("textarea[id]");
    const label = field && document.querySelector(`label[for="${field.id}"]`);
    if (label) {
      editor.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
      const help = document.getElementById(`${field.id}_helptext`);
      if (help) {
        editor.setAttribute("aria-describedby", help.id);
      }
    }
  }
  const nameAll = () => document.querySelectorAll(".tiptap:not([aria-label])").forEach(name);
  addEventListener("load", nameAll);
  document.addEventListener("formset:added", () => setTimeout(nameAll));
  document.addEventListener("focusin", nameAll);
})();
