// The panel beside the text: where the theme shows no second column, it stands at the foot of the page.
"use strict";

(() => {
  const slot = /** @type {HTMLElement} */ (document.querySelector(".trope-side"));
  const panel = document.querySelector(".trope-side-panel");
  const foot = document.querySelector(".trope-side-foot");
  if (!slot || !panel || !foot) return;

  /** Whether the column is there: themes hide it, or keep it outside the window until it is asked for. */
  const isBeside = () => {
    const { left, right, width } = slot.getBoundingClientRect();
    const isInside = right > 0 && left < document.documentElement.clientWidth;
    return width > 0 && isInside && getComputedStyle(slot).visibility !== "hidden";
  };

  const place = () => {
    const to = isBeside() ? slot : foot;
    if (panel.parentElement !== to) to.append(panel);
  };

  const SLIDES = 500; // ms in which a theme moves its column away
  let width = innerWidth;
  let again = 0;
  addEventListener("resize", () => {
    if (innerWidth === width) return; // the height of a window changes on its own on phones
    width = innerWidth;
    place();
    clearTimeout(again);
    again = setTimeout(place, SLIDES);
  });
  place();
})();
