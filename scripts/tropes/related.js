// Related pages, at the end of the panel of each page. Loaded where there is one: its data changes with edits
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
    const own = panel.closest(".trope-page"); // one of several in a document
    const address = decoded(page.slice(root.length));
    const entry = await entryAt(own ? `${address}#${own.id}` : address);
    panel.querySelector(".trope-related")?.remove();
    if (!entry?.related) return;
    const list = element("ul", "trope-backlinks-list", ...entry.related.map(item));
    // the panel of a hub is to be short before its reader opens it
    const isLong = panel.matches(".trope-hub");
    const title = element(isLong ? "summary" : "p", "trope-group", word("related"));
    panel.append(element(isLong ? "details" : "div", "trope-related", title, list));
  };

  /** @param {Element} panel */
  const show = (panel) => fill(panel).catch(() => {}); // a page without its data is read without it
  /** @type {Element[]} */
  const seen = [];

  // when its reader comes near: the end of the page is not there for all
  const near = new IntersectionObserver(
    (changes) => {
      for (const { isIntersecting, target } of changes) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        seen.push(target);
        show(target);
      }
    },
    { rootMargin: "300px" },
  );
  for (const panel of document.querySelectorAll("aside.trope-backlinks")) near.observe(panel);
  addEventListener("tropes:data", () => seen.forEach(show)); // the live preview says so
})();
