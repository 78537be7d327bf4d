// "Surprise me": a link to any page at all.
"use strict";

(() => {
  const { all, begin, make, addressOf } = window.tropes.names;
  begin("random", ({ place, files, words }) => {
    const link = make("a", { href: "#", class: "trope-surprise" }, words.label);
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const pages = (await all(files).catch(() => [])).filter((page) => page.isWritten);
      const here = location.href.split("#")[0];
      const others = pages.filter((page) => addressOf(page).split("#")[0] !== here);
      const from = others.length ? others : pages;
      if (from.length) location.href = addressOf(from[Math.floor(Math.random() * from.length)]);
    });
    place.append(" · ", link);
    place.hidden = false;
  });
})();
