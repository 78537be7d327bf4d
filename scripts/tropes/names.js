// The names of all pages: what the map, ways, the random page and the page not found have in common.
"use strict";

(() => {
  /** @typedef {{title: string, address: string, namespace: string, label: string, number: number,
   *   isWritten: boolean, aliases: string[], name: string}} Page aliases: with a namespace where that
   *   is another one; name: its title, if that is a spelling of its name
   *  @typedef {{pages: [string, string, number, string[]?, string?][], written: number,
   *   others?: [string, string, number, string[]?, string?][], namespaces: [string, string][]}} Names
   *  @typedef {{versions: Record<string, string>, ways?: number,
   *   communities?: [number, number, number, number][], nodes?: [number, number, number][],
   *   links?: number[][], hubs?: Record<string, number>}} MapData */

  const MAIN = "Main";
  const { key, spelled, rank } = window.tropes.spelling;
  /** @type {Map<string, Promise<unknown>>} */
  const loading = new Map();
  /** @type {Names} */
  let told;
  /** @type {MapData} */
  let map;
  /** @type {Map<string, Record<string, string[][]>>} */
  const ways = new Map();

  window.tropesNames = (names) => (told = names);
  window.tropesMap = (data) => (map = data);
  window.tropesWays = (name, entries) => ways.set(name, entries);

  /**
   * Loads a file of data, once. As a script, for nothing may be fetched from file://.
   * @param {string} address
   * @returns {Promise<unknown>}
   */
  const load = (address) => {
    let promise = loading.get(address);
    if (!promise) {
      promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = () => {
          loading.delete(address); // it may be there the next time
          reject(new Error(address));
        };
        document.head.append(script);
      });
      loading.set(address, promise);
    }
    return promise;
  };

  /** @type {Promise<Page[]> | undefined} */
  let pages;

  /**
   * All pages, the written ones first.
   * @param {string} folder where the data is
   * @returns {Promise<Page[]>}
   */
  const all = (folder) => {
    pages ??= (async () => {
      const address = new URL(folder, document.baseURI).href;
      await load(`${address}map.js`);
      await load(`${address}names.js?v=${map.versions["names.js"]}`);
      return told.pages.map((row, index) => pageOf(row, index, index < told.written));
    })();
    return pages;
  };

  /**
   * @param {Names["pages"][number]} row
   * @param {number} index
   * @param {boolean} isWritten
   * @returns {Page}
   */
  const pageOf = ([title, at, number, aliases = [], name = title], index, isWritten) => {
    const [namespace, shown] = told.namespaces[number];
    const label = namespace === MAIN ? title : `${title} (${shown})`;
    return { title, address: at, namespace, label, number: index, isWritten, aliases, name };
  };

  /** The written pages that are not on the map, once all pages are known. */
  const others = () => (told.others ?? []).map((row) => pageOf(row, -1, true));

  /** What a page may be asked for by, its title first. @param {Page} page */
  const namesOf = (page) => [...new Set([page.title, page.name, ...page.aliases.map(bareOf)])];

  /** A name without its namespace. @param {string} name */
  const bareOf = (name) => name.slice(name.indexOf("/") + 1);

  /** @type {WeakMap<Page, Spelled[]>} */
  const spellings = new WeakMap();

  /** @param {Page} page */
  const spellingsOf = (page) => {
    let found = spellings.get(page);
    if (!found) spellings.set(page, (found = namesOf(page).map(spelled)));
    return found;
  };

  /**
   * The pages that have these words in a name, each with that name; those that begin with them first.
   * @param {Page[]} pages
   * @param {string} words
   * @param {number} most
   * @returns {{page: Page, name: string}[]}
   */
  const having = (pages, words, most) => {
    const asked = spelled(words);
    /** @type {{page: Page, name: string}[][]} */
    const ranks = [[], [], [], [], [], [], [], []];
    for (const page of pages) {
      const [own, ...others] = spellingsOf(page).map((name) => rank(name, asked) || Infinity);
      const other = Math.min(...others);
      // a title comes before an alias that fits as well
      if (own <= other && own < Infinity) ranks[2 * own - 2].push({ page, name: page.title });
      else if (other < own) {
        ranks[2 * other - 1].push({ page, name: namesOf(page)[others.indexOf(other) + 1] });
      }
    }
    return ranks.flat().slice(0, most);
  };

  /** @type {{pages: Page[], byName: Map<string, Page>, byBareName: Map<string, Page>} | undefined} */
  let directory;

  /** Pages by the keys of their names, with the namespace and without. @param {Page[]} pages */
  const directoryOf = (pages) => {
    if (directory?.pages === pages) return directory;
    const byName = new Map();
    const byBareName = new Map();
    /** @param {Map<string, Page>} names @param {string} name @param {Page} page */
    const claim = (names, name, page) => names.has(name) || names.set(name, page);
    /** @param {Page} page @param {string} name @param {string} [namespace] */
    const claimAll = (page, name, namespace = page.namespace) => {
      const bare = key(name);
      claim(byName, `${key(namespace)}/${bare}`, page);
      claim(byBareName, bare, page);
    };
    for (const page of pages) claimAll(page, page.name);
    for (const page of pages) {
      for (const alias of page.aliases) {
        const slash = alias.indexOf("/");
        claimAll(page, bareOf(alias), slash < 0 ? page.namespace : alias.slice(0, slash));
      }
    }
    // a title may be the name of another page
    for (const page of pages) claimAll(page, page.title);
    directory = { pages, byName, byBareName };
    return directory;
  };

  /**
   * The page that has this very name, in any spelling: ``Film/TheMatrix``, ``film.the matrix``.
   * @param {Page[]} pages
   * @param {string} words
   * @returns {Page | undefined}
   */
  const called = (pages, words) => {
    const { byName, byBareName } = directoryOf(pages);
    for (const separator of "/.") {
      const [before, ...after] = words.split(separator);
      if (!after.length) continue;
      const asked = key(before);
      const [namespace] = told.namespaces.find((names) => names.some((name) => key(name) === asked)) ?? [before];
      const page = byName.get(`${key(namespace)}/${key(after.join(separator))}`);
      if (page) return page;
    }
    const bare = key(words);
    return byName.get(`${key(MAIN)}/${bare}`) ?? byBareName.get(bare);
  };

  /**
   * The page that these words name: by its whole label, by a name of its, or by a part of one.
   * @param {Page[]} pages
   * @param {string} words
   * @returns {Page | undefined}
   */
  const named = (pages, words) => {
    const label = spelled(words).joined;
    return pages.find((page) => page.label === words.trim())
      ?? called(pages, words)
      ?? (label ? pages.find((page) => spelled(page.label).joined === label) : undefined)
      ?? having(pages, words, 1)[0]?.page;
  };

  let lists = 0;

  /**
   * Offers pages while a reader types.
   * @param {HTMLInputElement} input
   * @param {Page[]} pages
   */
  const complete = (input, pages) => {
    const list = document.createElement("datalist");
    list.id = `trope-names-${++lists}`;
    input.after(list);
    input.setAttribute("list", list.id);
    input.autocomplete = "off";
    input.addEventListener("input", () => {
      const options = having(pages, input.value, 12).map(({ page, name }) => {
        const option = document.createElement("option");
        option.value = name === page.title ? page.label : name;
        if (name !== page.title) option.label = `${name} → ${page.label}`;
        return option;
      });
      list.replaceChildren(...options);
    });
  };

  /**
   * An element with attributes and children.
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  /** The address of a page. @param {Page} page */
  // put behind the root, not resolved against it: a name may look like a scheme
  const addressOf = (page) => `${window.tropes.root}${page.address}`;

  /** A link to a page, or its title if it has no address. @param {Page} page */
  const link = (page) => {
    if (!page.address) return make("span", {}, page.title);
    const classes = page.isWritten ? "trope" : "trope trope-wanted";
    return make("a", { class: classes, href: addressOf(page) }, page.title);
  };

  /** Each place for a tool, with its words. @param {string} name */
  const tools = (name) =>
    [...document.querySelectorAll(`[data-trope-tool="${name}"]`)].map((place) => ({
      place: /** @type {HTMLElement} */ (place),
      files: place.dataset.tropeFiles,
      words: JSON.parse(place.dataset.tropeWords),
    }));

  /**
   * Begins a tool in each of its places. Where its data is missing or no longer fits there is none.
   * @param {string} name
   * @param {(tool: {place: HTMLElement, files: string, words: Record<string, string>}) => unknown} feature
   */
  const begin = (name, feature) =>
    window.tropes.start(...tools(name).map((tool) => () => feature(tool)));

  Object.assign(window.tropes, {
    names: { all, others, having, named, called, namesOf, complete, link, addressOf, make, begin, load },
    map: () => map,
    namespaces: () => told.namespaces,
    ways,
  });
})();
