// Previews of what links lead to. Loaded when a reader first comes to a link.
"use strict";

(() => {
  const OPEN_AFTER = 500; // milliseconds: a mouse that only passes by opens nothing
  const CLOSE_AFTER = 300; // time enough to enter the preview
  const LINKS = "a.trope[href]";
  const HIDING = "span.trope-spoiler:not(.is-revealed, :focus, :focus-within)";
  const { root, loadFile, entryAt, decoded, element, covered, hrefOf, word } = window.tropes;

  /**
   * Loads Floating UI, which finds the place for a preview. Where a page has an AMD loader, the
   * two files would go there: so they are to see none.
   */
  const loadPlacement = async () => {
    if (window.FloatingUIDOM) return;
    const { define } = window;
    window.define = undefined;
    try {
      for (const name of ["core", "dom"]) {
        await loadFile(`_static/tropes/floating-ui/floating-ui.${name}.umd.min.js`);
      }
    } finally {
      window.define = define;
    }
  };

  // -- what previews show

  /**
   * Where a link leads, from the root of the site: with its anchor, and without. Nothing for what
   * is elsewhere or here already.
   * @param {HTMLAnchorElement} link
   */
  const addressesOf = (link) => {
    const [page, anchor = ""] = link.href.split("#");
    if (!page.startsWith(root)) return [];
    const path = decoded(page.slice(root.length).split("?")[0]);
    const isHere = page.split("?")[0] === location.href.split(/[?#]/)[0];
    return [...(anchor ? [`${path}#${decoded(anchor)}`] : []), ...(isHere ? [] : [path])];
  };

  /** @param {HTMLAnchorElement} link */
  const entryOf = async (link) => {
    for (const address of addressesOf(link)) {
      const entry = await entryAt(address);
      if (entry) return entry;
    }
    return undefined;
  };

  // -- how they look

  /**
   * @param {string} title
   * @param {string} href
   */
  const anchor = (title, href) => {
    const link = element("a", "", title);
    link.setAttribute("href", href);
    return link;
  };

  /**
   * @param {HTMLElement} card
   * @param {Entry} entry
   * @param {HTMLAnchorElement} link
   */
  const fill = (card, entry, link) => {
    const title = anchor(entry.title, link.href);
    title.tabIndex = -1; // the same as the link itself: no second stop for the keyboard
    const head = element("p", "trope-preview-title", title);
    if (entry.namespace) head.append(" ", element("span", "trope-namespace", entry.namespace));
    const parts = [head];
    if (entry.laconic) parts.push(element("p", "trope-preview-laconic", ...covered(entry.laconic)));
    for (const line of entry.lead ? entry.lead.split("\n") : []) {
      parts.push(element("p", "", ...covered(line)));
    }
    if (entry.kind) parts.push(...aboutWanted(entry));
    card.classList.toggle("is-wanted", Boolean(entry.kind));
    card.replaceChildren(...parts);
  };

  /** @param {Entry} entry */
  const aboutWanted = ({ kind, wants, wanted_by: titles = [], choices = [], near = [], create }) => {
    const parts = [element("p", "", word(kind))];
    if (near.length) parts.push(element("p", "", word("near")));
    const offered = [...choices, ...near].map(([title, namespace, address]) => {
      const item = element("li", "", anchor(title, hrefOf(address)));
      if (namespace) item.append(" ", element("span", "trope-namespace", namespace));
      return item;
    });
    if (offered.length) parts.push(element("ul", "", ...offered));
    parts.push(element("p", "trope-preview-wants", `${wants}: ${titles.join(", ")}`));
    if (create) parts.push(element("p", "trope-preview-create", anchor(word("create"), create)));
    return parts;
  };

  /**
   * The theme's own ground and ink, where the link stands: whatever the theme calls dark.
   * @param {HTMLElement} card
   * @param {Element} link
   */
  const adopt = (card, link) => {
    let ground = "Canvas";
    for (let around = link; around; around = around.parentElement) {
      const { backgroundColor } = getComputedStyle(around);
      if (/^rgb\(/.test(backgroundColor)) {
        ground = backgroundColor;
        break;
      }
    }
    const main = document.querySelector("[role=main], main") ?? document.body;
    card.style.setProperty("--trope-ground", ground);
    card.style.setProperty("--trope-ink", getComputedStyle(main).color);
    card.style.direction = getComputedStyle(link).direction;
  };

  /** @type {HTMLElement} */
  const card = element("div", "trope-preview");
  card.id = "trope-preview";
  card.popover = "manual";
  document.body.append(card);

  /** Follows the link while the page moves; stops when called. */
  let unfollow = () => {};

  /**
   * @param {HTMLAnchorElement} link
   * @param {{x: number, y: number} | undefined} point of the mouse: a link may span two lines
   */
  const place = (link, point) => {
    const { autoUpdate, computePosition, flip, inline, offset, shift } = window.FloatingUIDOM;
    unfollow = autoUpdate(link, card, async () => {
      const { x, y } = await computePosition(link, card, {
        placement: "bottom-start",
        strategy: "fixed",
        middleware: [inline(point), offset(6), flip({ padding: 8 }), shift({ padding: 8 })],
      });
      card.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
    });
  };

  // -- when they open and close

  /** @type {HTMLAnchorElement | null} the link that a preview is open for */
  let shown = null;
  /** @type {HTMLAnchorElement | null} the link that one is about to open for */
  let approached = null;
  /** @type {HTMLAnchorElement | null} the link whose preview the reader closed */
  let dismissed = null;
  let opening = 0;
  let closing = 0;
  let skipsClick = false;

  const hide = () => {
    clearTimeout(closing);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    unfollow();
    card.hidePopover();
  };

  /** Hides the preview, and opens none that was about to. */
  const close = () => {
    clearTimeout(opening);
    approached = null;
    hide();
  };

  /**
   * @param {HTMLAnchorElement} link
   * @param {{x: number, y: number}} [point]
   */
  const open = async (link, point) => {
    let entry;
    try {
      entry = await entryOf(link);
      await loadPlacement();
    } catch {
      return; // a page without its data is read without previews
    }
    if (approached !== link || !entry || !link.isConnected) return;
    close();
    shown = link;
    fill(card, entry, link);
    adopt(card, link);
    card.showPopover({ source: link }); // and the keyboard comes to it right after the link
    card.scrollTop = 0;
    if (!link.hasAttribute("aria-describedby")) link.setAttribute("aria-describedby", card.id);
    place(link, point);
  };

  /**
   * @param {HTMLAnchorElement} link
   * @param {number} delay
   * @param {{x: number, y: number}} [point]
   */
  const approach = (link, delay, point) => {
    if (link === dismissed || link.closest(HIDING) || card.contains(link)) return;
    if (link === shown) {
      clearTimeout(closing);
      return;
    }
    if (link === approached) return;
    clearTimeout(opening);
    approached = link;
    if (addressesOf(link).length === 0) return;
    opening = setTimeout(() => open(link, point), delay);
  };

  /** Whether the reader came to a link with the Tab key. @param {HTMLAnchorElement | null} link */
  const hasKeyboard = (link) => window.tropes.isTabbing && Boolean(link?.matches(":focus-visible"));

  /** Whether the reader is still there, with the mouse or the keyboard. */
  const isHeld = () =>
    card.matches(":hover, :focus-within") || shown?.matches(":hover") || hasKeyboard(shown);

  const leave = () => {
    clearTimeout(opening);
    clearTimeout(closing);
    approached = null;
    closing = setTimeout(() => isHeld() || hide(), CLOSE_AFTER);
  };

  /**
   * @param {Event} event
   * @returns {HTMLAnchorElement | null}
   */
  const linkOf = ({ target }) => (target instanceof Element ? target.closest(LINKS) : null);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (card.contains(event.target)) clearTimeout(closing);
    const link = linkOf(event);
    if (link) approach(link, OPEN_AFTER, { x: event.clientX, y: event.clientY });
  });

  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link?.contains(event.relatedTarget)) return;
    if (link) dismissed = null;
    if (link || card.contains(event.target)) leave();
  });

  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && hasKeyboard(link)) approach(link, OPEN_AFTER);
  });

  document.addEventListener("focusout", (event) => {
    if (linkOf(event)) dismissed = null;
    if (linkOf(event) || card.contains(event.target)) leave();
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !(shown || approached)) return;
      if (shown) event.stopPropagation(); // it closes this, and nothing around it
      dismissed = shown ?? approached;
      close();
    },
    true,
  );

  // A long press, where nothing hovers. The title in the preview has the menu of the browser.
  /** @param {PointerEvent} event */
  const press = (event) => {
    skipsClick = false;
    if (shown && !card.contains(event.target)) close();
    const link = event.pointerType === "touch" ? linkOf(event) : null;
    if (link) approach(link, OPEN_AFTER);
  };
  const release = (event) => {
    if (event.pointerType === "touch" && !shown) close();
    else if (event.type === "pointerup" && shown === linkOf(event)) {
      skipsClick = event.pointerType === "touch";
    }
  };
  document.addEventListener("pointerdown", press);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
  document.addEventListener("contextmenu", (event) => {
    const link = linkOf(event);
    if (event.pointerType !== "touch" || !link || ![shown, approached].includes(link)) return;
    if (addressesOf(link).length) event.preventDefault();
  });
  document.addEventListener(
    "click",
    (event) => {
      if (skipsClick && linkOf(event)) event.preventDefault();
      else if (linkOf(event)) close();
      skipsClick = false;
    },
    true,
  );
  addEventListener("pagehide", close);

  /**
   * Where the reader was when this was loaded.
   * @param {PointerEvent} event that began it
   * @param {number} elapsed milliseconds since then
   */
  window.tropes.begin = (event, elapsed) => {
    const link = linkOf(event);
    const isTouch = event.pointerType === "touch";
    if (!link || !(isTouch || link.matches(":hover") || hasKeyboard(link))) return;
    const point = event.type === "pointerover" && { x: event.clientX, y: event.clientY };
    approach(link, Math.max(0, OPEN_AFTER - elapsed), point || undefined);
  };
})();
