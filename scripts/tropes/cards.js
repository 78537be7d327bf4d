// Cards: what previews and panels show of other pages, from the data beside the pages.
"use strict";

(() => {
  /**  @typedef {{shards: number, versions: Record<string, string>, words: Record<string, string>}}
   *   Manifest */

  const COVER = "\ufdd2"; // stands in texts for what a spoiler hides
  const { root, data, loadFile } = window.tropes;
  let manifestAddress = `${data}/manifest.js`;

  /** @type {Map<string, Record<string, Entry>>} */
  const shards = new Map();
  /** @type {Manifest} */
  let manifest;

  window.tropesManifest = (told) => (manifest = told);
  window.tropesData = (name, entries) => shards.set(name, entries);

  /**
   * Which of *count* files has the entry of *address*: as shards.py has it.
   * @param {string} address
   * @param {number} count
   */
  const shardOf = (address, count) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(address)) {
      hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    const number = ((hash ^ (hash >>> 16)) >>> 0) & (count - 1);
    return number.toString(16).padStart((count - 1).toString(16).length, "0");
  };

  /**
   * @param {string} address
   * @returns {Promise<Entry | undefined>}
   */
  const entryAt = async (address) => {
    await loadFile(manifestAddress);
    const name = shardOf(address, manifest.shards);
    const version = manifest.versions[name];
    if (!version) return undefined;
    await loadFile(`${data}/${name}.js?v=${version}`);
    return shards.get(name)?.[address];
  };

  /**
   * @param {string} name
   * @param {string} className
   * @param {...(string | Node)} children
   */
  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  /** @param {string} text with covers in it */
  const covered = (text) =>
    text.split(COVER).flatMap((piece, at) => {
      const cover = at ? [element("span", "trope-cover", manifest.words.cover)] : [];
      return piece ? [...cover, piece] : cover;
    });

  // The live preview says so when the data has changed. A browser does not ask again for an address that
  // it has loaded in the same page.
  addEventListener("tropes:data", () => (manifestAddress = `${data}/manifest.js?${Date.now()}`));

  /** @param {string} address from the root of the site */
  // put behind the root, not resolved against it: a name may look like a scheme
  const hrefOf = (address) => `${root}${address}`;

  Object.assign(window.tropes, {
    shardOf,
    entryAt,
    element,
    covered,
    hrefOf,
    /** @param {string} name of a word that the data brings */
    word: (name) => manifest.words[name],
  });
})();
