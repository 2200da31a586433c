/* The point of a picture that stays in sight: chosen by a click on it, or by the arrow keys. Without
   this script the two numbers below do the same. */

(() => {
  "use strict";

  const STEPS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", -1], ArrowDown: ["y", 1] };
  const LARGE = 10;

  function setUp(part) {
    const numbers = { x: part.querySelector('[data-focus="x"]'), y: part.querySelector('[data-focus="y"]') };
    const chooser = part.querySelector(".focus-chooser");
    const upload = part.querySelector('input[type="file"]');
    if (!numbers.x || !numbers.y) {
      return;
    }
    const whole = part.querySelector(".focus-whole");
    const picture = whole.querySelector("img");
    const cuts = [...part.querySelectorAll(".focus-cuts img")];
    const stored = picture.getAttribute("src");

    const point = document.createElement("span");
    point.className = "focus-point";
    whole.append(point);
    whole.tabIndex = 0;
    whole.setAttribute("role", "slider");
    whole.setAttribute("aria-label", part.dataset.focusLabel);
    part.querySelectorAll(".focus-cuts, .focus-how").forEach((one) => {
      one.hidden = false;
    });

    const within = (number) => Math.min(100, Math.max(0, Math.round(number)));
    const read = (axis) => (numbers[axis].value === "" ? 50 : within(Number(numbers[axis].value)));

    function show() {
      const [x, y] = [read("x"), read("y")];
      point.style.left = `${x}%`;
      point.style.top = `${y}%`;
      cuts.forEach((cut) => {
        cut.style.objectPosition = `${x}% ${y}%`;
      });
      whole.setAttribute("aria-valuenow", x);
      whole.setAttribute("aria-valuetext", part.dataset.focusSaid.replace("{x}", x).replace("{y}", y));
    }

    function choose(x, y) {
      numbers.x.value = within(x);
      numbers.y.value = within(y);
      numbers.x.dispatchEvent(new Event("change", { bubbles: true }));
      show();
    }

    function draw(source) {
      [picture, ...cuts].forEach((one) => {
        if (source) {
          one.src = source;
        } else {
          one.removeAttribute("src");
        }
      });
      chooser.hidden = !source;
    }

    whole.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      choose(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
    });

    whole.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) {
        return;
      }
      event.preventDefault();
      const [axis, sign] = step;
      const by = event.shiftKey ? LARGE : 1;
      choose(read("x") + (axis === "x" ? sign * by : 0), read("y") + (axis === "y" ? sign * by : 0));
    });

    [numbers.x, numbers.y].forEach((one) => one.addEventListener("input", show));

    // What is chosen to be sent is shown at once; what the browser cannot show (HEIC), once it is saved.
    upload?.addEventListener("change", () => {
      const file = upload.files[0];
      if (!file) {
        draw(stored);
        return;
      }
      const reader = new FileReader();
      reader.addEventListener("load", () => {
        picture.removeAttribute("width");
        picture.removeAttribute("height");
        picture.alt = "";
        draw(reader.result);
      });
      reader.readAsDataURL(file);
    });
    picture.addEventListener("error", () => {
      chooser.hidden = true;
    });

    if (stored) {
      draw(stored);
    }
    show();
  }

  document.querySelectorAll("[data-focus-chooser]").forEach(setUp);
})();
