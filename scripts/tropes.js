// What sphinxcontrib-tropes adds where there is a script; everything can be read without.
"use strict";

(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../", own.src).href; // of the site: the script is in _static
  const { tropesData: data, tropesPages: pages, tropesVersion: version, tropesWords: words } = own.dataset;
  const hasPreviews = !("tropesNoPreviews" in own.dataset);
  /** @type {Map<string, Promise<void>>} */
  const loaded = new Map();

  /**
   * Loads a script, once. A script, for a page that is opened as a file may fetch nothing.
   * @param {string} address from the root of the site
   * @returns {Promise<void>}
   */
  const loadFile = (address) => {
    let promise = loaded.get(address);
    if (!promise) {
      promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(address, root).href;
        script.onload = () => resolve();
        script.onerror = () => {
          loaded.delete(address); // it may be there the next time
          reject(new Error(script.src));
        };
        document.head.append(script);
      });
      loaded.set(address, promise);
    }
    return promise;
  };

  /** Loads another script of the extension. @param {string} name */
  const load = (name) => loadFile(`_static/tropes/${name}.js?v=${version}`);

  /**
   * Starts what a page has, each on its own: what fails in one leaves the others alone.
   * @param {...(() => unknown)} features
   */
  const start = (...features) => {
    for (const feature of features) {
      // the promise also takes what is thrown at once
      new Promise((resolve) => resolve(feature())).catch((error) => console.warn("tropes:", error));
    }
  };

  /** A part of an address as text; as it is, if it is no valid one. @param {string} part */
  const decoded = (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  window.tropes = { root, data, pages, load, loadFile, start, decoded, words: JSON.parse(words) };

  // How the focus comes to a link: the browser also gives it to the end of an address, or on return.
  document.addEventListener("keydown", ({ key }) => (window.tropes.isTabbing = key === "Tab"), true);
  document.addEventListener("pointerdown", () => (window.tropes.isTabbing = false), true);

  /** Opens every fold around the place that the address names, and goes there. */
  const openTarget = () => {
    const id = decoded(location.hash.slice(1).split(":~:")[0]); // a browser may not know marked words
    const target = id && document.getElementById(id);
    if (!target) return;
    let folded = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      folded ||= !fold.open;
      fold.open = true;
    }
    const note = target.closest("span.trope-note");
    if (note) {
      note.classList.add("is-open");
      window.tropes.openNote?.(note);
    }
    if (folded || note) target.scrollIntoView({ block: "center" });
  };

  /** A click on a link to where the address leads already changes nothing in the address. */
  const openTargetAgain = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href*='#']") : null;
    if (link?.href === location.href) setTimeout(openTarget);
  };

  /** Whether Sphinx's search is covered; it may come later than this script, or never. */
  let isSearchCovered = false;

  /**
   * A page without what its spoilers hide and without what other pages say: a search quotes it.
   * @param {string} html
   */
  const quotable = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const hidden of page.querySelectorAll(".trope-spoiler, .trope-backlinks, .trope-graph, .no-search")) {
      hidden.replaceWith(hidden.matches("span.trope-spoiler") ? "…" : "");
    }
    return page.documentElement.outerHTML;
  };

  window.tropes.quotable = quotable;

  const coverSearch = () => {
    if (isSearchCovered || typeof Search === "undefined" || !Search.htmlToText) return;
    isSearchCovered = true;
    const htmlToText = Search.htmlToText;
    Search.htmlToText = (html, anchor) => htmlToText(quotable(html), anchor);
    const { query } = Search;
    Search.query = async (asked) => {
      try {
        await load("texts");
        await load("search");
        await window.tropes.rank(asked);
      } catch (error) {
        console.warn("tropes:", error); // it finds what it would find without
      }
      query(asked);
    };
  };

  /** The search of sphinx-immaterial is its own, and alone there fetches pages so. */
  const coverOtherSearch = () => {
    if (!document.querySelector("[data-md-component=search]")) return;
    const { fetch } = window;
    window.fetch = async (...request) => {
      const response = await fetch(...request);
      const isPage = response.ok && response.headers.get("content-type")?.startsWith("text/html");
      return isPage ? new Response(quotable(await response.text()), response) : response;
    };
  };

  /** Themes load the search before this script or after it, deferred, or when it is wanted. */
  const awaitSearch = () => {
    coverSearch();
    if (isSearchCovered) return;
    // a script that has just run: before the search can have fetched a page
    const loadedAnother = (event) => event.target instanceof HTMLScriptElement && coverSearch();
    document.addEventListener("load", loadedAnother, true);
  };

  /** Previews: their script is loaded when a reader first comes to a link. */
  const awaitPreviews = () => {
    if (!data || !hasPreviews || !("popover" in HTMLElement.prototype)) return;
    const events = ["pointerover", "focusin", "pointerdown"];
    /** The link that the reader came to last: with the keyboard, another one while this loads. */
    let last = null;
    let isOver = false;
    const end = () => (isOver = true);
    /** @param {PointerEvent} event */
    const begin = async (event) => {
      if (!(event.target instanceof Element && event.target.closest("a.trope[href]"))) return;
      // a finger comes "over" a link as well, before it is down
      if (event.pointerType === "touch" && event.type === "pointerover") return;
      if (event.type === "focusin" && !window.tropes.isTabbing) return;
      const isLoading = last !== null;
      last = { event, at: performance.now() };
      isOver = false;
      if (isLoading) return;
      for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end);
      try {
        await load("cards");
        await load("preview");
        if (!isOver) window.tropes.begin(last.event, performance.now() - last.at);
      } catch {
        // a page without its scripts is read without previews
      }
      for (const name of events) document.removeEventListener(name, begin);
      for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, end);
    };
    for (const name of events) document.addEventListener(name, begin);
  };

  /** Colours that the writer gave as numbers: a page may be served with a policy that forbids styles in
   * it, but not what a script sets. */
  const showColours = () => {
    for (const text of document.querySelectorAll("[data-trope-color]")) {
      text.style.color = text.dataset.tropeColor;
    }
  };

  /** Buttons that copy the block of text before them. */
  const showCopyButtons = () => {
    for (const line of document.querySelectorAll(".trope-copy")) {
      if (!navigator.clipboard) return;
      line.hidden = false;
      line.querySelector("button").addEventListener("click", async () => {
        const text = line.previousElementSibling.querySelector("pre").textContent;
        const output = line.querySelector("output");
        try {
          await navigator.clipboard.writeText(text);
        } catch {
          return; // the browser may refuse: nothing is said to be copied
        }
        output.textContent = output.dataset.done;
      });
    }
  };

  const isMac = /Mac|iP/.test(navigator.platform);

  /** A key as it is told: ``Ctrl+K`` or, on a Mac, ``⌘K``. @param {string} key */
  const shownKey = (key) =>
    isMac ? key.replace("Ctrl+", "⌘").replace("Shift+", "⇧").replace("Alt+", "⌥") : key;

  // What a theme or an extension has for its search, and the key that it takes.
  const SEARCHES = ".search-button, .search-button__button, #pst-search-dialog, .DocSearch, #docsearch";

  /** Whether Sphinx or the theme uses a key already: it shows it, or is known for it. @param {string} key */
  const isTaken = (key) => {
    if (key === "/") return typeof DOCUMENTATION_OPTIONS !== "undefined" && DOCUMENTATION_OPTIONS.ENABLE_SEARCH_SHORTCUTS;
    if (key === "Ctrl+K" && document.querySelector(SEARCHES)) return true;
    const plain = (text) => text.replace(/⌘|Cmd|Command/i, "Ctrl+").replace(/[\s+]+/g, "+").toLowerCase();
    return [...document.querySelectorAll("kbd")].some((shown) =>
      !shown.closest("main, [role=main], .trope-find")
      && [shown, shown.parentElement].some((e) => plain(e.textContent.trim()) === key.toLowerCase()));
  };

  /** @param {KeyboardEvent} event @param {string} key */
  const isPressed = (event, key) => {
    const [letter, ...modifiers] = key.split("+").reverse();
    const typed = event.key.toLowerCase();
    // a keyboard with other letters has this one in the same place
    const isLetter = typed === letter.toLowerCase()
      || (typed > "\x7f" && event.code === `Key${letter.toUpperCase()}`);
    return isLetter
      && (isMac ? event.metaKey : event.ctrlKey) === modifiers.includes("Ctrl")
      && !(isMac ? event.ctrlKey : event.metaKey)
      && event.altKey === modifiers.includes("Alt")
      && event.shiftKey === modifiers.includes("Shift")
      && (modifiers.length > 0 || !(event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")));
  };

  /** The switcher: its script is loaded when a reader first wants it. */
  const awaitSwitcher = () => {
    const { tropesNames: names, tropesKey: wanted } = own.dataset;
    if (!names || !HTMLElement.prototype.showPopover) return;
    const open = async () => {
      for (const name of ["spelling", "cards", "finding", "switcher"]) await load(name);
      window.tropes.openSwitcher();
    };
    const keyNow = () => (wanted && isTaken(wanted) ? "Ctrl+Shift+K" : wanted);
    document.defaultView.addEventListener("keydown", (event) => {
      // one that was taken meanwhile is left to who took it
      if (!wanted || event.defaultPrevented || event.isComposing || !isPressed(event, keyNow())) return;
      event.preventDefault();
      start(open);
    });
    const key = keyNow();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "trope-find";
    button.setAttribute("aria-haspopup", "dialog");
    button.append(window.tropes.words.findPage);
    if (key) {
      const shown = document.createElement("kbd");
      shown.textContent = shownKey(key);
      button.append(" ", shown);
      button.setAttribute("aria-keyshortcuts", key.replace("Ctrl", isMac ? "Meta" : "Control"));
    }
    button.addEventListener("click", () => start(open));
    const ways = document.querySelector(".trope-ways > p");
    const searches = [...document.querySelectorAll(`${SEARCHES}, .search-button-field, form[action*="search"]`)]
      .filter((search) => !search.closest("dialog, main, [role=main]"));
    if (ways) ways.prepend(button, " · ");
    else (searches.find((search) => search.checkVisibility()) ?? searches[0])?.after(button);
  };

  /** What a page has a place for and only a script can give: the map, ways, a random page. */
  const beginTools = async () => {
    const tools = document.querySelectorAll("[data-trope-tool]");
    if (!tools.length) return;
    await load("spelling");
    await load("names");
    start(...[...tools].map((tool) => () => load(tool.dataset.tropeTool)));
  };

  /** The random page of the line: the names of all pages are loaded when it is wanted. */
  const showRandom = () => {
    for (const place of document.querySelectorAll(".trope-anywhere")) {
      const link = place.querySelector("a");
      link.addEventListener("click", async (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        try {
          for (const name of ["spelling", "names", "random"]) await load(name);
          await window.tropes.goAnywhere(place.dataset.tropeFiles);
        } catch {
          location.href = link.href;
        }
      });
      place.hidden = false;
    }
  };

  /** Related pages, in the panel. */
  const beginRelated = async () => {
    if (!data || !document.querySelector("aside.trope-backlinks")) return;
    await load("cards");
    await load("related");
  };

  const modules = {
    filter: "div.trope-filter",
    folds: ".trope-folder, .trope-note, .trope-folder-control",
    side: ".trope-side",
    spoilers: ".trope-spoiler",
    trail: ".trope-seen",
  };
  /**
   * Loads scripts, one after the other, when the reader comes near the first of some places.
   * @param {string} places
   * @param {...string} names
   */
  const loadNear = (places, ...names) => {
    const near = new IntersectionObserver(async (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      for (const name of names) await load(name);
    }, { rootMargin: "300px" });
    for (const place of document.querySelectorAll(places)) {
      // hidden, it has no place of its own
      near.observe(place instanceof HTMLElement && place.hidden ? place.parentElement : place);
    }
  };
  /** What sorts and filters a panel, and what drawings do. */
  const awaitPanels = () => {
    loadNear("details.trope-filter, .trope-played-counts", "spelling", "filter");
    loadNear(".trope-graph svg", "drawing");
  };

  /** Links to quoted sentences: their script is loaded when a reader first comes to one. */
  const awaitSentences = () => {
    if (!navigator.clipboard) return;
    const events = ["pointerover", "pointerdown", "focusin"];
    /** @param {Event} event */
    const begin = async (event) => {
      if (!(event.target instanceof Element && event.target.closest(".trope-context"))) return;
      for (const name of events) document.removeEventListener(name, begin);
      await load("sentences");
      window.tropes.beginSentences(event);
    };
    for (const name of events) document.addEventListener(name, begin);
  };

  const loadModules = Object.entries(modules).map(([name, selector]) => async () => {
    if (!document.querySelector(selector)) return;
    if (name === "filter") await load("spelling");
    await load(name);
  });
  addEventListener("hashchange", openTarget);
  document.addEventListener("click", openTargetAgain);
  start(...loadModules, showColours, showCopyButtons, showRandom, openTarget, awaitSearch, coverOtherSearch, awaitPreviews, awaitSwitcher, beginTools, beginRelated, awaitPanels, awaitSentences);
})();
