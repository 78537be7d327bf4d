// Links to sentences: a button beside the quoted sentence that the reader is at. Loaded at the first of them.
"use strict";

(() => {
  const SENTENCES = ".trope-context";
  const LONGEST = 80; // characters that a link has to quote; of a longer sentence, both ends
  const AT_EACH_END = 4; // words
  const { words } = window.tropes;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "trope-sentence-link";
  button.textContent = "#";
  button.title = words.copyLink;
  button.ariaLabel = words.copyLink;
  const said = document.createElement("output");
  said.className = "trope-copied";

  /**
   * The pieces of a quoted sentence that stand on its page as they are here: without what is cut out,
   * what a spoiler covers, and what is said about the sentence.
   * @param {Element} sentence
   */
  const piecesOf = (sentence) => {
    let text = "";
    for (const node of sentence.childNodes) {
      if (!(node instanceof Element)) text += node.textContent;
      else if (node.matches("a, bdi")) {
        const covers = node.querySelectorAll(".trope-cover").length;
        text += covers ? "\u2026" : node.textContent;
      } else if (node.matches(".trope-cover")) text += "\u2026";
    }
    return text.split("\u2026").map((piece) => piece.replace(/\s+/g, " ").trim());
  };

  /** A text as the address of a page quotes it. @param {string} text */
  const quoted = (text) => encodeURIComponent(text).replaceAll("-", "%2D");

  /**
   * The address of a sentence; where it has too few words that anyone may read, of the link in it.
   * @param {Element} sentence
   */
  const addressOf = (sentence) => {
    const { href } = sentence.querySelector("a[href]");
    const longest = piecesOf(sentence).reduce((one, other) => (other.length > one.length ? other : one));
    const all = longest.split(" ");
    if (!/\p{L}.*\p{L}/u.test(longest)) return href;
    const isShort = longest.length <= LONGEST || all.length <= 2 * AT_EACH_END;
    const ends = [all.slice(0, AT_EACH_END), all.slice(-AT_EACH_END)].map((some) => quoted(some.join(" ")));
    return `${href}${href.includes("#") ? "" : "#"}:~:text=${isShort ? quoted(longest) : ends.join(",")}`;
  };

  /** @param {Event} event */
  const show = ({ type, target }) => {
    const sentence = target instanceof Element ? target.closest(SENTENCES) : null;
    if (!sentence || sentence.contains(button) || !sentence.querySelector("a[href]")) return;
    if (type !== "focusin" && button.matches(":focus-visible")) return; // the keyboard is at it
    said.textContent = "";
    sentence.append(button, said);
  };

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(addressOf(button.parentElement));
    } catch {
      return; // the browser may refuse: nothing is said to be copied
    }
    said.textContent = words.copied;
  });
  for (const event of ["pointerover", "pointerdown", "focusin"]) document.addEventListener(event, show);
  window.tropes.beginSentences = show;
})();
