// The pages seen in this visit: kept by the browser until the tab is closed, and told to nobody.
"use strict";

(() => {
  const { root } = window.tropes;
  const KEY = `tropes-seen ${root}`;
  const KEPT = 30;
  const SHOWN = 7;

  /** @typedef {[title: string, address: string]} Seen */

  /** What is kept: another script of the site may have put anything there. @returns {Seen[]} */
  const kept = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
      return found.filter(
        ([title, address]) =>
          typeof title === "string" &&
          typeof address === "string" &&
          new URL(address, root).href.startsWith(root),
      );
    } catch {
      return []; // no storage, or nothing of ours
    }
  };

  /** @param {Seen[]} seen */
  const keep = (seen) => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(seen.slice(-KEPT)));
    } catch {
      // a browser without storage shows no trail
    }
  };

  /** @param {HTMLElement} place */
  const show = (place) => {
    const { tropePageTitle: title, tropeAddress: address } = place.dataset;
    const others = kept().filter(([, of]) => of !== address);
    const isRedirect = document.querySelector("meta[http-equiv=refresh]");
    if (title && !isRedirect) keep([...others, [title, address]]);
    const list = document.createElement("span");
    list.className = "trope-seen-pages";
    for (const [of, to] of others.slice(-SHOWN)) {
      const link = document.createElement("a");
      link.href = new URL(to, root).href;
      link.dir = "auto";
      link.textContent = of;
      list.append(list.childElementCount ? " › " : " ", link);
    }
    place.querySelector(".trope-seen-pages")?.remove();
    place.append(list);
    place.hidden = !others.length;
  };

  const showAll = () => document.querySelectorAll(".trope-seen").forEach(show);
  // a page that the browser kept whole shows what was seen since
  addEventListener("pageshow", (event) => event.persisted && showAll());
  showAll();
})();
