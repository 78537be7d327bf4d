// Filters the lists of a page as its reader types. Loaded where there is a box for it.
"use strict";

(() => {
  const LISTS = ".trope-entries, .trope-backlinks-list, .trope-wanted-list";
  const CHUNK = 60; // found entries that are shown at once; more when the reader comes to the last

  /** @typedef {{item: HTMLElement, title: string, text: string, namespace: string}} Entry */

  /** @param {string} text in any case, with accents or without */
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

  /**
   * @param {Element} scope
   * @returns {Entry[]}
   */
  const readEntries = (scope) =>
    [...scope.querySelectorAll(LISTS)].flatMap((list) =>
      [...list.children].map((item) => ({
        item,
        title: fold(item.querySelector("a")?.textContent ?? item.textContent),
        text: fold(item.textContent),
        namespace: item.querySelector(".trope-namespace")?.textContent ?? "",
      })),
    );

  /**
   * How well an entry fits: 0 not at all; else the lower the better.
   * @param {Entry} entry
   * @param {string} asked
   */
  const rank = ({ title, text }, asked) => {
    const at = title.indexOf(asked);
    if (at === 0) return title === asked ? 1 : 2;
    if (at > 0) return title[at - 1] === " " ? 3 : 4;
    return text.includes(asked) ? 5 : 0;
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
      const asked = fold(input.value);
      const tab = tabs.find((button) => button.ariaPressed === "true");
      const namespace = tab?.dataset.namespace;
      const isAsked = asked !== "" || namespace !== undefined;
      lastSeen.disconnect();
      if (isAsked) {
        const ranks = entries
          .filter((entry) => namespace === undefined || entry.namespace === namespace)
          .map((entry) => ({ item: entry.item, rank: asked ? rank(entry, asked) : 1 }))
          .filter((found) => found.rank)
          .sort((one, other) => one.rank - other.rank); // stable: by title inside
        waiting = ranks.map(({ item }) => item);
      } else waiting = [];
      count.textContent = isAsked ? `${waiting.length} / ${entries.length}` : "";
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
      if (event.key !== "Escape" || !input.value) return;
      event.preventDefault();
      input.value = "";
      update();
    });
    box.hidden = false;
    if (input.value) update(); // the browser remembers it when the reader comes back
  };

  document.querySelectorAll(".trope-filter").forEach(filter);
})();
