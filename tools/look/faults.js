// What a picture does not show of the page at hand: a list of [kind, where]. `print` says whether
// the page is laid out for paper, where nothing is pressed and small print may be smaller.
(print) => {
  const root = document.documentElement;
  const found = [];
  const told = (element) => {
    const names = [...element.classList].map((name) => `.${name}`).join("");
    const text = (element.innerText || element.getAttribute("aria-label") || element.name || "");
    return `${element.tagName.toLowerCase()}${names} “${text.trim().slice(0, 50)}”`;
  };
  const note = (kind, element, more = "") => found.push([kind, `${told(element)}${more}`.replace(/\s+/g, " ")]);
  const isHidden = (element) =>
    !element.getClientRects().length ||
    element.closest(".visually-hidden, .skip, details:not([open]) > :not(summary), [aria-hidden='true'], .trap") ||
    getComputedStyle(element).visibility === "hidden" ||
    getComputedStyle(element).clipPath === "inset(50%)";
  // Cut on purpose: a link beside it leads to all of it.
  const CUT = ".ask.long > div, .ask.longer > div, .stands .long";
  const scrolls = (element) => {
    for (let box = element; box && box !== root; box = box.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  const everything = [...document.body.querySelectorAll("*")].filter((one) => !isHidden(one));
  const width = root.clientWidth;

  if (root.scrollWidth > width) found.push(["scrolls sideways", `${root.scrollWidth} of ${width} px`]);

  const ownText = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
  for (const element of everything) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isField = /^(INPUT|SELECT|TEXTAREA|OPTION)$/.test(element.tagName);
    if ((box.right > width + 1 || box.left < -3) && !scrolls(element.parentElement)) {
      note("beyond the edge", element, ` ${Math.round(box.left)}–${Math.round(box.right)}`);
    }
    if (!isField && !element.matches(CUT) && element.innerText && (/hidden|clip/.test(style.overflow) || style.textOverflow === "ellipsis") &&
        (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
      note("words cut", element);
    }
    if (!isField && ownText(element).length && !/inline/.test(style.display) && style.display !== "contents" &&
        style.overflowX === "visible" && element.clientWidth && element.scrollWidth > element.clientWidth + 1) {
      note("words leave their box", element);
    }
    if (ownText(element).length && parseFloat(style.fontSize) < (print ? 9 : 12)) {
      note("small letters", element, ` ${style.fontSize}`);
    }
    if (element.tagName === "IMG" && !(element.getAttribute("width") && element.getAttribute("height"))) {
      note("picture without size", element, ` ${element.getAttribute("src")}`);
    }
  }

  // Lines of different elements that lie on each other.
  const lines = [];
  for (const element of everything) {
    if (/^(OPTION|SELECT)$/.test(element.tagName) || /sticky|fixed/.test(getComputedStyle(element).position) ||
        element.closest(".panel-open")) continue;
    for (const node of ownText(element)) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const seen = element.closest(CUT)?.getBoundingClientRect();
      for (const box of range.getClientRects()) {
        if (box.width > 4 && !(seen && (box.bottom > seen.bottom + 1 || box.right > seen.right + 1))) {
          lines.push({ element, node, box });
        }
      }
    }
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  for (let at = 0; at < lines.length; at += 1) {
    const one = lines[at].box;
    for (let next = at + 1; next < lines.length && lines[next].box.top < one.bottom; next += 1) {
      const other = lines[next].box;
      const high = Math.min(one.bottom, other.bottom) - other.top;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      if (lines[at].node !== lines[next].node && wide > 4 && high > 0.45 * Math.min(one.height, other.height)) {
        note("words on words", lines[next].element, ` over ${told(lines[at].element)}`);
      }
    }
  }
  if (print) return found;

  // What is pressed: 24 × 24 px, but for links within a sentence. A label belongs to its field.
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  const targets = everything.filter((one) => one.matches(pressed));
  for (const target of targets) {
    const boxes = [target, ...(target.labels || [])].map((one) => one.getBoundingClientRect());
    const wide = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
    const high = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
    const block = target.closest("p, li, dd, dt, div, section, td, figcaption") || target.parentElement;
    const inSentence = target.tagName === "A" && getComputedStyle(target).display === "inline" &&
      block.innerText.trim().length > target.innerText.trim().length + 3;
    if ((wide < 23.5 || high < 23.5) && !inSentence) {
      note("small target", target, ` ${Math.round(wide)} × ${Math.round(high)}`);
    }
  }

  // Where the focus goes by keyboard, it has to be seen.
  const before = [scrollX, scrollY];
  for (const target of targets.slice(0, 150)) {
    if (target.disabled || target.tabIndex < 0) continue;
    target.focus();
    const line = target.getClientRects()[0];
    if (document.activeElement !== target || !line) continue;
    const x = Math.min(Math.max(line.left + Math.min(line.width / 2, 12), 0), innerWidth - 1);
    const y = line.top + Math.min(line.height / 2, 16);
    const top = document.elementFromPoint(x, y);
    if (!top) note("focus out of sight", target, ` at ${Math.round(y)} of ${innerHeight}`);
    else if (!target.contains(top) && !top.contains(target) && !(target.labels && [...target.labels].some((one) => one.contains(top)))) {
      note("focus covered", target, ` by ${told(top)}`);
    }
  }
  document.activeElement?.blur();
  scrollTo(...before);
  return found;
}
