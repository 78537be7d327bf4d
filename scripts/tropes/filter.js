// Filters the lists of a page as its reader types, and sorts backlinks. Loaded where there is a box for it.
"use strict";

(() => {
  const LISTS = ".trope-entries, .trope-backlinks-list, .trope-wanted-list";
  const LABELS = ".trope-group, section > :is(h1, h2, h3)"; // of backlinks from one namespace
  const BACKLINKS = ".trope-backlinks-list:not(.trope-foreign-list)";
  // what a box in a panel filters, among all that follows it there
  const IN_PANEL = `.trope-group:not(.trope-foreign-group), ${BACKLINKS}, .trope-more:not(.trope-listed)`;
  const CHUNK = 60; // found entries that are shown at once; more when the reader comes to the last

  const { key, spelled, rank } = window.tropes.spelling;

  /** @typedef {{item: HTMLElement, place: unknown, spelling: Spelled,
   *   typed: string, key: string, title: string, text: string, namespace: string, isAlias: boolean,
   *   group: string, kind: string, ways: string[], address: string}} Entry place: what entries for the same page have in common;
   *   group, kind, ways, address: of a backlink */

  /** @param {string} text in any case */
  const asTyped = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

  /** @param {string} text in any case, with accents or without */
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

  /**
   * The ways in which a trope is played, as labels say it.
   * @param {Iterable<Element>} labels
   */
  const waysOf = (labels) => [...labels].flatMap((label) => label.textContent.split(" · "));

  /** What a heading above a list says, without the number that follows. @param {Element} heading */
  const labelOf = (heading) => heading.firstChild?.textContent.trim() ?? "";

  /** @param {string} href without what is behind the address of the page */
  const pageAt = (href) => window.tropes.decoded(href.split(/[?#]/)[0]);

  /**
   * @param {Element[]} parts of the page, with lists in them
   * @returns {Entry[]}
   */
  const readEntries = (parts) => {
    const walked = `${LISTS}, ${LABELS}`;
    const within = parts.flatMap((part) => [...(part.matches(walked) ? [part] : []), ...part.querySelectorAll(walked)]);
    let label = "";
    return within.flatMap((found) => {
      if (found.matches(LABELS)) label = labelOf(found);
      return found.matches(LISTS) ? entriesOf(found, found.closest("#unlinked") ? "" : label) : [];
    });
  };

  /**
   * @param {Element} list
   * @param {string} group
   * @returns {Entry[]}
   */
  const entriesOf = (list, group) => {
    const isBacklinks = list.matches(BACKLINKS) && group !== "";
    const items = /** @type {HTMLElement[]} */ ([...list.children]);
    return items.map((item) => entryOf(item, group, isBacklinks));
  };

  /**
   * @param {HTMLElement} item
   * @param {string} group
   * @param {boolean} isBacklink
   * @returns {Entry}
   */
  const entryOf = (item, group, isBacklink) => {
    const link = item.querySelector("a");
    const title = link?.textContent ?? item.textContent;
    return {
      item,
      // the index has an entry for each alias as well
      place: (item.closest(".trope-entries") && link?.href) || item,
      spelling: spelled(title),
      typed: asTyped(title),
      key: key(title),
      title: fold(title),
      text: fold(item.textContent),
      namespace: item.querySelector(".trope-namespace")?.textContent ?? "",
      isAlias: Boolean(item.querySelector("em > a")),
      group: isBacklink ? group : "",
      kind: isBacklink ? item.className.replace(/^.*trope-at-/, "") : "",
      ways: waysOf(item.querySelectorAll(".trope-played")),
      address: link?.href ?? "",
    };
  };

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

  // -- when pages were edited

  /** @type {Promise<Map<string, string>> | undefined} */
  let editedPages;

  /**
   * Address of each page, from the root of the site -> the day of its last edit. Empty where nobody keeps
   * a history of the sources.
   */
  const edited = () =>
    (editedPages ??= new Promise((resolve, reject) => {
      /** @param {string[][]} days each with its pages, the newest first */
      window.tropesEdited = (days) =>
        resolve(new Map(days.flatMap(([day, ...pages]) => pages.map((page) => [page, day]))));
      window.tropes.loadFile(`${window.tropes.pages}/edited.js`).catch(reject);
    }));

  /** The address of an entry as that data has it. @param {Entry} entry */
  const addressOf = ({ address }) => pageAt(address).slice(window.tropes.decoded(window.tropes.root).length);

  // -- examples on the page itself

  /**
   * The examples of a page that are played in one way, unless their pages are among *entries*.
   * @param {Element} line with the ways, in a panel
   * @param {string} way
   * @param {Entry[]} entries
   * @returns {Entry[]}
   */
  const examplesHere = (line, way, entries) => {
    const list = line.parentElement.querySelector(":scope > .trope-played-examples");
    const known = new Set(entries.map(({ address }) => address));
    const found = list ? entriesOf(list, "") : [];
    return found.filter((entry) => isPlayed(way)(entry) && !known.has(entry.address));
  };

  // -- one box

  /**
   * What is filtered: all that follows the box; in a panel, the lists that follow it.
   * @param {Element} place
   */
  const partsAfter = (place) => {
    const beside = [...place.parentElement.children];
    const parts = beside.slice(beside.indexOf(place) + 1);
    return place.closest("aside") ? parts.filter((part) => part.matches(IN_PANEL)) : parts;
  };

  /**
   * @param {HTMLElement | null} box
   * @param {HTMLElement | null} line with the ways in which a trope is played
   */
  const filter = (box, line) => {
    const input = box?.querySelector("input");
    const count = box?.querySelector("output");
    const tabs = [...(box?.querySelectorAll(".trope-tabs button") ?? [])];
    const selects = [...(box?.querySelectorAll("select") ?? [])];
    const ways = [...(line?.querySelectorAll(".trope-way") ?? [])].map(asButton);
    const place = box ?? line;
    const whole = partsAfter(place);
    const isBacklinks = whole.some((part) => part.matches(BACKLINKS) || part.querySelector(BACKLINKS));
    const results = document.createElement("ul");
    results.className = `${isBacklinks ? "trope-backlinks-list" : "trope-entries"} trope-results`;
    results.hidden = true;
    place.after(results);

    /** @type {Entry[] | undefined} */
    let entries;
    /** @type {Map<string, string> | undefined} */
    let days;
    /** @type {Entry[]} found, and not shown yet */
    let waiting = [];
    let isNamed = false; // what was typed is the name of the first one alone, or there is only one

    /** An entry among those of other namespaces. @param {Entry} entry */
    const shown = (entry) => {
      const item = /** @type {HTMLElement} */ (entry.item.cloneNode(true));
      const day = chosen("order") === "newest" && days?.get(addressOf(entry));
      for (const words of [entry.group, day]) {
        if (!words) continue;
        const mark = document.createElement("span");
        mark.className = "trope-namespace";
        mark.textContent = words;
        item.firstElementChild.append(" ", mark);
      }
      return item;
    };
    const showMore = () => {
      results.append(...waiting.splice(0, CHUNK).map(shown));
      if (waiting.length) lastSeen.observe(results.lastElementChild);
    };
    const lastSeen = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        lastSeen.unobserve(target);
        showMore();
      }
    });

    /** What is chosen from one of the lists; nothing if there is none. @param {string} by */
    const chosen = (by) => selects.find((select) => select.dataset.tropeBy === by)?.value ?? "";

    /** The order that the reader chose. @type {Record<string, (one: Entry, other: Entry) => number>} */
    const orders = {
      title: (one, other) => one.title.localeCompare(other.title, document.documentElement.lang || undefined),
      newest: (one, other) => {
        const [day, otherDay] = [one, other].map((entry) => days?.get(addressOf(entry)) ?? "");
        return day < otherDay ? 1 : Number(-(day > otherDay));
      },
    };

    /**
     * The entries that fit what the reader asks for, the best first.
     * @param {ReturnType<typeof askedFor>} asked
     * @param {string | undefined} namespace of a tab
     * @param {string | undefined} way
     */
    const fitting = (asked, namespace, way) => {
      const [group, kind, order] = [chosen("group"), chosen("kind"), orders[chosen("order")]];
      const candidates = way ? [...entries, ...examplesHere(line, way, entries.filter(isPlayed(way)))] : entries;
      const found = candidates
        .filter((entry) => namespace === undefined || entry.namespace === namespace)
        .filter((entry) => (!group || entry.group === group) && (!kind || entry.kind === kind))
        .filter((entry) => !way || isPlayed(way)(entry))
        .map((entry) => ({ entry, rank: asked.title ? rankOf(entry, asked) : 1 }))
        .filter((fit) => fit.rank);
      // stable: by title inside; a page before its aliases
      found.sort((one, other) => one.rank - other.rank || Number(one.entry.isAlias) - Number(other.entry.isAlias));
      if (order) found.sort((one, other) => order(one.entry, other.entry));
      return found;
    };

    const update = () => {
      entries ??= readEntries(whole);
      const asked = askedFor(input?.value ?? "");
      const namespace = tabs.find((button) => button.ariaPressed === "true")?.dataset.namespace;
      const way = ways.find((button) => button.ariaPressed === "true")?.dataset.way;
      const isAsked = asked.title !== "" || namespace !== undefined || Boolean(way) || selects.some(({ value }) => value);
      lastSeen.disconnect();
      waiting = [];
      isNamed = false;
      if (count) count.textContent = "";
      if (isAsked) {
        const found = fitting(asked, namespace, way);
        waiting = distinct(found.map(({ entry }) => entry));
        const best = found.filter((other) => other.rank <= NAMED && other.rank === found[0].rank);
        isNamed = waiting.length === 1 || distinct(best.map(({ entry }) => entry)).length === 1;
        if (count) count.textContent = `${waiting.length} / ${distinct(entries).length}`;
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
    /** The page with all backlinks, of which a panel has only the first: it goes on with the same way. */
    const all = place.closest("aside")?.querySelector(":scope > .trope-all-backlinks a");
    for (const way of ways) {
      const hash = `#way=${encodeURIComponent(way.dataset.way)}`;
      way.addEventListener("click", () => {
        const isPressed = way.ariaPressed !== "true";
        for (const other of ways) other.ariaPressed = String(isPressed && other === way);
        if (all) all.hash = isPressed ? hash : "";
        update();
      });
      if (location.hash === hash) way.click();
    }
    for (const select of selects) select.addEventListener("change", update);
    if (!box) return;

    /** Adds the order that needs to know when pages were edited, where that is known. */
    const offerNewest = async () => {
      const select = selects.find(({ dataset }) => dataset.newest);
      if (!select || days) return;
      days = new Map();
      days = await edited();
      if (days.size) select.add(new Option(select.dataset.newest, "newest"));
    };
    const events = box.localName === "details" ? ["toggle"] : ["pointerover", "focusin"];
    for (const event of events) {
      box.addEventListener(event, () => offerNewest().catch(() => {}), { once: true });
    }

    input.addEventListener("input", update);
    // ready before the first letter
    input.addEventListener("focus", () => (entries ??= readEntries(whole)), { once: true });
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

  /** Whether an entry says that a trope is played so. @param {string} way */
  const isPlayed = (way) => (/** @type {Entry} */ { ways }) => ways.includes(way);

  /** A button in the place of a count of examples. @param {HTMLElement} words */
  const asButton = (words) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = words.className;
    button.textContent = words.textContent;
    button.dataset.way = words.textContent.replace(/\s*\d+$/, "");
    button.ariaPressed = "false";
    words.replaceWith(button);
    return button;
  };

  /** The line of counts that belongs to a box. @param {Element} box */
  const lineBefore = (box) => {
    const before = box.previousElementSibling;
    return before?.matches(".trope-played-counts") ? /** @type {HTMLElement} */ (before) : null;
  };
  for (const box of document.querySelectorAll(".trope-filter")) filter(box, lineBefore(box));
  for (const line of document.querySelectorAll(".trope-played-counts")) {
    if (!line.nextElementSibling?.matches(".trope-filter")) filter(null, line);
  }
})();
