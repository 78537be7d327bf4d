// In pages of the live preview: loads a page again when it changed, keeps the place of the reader,
// and shows the problems of the page in a box of its own. The server adds it to its answers.
// @ts-check
"use strict";

(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;

  const PLACE = "sphinx-tropes-live:place";
  const LOADS = "sphinx-tropes-live:loads";
  const FOLDED = "sphinx-tropes-live:folded";
  /** So many times in ten seconds a page loads again at once; then once a second. */
  const MOST_LOADS = 40;
  const PATIENCE = 2000;

  let digest = script.dataset.digest ?? "";
  /** Set when the page is to be left, so that the end of the connection means nothing. */
  let isLeaving = false;

  // -- what is kept from one load to the next, in this tab

  /** @param {string} name */
  const kept = (name) => {
    try {
      return JSON.parse(sessionStorage.getItem(name) ?? "null");
    } catch {
      return null;
    }
  };

  /** @param {string} name @param {unknown} value */
  const keep = (name, value) => {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      // a browser that stores nothing: the page begins at its top
    }
  };

  /** Elements that can be open or closed, in the order of the page. */
  const folds = () => [...document.querySelectorAll("details")];
  const checks = () => /** @type {HTMLInputElement[]} */ (
    [...document.querySelectorAll("input[type=checkbox], input[type=radio]")]
  );

  /** The element with an id that is nearest above the top of the window, and how far. */
  const landmark = () => {
    let found = null;
    for (const element of document.querySelectorAll("main [id], [role=main] [id], body [id]")) {
      const { top, height } = element.getBoundingClientRect();
      if (height === 0 && top === 0) continue;
      if (top > 1) break;
      found = { id: element.id, top };
    }
    return found;
  };

  const keepPlace = () => keep(PLACE, {
    address: location.pathname + location.search,
    x: scrollX,
    y: scrollY,
    landmark: landmark(),
    height: document.documentElement.scrollHeight,
    folds: folds().map((element) => element.open),
    checks: checks().map((element) => element.checked),
    focus: document.activeElement?.id ?? "",
  });

  const restorePlace = () => {
    const place = kept(PLACE);
    keep(PLACE, null);
    if (!place || place.address !== location.pathname + location.search) return;
    const now = folds();
    if (now.length === place.folds.length) now.forEach((element, i) => { element.open = place.folds[i]; });
    const boxes = checks();
    if (boxes.length === place.checks.length) boxes.forEach((element, i) => { element.checked = place.checks[i]; });
    const scroll = () => {
      let y = place.y;
      const mark = place.landmark && document.getElementById(place.landmark.id);
      if (mark && document.documentElement.scrollHeight !== place.height) {
        y = scrollY + mark.getBoundingClientRect().top - place.landmark.top;
      }
      scrollTo({ left: place.x, top: y, behavior: "instant" });
    };
    scroll();
    if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
    // pictures that load later move what is below them
    if (document.readyState !== "complete") {
      let isTouched = false;
      const touch = () => { isTouched = true; };
      for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
        addEventListener(kind, touch, { once: true, passive: true });
      }
      addEventListener("load", () => { if (!isTouched) scroll(); }, { once: true });
    }
  };

  /** @type {number | undefined} */
  let later;

  const loadAgain = () => {
    const now = Date.now();
    const loads = (kept(LOADS) ?? []).filter((/** @type {number} */ then) => now - then < 10_000);
    if (loads.length >= MOST_LOADS) {
      later ??= setTimeout(() => { later = undefined; loadAgain(); }, 1000);
      return;
    }
    keep(LOADS, [...loads, now]);
    isLeaving = true;
    keepPlace();
    location.reload();
  };

  // -- the box

  /**
   * @typedef {{text: string, level: string, file: string, line: number, kind: string}} Problem
   * @typedef {{problems: Problem[], failure: Problem | null}} State
   */

  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0 auto; z-index: 2147483647; max-width: 100vw;
      color-scheme: light dark; }
    :host([hidden]) { display: none; }
    * { box-sizing: border-box; }
    section { --back: #fffdf7; --text: #1d1b16; --soft: #6a6458; --line: #d9cfb8; --mark: #8a5a00;
      --hover: #f3ecdb; font: 14px/1.45 system-ui, sans-serif; color: var(--text); background: var(--back);
      border: 1px solid var(--line); border-top: 3px solid var(--mark); border-radius: 8px;
      margin: 12px; width: min(34rem, calc(100vw - 24px)); max-height: min(60vh, 32rem);
      display: flex; flex-direction: column; box-shadow: 0 4px 24px rgb(0 0 0 / .22); overflow: hidden;
      text-align: start; }
    section.error { --mark: #b3261e; }
    section.away { --mark: #5f6368; }
    section.folded { width: auto; margin-inline-start: auto; max-width: calc(100vw - 24px); }
    button.head { all: unset; box-sizing: border-box; cursor: pointer; display: flex; gap: 8px;
      align-items: center; padding: 9px 14px; font-weight: 600; flex: none; }
    button.head:hover { background: var(--hover); }
    button.head:focus-visible { outline: 2px solid var(--mark); outline-offset: -3px; border-radius: 6px; }
    .sign { color: var(--mark); font-size: 1.1em; line-height: 1; }
    .words { flex: 1; }
    .arrow { color: var(--soft); font-size: .8em; }
    .folded .arrow { transform: rotate(180deg); }
    ul { list-style: none; margin: 0; padding: 0; overflow: auto; overscroll-behavior: contain;
      border-top: 1px solid var(--line); }
    ul:focus-visible { outline: 2px solid var(--mark); outline-offset: -2px; }
    .folded ul { display: none; }
    li { padding: 9px 14px; margin: 0; }
    li + li { border-top: 1px solid var(--line); }
    .text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .place { margin: 3px 0 0; color: var(--soft); font-size: 12px; display: flex; flex-wrap: wrap;
      gap: 2px 12px; }
    code { font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
    @media (prefers-color-scheme: dark) {
      section { --back: #22201b; --text: #f0ece2; --soft: #b0a999; --line: #464136;
        --mark: #f0b64a; --hover: #302c25; box-shadow: 0 4px 24px rgb(0 0 0 / .6); }
      section.error { --mark: #ff8a80; }
      section.away { --mark: #9aa0a6; }
    }
    @media (max-width: 30rem) { section { margin: 8px; max-height: 45vh; width: calc(100vw - 16px); }
      section.folded { max-width: calc(100vw - 16px); } }
    @media (prefers-reduced-motion: no-preference) { section { animation: come .15s ease-out; }
      @keyframes come { from { opacity: 0; transform: translateY(6px); } } }
    @media (forced-colors: active) { section { border-color: CanvasText; } }
    @media print { :host { display: none; } }
  `;

  /** @param {string} tag @param {string} name @param {string} text */
  const element = (tag, name, text = "") => {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  };

  class Box {
    constructor() {
      this.host = document.createElement("sphinx-tropes-live");
      this.host.hidden = true;
      const root = this.host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet(); // works where a policy forbids styles in the page
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.section = element("section", "");
      this.section.setAttribute("aria-label", "Live preview");
      this.head = element("button", "head");
      this.head.setAttribute("type", "button");
      this.words = element("span", "words");
      this.words.setAttribute("role", "status");
      const sign = element("span", "sign", "⚠");
      const arrow = element("span", "arrow", "▼");
      for (const drawn of [sign, arrow]) drawn.setAttribute("aria-hidden", "true");
      this.head.append(sign, this.words, arrow);
      this.list = element("ul", "");
      this.list.tabIndex = 0;
      this.list.setAttribute("aria-label", "Problems");
      this.section.append(this.head, this.list);
      root.append(this.section);
      this.head.addEventListener("click", () => this.fold(!this.isFolded));
      this.section.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !this.isFolded) {
          event.stopPropagation();
          this.fold(true);
          this.head.focus();
        }
      });
      this.isFolded = kept(FOLDED) === true;
      /** @type {State} */
      this.state = { problems: [], failure: null };
      this.isAway = false;
      this.fold(this.isFolded);
    }

    /** @param {boolean} isFolded */
    fold(isFolded) {
      this.isFolded = isFolded;
      keep(FOLDED, isFolded);
      this.section.classList.toggle("folded", isFolded);
      this.head.setAttribute("aria-expanded", String(!isFolded));
    }

    /** @param {State} state */
    show(state) {
      this.state = state;
      this.draw();
    }

    /** @param {boolean} isAway */
    setAway(isAway) {
      if (isAway === this.isAway) return;
      this.isAway = isAway;
      this.draw();
    }

    draw() {
      const { problems, failure } = this.state;
      const all = failure ? [failure, ...problems] : problems;
      const isEmpty = !all.length && !this.isAway;
      if (isEmpty) {
        this.host.hidden = true;
        this.host.remove();
        return;
      }
      if (!this.host.isConnected) document.documentElement.append(this.host);
      this.host.hidden = false;
      const hasError = all.some((problem) => problem.level === "error");
      this.section.classList.toggle("error", hasError && !this.isAway);
      this.section.classList.toggle("away", this.isAway);
      this.words.textContent = this.isAway ? "The preview is not running" : summary(problems, failure);
      this.list.hidden = !all.length;
      this.list.style.display = all.length ? "" : "none";
      this.list.replaceChildren(...all.map(entry));
    }
  }

  /** @param {Problem[]} problems @param {Problem | null} failure */
  const summary = (problems, failure) => {
    if (failure) return "The last build failed; this is the page from before";
    const errors = problems.filter((problem) => problem.level === "error").length;
    const warnings = problems.length - errors;
    const parts = [];
    if (errors) parts.push(errors === 1 ? "1 error" : `${errors} errors`);
    if (warnings) parts.push(warnings === 1 ? "1 warning" : `${warnings} warnings`);
    return `${parts.join(", ")} on this page`;
  };

  /** @param {Problem} problem */
  const entry = (problem) => {
    const item = element("li", problem.level);
    item.append(element("p", "text", problem.text));
    const place = element("p", "place");
    if (problem.file) {
      place.append(element("code", "file", problem.line ? `${problem.file}:${problem.line}` : problem.file));
    }
    if (problem.kind) place.append(element("span", "kind", problem.kind));
    if (place.childNodes.length) item.append(place);
    return item;
  };

  const box = new Box();

  // -- the connection

  let wait = 250;
  /** How many builds the server had ended when it said something last.
   *  @type {number | undefined} */
  let builds;
  /** @type {number | undefined} */
  let missing;

  const connect = () => {
    const socket = new WebSocket(`ws://${location.host}/__tropes__/live`);
    socket.addEventListener("open", () => {
      wait = 250;
      clearTimeout(missing);
      missing = undefined;
      box.setAway(false);
      socket.send(JSON.stringify({ address: decoded(location.pathname), digest }));
    });
    socket.addEventListener("message", (event) => {
      const told = JSON.parse(event.data);
      if (told.reload) {
        digest = told.reload;
        loadAgain();
      } else {
        box.show(told);
        // what scripts of the page have loaded may be old now
        if (builds !== undefined && told.builds !== builds) dispatchEvent(new Event("tropes:data"));
        builds = told.builds;
      }
    });
    socket.addEventListener("close", () => {
      if (isLeaving) return;
      missing ??= setTimeout(() => box.setAway(true), PATIENCE);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 2000);
    });
  };

  /** @param {string} path */
  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  addEventListener("pagehide", () => { isLeaving = true; });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      isLeaving = false;
      connect();
    }
  });
  if (document.readyState === "loading") {
    addEventListener("DOMContentLoaded", restorePlace, { once: true });
  } else {
    restorePlace();
  }
  connect();
})();
