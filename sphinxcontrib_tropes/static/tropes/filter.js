// Filters the lists of a page as its reader types. Loaded where there is a box for it.
"use strict";

(() => {
  const LISTS = ".trope-entries, .trope-backlinks-list, .trope-wanted-list";
  const CHUNK = 60; // found entries that are shown at once; more when the reader comes to the last

  const { key, spelled, rank } = window.tropes.spelling;

  /** @typedef {{item: HTMLElement, place: unknown, spelling: Spelled,
   *   typed: string, key: string, title: string, text: string, namespace: string, isAlias: boolean}} Entry place: what entries for
   *   the same page have in common */

  /** @param {string} text in any case */
  const asTyped = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

  /** @param {string} text in any case, with accents or without */
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

  /**
   * @param {Element} scope
   * @returns {Entry[]}
   */
  const readEntries = (scope) =>
    [...scope.querySelectorAll(LISTS)].flatMap((list) =>
      [...list.children].map((item) => {
        const link = item.querySelector("a");
        const title = link?.textContent ?? item.textContent;
        return {
          item,
          // the index has an entry for each alias as well
          place: (list.matches(".trope-entries") && link?.href) || item,
          spelling: spelled(title),
          typed: asTyped(title),
          key: key(title),
          title: fold(title),
          text: fold(item.textContent),
          namespace: item.querySelector(".trope-namespace")?.textContent ?? "",
          isAlias: Boolean(item.querySelector("em > a")),
        };
      }),
    );

  /** @param {string} words what a reader typed */
  const askedFor = (words) => ({
    typed: asTyped(words),
    key: key(words),
    title: fold(words),
    spelling: spelled(words),
  });

  const NAMED = 3; // up to this rank, an entry is called what was asked for

  /**
   * How well an entry fits: 0 not at all; else the lower the better.
   * @param {Entry} entry
   * @param {ReturnType<typeof askedFor>} asked
   */
  const rankOf = (entry, asked) => {
    // signs count where the name has them: "C++" is not "C"; and marks: パパ is not ハハ
    if (entry.typed === asked.typed) return 1;
    if (asked.key && entry.key === asked.key) return 2;
    if (entry.title === asked.title) return NAMED;
    if (entry.title.startsWith(asked.title)) return 4;
    const other = rank(entry.spelling, asked.spelling);
    if (other === 1) return NAMED;
    return other ? other + 3 : Number(entry.text.includes(asked.title)) * 9;
  };

  /** One entry for each page, the first. @param {Entry[]} entries */
  const distinct = (entries) => {
    const places = new Set();
    return entries.filter(({ place }) => !places.has(place) && places.add(place));
  };

  /** @param {HTMLElement} box */
  const filter = (box) => {
    const input = box.querySelector("input");
    const count = box.querySelector("output");
    const tabs = [...box.querySelectorAll(".trope-tabs button")];
    const scope = box.parentElement;
    /** What is filtered: all that follows the box. */
    const whole = [...scope.children].slice([...scope.children].indexOf(box) + 1);
    const results = document.createElement("ul");
    results.className = "trope-entries trope-results";
    results.hidden = true;
    box.after(results);

    /** @type {Entry[] | undefined} */
    let entries;
    /** @type {HTMLElement[]} found, and not shown yet */
    let waiting = [];
    let isNamed = false; // what was typed is the name of the first one alone, or there is only one

    const showMore = () => {
      results.append(...waiting.splice(0, CHUNK).map((item) => item.cloneNode(true)));
      if (waiting.length) lastSeen.observe(results.lastElementChild);
    };
    const lastSeen = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        lastSeen.unobserve(target);
        showMore();
      }
    });

    const update = () => {
      entries ??= readEntries(scope);
      const asked = askedFor(input.value);
      const tab = tabs.find((button) => button.ariaPressed === "true");
      const namespace = tab?.dataset.namespace;
      const isAsked = asked.title !== "" || namespace !== undefined;
      lastSeen.disconnect();
      waiting = [];
      isNamed = false;
      count.textContent = "";
      if (isAsked) {
        const found = entries
          .filter((entry) => namespace === undefined || entry.namespace === namespace)
          .map((entry) => ({ entry, rank: asked.title ? rankOf(entry, asked) : 1 }))
          .filter((found) => found.rank)
          // stable: by title inside; a page before its aliases
          .sort((one, other) => one.rank - other.rank || Number(one.entry.isAlias) - Number(other.entry.isAlias));
        waiting = distinct(found.map(({ entry }) => entry)).map(({ item }) => item);
        const best = found.filter((other) => other.rank <= NAMED && other.rank === found[0].rank);
        isNamed = waiting.length === 1 || distinct(best.map(({ entry }) => entry)).length === 1;
        count.textContent = `${waiting.length} / ${distinct(entries).length}`;
      }
      results.replaceChildren();
      showMore();
      results.hidden = !isAsked;
      for (const part of whole) part.classList.toggle("trope-filtered", isAsked);
    };

    for (const tab of tabs) {
      tab.addEventListener("click", () => {
        for (const other of tabs) other.ariaPressed = String(other === tab);
        update();
      });
    }
    input.addEventListener("input", update);
    // ready before the first letter
    input.addEventListener("focus", () => (entries ??= readEntries(scope)), { once: true });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // the key is for the input method
      const first = results.querySelector("a[href]");
      if (event.key === "Enter" && first) {
        event.preventDefault();
        first.focus();
        if (isNamed) first.click();
      }
      if (event.key !== "Escape" || !input.value) return;
      event.preventDefault();
      input.value = "";
      update();
    });
    /** A link may ask for one namespace: see navigation/sidebar.py. */
    const chooseNamed = () => {
      const [, name] = window.tropes.decoded(location.hash).match(/^#in=(.*)$/) ?? [];
      tabs.find((tab) => tab.dataset.namespace === name && name !== undefined)?.click();
    };
    addEventListener("hashchange", chooseNamed);
    chooseNamed();
    box.hidden = false;
    if (input.value) update(); // the browser remembers it when the reader comes back
  };

  document.querySelectorAll(".trope-filter").forEach(filter);
})();
