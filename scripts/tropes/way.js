// A way from one page to another, told in the sentences of its links.
"use strict";

(() => {
  const { all, named, complete, link, addressOf, make, begin, load } = window.tropes.names;
  const COVER = "\ufdd2"; // stands in texts for what a spoiler hides

  /**
   * The shortest way between two pages, as numbers: along links where it can, against them where it
   * must.
   * @param {number[][]} links
   * @param {number} from
   * @param {number} to
   * @returns {number[] | undefined}
   */
  const wayBetween = (links, from, to) => {
    /** @type {number[][]} */
    const around = links.map((own) => [...own]);
    links.forEach((own, number) => own.forEach((other) => around[other].push(number)));
    const cameFrom = new Map([[from, -1]]);
    let rim = [from];
    while (rim.length && !cameFrom.has(to)) {
      const next = [];
      for (const number of rim) {
        for (const other of around[number]) {
          if (cameFrom.has(other)) continue;
          cameFrom.set(other, number);
          next.push(other);
        }
      }
      rim = next;
    }
    if (!cameFrom.has(to)) return undefined;
    const way = [];
    for (let at = to; at >= 0; at = cameFrom.get(at)) way.unshift(at);
    return way;
  };

  /** Which file has what a page tells: as shards.py has it.
   * @param {string} address
   * @param {number} count */
  const shardOf = (address, count) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(address)) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    const number = ((hash ^ (hash >>> 16)) >>> 0) & (count - 1);
    return number.toString(16).padStart((count - 1).toString(16).length, "0");
  };

  /** Text with a word in the place of what is hidden.
   * @param {string} text
   * @param {string} word */
  const covered = (text, word) =>
    text.split(COVER).flatMap((part, number) => (
      number ? [make("span", { class: "trope-cover" }, word), part] : [part]
    ));

  /** What a page says of one that it links to. */
  const sentence = async (files, source, target, words) => {
    const map = window.tropes.map();
    const name = shardOf(source.address, map.ways);
    const version = map.versions[`ways/${name}.js`];
    if (!version) return undefined;
    try {
      await load(new URL(`${files}ways/${name}.js?v=${version}`, document.baseURI).href);
    } catch {
      return undefined; // the way is told without the sentence
    }
    const told = window.tropes.ways.get(name)?.[source.address] ?? [];
    const found = told.find(([address]) => address === target.address);
    if (!found) return undefined;
    const [, anchor, before, marked, after] = found;
    const place = `${addressOf(source).split("#")[0]}#${anchor}`;
    const mark = make("a", { class: "trope trope-mark", href: place }, ...covered(marked, words.cover));
    return make("p", { class: "trope-context" },
      ...covered(before, words.cover), mark, ...covered(after, words.cover));
  };

  begin("way", async ({ place, files, words }) => {
    const pages = await all(files);
    const map = window.tropes.map();
    const fields = ["from", "to"].map((name) =>
      make("input", { type: "search", name: `trope-way-${name}`, "aria-label": words[name] }));
    const labels = fields.map((field, at) =>
      make("label", {}, `${words[at ? "to" : "from"]} `, field));
    const form = make("form", { class: "trope-way-form" }, ...labels, make("button", {}, words.go));
    const answer = make("div", { class: "trope-way-answer", "aria-live": "polite" });
    place.append(form, answer);
    place.hidden = false;
    for (const field of fields) complete(field, pages);

    /** @param {string} text */
    const say = (text) => answer.replaceChildren(make("p", {}, text));
    const find = async () => {
      const ends = [];
      for (const { value } of fields) {
        const page = named(pages, value);
        if (!page) return say(words.unknown.replace("%s", () => value));
        ends.push(page);
      }
      const [from, to] = ends;
      if (from === to) return say(words.same);
      const way = wayBetween(map.links, from.number, to.number);
      if (!way) return say(words.none);
      const items = [];
      for (const [at, number] of way.entries()) {
        const page = pages[number];
        const item = make("li", {}, link(page));
        if (!page.isWritten) item.append(` (${words.wanted})`);
        const next = at + 1 < way.length ? pages[way[at + 1]] : undefined;
        if (next) {
          const isForward = map.links[number].includes(next.number);
          const [source, target] = isForward ? [page, next] : [next, page];
          const told = await sentence(files, source, target, words);
          if (told) item.append(told);
          if (told && !isForward) {
            told.append(" ", make("span", { class: "trope-via" }, words.back.replace("%s", () => next.title)));
          }
        }
        items.push(item);
      }
      answer.replaceChildren(
        make("p", {}, words.steps.replace("%d", String(way.length - 1))),
        make("ol", { class: "trope-way-steps" }, ...items),
      );
      window.tropes.way = way;
      document.dispatchEvent(new CustomEvent("trope-way", { detail: way }));
      const query = new URLSearchParams({ from: from.label, to: to.label });
      try {
        history.replaceState(null, "", `?${query}#way`);
      } catch {
        // a browser may refuse for file://, or where it was done too often
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      find();
    });
    const query = new URLSearchParams(location.search);
    if (query.has("from") && query.has("to")) {
      fields[0].value = query.get("from");
      fields[1].value = query.get("to");
      find();
    }
  });
})();
