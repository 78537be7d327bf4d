// Colours of the map that suit the theme it stands in.
"use strict";

(() => {
  const HUES = [262, 45, 145, 330, 190, 95, 15, 295]; // of namespaces, the largest first

  /**
   * A colour as sigma reads it, whatever form CSS gives it.
   * @param {string} colour
   */
  const plain = (colour) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
    return `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };

  /** The colour behind an element. @param {Element | null} element */
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return plain(colour);
    }
    return "#ffffff";
  };

  /** @param {Element} place */
  const coloursOf = (place) => {
    const text = plain(getComputedStyle(place).color);
    const back = ground(place);
    const value = Number.parseInt(back.slice(1), 16);
    const isDark = (value >> 16) * 0.3 + ((value >> 8) & 255) * 0.6 + (value & 255) * 0.1 < 128;
    const light = isDark ? 70 : 52;
    /** @param {number} share */
    const mixed = (share) => plain(`color-mix(in srgb, ${text} ${share}%, ${back})`);
    return {
      text,
      back,
      disc: mixed(isDark ? 9 : 5),
      faint: mixed(14),
      line: mixed(22),
      strong: mixed(70),
      wanted: isDark ? "#ff6b6b" : "#c81e1e",
      other: isDark ? "#9a9a9a" : "#777777",
      hues: HUES.map((hue) => plain(`oklch(${light}% 0.14 ${hue})`)),
    };
  };

  window.tropes.atlas = { ...window.tropes.atlas, coloursOf };
})();
