// Finds pages by what a reader types: name_blocks.py says how names are kept. Loaded with the switcher.
"use strict";

(() => {
  /** @typedef {{name: string, address: string, namespace: number, weight: number, kind: number,
   *   title: string, spelling?: Spelled, key?: string}} Name
   *  @typedef {{version: string, longest: number, namespaces: [string, string][],
   *   create: {template?: string, folder?: string, text?: string}, words: Record<string, string>,
   *   search: {page?: string, index?: boolean},
   *   blocks: string[], best: string[]}} Names
   *  @typedef {Spelled & {parts: string[], key: string, namespace: number | undefined, text: string}} Asked */

  const { key, wikiWord, spelled, rank } = window.tropes.spelling;
  const { loadFile, shardOf } = window.tropes;
  const folder = document.querySelector("script[data-tropes-names]").dataset.tropesNames;
  const FILES = 1 << 24;
  const FEW = 6; // so few blocks are all looked through
  const MOST_WORDS = 4;
  const MOST_NEAR = 6; // blocks that are looked through for names with a slip
  const PAGE = 0, WANTED = 2;
  const FITTING = 8; // up to this rank it is no guess

  /** @type {Names} */
  let manifest;
  /** @type {Map<string, Name[]>} */
  const blocks = new Map();
  window.tropesSwitcher = (told) => (manifest = told);
  window.tropesNamesIn = (entries) => {
    for (const [at, rows] of Object.entries(entries)) {
      blocks.set(at, rows.map(([name, address = "", namespace = 0, weight = 0, kind = PAGE, title = name]) =>
        ({ name, address, namespace, weight, kind, title })));
    }
  };

  /** What is told of all names. @returns {Promise<Names>} */
  const names = async () => {
    await loadFile(`${folder}/manifest.js`);
    return manifest;
  };

  /** @param {string} at */
  const block = async (at) => {
    if (!blocks.has(at)) await loadFile(`${folder}/${shardOf(at, FILES)}.js?v=${manifest.version}`);
    return blocks.get(at) ?? [];
  };

  /** How many of *sorted* texts are before a text. @param {string[]} sorted @param {string} text */
  const before = (sorted, text) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** The block with the names that have a word from which on they begin so. @param {string} beginning */
  const blockOf = (beginning) => {
    const text = beginning.slice(0, manifest.longest);
    const best = manifest.best[before(manifest.best, text)];
    if (best?.startsWith(text)) return `${best}*`;
    const at = before(manifest.blocks, text);
    return manifest.blocks[at] === text ? text : manifest.blocks[Math.max(at - 1, 0)];
  };

  /** The blocks whose names may begin as asked for but for one slip in the first letters. @param {string} joined */
  const blocksNear = (joined) => {
    const [a, b, c, d = ""] = joined;
    const patterns = [b + a + c, a + c + b, `${a}.${c}`, `${a}.${b}`, `${a}${b}.`, a + c + d, b + c + d, `.${b}${c}`, `.${a}${b}`];
    const found = new Set();
    for (const pattern of patterns) {
      for (const start of manifest.blocks) {
        const length = Math.min(start.length, 3);
        if (length && new RegExp(`^${pattern.slice(0, length)}`).test(start)) found.add(start);
        if (found.size === MOST_NEAR) return found;
      }
    }
    return found;
  };

  /**
   * What a reader asked for: ``film/the matrix`` is asked for in one namespace.
   * @param {string} text
   * @param {number} [namespace]
   * @returns {Asked}
   */
  const askedFor = (text, namespace) => {
    for (const separator of "/.") {
      const at = text.indexOf(separator);
      const called = key(text.slice(0, Math.max(at, 0)));
      const isCalled = (name) => key(name) === called;
      const number = called ? manifest.namespaces.findIndex((own) => own.some(isCalled)) : -1;
      if (number < 0) continue;
      [text, namespace] = [text.slice(at + 1), number];
      break;
    }
    const { words, joined } = spelled(text);
    return { words, joined, parts: words.split(" ").filter(Boolean), key: key(text), namespace, text: text.trim() };
  };

  /**
   * Whether a text begins as asked for, but for a few slips: a letter too many, too few, another or two
   * that changed places.
   * @param {string} text
   * @param {string} asked
   * @param {number} most
   */
  const isNear = (text, asked, most) => {
    const end = Math.min(text.length, asked.length + most);
    if (asked.length - text.length > most) return false;
    let older = [];
    let row = Array.from({ length: end + 1 }, (_, at) => at);
    for (let i = 1; i <= asked.length; i++) {
      const next = [i];
      for (let j = 1; j <= end; j++) {
        const cost = asked[i - 1] === text[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
        const isSwapped = i > 1 && j > 1 && asked[i - 1] === text[j - 2] && asked[i - 2] === text[j - 1];
        if (isSwapped) next[j] = Math.min(next[j], older[j - 2] + 1);
      }
      if (Math.min(...next) > most) return false;
      older = row;
      row = next;
    }
    return Math.min(...row) <= most;
  };

  /** @param {string} text */
  const slips = (text) => (text.length < 4 ? 0 : text.length < 8 ? 1 : 2);

  /** Whether the letters asked for come in this order, and not too far apart. @param {string} text @param {string} asked */
  const isScattered = (text, asked) => {
    if (text[0] !== asked[0] || asked.length < 3) return false;
    let at = 0;
    for (const letter of asked) {
      at = text.indexOf(letter, at) + 1;
      if (!at) return false;
    }
    return at <= 3 * asked.length;
  };

  /**
   * How well a name fits: 0 not at all; else the lower the better.
   * @param {Name} name
   * @param {Asked} asked
   */
  const rankOf = (name, asked) => {
    if (asked.namespace !== undefined && name.namespace !== asked.namespace) return 0;
    if (!asked.joined) return asked.text ? 0 : 1;
    name.spelling ??= spelled(name.name);
    name.key ??= key(name.name);
    if (name.key === asked.key) return 1;
    const { words, joined } = name.spelling;
    const known = rank(name.spelling, asked);
    if (known && known < 4) return known + 1;
    const own = words.split(" ");
    const { parts } = asked;
    if (parts.length > 1 && parts.every((part) => own.some((word) => word.startsWith(part)))) return 5;
    if (asked.joined.length > 1 && own.map((word) => word[0]).join("").startsWith(asked.joined)) return 6;
    if (joined.includes(asked.joined)) return 7;
    const rests = own.map((_, at) => own.slice(at).join(""));
    const most = slips(asked.joined);
    if (most && rests.some((rest) => isNear(rest, asked.joined, most))) return 8;
    if (parts.length > 1 && parts.every((part) => own.some((word) => isNear(word, part, slips(part))))) return 8;
    return rests.some((rest) => isScattered(rest, asked.joined)) ? 9 : 0;
  };

  /**
   * The names that fit, each page once, the best first.
   * @param {Iterable<Name>} all
   * @param {Asked} asked
   * @returns {(Name & {rank: number})[]}
   */
  const fitting = (all, asked) => {
    /** @type {Map<string, Name & {rank: number}>} */
    const found = new Map();
    for (const name of all) {
      const fits = rankOf(name, asked);
      const other = found.get(name.address);
      if (fits && (!other || fits < other.rank || (fits === other.rank && name.kind < other.kind))) {
        found.set(name.address, { ...name, rank: fits });
      }
    }
    const isWanted = ({ kind }) => Number(kind === WANTED);
    return [...found.values()].sort((one, other) =>
      one.rank - other.rank || isWanted(one) - isWanted(other) || other.weight - one.weight
      || one.name.length - other.name.length || (one.name < other.name ? -1 : 1));
  };

  /**
   * The pages whose names fit.
   * @param {string} text
   * @param {number} [namespace]
   * @param {number} [most]
   */
  const find = async (text, namespace, most = 40) => {
    await names();
    const asked = askedFor(text, namespace);
    const keys = new Set(manifest.blocks.length <= FEW ? manifest.blocks : []);
    if (!keys.size) {
      keys.add(blockOf(asked.joined));
      if (asked.parts.length > 1) {
        for (const part of asked.parts.slice(0, MOST_WORDS)) part.length > 1 && keys.add(blockOf(part));
      }
      if (asked.namespace !== undefined) { // the best have only a few of each
        const at = before(manifest.blocks, asked.joined);
        for (const start of manifest.blocks.slice(at, at + 2)) start.startsWith(asked.joined) && keys.add(start);
      }
    }
    /** @param {Iterable<string>} keys */
    const look = async (keys) => fitting((await Promise.all([...keys].map(block))).flat(), asked);
    let found = await look(keys);
    const isFound = found.some(({ rank }) => rank < FITTING);
    if (!isFound && asked.joined.length > 2 && manifest.blocks.length > FEW) {
      found = await look(new Set([...keys, ...blocksNear(asked.joined)]));
    }
    return found.slice(0, most);
  };

  /** As Python quotes it. @param {string} text */
  const quoted = (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

  /** @param {string} path */
  const quotedPath = (path) => path.split("/").map(quoted).join("/");

  /**
   * The form, at the host of the sources, that creates a page of this name. Nothing if there is no form,
   * or the page is there: as creation.py has it.
   * @param {string} text
   * @param {number} [namespace]
   * @param {(Name & {rank: number})[]} [found]
   */
  const creation = (text, namespace, found = []) => {
    const { template, folder: root = "", text: skeleton = "" } = manifest.create;
    const asked = askedFor(text, namespace);
    const word = wikiWord(asked.text);
    const [space] = manifest.namespaces[asked.namespace] ?? ["Main"];
    const isThere = found.some(({ rank, kind, namespace }) =>
      rank === 1 && kind !== WANTED && (manifest.namespaces[namespace]?.[0] ?? "Main") === space);
    const file = `${word}.trope`;
    if (!template || !word || isThere || new TextEncoder().encode(file).length > 255) return undefined;
    const source = space === "Main" ? file : `${space}/${file}`;
    const path = root ? `${root}/${source}` : source;
    const parent = path.slice(0, -file.length).replace(/\/$/, "");
    /** @param {string} body */
    const filled = (body) => {
      const values = { path: quotedPath(path), source: quotedPath(source), folder: quotedPath(parent), file: quoted(file), text: quoted(body) };
      return template.replace(/\{(\w+)\}/g, (field, name) => values[name] ?? field);
    };
    const whole = filled(skeleton.replace("%s", () => asked.text));
    const address = whole.length <= 2000 ? whole : filled("");
    return address.length <= 2000 ? { address, title: asked.text } : undefined;
  };

  Object.assign(window.tropes, { finding: { names, find, creation, rankOf, askedFor, blockOf, loaded: blocks } });
})();
