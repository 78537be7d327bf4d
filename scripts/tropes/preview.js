// Previews of what links lead to. Loaded when a reader first comes to a link.
"use strict";

(() => {
  const OPEN_AFTER = 500; // milliseconds: a mouse that only passes by opens nothing
  const CLOSE_AFTER = 300; // time enough to enter the preview
  const LINKS = "a.trope[href]";
  const CARDS = ".trope-preview";
  const DEEPEST = 4; // previews that are open one out of the other
  const STEP = 16; // pixels that an arrow key moves a pinned preview
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
   * Where a link leads, from the root of the site: the page, and the anchor. Nothing for what is elsewhere.
   * @param {HTMLAnchorElement} link
   */
  const placeOf = (link) => {
    const [page, anchor = ""] = link.href.split("#");
    if (!page.startsWith(root)) return undefined;
    const path = decoded(page.slice(root.length).split("?")[0]);
    const isHere = page.split("?")[0] === location.href.split(/[?#]/)[0];
    // a link to the page that the reader is on tells nothing new, but for one in a preview
    return isHere && !anchor && !link.closest(CARDS) ? undefined : { path, anchor: decoded(anchor), isHere };
  };

  /**
   * What a preview of a link shows: a page of a document, a section of a page, or a page.
   * @param {HTMLAnchorElement} link
   * @returns {Promise<Entry | undefined>}
   */
  const entryOf = async (link) => {
    const { path, anchor, isHere } = placeOf(link);
    const inDocument = anchor && (await entryAt(`${path}#${anchor}`));
    if (inDocument) return inDocument;
    const page = await entryAt(path);
    const section = page?.sections?.[anchor];
    if (section) return { ...page, laconic: "", lead: "", links: [], ...named(section) };
    return isHere && !link.closest(CARDS) ? undefined : page;
  };

  /** A section as a preview has it, below the title of its page. @param {Section} section */
  const named = ({ title, ...shown }) => ({ section: title, ...shown });

  // -- how they look

  /**
   * @param {string} title
   * @param {string} href
   */
  const anchor = (title, href) => {
    const link = element("a", "trope", title); // with a preview of its own
    link.setAttribute("href", href);
    return link;
  };

  /**
   * The lines of a text, with its links.
   * @param {string} text
   * @param {[number, number, string][]} links where each begins and ends, and its address
   */
  const linesOf = (text, links) => {
    let at = 0;
    return text.split("\n").map((line) => {
      const [start, end] = [at, at + line.length];
      at = end + 1;
      const parts = [];
      let done = start;
      for (const [from, to, address] of links) {
        if (from < done || to > end) continue;
        parts.push(...covered(text.slice(done, from)), anchor(text.slice(from, to), hrefOf(address)));
        done = to;
      }
      return element("p", "", ...parts, ...covered(text.slice(done, end)));
    });
  };

  /** @param {string} address from the root of the site */
  const pictureAt = (address) => {
    const picture = /** @type {HTMLImageElement} */ (element("img", "trope-preview-picture"));
    picture.alt = ""; // it adds nothing to the words for those who do not see it
    picture.src = hrefOf(address);
    picture.addEventListener("error", () => picture.remove());
    return picture;
  };

  /**
   * @param {HTMLElement} card
   * @param {Entry} entry
   * @param {HTMLAnchorElement} link
   */
  const fill = (card, entry, link) => {
    const title = anchor(entry.title, link.href);
    title.className = "";
    title.tabIndex = -1; // the same as the link itself: no second stop for the keyboard
    const head = element("p", "trope-preview-title", title);
    if (entry.namespace) head.append(" ", element("span", "trope-namespace", entry.namespace));
    const parts = [head];
    if (entry.section) parts.push(element("p", "trope-preview-section", ...covered(entry.section)));
    if (entry.picture) parts.push(pictureAt(entry.picture));
    if (entry.laconic) parts.push(element("p", "trope-preview-laconic", ...covered(entry.laconic)));
    if (entry.lead) parts.push(...linesOf(entry.lead, entry.links ?? []));
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
    if (create) {
      const link = element("a", "", word("create"));
      link.setAttribute("href", create);
      parts.push(element("p", "trope-preview-create", link));
    }
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

  /** @typedef {{card: HTMLElement, link: HTMLAnchorElement | null, unfollow: () => void,
   *   at: {x: number, y: number}}} Preview link: that it is open for; unfollow: stops it from following the link */

  let made = 0;

  /** @returns {Preview} */
  const newPreview = () => {
    const card = element("div", "trope-preview");
    made += 1;
    card.id = made === 1 ? "trope-preview" : `trope-preview-${made}`;
    card.popover = "manual";
    document.body.append(card);
    return { card, link: null, unfollow: () => {}, at: { x: 0, y: 0 } };
  };

  /** Previews that are not in use. */
  const spare = [newPreview()];
  /** @type {Preview[]} open ones: each for a link in the one before */
  const chain = [];
  /** @type {Preview[]} those that the reader pinned */
  const pinned = [];

  /** @param {Preview} preview @param {number} x @param {number} y */
  const move = (preview, x, y) => {
    preview.at = { x: Math.round(x), y: Math.round(y) };
    preview.card.style.translate = `${preview.at.x}px ${preview.at.y}px`;
  };

  /**
   * @param {Preview} preview
   * @param {{x: number, y: number} | undefined} point of the mouse: a link may span two lines
   */
  const place = (preview, point) => {
    const { autoUpdate, computePosition, flip, inline, offset, shift } = window.FloatingUIDOM;
    const { card, link } = preview;
    preview.unfollow = autoUpdate(link, card, async () => {
      const { x, y } = await computePosition(link, card, {
        placement: "bottom-start",
        strategy: "fixed",
        middleware: [inline(point), offset(6), flip({ padding: 8 }), shift({ padding: 8 })],
      });
      if (chain.includes(preview)) move(preview, x, y);
    });
  };

  // -- pinned previews

  /** A pin: fonts that have one are few. */
  const pinSign = () => {
    const names = "http://www.w3.org/2000/svg";
    const sign = document.createElementNS(names, "svg");
    const path = document.createElementNS(names, "path");
    sign.setAttribute("viewBox", "0 0 16 16");
    sign.setAttribute("width", "14");
    sign.setAttribute("height", "14");
    sign.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M5 1h6l-1 5 3 3H9v6H7V9H3l3-3z");
    path.setAttribute("fill", "currentColor");
    sign.append(path);
    return sign;
  };

  /** @param {string} name @param {string | Node} sign @param {string} label */
  const tool = (name, sign, label) => {
    const button = /** @type {HTMLButtonElement} */ (element("button", `trope-preview-${name}`, sign));
    button.type = "button";
    button.title = label;
    button.ariaLabel = label;
    return button;
  };

  /**
   * The buttons of a preview; they stand last, for a preview is read before anything is done with it.
   * @param {Preview} preview
   */
  const addTools = (preview) => {
    const pin = tool("pin", pinSign(), word("pin"));
    pin.addEventListener("click", () => keep(preview));
    preview.card.append(element("div", "trope-preview-tools", pin));
  };

  /** Pins a preview: it stays where it is until its reader closes it. @param {Preview} preview */
  const keep = (preview) => {
    const { card, link } = preview;
    closeFrom(chain.indexOf(preview) + 1);
    chain.splice(chain.indexOf(preview), 1);
    pinned.push(preview);
    preview.unfollow();
    link.removeAttribute("aria-describedby");
    card.classList.add("is-pinned");
    card.role = "dialog";
    card.ariaLabel = card.querySelector(".trope-preview-title a").textContent;
    const handle = tool("move", "\u2725", word("move"));
    const close = tool("close", "\u00d7", word("close"));
    close.addEventListener("click", () => unpin(preview));
    handle.addEventListener("keydown", (event) => step(event, preview));
    handle.addEventListener("pointerdown", (event) => drag(event, preview, handle));
    card.querySelector(".trope-preview-tools").replaceChildren(handle, close);
    handle.focus({ preventScroll: true });
    leave(); // those that it was opened from
  };

  /** @param {Preview} preview */
  const unpin = (preview) => {
    const hadFocus = preview.card.contains(document.activeElement);
    closeFrom(0);
    pinned.splice(pinned.indexOf(preview), 1);
    preview.card.hidePopover();
    preview.card.remove();
    if (hadFocus && preview.link.isConnected) preview.link.focus({ preventScroll: true });
  };

  /** Moves a preview within the window. @param {Preview} preview @param {number} x @param {number} y */
  const moveWithin = (preview, x, y) => {
    const { offsetWidth, offsetHeight } = preview.card;
    const { clientWidth, clientHeight } = document.documentElement;
    move(preview, Math.max(0, Math.min(x, clientWidth - offsetWidth)), Math.max(0, Math.min(y, clientHeight - offsetHeight)));
  };

  /** @param {KeyboardEvent} event @param {Preview} preview */
  const step = (event, preview) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    const [x, y] = steps[event.key].map((way) => way * STEP * (event.shiftKey ? 4 : 1));
    event.preventDefault();
    moveWithin(preview, preview.at.x + x, preview.at.y + y);
  };

  /** @param {PointerEvent} event @param {Preview} preview @param {HTMLElement} handle */
  const drag = (event, preview, handle) => {
    const { x, y } = preview.at;
    const from = { x: event.clientX, y: event.clientY };
    /** @param {PointerEvent} to */
    const follow = (to) => moveWithin(preview, x + to.clientX - from.x, y + to.clientY - from.y);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", follow), { once: true });
  };

  // -- when they open and close

  /** @type {HTMLAnchorElement | null} the link that one is about to open for */
  let approached = null;
  /** @type {HTMLAnchorElement | null} the link whose preview the reader closed */
  let dismissed = null;
  let opening = 0;
  let closing = 0;
  let skipsClick = false;

  /** How deep a preview of a link would be: 0 for a link in the page or in a pinned preview. @param {Element} link */
  const depthOf = (link) => chain.findIndex(({ card }) => card.contains(link)) + 1;

  /** The preview that is open for a link. @param {HTMLAnchorElement | null} link */
  const openFor = (link) => chain.find((preview) => preview.link === link);

  /** Hides the previews from a depth on. @param {number} depth */
  const closeFrom = (depth) => {
    clearTimeout(closing);
    for (const preview of chain.splice(depth).reverse()) {
      preview.link.removeAttribute("aria-describedby");
      preview.unfollow();
      preview.card.hidePopover();
      spare.push(preview);
    }
  };

  /** Hides all previews, and opens none that was about to. */
  const close = () => {
    clearTimeout(opening);
    approached = null;
    closeFrom(0);
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
    clearTimeout(opening);
    approached = null;
    closeFrom(depthOf(link));
    const preview = spare.pop() ?? newPreview();
    chain.push(Object.assign(preview, { link }));
    const { card } = preview;
    fill(card, entry, link);
    addTools(preview);
    adopt(card, link);
    card.showPopover({ source: link }); // and the keyboard comes to it right after the link
    card.scrollTop = 0;
    if (!link.hasAttribute("aria-describedby")) link.setAttribute("aria-describedby", card.id);
    place(preview, point);
  };

  /**
   * @param {HTMLAnchorElement} link
   * @param {number} delay
   * @param {{x: number, y: number}} [point]
   */
  const approach = (link, delay, point) => {
    if (link === dismissed || link.closest(HIDING) || link.closest(".trope-preview-title")) return;
    if (depthOf(link) >= DEEPEST) return;
    if (openFor(link) || link === approached) return;
    clearTimeout(opening);
    approached = link;
    if (!placeOf(link)) return;
    opening = setTimeout(() => open(link, point), delay);
  };

  /** Whether the reader came to a link with the Tab key. @param {HTMLAnchorElement | null} link */
  const hasKeyboard = (link) => window.tropes.isTabbing && Boolean(link?.matches(":focus-visible"));

  /** Whether the reader is still there, with the mouse or the keyboard. @param {Preview} preview */
  const isHeld = ({ card, link }) =>
    card.matches(":hover, :focus-within") || link.matches(":hover") || hasKeyboard(link);

  const leave = () => {
    clearTimeout(opening);
    clearTimeout(closing);
    approached = null;
    // those around one that is held stay
    closing = setTimeout(() => closeFrom(chain.map(isHeld).lastIndexOf(true) + 1), CLOSE_AFTER);
  };

  /** Whether an event is in an open preview. @param {EventTarget | null} target */
  const isInside = (target) => chain.some(({ card }) => card.contains(target));

  /**
   * @param {Event} event
   * @returns {HTMLAnchorElement | null}
   */
  const linkOf = ({ target }) => (target instanceof Element ? target.closest(LINKS) : null);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link) approach(link, OPEN_AFTER, { x: event.clientX, y: event.clientY });
  });

  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    if (link?.contains(event.relatedTarget)) return;
    if (link) dismissed = null;
    if (link || isInside(event.target)) leave();
  });

  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && hasKeyboard(link)) approach(link, OPEN_AFTER);
  });

  document.addEventListener("focusout", (event) => {
    if (linkOf(event)) dismissed = null;
    if (linkOf(event) || isInside(event.target)) leave();
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !(chain.length || approached || pinned.length)) return;
      const last = chain.at(-1);
      if (last || approached) {
        dismissed = approached ?? last.link;
        clearTimeout(opening);
        approached = null;
        if (!last) return;
        event.stopPropagation(); // it closes this, and nothing around it
        const hadFocus = last.card.contains(document.activeElement);
        closeFrom(chain.length - 1);
        if (hadFocus) last.link.focus({ preventScroll: true });
        return;
      }
      event.stopPropagation();
      unpin(pinned.find(({ card }) => card.contains(document.activeElement)) ?? pinned.at(-1));
    },
    true,
  );

  // A long press, where nothing hovers. The title in the preview has the menu of the browser.
  /** @param {PointerEvent} event */
  const press = (event) => {
    skipsClick = false;
    if (chain.length && !isInside(event.target)) close();
    const link = event.pointerType === "touch" ? linkOf(event) : null;
    if (link) approach(link, OPEN_AFTER);
  };
  const release = (event) => {
    if (event.pointerType === "touch" && !chain.length) close();
    else if (event.type === "pointerup" && openFor(linkOf(event))) {
      skipsClick = event.pointerType === "touch";
    }
  };
  document.addEventListener("pointerdown", press);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
  document.addEventListener("contextmenu", (event) => {
    const link = linkOf(event);
    if (event.pointerType !== "touch" || !link || !(openFor(link) || approached === link)) return;
    if (placeOf(link)) event.preventDefault();
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
