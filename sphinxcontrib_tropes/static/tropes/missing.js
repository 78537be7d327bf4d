// The page not found: which pages have a name near the address that was asked for.
"use strict";

(() => {
  const { all, tools, make, link, folded } = window.tropes.names;
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

  /** The name that an address asks for: its last part, without what is the same for all. */
  const asked = () => {
    let path = location.pathname;
    try {
      path = decodeURIComponent(path);
    } catch {
      // as it is
    }
    const parts = path.split("/").filter(Boolean);
    let last = parts.pop() ?? "";
    if (/^index\.\w+$/.test(last)) last = parts.pop() ?? "";
    return folded(last.replace(/\.\w{1,5}$/, "").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"));
  };

  const begin = async ({ place, files, words }) => {
    const name = asked().replaceAll(" ", "");
    if (!name) return;
    const most = Math.min(FARTHEST, Math.ceil(name.length / 3));
    const near = [];
    for (const page of await all(files)) {
      if (!page.isWritten) continue;
      const last = page.address.split("#")[0].replace(/(\/|\.\w+)$/, "").split("/").pop() ?? "";
      const own = [page.title, last].map((text) => folded(text).replaceAll(" ", ""));
      const far = Math.min(...own.map((text) => distance(name, text, most)));
      const isPart = name.length > 3 && own.some((text) => text.includes(name));
      if (far <= most || isPart) near.push({ page, far: isPart ? Math.min(far, most) : far });
    }
    if (!near.length) return;
    near.sort((a, b) => a.far - b.far || a.page.title.localeCompare(b.page.title));
    const items = near.slice(0, MOST).map(({ page }) => make("li", {}, link(page)));
    place.append(make("p", {}, words.near), make("ul", {}, ...items));
    place.hidden = false;
  };

  for (const tool of tools("missing")) begin(tool);
})();
