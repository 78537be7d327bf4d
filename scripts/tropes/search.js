// Sphinx's own search: first what is called so, then what has the very words, then the rest; and each with
// its sentence. Loaded on the search page, before it tells what it found.
"use strict";

(() => {
  const { quotes, quote, beginning, paragraph, patternsOf, textIn, having } = window.tropes.texts;
  const IS_ENTRY = 50; // Sphinx gives so much only to an entry of its index: to an alias, here

  /** What was asked for last. */
  let patterns;
  /** @type {((result: any[]) => number) | undefined} the scorer of the project, if it has one */
  let own;

  const { makeSearchSummary } = Search;
  Search.makeSearchSummary = (html, keywords, anchor) => {
    if (!patterns) return makeSearchSummary(html, keywords, anchor);
    const text = textIn(html, anchor);
    return paragraph(quote(text, patterns) ?? beginning(text), patterns, "span");
  };

  /**
   * Has Sphinx rank what it finds for these words. Its scorer is what it has for that:
   * ``html_search_scorer``.
   * @param {string} asked
   */
  const rank = async (asked) => {
    patterns = patternsOf(asked);
    const { docnames } = Search._index;
    const found = await quotes(having(Search._index, asked).map((file) => docnames[file]), asked);
    own ??= Scorer.score ?? (([, , , , score]) => score);
    /** @param {string} title */
    const ofTitle = (title) => {
      const last = title.split(" > ").pop();
      const [hit] = last.match(patterns.row) ?? [];
      return hit ? 300 + (hit.length === last.length ? 300 : Math.round((100 * hit.length) / last.length)) : 0;
    };
    Scorer.score = (result) => {
      const [docname, title, anchor, , score] = result;
      const best = anchor ? undefined : found.get(docname);
      const ofText = best ? Math.round(100 * (best.rank - 1)) + Math.min(best.count, 50) : 0;
      return own(result) + Math.max(ofTitle(title), score > IS_ENTRY ? 400 : 0, ofText);
    };
  };

  window.tropes.rank = rank;
})();
