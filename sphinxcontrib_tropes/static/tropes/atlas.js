// The map of the whole wiki. It is laid out when the wiki is built: here it is only drawn.
"use strict";

(() => {
  const { all, named, complete, link, addressOf, make, tools } = window.tropes.names;
  const OVERVIEW = 0.55; // how far in the camera is when pages take over from communities
  const SMALL = 300; // so many pages can be seen at once, with their names
  const MANY = 200; // pages in sight: with the ties of more, nothing can be made out
  const SETTLED = 150; // milliseconds after which a movement is over
  const HUES = [262, 45, 145, 330, 190, 95, 15, 295]; // of namespaces, the largest first
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");

  /**
   * A colour as sigma reads it, whatever form CSS gives it.
   * @param {string} colour
   */
  const plain = (colour) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
    return `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };

  /** The colour behind an element. @param {Element | null} element */
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return plain(colour);
    }
    return "#ffffff";
  };

  /** Colours that suit the theme. @param {Element} place */
  const coloursOf = (place) => {
    const text = plain(getComputedStyle(place).color);
    const back = ground(place);
    const value = Number.parseInt(back.slice(1), 16);
    const isDark = (value >> 16) * 0.3 + ((value >> 8) & 255) * 0.6 + (value & 255) * 0.1 < 128;
    const light = isDark ? 70 : 52;
    return {
      text,
      back,
      line: plain(`color-mix(in srgb, ${text} 22%, ${back})`),
      strong: plain(`color-mix(in srgb, ${text} 70%, ${back})`),
      faint: plain(`color-mix(in srgb, ${text} 14%, ${back})`),
      wanted: isDark ? "#ff6b6b" : "#c81e1e",
      other: isDark ? "#9a9a9a" : "#777777",
      hue: (at) => plain(`oklch(${light}% 0.14 ${HUES[at]})`),
    };
  };

  /** The namespaces by how many pages they have. @param {{namespace: string}[]} pages */
  const ranked = (pages) => {
    const count = new Map();
    for (const { namespace } of pages) count.set(namespace, (count.get(namespace) ?? 0) + 1);
    return [...count].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  };

  /** Loads sigma and graphology. Where a page has an AMD loader, they are to see none. */
  const loadLibraries = async () => {
    const { define } = window;
    window.define = undefined;
    try {
      await window.tropes.load("graphology/graphology.umd.min");
      await window.tropes.load("sigma/sigma.min");
    } finally {
      window.define = define;
    }
  };

  const canDraw = () => {
    try {
      return Boolean(document.createElement("canvas").getContext("webgl2"));
    } catch {
      return false;
    }
  };

  class Atlas {
    /** @param {{place: HTMLElement, words: Record<string, string>}} tool */
    constructor({ place, words }, pages) {
      this.place = place;
      this.words = words;
      this.pages = pages;
      this.map = window.tropes.map();
      this.around = this.map.links.map((own) => new Set(own));
      this.map.links.forEach((own, at) => own.forEach((other) => this.around[other].add(at)));
      this.order = ranked(pages.filter((page) => page.isWritten));
      this.colours = coloursOf(place);
      /** @type {number | undefined} */
      this.hovered = undefined;
      /** @type {number | undefined} */
      this.chosen = undefined;
      /** @type {number[]} */
      this.way = window.tropes.way ?? [];
      this.isSmall = pages.length <= SMALL;
    }

    colourOf(page) {
      if (!page.isWritten) return this.colours.wanted;
      const rank = this.order.indexOf(page.namespace);
      return rank < HUES.length ? this.colours.hue(rank) : this.colours.other;
    }

    /** The graph that is drawn. */
    graph() {
      const graph = new window.graphology.Graph({ type: "undirected" });
      for (const [number, page] of this.pages.entries()) {
        const [x, y] = this.map.nodes[number];
        // in the measure of the map, where neighbours are ten apart: no dot lies on another
        const size = 2.8 + Math.min(2, Math.sqrt(this.around[number].size) * 0.5);
        const colour = this.colourOf(page);
        const type = page.isWritten ? "circle" : "ring";
        graph.addNode(number, { x, y: -y, size, color: colour, type, label: page.title, zIndex: 1 });
      }
      return graph;
    }

    /** The ties that are drawn: of the page in focus, of the way, or of all in sight if these are
     * few. Tens of thousands of lines would be a grey blot, and slow.
     * @returns {Map<string, [number, number, string]>} */
    tiesToDraw() {
      /** @type {Map<string, [number, number, string]>} */
      const ties = new Map();
      const add = (one, other, colour) => {
        const [first, last] = one < other ? [one, other] : [other, one];
        ties.set(`${first}-${last}-${colour}`, [first, last, colour]);
      };
      const { focus } = this;
      if (focus !== undefined) {
        for (const other of this.around[focus]) add(focus, other, this.colours.strong);
      } else if (this.way.length) {
        this.way.slice(1).forEach((number, at) => add(this.way[at], number, this.colours.strong));
      } else {
        const seen = new Set(this.inSight());
        for (const one of seen) {
          for (const other of this.map.links[one]) {
            if (seen.has(other)) add(one, other, this.colours.faint);
          }
        }
      }
      return ties;
    }

    /** The pages in sight; none if they are many. */
    inSight() {
      const all = this.map.nodes;
      if (this.isSmall) return all.map((_, number) => number);
      const { width, height } = this.sigma.getDimensions();
      const start = this.sigma.viewportToGraph({ x: 0, y: 0 });
      const end = this.sigma.viewportToGraph({ x: width, y: height });
      const seen = [];
      for (let number = 0; number < all.length; number++) {
        const [x, y] = all[number];
        if (x > start.x && x < end.x && -y < start.y && -y > end.y) seen.push(number);
        if (seen.length > MANY) return [];
      }
      return seen;
    }

    /** Draws the ties below the dots, as plain lines: sigma would index all pages again for each
     * one that comes or goes. */
    drawTies() {
      const canvas = this.sigma.getCanvases().ties;
      const context = canvas.getContext("2d");
      const { width, height } = this.sigma.getDimensions();
      context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
      context.clearRect(0, 0, width, height);
      const place = (number) => {
        const [x, y] = this.map.nodes[number];
        return this.sigma.graphToViewport({ x, y: -y });
      };
      for (const colour of [this.colours.faint, this.colours.strong]) {
        context.beginPath();
        for (const [one, other, own] of this.ties.values()) {
          if (own !== colour) continue;
          const [from, to] = [place(one), place(other)];
          context.moveTo(from.x, from.y);
          context.lineTo(to.x, to.y);
        }
        context.strokeStyle = colour;
        context.stroke();
      }
    }

    /** Looks which ties are to be drawn, and draws them. */
    chooseTies() {
      this.ties = this.tiesToDraw();
      this.drawTies();
    }

    draw() {
      const { colours } = this;
      const { rendering } = window.Sigma;
      this.isOverview = !this.isSmall;
      this.drawn = this.graph();
      this.sigma = new window.Sigma(this.drawn, this.canvas, {
        allowInvalidContainer: true,
        itemSizesReference: "positions",
        zoomToSizeRatioFunction: (ratio) => ratio,
        nodeProgramClasses: {
          // what is not written yet is hollow
          ring: rendering.createNodeBorderProgram({
            borders: [
              { color: { attribute: "color" }, size: { value: 0.3 } },
              { color: { value: colours.back }, size: { fill: true } },
            ],
          }),
        },
        labelColor: { color: colours.text },
        labelFont: getComputedStyle(this.place).fontFamily,
        labelSize: 12,
        labelDensity: this.isSmall ? 0.6 : 1.5,
        labelRenderedSizeThreshold: 5,
        minCameraRatio: 0.01,
        maxCameraRatio: 1.6,
        zIndex: true,
        defaultDrawNodeHover: (context, data, settings) => this.drawName(context, data, settings),
        nodeReducer: (node, data) => this.reduceNode(node, data),
      });
      this.sigma.on("enterNode", ({ node }) => this.hover(Number(node)));
      this.sigma.on("leaveNode", () => this.hover(undefined));
      this.sigma.on("clickNode", ({ node }) => this.open(Number(node)));
      this.ties = new Map();
      this.sigma.createCanvasContext("ties", { beforeLayer: "nodes" });
      this.sigma.resize(true);
      this.sigma.refresh();
      this.sigma.on("afterRender", () => {
        this.placeLabels();
        this.drawTies();
      });
      let settling = 0;
      this.sigma.getCamera().on("updated", ({ ratio }) => {
        clearTimeout(settling);
        settling = setTimeout(() => this.chooseTies(), SETTLED);
        const isOverview = ratio > OVERVIEW && !this.isSmall;
        if (isOverview !== this.isOverview) {
          this.isOverview = isOverview;
          this.sigma.refresh({ skipIndexation: true });
        }
      });
      this.placeLabels();
      this.chooseTies();
    }

    /** The page that is pointed at, else the one that was looked for. */
    get focus() {
      return this.hovered ?? this.chosen;
    }

    /** Whether a page is in focus, tied to the one that is, or on the way. */
    isNear(number) {
      if (this.focus === undefined) return this.way.includes(number);
      return number === this.focus || this.around[this.focus].has(number);
    }

    get hasFocus() {
      return this.focus !== undefined || this.way.length > 0;
    }

    reduceNode(node, data) {
      const number = Number(node);
      const label = this.isOverview ? "" : data.label;
      if (!this.hasFocus) return { ...data, label };
      if (!this.isNear(number)) {
        // to fade ten thousand dots takes too long while the mouse passes over them
        return this.isSmall ? { ...data, color: this.colours.line, label: "" } : { ...data, label };
      }
      const isFocus = number === this.focus || this.way.includes(number);
      const size = isFocus ? data.size * 1.4 : data.size;
      return { ...data, zIndex: 3, forceLabel: isFocus, size };
    }

    /** Draws anew what another focus changes. */
    refocus(change) {
      const affected = () => [...this.way, this.focus, ...(this.around[this.focus] ?? [])];
      const before = affected();
      change();
      this.ties = this.tiesToDraw();
      const touched = new Set([...before, ...affected()].filter((number) => number !== undefined));
      const nodes = this.isSmall ? this.drawn.nodes() : [...touched].map(String);
      this.sigma.refresh({ partialGraph: { nodes }, skipIndexation: true });
    }

    /** The name of the page that is pointed at. */
    drawName(context, data, settings) {
      if (!data.label) return;
      context.font = `600 ${settings.labelSize + 1}px ${settings.labelFont}`;
      const width = context.measureText(data.label).width;
      context.fillStyle = this.colours.back;
      context.strokeStyle = this.colours.line;
      context.beginPath();
      context.roundRect(data.x + data.size + 1, data.y - 10, width + 8, 20, 4);
      context.fill();
      context.stroke();
      context.fillStyle = this.colours.text;
      context.fillText(data.label, data.x + data.size + 5, data.y + 4);
    }

    hover(number) {
      this.canvas.style.cursor = number === undefined ? "" : "pointer";
      this.refocus(() => (this.hovered = number));
    }

    /** Names the communities over the map, those for which there is room. */
    placeLabels() {
      const isNear = this.sigma.getCamera().ratio <= OVERVIEW;
      const isShown = (this.isOverview || (this.isSmall && !isNear)) && !this.hasFocus;
      this.names.hidden = !isShown;
      if (!isShown) return;
      const scale = this.sigma.graphToViewport({ x: 1, y: 0 }).x - this.sigma.graphToViewport({ x: 0, y: 0 }).x;
      this.map.communities.forEach(([name, x, y, radius], at) => {
        const label = this.labels[at];
        // over the disc where its pages have names, in it where it is but a cloud of dots
        const place = this.sigma.graphToViewport({ x, y: this.isSmall ? radius - y : -y });
        label.hidden = name < 0 || scale * radius < 26;
        label.style.transform = `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)`;
        label.style.maxInlineSize = `${Math.max(60, scale * radius * 2)}px`;
      });
    }

    /** Goes to the page. @param {number} number */
    open(number) {
      const page = this.pages[number];
      if (page.address) location.href = addressOf(page);
    }

    /** Shows a page on the map. @param {number} number */
    choose(number) {
      this.refocus(() => (this.chosen = number));
      const page = this.pages[number];
      const ties = this.words.ties.replace("%d", String(this.around[number].size));
      const state = page.isWritten ? "" : `, ${this.words.wanted}`;
      this.status.replaceChildren(link(page), ` – ${ties}${state}`);
      const { x, y } = this.sigma.getNodeDisplayData(String(number));
      this.move({ x, y, ratio: Math.min(0.3, this.sigma.getCamera().ratio) });
    }

    /** @param {Partial<{x: number, y: number, ratio: number}>} to */
    move(to) {
      const camera = this.sigma.getCamera();
      if (CALM.matches) camera.setState(to);
      else camera.animate(to, { duration: 300 });
    }

    showAll() {
      this.refocus(() => {
        this.chosen = undefined;
        this.way = [];
      });
      this.status.replaceChildren();
      this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    }

    /** @param {KeyboardEvent} event */
    press(event) {
      const camera = this.sigma.getCamera();
      const { x, y, ratio } = camera;
      const step = 0.12 * ratio;
      const moves = {
        ArrowLeft: { x: x - step }, ArrowRight: { x: x + step },
        ArrowUp: { y: y + step }, ArrowDown: { y: y - step },
        "+": { ratio: ratio / 1.4 }, "=": { ratio: ratio / 1.4 }, "-": { ratio: ratio * 1.4 },
      };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "0") this.showAll();
      else if (event.key === "Enter" && this.chosen !== undefined) this.open(this.chosen);
      else if (moves[event.key]) camera.setState(moves[event.key]);
      else return;
      event.preventDefault();
    }

    /** What stands around the drawing. */
    build() {
      const { place, words, pages } = this;
      this.canvas = make("div", { class: "trope-atlas-canvas", tabindex: "0", role: "application", "aria-label": words.label });
      this.labels = this.map.communities.map(([number]) =>
        make("span", {}, number < 0 ? "" : pages[number].title));
      this.names = make("div", { class: "trope-atlas-names", "aria-hidden": "true" }, ...this.labels);
      this.status = make("p", { class: "trope-atlas-status", "aria-live": "polite" });
      const search = make("input", { type: "search", "aria-label": words.find, placeholder: words.find });
      const form = make("form", { class: "trope-atlas-bar" }, search);
      const zoom = { "+": words.zoomIn, "−": words.zoomOut, "⤢": words.all };
      for (const [sign, label] of Object.entries(zoom)) {
        const button = make("button", { type: "button", "aria-label": label, title: label }, sign);
        button.addEventListener("click", () => {
          const { ratio } = this.sigma.getCamera();
          if (sign === "⤢") this.showAll();
          else this.move({ ratio: sign === "+" ? ratio / 1.6 : Math.min(1.6, ratio * 1.6) });
        });
        form.append(button);
      }
      place.append(form, make("div", { class: "trope-atlas-frame" }, this.canvas, this.names), this.status, this.legend());
      place.hidden = false;
      complete(search, pages);
      const find = () => {
        const page = named(pages, search.value);
        if (page) this.choose(page.number);
      };
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        find();
      });
      search.addEventListener("change", find);
      this.canvas.addEventListener("keydown", (event) => this.press(event));
      document.addEventListener("trope-way", (event) => {
        this.refocus(() => {
          this.chosen = undefined;
          this.way = event.detail;
        });
      });
    }

    legend() {
      const items = this.order.slice(0, HUES.length).map((namespace, rank) => {
        const dot = make("span", { class: "trope-atlas-dot" });
        dot.style.backgroundColor = this.colours.hue(rank);
        return make("span", {}, dot, this.nameOf(namespace));
      });
      const ring = make("span", { class: "trope-atlas-dot trope-atlas-ring" });
      ring.style.borderColor = this.colours.wanted;
      items.push(make("span", {}, ring, this.words.wanted));
      return make("p", { class: "trope-atlas-legend" }, ...items);
    }

    /** @param {string} namespace */
    nameOf(namespace) {
      return window.tropes.namespaces().find(([name]) => name === namespace)?.[1] ?? namespace;
    }
  }

  const begin = async (tool) => {
    const pages = await all(tool.files);
    if (!canDraw()) {
      tool.place.append(make("p", {}, tool.words.noDrawing));
      tool.place.hidden = false;
      return;
    }
    await loadLibraries();
    const atlas = new Atlas(tool, pages);
    atlas.build();
    atlas.draw();
    tool.place.atlas = atlas; // for tests and for those who write their own
    const redraw = () => {
      const state = atlas.sigma.getCamera().getState();
      atlas.sigma.kill();
      atlas.colours = coloursOf(tool.place);
      atlas.draw();
      atlas.sigma.getCamera().setState(state);
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    new MutationObserver(redraw).observe(document.body, { attributeFilter: ["data-theme", "class"] });
  };

  for (const tool of tools("atlas")) begin(tool);
})();
