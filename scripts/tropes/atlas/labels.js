// Names on the map: none lies on another, none is cut off, those that matter most come first.
"use strict";

(() => {
  const PAD = 3;

  /** @typedef {{text: string, x: number, y: number, gap: number, isBold?: boolean,
   *   isOver?: boolean, isFirst?: boolean, isForced?: boolean}} Name a name, the point it belongs to
   *   and how far from that it stands; *isOver*: in its middle rather than beside it; *isFirst*: it
   *   may hide dots; *isForced*: it may hide anything
   *  @typedef {Name & {left: number, top: number, width: number, height: number}} Placed */

  /** @type {Map<string, number>} */
  const widths = new Map();

  /** @param {CanvasRenderingContext2D} context @param {string} text */
  const widthOf = (context, text) => {
    const key = `${context.font} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      width = context.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  };

  /** @param {string} family @param {number} size @param {boolean} [isBold] */
  const fontOf = (family, size, isBold) => `${isBold ? 600 : 400} ${size}px ${family}`;

  /** Where a name may stand, the best first. @param {Name} name @param {number} width
   * @param {number} height @returns {[number, number][]} */
  const spots = ({ x, y, gap, isOver }, width, height) => {
    if (isOver) return [[x - width / 2, y - height / 2]];
    return [
      [x + gap, y - height / 2],
      [x - gap - width, y - height / 2],
      [x - width / 2, y - gap - height],
      [x - width / 2, y + gap],
    ];
  };

  /**
   * The names for which there is room.
   * @param {CanvasRenderingContext2D} context
   * @param {Iterable<Name>} names the most important first
   * @param {{x: number, y: number, radius: number}[]} dots what the names beside them are not to hide
   * @param {{width: number, height: number, most: number, size: number, family: string}} frame
   * @returns {Placed[]}
   */
  const place = (context, names, dots, { width, height, most, size, family }) => {
    /** @type {Placed[]} */
    const placed = [];
    for (const name of names) {
      if (placed.length >= most && !name.isForced) break;
      context.font = fontOf(family, size, name.isBold);
      const [wide, high] = [widthOf(context, name.text) + 2 * PAD, size + 2 * PAD];
      if (wide > width) continue;
      for (const [x, y] of spots(name, wide, high)) {
        const left = Math.min(Math.max(x, 0), width - wide);
        const top = Math.min(Math.max(y, 0), height - high);
        // pushed away from its point, a name would seem to be another's
        const isPushed = Math.abs(left - x) > (name.isOver ? wide / 2 : PAD) || Math.abs(top - y) > high / 2;
        const isFree = placed.every((other) =>
          left > other.left + other.width || left + wide < other.left ||
          top > other.top + other.height || top + high < other.top) &&
          (name.isOver || name.isFirst || dots.every((dot) =>
            (dot.x === name.x && dot.y === name.y) ||
            left > dot.x + dot.radius || left + wide < dot.x - dot.radius ||
            top > dot.y + dot.radius || top + high < dot.y - dot.radius));
        if ((isFree && !isPushed) || name.isForced) {
          placed.push({ ...name, left, top, width: wide, height: high });
          break;
        }
      }
    }
    return placed;
  };

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Placed[]} placed
   * @param {{text: string, back: string, size: number, family: string}} look
   */
  const write = (context, placed, { text, back, size, family }) => {
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = back;
    context.fillStyle = text;
    for (const name of placed) {
      context.font = fontOf(family, size, name.isBold);
      const [x, y] = [name.left + PAD, name.top + name.height / 2];
      context.strokeText(name.text, x, y);
      context.fillText(name.text, x, y);
    }
  };

  window.tropes.atlas = { ...window.tropes.atlas, place, write };
})();
