// Related pages, at the end of the panel. Loaded where there is one: its data changes with edits
// anywhere, and so is no part of the page.
"use strict";

(() => {
  const { root, entryAt, decoded, element, covered, hrefOf, word } = window.tropes;

  /**
   * @param {string} href
   * @param {string} className
   * @param {...(string | Node)} children
   */
  const link = (href, className, ...children) => {
    const made = element("a", `trope reference internal ${className}`, ...children);
    made.setAttribute("href", href);
    return made;
  };

  /** @param {[string, string, string, [string, string, string]]} related */
  const item = ([title, address, place, [before, words, after]]) => {
    const mark = link(hrefOf(place), "trope-mark", ...covered(words));
    return element(
      "li",
      "",
      element("p", "", link(hrefOf(address), "trope-source", title)),
      element("p", "trope-context", ...covered(before), mark, ...covered(after)),
    );
  };

  /** @param {Element} panel */
  const fill = async (panel) => {
    const page = location.href.split(/[?#]/)[0];
    if (!page.startsWith(root)) return;
    const entry = await entryAt(decoded(page.slice(root.length)));
    if (!entry?.related) return;
    const title = element("p", "trope-group", word("related"));
    const list = element("ul", "trope-backlinks-list", ...entry.related.map(item));
    panel.append(element("div", "trope-related", title, list));
  };

  // when its reader comes near: the end of the page is not there for all
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        fill(target).catch(() => {}); // a page without its data is read without it
      }
    },
    { rootMargin: "300px" },
  );
  const panels = document.querySelectorAll("aside.trope-backlinks");
  // of a document with several pages, none is the document
  if (panels.length === 1) near.observe(panels[0]);
})();
