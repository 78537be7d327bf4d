// The page not found: which pages have a name near the address that was asked for.
"use strict";

(() => {
  const { all, others, begin, make, link, called, namesOf } = window.tropes.names;
  const { spelled } = window.tropes.spelling;
  const MOST = 8;
  const FARTHEST = 3; // letters that may differ

  /**
   * How many letters must be put in, taken out or replaced; more than *most* is told as *most* + 1.
   * @param {string} one
   * @param {string} other
   * @param {number} most
   */
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const cost = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + cost);
      }
      if (Math.min(...row) > most) return most + 1;
      before = row;
    }
    return before[other.length];
  };

  /** The parts of the address that was asked for, without what is the same for all. */
  const asked = () => {
    // piece by piece: one that is no text leaves the others alone
    const path = location.pathname.replace(/(%[0-9a-f]{2})+/gi, window.tropes.decoded);
    const parts = path.split("/").filter(Boolean);
    if (/^index\.\w+$/.test(parts.at(-1) ?? "")) parts.pop();
    parts.push((parts.pop() ?? "").replace(/\.(x?html?|php|trope|rst|md|txt)$/i, ""));
    return parts;
  };

  /** The last part of a page's own address. @param {Page} page */
  const fileOf = (page) => page.address.split("#")[0].replace(/(\/|\.\w+)$/, "").split("/").pop() ?? "";

  /**
   * The pages that the address may mean, the nearest first, each with the name that is near.
   * @param {Page[]} pages
   * @returns {{page: Page, name: string}[]}
   */
  const nearest = (pages) => {
    const parts = asked();
    const last = parts.at(-1);
    const name = spelled(last).joined;
    if (!name) return [];
    const exact = called(pages, parts.slice(-2).join("/")) ?? called(pages, last);
    const most = Math.min(FARTHEST, Math.ceil(name.length / 3));
    const near = [];
    for (const page of pages) {
      if (!page.isWritten) continue;
      const names = namesOf(page);
      const own = [...names, fileOf(page)].map((text) => {
        const { joined } = spelled(text);
        const far = page === exact && joined === name ? -1 : distance(name, joined, most);
        return far > most && name.length > 3 && joined.includes(name) ? most : far;
      });
      const far = Math.min(...own);
      if (far > most && page !== exact) continue;
      near.push({ page, name: names[own.indexOf(far)] ?? page.title, far: page === exact ? -1 : far });
    }
    return near.sort((a, b) => a.far - b.far || a.page.title.localeCompare(b.page.title));
  };

  begin("missing", async ({ place, files, words }) => {
    const onMap = await all(files);
    const near = nearest([...onMap, ...others()]).slice(0, MOST);
    if (!near.length) return;
    const items = near.map(({ page, name }) =>
      make("li", {}, ...(name === page.title ? [] : [`${name} → `]), link(page)));
    place.append(make("p", {}, words.near), make("ul", {}, ...items));
    place.hidden = false;
  });
})();
