// The switcher: a box where a reader types the name of a page and goes there. Loaded when first wanted.
"use strict";

(() => {
  const { root, data, element, covered, entryAt, decoded, hrefOf, word, finding, load, start } = window.tropes;
  const WANTED = 2, DOCUMENT = 3, ALIAS = 1;
  const PAGES = 5; // names that Page Down goes on by
  const TEXTS = 8; // pages found by their texts
  const SHORTEST = 3; // letters that texts are searched for
  const PAUSE = 300; // milliseconds after the last letter

  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("_static/tropes/switcher.css", root).href;
  const styled = new Promise((resolve) => (sheet.onload = sheet.onerror = resolve));
  document.head.append(sheet);

  /**
   * An element with attributes.
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(string | Node)} children
   */
  const make = (name, attributes, ...children) => {
    const made = element(name, "", ...children);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  /** The theme's own ground and ink: whatever it calls dark. @param {HTMLElement} box */
  const adopt = (box) => {
    const main = document.querySelector("[role=main], main") ?? document.body;
    let ground = "Canvas";
    for (let around = main; around; around = around.parentElement) {
      const { backgroundColor } = getComputedStyle(around);
      if (!/^rgb\(/.test(backgroundColor)) continue;
      ground = backgroundColor;
      break;
    }
    box.style.setProperty("--trope-ground", ground);
    box.style.setProperty("--trope-ink", getComputedStyle(main).color);
  };

  /** Makes the box, once. @param {Record<string, string>} words @param {[string, string][]} namespaces */
  const build = (words, namespaces) => {
    const input = make("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "trope-found",
      "aria-autocomplete": "list", "aria-label": words.hint, placeholder: words.hint,
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    });
    const close = make("button", { type: "button", class: "trope-switcher-close", "aria-label": words.close }, "×");
    const labels = [words.all, ...namespaces.map(([, label]) => label)];
    const tabs = labels.map((label, at) =>
      make("button", { type: "button", "aria-pressed": String(!at) }, label));
    const bar = make("div", { role: "group", class: "trope-tabs", "aria-label": words.namespaces }, ...tabs);
    bar.hidden = namespaces.length < 2;
    const list = make("div", { role: "listbox", id: "trope-found", "aria-label": words.names, tabindex: "-1" });
    const card = make("div", { class: "trope-switcher-card", role: "region", "aria-label": words.preview });
    const status = make("output", { class: "trope-switcher-status" });
    const box = /** @type {HTMLDialogElement} */ (make(
      "dialog", { class: "trope-switcher", "aria-label": words.find },
      make("div", { class: "trope-switcher-head" }, input, close), bar,
      make("div", { class: "trope-switcher-body" }, list, card), status,
    ));
    document.body.append(box);
    return { box, input, close, tabs, list, card, status };
  };

  /** What is told of a page beside the list. @param {any} name @param {Record<string, string>} words */
  const cardOf = async ({ title, address, kind }, words) => {
    const entry = data && kind !== DOCUMENT ? await entryAt(decoded(address)).catch(() => undefined) : undefined;
    const head = element("p", "trope-switcher-title", ...covered(title));
    if (!entry) return kind === WANTED ? [head, element("p", "", words.wanted)] : [head];
    if (entry.namespace) head.append(" ", element("span", "trope-namespace", entry.namespace));
    const parts = [head];
    if (entry.laconic) parts.push(element("p", "trope-preview-laconic", ...covered(entry.laconic)));
    for (const line of entry.lead ? entry.lead.split("\n") : []) parts.push(element("p", "", ...covered(line)));
    if (entry.kind) parts.push(element("p", "", word(entry.kind)));
    const titles = [...(entry.choices ?? []), ...(entry.near ?? [])].map(([near]) => element("li", "", near));
    if (titles.length) parts.push(element("ul", "", ...titles));
    if (entry.wants) parts.push(element("p", "trope-switcher-wants", `${entry.wants}: ${entry.wanted_by.join(", ")}`));
    return parts;
  };

  /**
   * The letters of a name that were asked for, marked where they stand together.
   * @param {string} name
   * @param {string} asked
   */
  const marked = (name, asked) => {
    const words = asked.trim().split(/\s+/).filter(Boolean).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!words.length) return covered(name);
    return name.split(new RegExp(`(${words.join("|")})`, "iu")).flatMap((part, at) =>
      at % 2 ? [element("mark", "", part)] : covered(part));
  };

  /** @type {Promise<() => void> | undefined} */
  let opening;

  const prepare = async () => {
    const told = await finding.names();
    await styled;
    const { words } = told;
    const { box, input, close, tabs, list, card, status } = build(words, told.namespaces);
    /** @type {number | undefined} */
    let namespace;
    let turn = 0;
    /** @type {HTMLAnchorElement[]} */
    let options = [];
    /** @type {any[]} what each of them leads to */
    let found = [];
    let chosen = -1;
    let isMoved = false; // whether the reader chose it

    const showCard = async (at) => {
      const parts = found[at]?.title === undefined ? [] : await cardOf(found[at], words);
      if (at === chosen) card.replaceChildren(...parts);
    };

    /** @param {number} at */
    const choose = (at) => {
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = options.length ? (at + options.length) % options.length : -1;
      const option = options[chosen];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
      start(() => showCard(chosen));
    };

    /** @param {string} href @param {string} className @param {...(string | Node)} children */
    const option = (href, className, ...children) => make("a", {
      role: "option", "aria-selected": "false", href, tabindex: "-1", class: className,
    }, ...children);

    const ofName = (name) => {
      const [, label] = told.namespaces[name.namespace] ?? [];
      const parts = [element("span", "trope-switcher-name", ...marked(name.name, input.value.split("/").pop()))];
      if (name.kind === ALIAS && name.title !== name.name) parts.push(" ", element("span", "trope-via", "→ ", ...covered(name.title)));
      if (label && told.namespaces[name.namespace][0] !== "Main") parts.push(" ", element("span", "trope-namespace", label));
      if (name.kind === WANTED) parts.push(" ", element("span", "trope-via", words.wanted));
      return option(hrefOf(name.address), name.kind === WANTED ? "is-wanted" : "", ...parts);
    };

    const show = async () => {
      const now = ++turn;
      const text = input.value;
      const names = await finding.find(text, namespace);
      if (now !== turn) return; // the reader typed on
      const ownOptions = names.map(ofName);
      /** @type {[HTMLAnchorElement, any][]} what else there is to do */
      const others = [];
      const asked = text.trim();
      if (asked && told.search.page !== undefined) {
        const address = `${told.search.page}?q=${encodeURIComponent(asked)}`;
        others.push([option(hrefOf(address), "trope-switcher-more", words.search.replace("%s", () => asked)), {}]);
      }
      const create = finding.creation(text, namespace, names);
      if (create) {
        const label = words.create.replace("%s", () => create.title);
        others.push([option(create.address, "trope-switcher-more", label), {}]);
      }
      /** @param {[HTMLAnchorElement, any][]} hits */
      const fill = (hits) => {
        const before = isMoved ? options[chosen] : undefined;
        const heading = element("p", "trope-switcher-heading", words.texts);
        heading.setAttribute("role", "presentation");
        const group = make("div", { role: "group", "aria-label": words.texts }, heading, ...hits.map(([made]) => made));
        found = [...names, ...hits.map(([, hit]) => hit), ...others.map(([, other]) => other)];
        options = [...ownOptions, ...hits.map(([made]) => made), ...others.map(([made]) => made)];
        options.forEach((made, at) => (made.id = `trope-found-${at}`));
        list.replaceChildren(...ownOptions, ...(hits.length ? [group] : []), ...others.map(([made]) => made));
        const count = names.length + hits.length;
        status.textContent = count ? words.found.replace("%d", String(count)) : words.none;
        chosen = options.indexOf(before);
        if (chosen < 0) choose(0);
        else choose(chosen);
      };
      isMoved = false;
      fill([]);
      list.scrollTop = 0;
      if (asked.length < SHORTEST || !told.search.index || namespace !== undefined) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (now !== turn) return;
      await load("texts");
      const { search, paragraph, patternsOf } = window.tropes.texts;
      // what is found by its name is told again only with a sentence
      const named = new Set(names.map(({ address }) => decoded(address)));
      const hits = (await search(asked, TEXTS)).filter((hit) => hit.quote || !named.has(decoded(hit.address)));
      if (now !== turn || !hits.length) return;
      const patterns = patternsOf(asked);
      fill(hits.map((hit) => {
        const parts = [element("span", "trope-switcher-name", hit.title)];
        if (hit.quote) parts.push(paragraph(hit.quote, patterns));
        return [option(hrefOf(hit.address), "trope-switcher-text", ...parts), hit];
      }));
    };

    const keys = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      PageDown: () => choose(Math.min(chosen + PAGES, options.length - 1)),
      PageUp: () => choose(Math.max(chosen - PAGES, 0)),
      Enter: (event) => {
        const { ctrlKey, metaKey, shiftKey } = event;
        options[chosen]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
      },
    };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || !Object.hasOwn(keys, event.key)) return; // the key may be for the input method
      event.preventDefault();
      isMoved ||= event.key !== "Enter";
      keys[event.key](event);
    });
    // what a theme does on these keys is not for who types here
    box.addEventListener("keydown", (event) => event.stopPropagation());
    input.addEventListener("input", () => start(show));
    tabs.forEach((tab, at) => tab.addEventListener("click", (event) => {
      namespace = at ? at - 1 : undefined;
      for (const other of tabs) other.setAttribute("aria-pressed", String(other === tab));
      start(show);
      if (event.detail) input.focus(); // by mouse: the keyboard stays where it is
    }));
    list.addEventListener("pointermove", (event) => {
      const at = options.indexOf(event.target.closest("[role=option]"));
      if (at < 0 || at === chosen) return;
      isMoved = true;
      choose(at);
    });
    // a page that is here already: the box would stay
    list.addEventListener("click", (event) => {
      if (event.target.closest("[role=option]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) box.close();
    });
    close.addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => event.target === box && box.close()); // beside it

    return () => {
      if (box.open) return;
      adopt(box);
      box.showModal(); // and the focus returns to where it was
      input.focus();
      input.select();
      start(show);
    };
  };

  window.tropes.openSwitcher = async () => {
    opening ??= prepare();
    try {
      (await opening)();
    } catch (error) {
      opening = undefined; // the data may be there the next time
      throw error;
    }
  };
})();
