// Spoilers: covered until a click, a key or the focus reveals them. Loaded where there is one.
// Without it, the stylesheet shows the one that has the focus.
"use strict";

(() => {
  const { words } = window.tropes;
  const REMEMBERED = "tropes-spoilers"; // for the visit: gone with the tab

  /** @type {HTMLElement[]} */
  const spoilers = [...document.querySelectorAll("span.trope-spoiler")];
  /** @type {HTMLDetailsElement[]} */
  const blocks = [...document.querySelectorAll("details.trope-spoiler")];
  /** @type {WeakMap<Element, {button: HTMLButtonElement, text: HTMLElement}>} */
  const parts = new WeakMap();

  /**
   * Gives a spoiler a button, which says that there is one, and keeps what it covers from those
   * who listen, too.
   * @param {HTMLElement} spoiler
   */
  const prepare = (spoiler) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "trope-unseen";
    button.textContent = spoiler.title;
    const text = document.createElement("span");
    const end = document.createElement("span");
    end.className = "trope-unseen";
    end.textContent = ` (${words.spoilerEnd})`;
    text.append(...spoiler.childNodes, end);
    spoiler.append(button, text);
    spoiler.removeAttribute("tabindex");
    parts.set(spoiler, { button, text });
    expose(spoiler);
    spoiler.addEventListener("focusin", () => expose(spoiler));
    spoiler.addEventListener("focusout", () => setTimeout(() => expose(spoiler)));
  };

  /** @param {HTMLElement} spoiler */
  const expose = (spoiler) => {
    const isOpen = spoiler.matches(".is-revealed, :focus-within");
    const { button, text } = parts.get(spoiler);
    button.ariaExpanded = String(isOpen);
    text.inert = !isOpen;
  };

  /**
   * @param {HTMLElement} spoiler
   * @param {boolean} isRevealed
   */
  const reveal = (spoiler, isRevealed) => {
    spoiler.classList.toggle("is-revealed", isRevealed);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!isRevealed && spoiler.contains(focused)) focused.blur();
    expose(spoiler);
  };

  const isRemembered = () => {
    try {
      return sessionStorage.getItem(REMEMBERED) === "shown";
    } catch {
      return false; // a browser may keep nothing for file://
    }
  };

  /** @param {boolean} isShown */
  const remember = (isShown) => {
    try {
      if (isShown) sessionStorage.setItem(REMEMBERED, "shown");
      else sessionStorage.removeItem(REMEMBERED);
    } catch {
      // then for this page alone
    }
  };

  /** @param {boolean} areShown */
  const revealAll = (areShown) => {
    for (const spoiler of spoilers) reveal(spoiler, areShown);
    for (const block of blocks) block.open = areShown;
  };

  /** The button for all of them, below the title of the page. */
  const addControl = () => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.showSpoilers;
    button.ariaPressed = String(isRemembered());
    button.addEventListener("click", () => {
      const areShown = button.ariaPressed !== "true";
      button.ariaPressed = String(areShown);
      remember(areShown);
      revealAll(areShown);
    });
    const line = document.createElement("p");
    line.className = "trope-control trope-spoiler-control";
    line.append(button);
    const first = spoilers[0] ?? blocks[0];
    // a theme may have another title there, for paper alone
    const titles = first.closest("[role=main], main")?.querySelectorAll("h1") ?? [];
    const heading = [...titles].find((title) => title.getClientRects().length > 0);
    if (heading) heading.after(line);
  };

  spoilers.forEach(prepare);
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const spoiler = /** @type {HTMLElement} */ (target.closest("span.trope-spoiler"));
    if (!parts.has(spoiler) || target.closest("a, summary, .trope-note")) return;
    reveal(spoiler, !spoiler.classList.contains("is-revealed"));
    event.preventDefault();
  });
  addControl();
  if (isRemembered()) revealAll(true);

  // On paper they are covered: the stylesheet does it for those in a line.
  /** @type {HTMLDetailsElement[]} */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = blocks.filter((block) => block.open);
    for (const block of closed) block.open = false;
  });
  addEventListener("afterprint", () => closed.forEach((block) => (block.open = true)));
})();
