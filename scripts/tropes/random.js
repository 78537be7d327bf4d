// A link to any page at all: in the line at the foot of pages, and where the map is.
"use strict";

(() => {
  const { all, begin, make, addressOf } = window.tropes.names;

  /** Goes to a page other than this one. @param {string} files where the names are */
  const goAnywhere = async (files) => {
    const pages = (await all(files)).filter((page) => page.isWritten);
    const here = location.href.split("#")[0];
    const others = pages.filter((page) => addressOf(page).split("#")[0] !== here);
    const from = others.length ? others : pages;
    if (from.length) location.href = addressOf(from[Math.floor(Math.random() * from.length)]);
  };

  begin("random", ({ place, files, words }) => {
    const link = make("a", { href: "#", class: "trope-surprise" }, words.label);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goAnywhere(files).catch(() => {}); // without its data there is no other page to go to
    });
    place.append(" · ", link);
    place.hidden = false;
  });
  window.tropes.goAnywhere = goAnywhere;
})();
