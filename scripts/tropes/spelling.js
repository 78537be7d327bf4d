// One rule for the spelling of names, as names.py has it. Loaded where a reader may type one.
"use strict";

(() => {
  /** What Python's str.casefold makes of a text. @param {string} text */
  const casefolded = (text) =>
    text
      // both ways, for letters like the long s have a capital alone in common with others; and not the
      // dotless i, whose capital is that of another letter
      .replace(/[^ı]+/g, (part) => part.toLowerCase().toUpperCase().toLowerCase())
      .replaceAll("ς", "σ")
      // Cherokee is folded to its capitals
      .replace(/[\u13f8-\u13fd\uab70-\uabbf]/g, (letter) => letter.toUpperCase());

  /** @param {string} text */
  const letters = (text) => text.replace(/[^\p{L}\p{N}\p{M}]+/gu, "");

  /**
   * What is compared of a name: the same for all of its spellings, and never for those of another.
   * @param {string} text without a namespace
   */
  const key = (text) => {
    const composed = text.normalize("NFC").replace(/['’ʼ`]/g, "");
    return letters(casefolded(letters(composed).normalize("NFC")).normalize("NFC"));
  };

  /** A word with a capital, unless that would make it another word. @param {string} word */
  const capitalised = (word) => {
    const [first] = word;
    const capital = first.toUpperCase();
    const isSame = [...capital].length === 1 && casefolded(capital) === casefolded(first);
    return isSame ? capital + word.slice(first.length) : word;
  };

  /**
   * A name as a WikiWord: ``half human hybrid`` is ``HalfHumanHybrid``.
   * @param {string} text without a namespace
   */
  const wikiWord = (text) => {
    const composed = text.normalize("NFC").replace(/['’ʼ`]/g, "");
    return composed.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean).map(capitalised).join("");
  };

  /**
   * A text as it is looked for: accents do not count either, and words may be joined.
   * @param {string} text
   * @returns {Spelled}
   */
  const spelled = (text) => {
    const bare = text.normalize("NFKD").replace(/\p{M}|['’ʼ`]/gu, "");
    const words = casefolded(bare).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    return { words, joined: words.replaceAll(" ", "") };
  };

  /**
   * How well a text fits what was asked for: 0 not at all; else the lower the better.
   * @param {Spelled} text
   * @param {Spelled} asked
   */
  const rank = ({ words, joined }, asked) => {
    if (!asked.joined) return 0;
    if (joined === asked.joined) return 1;
    if (joined.startsWith(asked.joined)) return 2;
    if (!joined.includes(asked.joined)) return 0;
    for (let at = words.indexOf(" "); at >= 0; at = words.indexOf(" ", at + 1)) {
      if (words.slice(at).replaceAll(" ", "").startsWith(asked.joined)) return 3;
    }
    return words.includes(asked.words) ? 4 : 0;
  };

  window.tropes.spelling = { key, wikiWord, spelled, rank };
})();
