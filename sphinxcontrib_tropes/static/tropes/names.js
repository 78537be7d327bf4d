// The names of all pages: what the map, ways, the random page and the page not found have in common.
"use strict";

(() => {
  /** @typedef {{title: string, address: string, namespace: string, label: string, number: number,
   *   isWritten: boolean}} Page
   *  @typedef {{pages: [string, string, number][], written: number,
   *   namespaces: [string, string][]}} Names
   *  @typedef {{versions: Record<string, string>, ways?: number,
   *   communities?: [number, number, number, number][], nodes?: [number, number, number][],
   *   links?: number[][], hubs?: Record<string, number>}} MapData */

  const MAIN = "Main";
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

  /** What is compared: no accents, no case, letters and digits alone.
   * @param {string} text */
  const folded = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

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
      return told.pages.map(([title, at, number], index) => {
        const [namespace, name] = told.namespaces[number];
        const label = namespace === MAIN ? title : `${title} (${name})`;
        const isWritten = index < told.written;
        return { title, address: at, namespace, label, number: index, isWritten };
      });
    })();
    return pages;
  };

  /**
   * The pages whose title has these words, those that begin with them first.
   * @param {Page[]} pages
   * @param {string} words
   * @param {number} most
   */
  const having = (pages, words, most) => {
    const asked = folded(words);
    if (!asked) return [];
    /** @type {Page[][]} */
    const ranks = [[], [], [], []];
    for (const page of pages) {
      const title = folded(page.title);
      if (title === asked) ranks[0].push(page);
      else if (title.startsWith(asked)) ranks[1].push(page);
      else if (title.includes(` ${asked}`)) ranks[2].push(page);
      else if (title.includes(asked)) ranks[3].push(page);
    }
    return ranks.flat().slice(0, most);
  };

  /**
   * The page that these words name: by its whole label, or by its title alone.
   * @param {Page[]} pages
   * @param {string} words
   */
  const named = (pages, words) => {
    const asked = folded(words);
    return pages.find((page) => folded(page.label) === asked)
      ?? pages.find((page) => folded(page.title) === asked)
      ?? having(pages, words, 1)[0];
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
      const options = having(pages, input.value, 12).map((page) => {
        const option = document.createElement("option");
        option.value = page.label;
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

  Object.assign(window.tropes, {
    names: { all, having, named, complete, folded, link, addressOf, make, tools, load },
    map: () => map,
    namespaces: () => told.namespaces,
    ways,
  });
})();
