// What sphinxcontrib-tropes adds where there is a script; everything can be read without.
"use strict";

(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../", own.src).href; // of the site: the script is in _static
  const { tropesData: data, tropesVersion: version, tropesWords: words } = own.dataset;
  const hasPreviews = !("tropesNoPreviews" in own.dataset);
  /** @type {Map<string, Promise<void>>} */
  const loaded = new Map();

  /**
   * Loads another script of the extension, once.
   * @param {string} name
   * @returns {Promise<void>}
   */
  const load = (name) => {
    let promise = loaded.get(name);
    if (!promise) {
      promise = new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = `${root}_static/tropes/${name}.js?v=${version}`;
        script.onload = () => resolve();
        document.head.append(script);
      });
      loaded.set(name, promise);
    }
    return promise;
  };
  window.tropes = { root, data, load, words: JSON.parse(words) };

  /** Opens every fold around the place that the address names, and goes there. */
  const openTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
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
    for (const hidden of page.querySelectorAll(".trope-spoiler, .trope-backlinks, .trope-graph")) {
      hidden.remove();
    }
    return page.documentElement.outerHTML;
  };

  const coverSearch = () => {
    if (isSearchCovered || typeof Search === "undefined" || !Search.htmlToText) return;
    isSearchCovered = true;
    const htmlToText = Search.htmlToText;
    Search.htmlToText = (html, anchor) => htmlToText(quotable(html), anchor);
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
    /** @param {PointerEvent} event */
    const begin = async (event) => {
      if (!(event.target instanceof Element && event.target.closest("a.trope[href]"))) return;
      // a finger comes "over" a link as well, before it is down
      if (event.pointerType === "touch" && event.type === "pointerover") return;
      for (const name of events) document.removeEventListener(name, begin);
      let isOver = false;
      const end = () => (isOver = true);
      for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end, { once: true });
      const start = performance.now();
      await load("cards");
      await load("preview");
      if (!isOver) window.tropes.begin(event, performance.now() - start);
    };
    for (const name of events) document.addEventListener(name, begin);
  };

  /** Buttons that copy the block of text before them. */
  const showCopyButtons = () => {
    for (const line of document.querySelectorAll(".trope-copy")) {
      if (!navigator.clipboard) return;
      line.hidden = false;
      line.querySelector("button").addEventListener("click", async () => {
        const text = line.previousElementSibling.querySelector("pre").textContent;
        await navigator.clipboard.writeText(text);
        const output = line.querySelector("output");
        output.textContent = output.dataset.done;
      });
    }
  };

  /** What a page has a place for and only a script can give: the map, ways, a random page. */
  const beginTools = async () => {
    const tools = document.querySelectorAll("[data-trope-tool]");
    if (tools.length) await load("names");
    for (const tool of tools) load(tool.dataset.tropeTool);
  };

  /** Related pages, in the panel. */
  const beginRelated = async () => {
    if (!data || !document.querySelector("aside.trope-backlinks")) return;
    await load("cards");
    load("related");
  };

  const modules = {
    filter: ".trope-filter",
    folds: ".trope-folder, .trope-note, .trope-folder-control",
    spoilers: ".trope-spoiler",
  };
  for (const [name, selector] of Object.entries(modules)) {
    if (document.querySelector(selector)) load(name);
  }
  showCopyButtons();
  openTarget();
  addEventListener("hashchange", openTarget);
  document.addEventListener("click", openTargetAgain);
  awaitSearch();
  coverOtherSearch();
  awaitPreviews();
  beginTools();
  beginRelated();
})();
