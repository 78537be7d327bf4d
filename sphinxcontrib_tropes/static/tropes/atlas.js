// The map of the whole wiki. It is laid out when the wiki is built: here it is only drawn.
"use strict";

(() => {
  const { all, named, complete, link, addressOf, make, tools } = window.tropes.names;
  const OVERVIEW = 0.55; // how far in the camera is when pages take over from communities
  const SMALL = 300; // so many pages can be seen at once, with their names
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
      /** @type {Set<number>} */
      this.way = new Set(window.tropes.way);
      this.isSmall = pages.length <= SMALL;
    }

    colourOf(page) {
      if (!page.isWritten) return this.colours.wanted;
      const rank = this.order.indexOf(page.namespace);
      return rank < HUES.length ? this.colours.hue(rank) : this.colours.other;
    }

    /** The graph that is drawn. */
    graph() {
      const graph = new window.graphology.Graph({ multi: false, type: "undirected" });
      for (const [number, page] of this.pages.entries()) {
        const [x, y] = this.map.nodes[number];
        const size = Math.min(9, 2.2 + Math.sqrt(this.around[number].size) * 0.9);
        const colour = this.colourOf(page);
        const type = page.isWritten ? "circle" : "ring";
        graph.addNode(number, { x, y: -y, size, color: colour, type, label: page.title, zIndex: 1 });
      }
      this.map.links.forEach((own, number) => {
        for (const other of own) graph.mergeEdge(number, other, { size: 0.6 });
      });
      return graph;
    }

    draw() {
      const { colours } = this;
      const { rendering } = window.Sigma;
      this.isOverview = !this.isSmall;
      this.drawn = this.graph();
      this.sigma = new window.Sigma(this.drawn, this.canvas, {
        allowInvalidContainer: true,
        defaultEdgeType: "line",
        edgeProgramClasses: { line: rendering.EdgeLineProgram },
        nodeProgramClasses: {
          // what is not written yet is hollow
          ring: rendering.createNodeBorderProgram({
            borders: [
              { color: { attribute: "color" }, size: { value: 0.3 } },
              { color: { value: colours.back }, size: { fill: true } },
            ],
          }),
        },
        defaultEdgeColor: colours.faint,
        hideEdgesOnMove: true,
        enableEdgeEvents: false,
        labelColor: { color: colours.text },
        labelFont: getComputedStyle(this.place).fontFamily,
        labelSize: 12,
        labelDensity: 0.6,
        labelRenderedSizeThreshold: 7,
        minCameraRatio: 0.01,
        maxCameraRatio: 1.6,
        zIndex: true,
        defaultDrawNodeHover: (context, data, settings) => this.drawName(context, data, settings),
        nodeReducer: (node, data) => this.reduceNode(node, data),
        edgeReducer: (edge, data) => this.reduceEdge(edge, data),
      });
      this.sigma.on("enterNode", ({ node }) => this.hover(Number(node)));
      this.sigma.on("leaveNode", () => this.hover(undefined));
      this.sigma.on("clickNode", ({ node }) => this.open(Number(node)));
      this.sigma.on("afterRender", () => this.placeLabels());
      this.sigma.getCamera().on("updated", ({ ratio }) => {
        const isOverview = ratio > OVERVIEW && !this.isSmall;
        if (isOverview !== this.isOverview) {
          this.isOverview = isOverview;
          this.sigma.refresh({ skipIndexation: true });
        }
      });
      this.placeLabels();
    }

    /** Whether a page is in focus: pointed at, chosen, tied to one that is, or on the way. */
    isNear(number) {
      const focus = this.hovered ?? this.chosen;
      if (focus === undefined) return this.way.has(number);
      return number === focus || this.around[focus].has(number) || this.way.has(number);
    }

    get hasFocus() {
      return this.hovered !== undefined || this.chosen !== undefined || this.way.size > 0;
    }

    reduceNode(node, data) {
      const number = Number(node);
      if (!this.hasFocus) return this.isOverview ? { ...data, label: "" } : data;
      if (!this.isNear(number)) return { ...data, color: this.colours.line, label: "" };
      const isFocus = number === (this.hovered ?? this.chosen) || this.way.has(number);
      const size = isFocus ? data.size * 1.4 : data.size;
      return { ...data, zIndex: 3, forceLabel: isFocus, size };
    }

    reduceEdge(edge, data) {
      const [one, other] = this.drawn.extremities(edge).map(Number);
      const focus = this.hovered ?? this.chosen;
      if (focus !== undefined && (one === focus || other === focus)) {
        return { ...data, color: this.colours.strong, zIndex: 2 };
      }
      if (this.way.has(one) && this.way.has(other)) return { ...data, color: this.colours.strong };
      if (this.isOverview || focus !== undefined) return { ...data, hidden: true };
      return data;
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
      this.hovered = number;
      this.canvas.style.cursor = number === undefined ? "" : "pointer";
      this.sigma.refresh({ skipIndexation: true });
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
        label.hidden = name < 0 || scale * radius < 22;
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
      this.chosen = number;
      const page = this.pages[number];
      const ties = this.words.ties.replace("%d", String(this.around[number].size));
      const state = page.isWritten ? "" : `, ${this.words.wanted}`;
      this.status.replaceChildren(link(page), ` – ${ties}${state}`);
      const { x, y } = this.sigma.getNodeDisplayData(String(number));
      this.move({ x, y, ratio: Math.min(0.3, this.sigma.getCamera().ratio) });
      this.sigma.refresh({ skipIndexation: true });
    }

    /** @param {Partial<{x: number, y: number, ratio: number}>} to */
    move(to) {
      const camera = this.sigma.getCamera();
      if (CALM.matches) camera.setState(to);
      else camera.animate(to, { duration: 300 });
    }

    showAll() {
      this.chosen = undefined;
      this.way = new Set();
      this.status.replaceChildren();
      this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
      this.sigma.refresh({ skipIndexation: true });
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
        this.chosen = undefined;
        this.way = new Set(event.detail);
        this.sigma.refresh({ skipIndexation: true });
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
