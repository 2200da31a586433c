/* Nothing typed in the back office is lost: a copy in this browser while one types, a question to
   the site whether one is still signed in before a form is sent, and a word before a page is left.

   The copies are encrypted with a key that only pages of the same account have; signing out
   removes them. Where the browser cannot encrypt (without https), none is kept. */

(() => {
  "use strict";

  const script = document.currentScript;
  const { account, session, keep } = script.dataset;
  const KEPT = Number(script.dataset.days) * 24 * 3600 * 1000; // milliseconds
  const LONGEST = 400_000; // characters of one copy
  const MOST = 20; // copies of one account
  const PREFIX = `unsaved:${account}:`;
  const SIGNED_OUT = `unsaved-out:${account}`;
  const OPENED = Date.now();
  const LOOK = 1500; // milliseconds between two looks at what was typed
  const PATIENCE = 5000; // milliseconds for an answer about the session
  const OURS = new Set(["csrfmiddlewaretoken", "_form_of", "_unsaved"]);
  const SECRET = /passw|secret|token|csrf|(^|-)(code|pin|key)$/i;
  const WORDS = "textarea, select, input:not([type=hidden], [type=submit], [type=button])";

  const page = location.pathname + withoutOurs(location.search);
  const subtle = globalThis.crypto?.subtle;

  function withoutOurs(search) {
    const query = new URLSearchParams(search);
    query.delete("unsaved");
    return query.size ? `?${query}` : "";
  }

  // What this browser keeps

  let imported;
  const key = () => (imported ??= subtle.importKey(
    "raw", bytes(script.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"],
  ));
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  function letters(buffer) {
    let text = "";
    const all = new Uint8Array(buffer);
    for (let at = 0; at < all.length; at += 0x8000) {
      text += String.fromCharCode(...all.subarray(at, at + 0x8000));
    }
    return btoa(text);
  }

  async function seal(value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, await key(), text);
    return { iv: letters(iv), sealed: letters(sealed) };
  }

  async function unseal({ iv, sealed }) {
    const text = await subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await key(), bytes(sealed));
    return JSON.parse(new TextDecoder().decode(text));
  }

  const copies = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  };

  function forgetOld() {
    const dated = copies().map((name) => [read(name)?.at ?? 0, name]).sort().reverse();
    dated.forEach(([at, name], place) => {
      if (place >= MOST || Date.now() - at > KEPT) {
        localStorage.removeItem(name);
      }
    });
  }

  function forgetSaved(pages) {
    for (const name of copies()) {
      const isSaved = pages.some((one) => name.startsWith(`${PREFIX}${one}#`));
      if (isSaved && read(name)?.isSent) {
        localStorage.removeItem(name);
      }
    }
  }

  const isSignedOut = () => Number(localStorage.getItem(SIGNED_OUT) ?? 0) > OPENED;

  function signOut() {
    copies().forEach((name) => localStorage.removeItem(name));
    localStorage.setItem(SIGNED_OUT, String(Date.now())); // other tabs keep nothing any more
  }

  // The forms of a page

  /* Without what says which version of a row the form was opened with. */
  const asText = (fields) => new URLSearchParams(
    fields.filter(([name]) => !name.startsWith("_")),
  ).toString();

  class Guarded {
    constructor(form, place) {
      this.form = form;
      this.name = `${PREFIX}${page}#${form.id || place}`;
      this.isTouched = this.isLeaving = this.isShownAgain = false;
      this.kept = this.before = this.typed();
      // Editors put their words in order when they start; that is no change of anybody's.
      for (const kind of ["beforeinput", "keydown", "pointerdown", "paste", "drop", "change"]) {
        form.addEventListener(kind, () => this.touch(), { capture: true });
      }
      // What was filled in again, or is shown with errors, is not saved yet.
      if (form.elements.namedItem("_unsaved") || document.querySelector(".errornote, .conflict")) {
        this.isTouched = this.isShownAgain = true;
        this.before = null;
      }
    }

    fields() {
      return [...new FormData(this.form)].filter(
        ([name, value]) => typeof value === "string" && !OURS.has(name) && !SECRET.test(name),
      );
    }

    typed() {
      return asText(this.fields());
    }

    touch() {
      if (!this.isTouched) {
        this.isTouched = true;
        this.kept = this.before = this.typed();
      }
    }

    get isChanged() {
      const chosen = [...this.form.querySelectorAll("input[type=file]")].some((one) => one.value);
      return chosen || (this.isTouched && this.typed() !== this.before);
    }

    /* Called now and then, and when the page is left. */
    async look() {
      const typed = this.typed();
      if (!this.isTouched) {
        this.kept = this.before = typed;
      } else if (!this.isLeaving && typed !== this.kept) {
        this.kept = typed;
        await this.keep(typed === this.before);
      }
    }

    async keep(isAsBefore) {
      if (!subtle || isSignedOut()) {
        return;
      }
      if (isAsBefore) {
        localStorage.removeItem(this.name);
        return;
      }
      const copy = { at: Date.now(), ...await seal(this.fields()) };
      const text = JSON.stringify(copy);
      if (text.length <= LONGEST) {
        try {
          localStorage.setItem(this.name, text);
        } catch {
          localStorage.removeItem(copies()[0] ?? this.name); // it is full
        }
      }
    }

    discard() {
      if (this.form.elements.namedItem("_unsaved")) {
        this.isLeaving = true;
        localStorage.removeItem(this.name);
      }
    }

    /* The copy goes once the site says that the page was saved. */
    leave() {
      this.isLeaving = true;
      const copy = read(this.name);
      if (copy) {
        localStorage.setItem(this.name, JSON.stringify({ ...copy, isSent: true }));
      }
      // An answer that is a file leaves the page where it is.
      setTimeout(() => (this.isLeaving = false), 2000);
    }
  }

  const hasWords = (form) => form.method === "post" && !("noDraft" in form.dataset)
    && form.id !== "changelist-form" && form.querySelector(WORDS);
  const isFilledIn = () => new URLSearchParams(location.search).has("unsaved");

  // What was kept of this page is offered

  async function offer(guarded) {
    const copy = subtle && !guarded.isShownAgain && !isFilledIn() && read(guarded.name);
    if (!copy) {
      return;
    }
    let fields = [];
    try {
      fields = await unseal(copy);
    } catch {
      // It is of another key, or broken: the same as nothing.
    }
    if (fields.length && asText(fields) !== guarded.typed()) {
      show(guarded, copy, fields);
    } else {
      localStorage.removeItem(guarded.name);
    }
  }

  /** A moment in the office's zone, as the server writes it: "29 November 2026, 23:54". */
  function inWords(moment) {
    const page = document.documentElement.lang || "en";
    const written = (parts) =>
      new Intl.DateTimeFormat(page === "en" ? "en-GB" : page, {
        ...parts, timeZone: script.dataset.zone,
      }).format(moment);
    return `${written({ dateStyle: "long" })}, ${written({ timeStyle: "short" })}`;
  }

  function show(guarded, copy, fields) {
    const notice = document.getElementById("unsaved-draft").content.cloneNode(true);
    const section = notice.querySelector("section");
    section.querySelector(".moment").textContent = inWords(copy.at);
    section.querySelector(".discard").addEventListener("click", () => {
      localStorage.removeItem(guarded.name);
      section.remove();
    });
    section.querySelector(".bring-back").addEventListener("click", async () => {
      const address = await handOver(guarded.form, copy, fields);
      if (address) {
        localStorage.removeItem(guarded.name);
        guarded.isLeaving = true;
        location.assign(address);
      }
    });
    document.getElementById("content").before(notice);
  }

  /* The site fills the form in, as it does with what it kept itself. */
  async function handOver(form, copy, fields) {
    const body = new URLSearchParams([...fields, ["_at", copy.at]]);
    for (const name of ["csrfmiddlewaretoken", "_form_of"]) {
      body.set(name, form.elements.namedItem(name).value);
    }
    const answer = await fetch(keep, { method: "POST", body });
    return answer.ok ? (await answer.json()).address : "";
  }

  // Before a form is sent

  async function state() {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(session, { cache: "no-store", signal });
      const found = await answer.json();
      return { token: found.token, is: whose(found.account) };
    } catch {
      return { is: navigator.onLine ? "unknown" : "away" };
    }
  }

  const whose = (found) => (found === account ? "mine" : found ? "other" : "ended");

  function renew(token) {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      field.value = token;
    }
  }

  function send(guarded, submitter) {
    guarded.isAllowed = true;
    try {
      guarded.form.requestSubmit(submitter);
    } finally {
      guarded.isAllowed = false;
    }
  }

  async function check(guarded, submitter) {
    await guarded.look();
    const found = await state();
    if (found.token) {
      renew(found.token);
    }
    if (found.is === "mine" || found.is === "unknown") {
      send(guarded, submitter);
    } else {
      ask(guarded, submitter, found.is);
    }
  }

  function ask(guarded, submitter, why) {
    const dialog = document.getElementById("unsaved-session").content.cloneNode(true)
      .querySelector("dialog");
    for (const part of dialog.querySelectorAll("[data-if]")) {
      part.hidden = part.dataset.if !== why;
      if (part.localName === "h2" && !part.hidden) {
        dialog.setAttribute("aria-label", part.textContent);
        dialog.removeAttribute("aria-labelledby");
      }
    }
    const close = () => dialog.close();
    const again = async () => {
      const found = await state();
      if (found.is === "mine") {
        close();
        renew(found.token);
        send(guarded, submitter);
      }
    };
    dialog.querySelector(".again").addEventListener("click", again);
    dialog.querySelector(".back").addEventListener("click", close);
    const onReturn = () => document.visibilityState === "visible" && again();
    document.addEventListener("visibilitychange", onReturn);
    dialog.addEventListener("close", () => {
      document.removeEventListener("visibilitychange", onReturn);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  function guard(guarded) {
    let isAsking = false;
    guarded.form.addEventListener("submit", async (event) => {
      if (guarded.isAllowed) {
        guarded.leave();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isAsking) {
        isAsking = true;
        await check(guarded, event.submitter);
        isAsking = false;
      }
    }, { capture: true });
  }

  // A page that is opened, left, or comes back

  function start() {
    const guarded = [...document.querySelectorAll("#content form")].filter(hasWords)
      .map((form, place) => new Guarded(form, place));
    guarded.forEach(guard);
    forgetSaved(script.dataset.saved.split("\n").filter(Boolean));
    forgetOld();
    guarded.forEach(offer);
    const look = () => guarded.forEach((one) => one.look());
    setInterval(look, LOOK);
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", look);
    addEventListener("beforeunload", (event) => {
      if (guarded.some((one) => one.isChanged && !one.isLeaving)) {
        event.preventDefault();
      }
    });
    // A page out of the browser's memory may be older than what was saved since.
    addEventListener("pageshow", (event) => {
      if (event.persisted && !guarded.some((one) => one.isChanged && !one.isLeaving)) {
        location.reload();
      }
    });
    for (const form of document.querySelectorAll("form[data-no-draft]")) {
      // What is discarded goes from the form, too.
      form.addEventListener("submit", () => guarded.forEach((one) => one.discard()));
    }
    document.getElementById("logout-form")?.addEventListener("submit", () => {
      guarded.forEach((one) => (one.isLeaving = true));
      signOut();
    });
  }

  start();
})();
