// Drawings of neighbourhoods: what is near the page under the pointer stays, all else fades. A first
// tap shows that, a second one goes to the page.
"use strict";

(() => {
  /** @param {SVGSVGElement} svg */
  const begin = (svg) => {
    /** @type {Element | null} */
    let lit = null;

    /** @param {Element | null} neighbour the page to light up; null for none */
    const light = (neighbour) => {
      if (neighbour === lit) return;
      lit = neighbour;
      for (const element of svg.querySelectorAll(".is-near")) element.classList.remove("is-near");
      svg.classList.toggle("is-lit", Boolean(neighbour));
      if (!(neighbour instanceof SVGElement)) return;
      const near = new Set([neighbour.dataset.at]);
      for (const line of svg.querySelectorAll("path")) {
        const ends = line.dataset.ends.split(" ");
        if (!ends.includes(neighbour.dataset.at)) continue;
        line.classList.add("is-near");
        ends.forEach((end) => near.add(end));
      }
      for (const end of near) svg.querySelector(`[data-at="${end}"]`)?.classList.add("is-near");
    };

    /** @param {Event} event */
    const neighbourOf = ({ target }) =>
      target instanceof Element ? target.closest("[data-at]") : null;

    for (const name of ["pointerover", "focusin"]) {
      svg.addEventListener(name, (event) => {
        // a finger lights up by its tap, which else would find it lit
        if (event instanceof PointerEvent && event.pointerType !== "mouse") return;
        if (name === "focusin" && !window.tropes.isTabbing) return;
        light(neighbourOf(event));
      });
    }
    for (const name of ["pointerleave", "focusout"]) {
      svg.addEventListener(name, (event) => {
        if (!(event instanceof PointerEvent) || event.pointerType === "mouse") light(null);
      });
    }
    svg.addEventListener("click", (event) => {
      const isTap = event instanceof PointerEvent && ["touch", "pen"].includes(event.pointerType);
      const neighbour = neighbourOf(event);
      if (!isTap || neighbour === lit) return;
      event.preventDefault();
      light(neighbour);
    });
  };

  for (const svg of document.querySelectorAll(".trope-graph svg")) begin(svg);
})();
