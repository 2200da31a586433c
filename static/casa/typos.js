// Asks "Did you mean name@gmail.com?" under the e-mail field; the rules are those of
// signatories/typos.py. Every page works without it: the site asks the same after posting.
"use strict";

(() => {
  const { domains, question } = document.currentScript.dataset;
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

  for (const field of document.querySelectorAll(".sign-form input[type=email]")) {
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
})();
