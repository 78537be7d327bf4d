// Finds sentences: in what order pages with some words are told, and what of them is quoted. Loaded with
// Sphinx's search, and when a reader searches in the switcher.
"use strict";

(() => {
  /** @typedef {{docnames: string[], titles: string[], terms: Record<string, number | number[]>,
   *   titleterms: Record<string, number | number[]>}} Index as Sphinx writes it
   *  @typedef {{rank: number, count: number, before: string, words: string, after: string, start: boolean,
   *   end: boolean}} Quote rank: 3 for the very words in a row, 2 for all of them in a sentence, 1 for some */

  const { root, data, load, decoded, quotable } = window.tropes;
  const LONGEST = 240; // letters of a quote
  const MOST = 60; // pages whose texts are read
  const PATIENCE = 2000; // milliseconds that a reader waits for them
  const SENTENCE_END = /(?<=[.!?…]["'”’»)\]]*)\s+|\n+|(?<=[。！？][」』）]*)/u;

  /** @param {string} text */
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  /** As Sphinx splits what is asked for. @param {string} query */
  const wordsOf = (query) => {
    const split = typeof splitQuery === "function" ? splitQuery : (text) => text.split(/[^\p{L}\p{N}_]+/gu).filter(Boolean);
    return split(query.toLowerCase().trim());
  };

  /** Whether Sphinx looks for no such word: *the*. @param {string} word */
  const isStop = (word) =>
    typeof stopwords !== "undefined" && (stopwords.has?.(word) ?? stopwords.includes(word)); // a list in Sphinx 8

  /** What makes stems of words, as Sphinx does in the language of the project. @returns {(word: string) => string} */
  const stemming = () => {
    if (typeof Stemmer !== "function") return (word) => word;
    const stemmer = new Stemmer();
    return (word) => stemmer.stemWord(word);
  };

  /**
   * The words as they are looked for in a text: in a row, and each by the stem that Sphinx gives it. Where
   * letters follow a stem it is another form of the word.
   * @param {string} query
   */
  const patternsOf = (query) => {
    const words = wordsOf(query);
    const stemOf = stemming();
    const begins = "(?<![\\p{L}\\p{N}])";
    const forms = words.map((word) => {
      let stem = stemOf(word);
      if (!word.startsWith(stem)) stem = word.slice(0, Math.max(3, stem.length - 1));
      return `${escaped(stem)}\\p{L}*`;
    });
    const kept = forms.filter((_, at) => !isStop(words[at]));
    const row = words.length ? `${begins}${forms.join("[^\\p{L}\\p{N}]+")}` : "(?!)";
    const each = (kept.length ? kept : forms).map((form) => new RegExp(begins + form, "giu"));
    return { row: new RegExp(row, "giu"), exact: new RegExp(begins + words.map(escaped).join("[^\\p{L}\\p{N}]+"), "iu"), each };
  };

  /** @param {string} sentence @param {number} from @param {number} to */
  const cut = (sentence, from, to) => {
    const room = Math.max(0, LONGEST - (to - from));
    let start = sentence.length <= LONGEST ? 0 : Math.max(0, from - (room >> 1));
    let end = sentence.length <= LONGEST ? sentence.length : Math.min(sentence.length, start + LONGEST);
    if (start > 0) start += Math.max(0, sentence.slice(start, from).search(/\s/) + 1);
    if (end < sentence.length) end = Math.max(to, sentence.lastIndexOf(" ", end));
    return [start, end];
  };

  /**
   * The sentence of a text that fits best.
   * @param {string} text
   * @param {ReturnType<typeof patternsOf>} patterns
   * @returns {Quote | undefined}
   */
  const quote = (text, { row, exact, each }) => {
    let best;
    let count = 0;
    for (const sentence of text.split(SENTENCE_END)) {
      row.lastIndex = 0;
      const inRow = row.exec(sentence);
      const hits = each.map((pattern) => ((pattern.lastIndex = 0), pattern.exec(sentence))).filter(Boolean);
      count += Number(Boolean(inRow));
      const rank = inRow ? 3 : hits.length === each.length ? 2 : hits.length ? 1 : 0;
      const all = rank === 1 ? hits.length / (each.length + 1) : 0;
      const fits = rank + all + (inRow && exact.test(sentence) ? 0.5 : 0);
      if (rank && fits > (best?.fits ?? 0)) best = { fits, rank, sentence, at: inRow ?? hits[0] };
    }
    if (!best) return undefined;
    const from = best.at.index;
    const to = from + best.at[0].length;
    const [start, end] = cut(best.sentence, from, to);
    return {
      rank: best.fits, count, start: start > 0, end: end < best.sentence.length,
      before: best.sentence.slice(start, from), words: best.sentence.slice(from, to), after: best.sentence.slice(to, end),
    };
  };

  /** What a text begins with, where it has nothing that was asked for. @param {string} text @returns {Quote} */
  const beginning = (text) => {
    const [, end] = cut(text, 0, 0);
    return { rank: 0, count: 0, start: false, end: end < text.length, before: text.slice(0, end), words: "", after: "" };
  };

  /**
   * A quote as a paragraph, with all that was asked for marked.
   * @param {Quote} found
   * @param {ReturnType<typeof patternsOf>} patterns
   * @param {string} name of the elements that mark
   */
  const paragraph = (found, { each }, name = "mark") => {
    const made = document.createElement("p");
    made.className = "context trope-quote";
    /** @param {string} text */
    const mark = (text) => {
      const part = document.createElement(name);
      if (name !== "mark") part.className = "highlighted"; // as Sphinx marks
      part.textContent = text;
      return part;
    };
    const any = new RegExp(`(${each.map(({ source }) => source).join("|")})`, "giu");
    /** @param {string} text */
    const marked = (text) => text.split(any).map((part, at) => (at % 2 ? mark(part) : part));
    made.append(found.start ? "… " : "", ...marked(found.before), ...(found.words ? [mark(found.words)] : []), ...marked(found.after), found.end ? " …" : "");
    return made;
  };

  // -- what is in pages

  const BLOCKS = "p, li, dt, dd, td, th, h1, h2, h3, h4, h5, h6, pre, figcaption, summary";

  /**
   * The text of a page, a line for each paragraph, without what spoilers hide.
   * @param {string} html
   * @param {string} [anchor] of the section that is asked for, with its sign
   */
  const textIn = (html, anchor) => {
    const page = new DOMParser().parseFromString(quotable(html), "text/html");
    const main = page.querySelector("[role=main]") ?? page.querySelector("main") ?? page.body;
    for (const other of main.querySelectorAll("h1, .toctree-wrapper, .headerlink, script, style, nav, form")) other.remove();
    const section = anchor ? page.getElementById(anchor.slice(1)) : null;
    const part = section?.closest("section, dl") ?? main;
    for (const block of part.querySelectorAll(BLOCKS)) block.append("\n");
    return part.textContent.replace(/[^\S\n]+/g, " ").replace(/ ?\n\s*/g, "\n").trim();
  };

  // -- where pages are

  const options = typeof DOCUMENTATION_OPTIONS === "undefined" ? {} : DOCUMENTATION_OPTIONS;

  /** The address of a document, from the root of the site: as Sphinx's search has it. @param {string} docname */
  const addressOf = (docname) => {
    if (options.BUILDER !== "dirhtml") return encodeURI(docname + (options.LINK_SUFFIX ?? ".html"));
    return encodeURI(docname === "index" ? "" : docname.endsWith("/index") ? docname.slice(0, -5) : `${docname}/`);
  };

  /** @type {Map<string, Promise<string>>} */
  const texts = new Map();

  const isFile = location.protocol === "file:";

  /** What a preview tells of a document: nothing else can be read from a file. @param {string} address */
  const beginningAt = async (address) => {
    if (!data) return "";
    await load("cards");
    const { laconic = "", lead = "" } = (await window.tropes.entryAt(decoded(address))) ?? {};
    return `${laconic}\n${lead}`.replaceAll("\ufdd2", "…");
  };

  /** The text of a document, without what spoilers hide. @param {string} docname @returns {Promise<string>} */
  const textOf = (docname) => {
    let text = texts.get(docname);
    if (!text) {
      text = (async () => {
        const address = addressOf(docname);
        if (isFile) return beginningAt(address);
        const response = await fetch(new URL(address, root).href);
        return response.ok ? textIn(await response.text()) : "";
      })().catch(() => "");
      texts.set(docname, text);
    }
    return text;
  };

  /**
   * The best sentence of each document, those whose texts are not read left out.
   * @param {string[]} docnames the likeliest first
   * @param {string} query
   * @param {number} [most]
   * @returns {Promise<Map<string, Quote>>}
   */
  const quotes = async (docnames, query, most = MOST) => {
    const patterns = patternsOf(query);
    /** @type {Map<string, Quote>} */
    const found = new Map();
    const all = Promise.all(docnames.slice(0, most).map(async (docname) => {
      const best = quote(await textOf(docname), patterns);
      if (best) found.set(docname, best);
    }));
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return new Map(found);
  };

  /**
   * The documents that have all words that were asked for, those with more of them in the title first.
   * @param {Index} index
   * @param {string} query
   */
  const having = (index, query) => {
    const stemOf = stemming();
    const kept = wordsOf(query).filter((word) => !isStop(word) && !/^\d+$/.test(word));
    /** @type {Map<number, number>} */
    let found;
    for (const [at, word] of kept.entries()) {
      const stem = stemOf(word);
      /** @type {Map<number, number>} */
      const own = new Map();
      const add = (files, score) => {
        for (const file of [files ?? []].flat()) own.set(file, Math.max(own.get(file) ?? 0, score));
      };
      for (const terms of [index.terms, index.titleterms]) {
        const score = terms === index.titleterms ? 3 : 1;
        if (Object.hasOwn(terms, stem)) add(terms[stem], score);
        else if (at === kept.length - 1 && word.length > 2) { // the reader may still type it
          for (const term of Object.keys(terms)) if (term.startsWith(word)) add(terms[term], score / 2);
        }
      }
      if (!found) found = own;
      else found = new Map([...found].filter(([file]) => own.has(file)).map(([file, score]) => [file, score + own.get(file)]));
    }
    return [...(found ?? [])].sort(([one, its], [other, others]) => others - its || one - other).map(([file]) => file);
  };

  /** @type {Promise<Index> | undefined} */
  let index;

  /** Sphinx's index. On its search page it is there; elsewhere it is loaded. @returns {Promise<Index>} */
  const loadIndex = () => {
    index ??= (async () => {
      if (typeof Search !== "undefined" && Search._index) return Search._index;
      if (typeof Stemmer === "undefined") await window.tropes.loadFile("_static/language_data.js");
      let told;
      window.Search = { setIndex: (index) => (told = index) }; // what its file calls
      try {
        await window.tropes.loadFile("searchindex.js");
      } finally {
        delete window.Search;
      }
      return told;
    })();
    index.catch(() => (index = undefined)); // it may be there the next time
    return index;
  };

  /**
   * The pages with the words that were asked for, those with the very words in a row first.
   * @param {string} query
   * @param {number} most
   */
  const search = async (query, most) => {
    const { docnames, titles, ...rest } = await loadIndex();
    const files = having({ docnames, titles, ...rest }, query);
    const found = await quotes(files.map((file) => docnames[file]), query);
    const ranked = files.map((file, at) => ({ file, at, quote: found.get(docnames[file]) }));
    const worth = ({ quote }) => (quote ? quote.rank + Math.min(quote.count, 50) / 1000 : 0);
    ranked.sort((one, other) => worth(other) - worth(one) || one.at - other.at);
    return ranked.slice(0, most).map(({ file, quote }) =>
      ({ title: titles[file], address: addressOf(docnames[file]), quote }));
  };

  Object.assign(window.tropes, { texts: { quotes, quote, beginning, paragraph, patternsOf, textIn, addressOf, having, search } });
})();
