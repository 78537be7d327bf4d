// The map of the whole wiki. It is laid out when the wiki is built: here it is only drawn.
"use strict";

(() => {
  const { all, named, complete, link, addressOf, make, begin } = window.tropes.names;
  const NEAR = 40; // pixels between neighbours where a page is shown that was looked for

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
    await Promise.all([window.tropes.load("atlas/colours"), window.tropes.load("atlas/labels")]);
    await window.tropes.load("atlas/scene");
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
      this.canvas = make("div", { class: "trope-atlas-canvas", tabindex: "0", role: "application", "aria-label": words.label });
      this.hint = make("p", { class: "trope-atlas-hint", "aria-hidden": "true" }, words.hint);
      this.scene = new window.tropes.atlas.Scene(this.canvas, pages, window.tropes.map());
      this.scene.way = window.tropes.way ?? [];
    }

    draw() {
      const { scene } = this;
      scene.colours = window.tropes.atlas.coloursOf(this.place);
      scene.draw();
      scene.sigma.on("moveBody", ({ event }) => this.point(event));
      scene.sigma.on("leaveStage", () => this.hover(undefined));
      for (const kind of ["clickNode", "clickStage"]) {
        scene.sigma.on(kind, ({ event }) => this.click(event));
      }
    }

    /** The page scrolls over the map as anywhere: a wheel moves the map with Ctrl or once it was clicked,
     * fingers do if they are two. What the map is not to have stops before it comes to sigma. */
    letScroll() {
      const { canvas } = this;
      let isActive = false;
      let isPinched = false;
      canvas.addEventListener("pointerdown", ({ pointerType }) => (isActive = pointerType === "mouse"));
      canvas.addEventListener("pointerleave", () => (isActive = false));
      /** @param {WheelEvent} event */
      const turn = (event) => {
        if (event.ctrlKey || event.metaKey) event.preventDefault(); // the page would be zoomed
        else if (!isActive) this.pass(event);
      };
      canvas.addEventListener("wheel", turn, { capture: true, passive: false });
      /** @param {TouchEvent} event */
      const touch = (event) => {
        const { type, touches } = event;
        if (touches.length > 1) isPinched = true;
        const isMove = type === "touchmove" || type === "touchstart";
        if (isMove ? touches.length < 2 : !isPinched) this.pass(event);
        if (!touches.length) isPinched = false;
      };
      for (const type of ["touchstart", "touchmove", "touchend", "touchcancel"]) {
        canvas.addEventListener(type, touch, { capture: true, passive: true });
      }
    }

    /** Leaves a movement to the page, and says what moves the map. @param {Event} event */
    pass(event) {
      event.stopPropagation();
      if (event.type !== "wheel" && event.type !== "touchmove") return;
      this.hint.classList.add("is-shown");
      clearTimeout(this.hiding);
      this.hiding = setTimeout(() => this.hint.classList.remove("is-shown"), 1500);
    }

    /** @param {{x: number, y: number}} event */
    point(event) {
      const { width, height } = this.scene.view;
      const isInside = event.x >= 0 && event.y >= 0 && event.x <= width && event.y <= height;
      if (!this.scene.isMoving) this.hover(isInside ? this.scene.pageAt(event) : undefined);
      const isTarget = this.scene.hovered !== undefined || this.scene.communityAt(event);
      this.canvas.style.cursor = isTarget ? "pointer" : "";
    }

    /** @param {number | undefined} number */
    hover(number) {
      const { scene } = this;
      if (number !== scene.hovered) scene.refocus(() => (scene.hovered = number));
    }

    /** To a page, or nearer to a community. @param {{x: number, y: number}} event */
    click(event) {
      const { scene } = this;
      const number = scene.pageAt(event);
      if (number !== undefined) return this.open(number);
      const found = scene.communityAt(event);
      if (!found) return;
      const [, x, y, radius] = found;
      const { width, height } = scene.view;
      scene.move(scene.over(x, y, Math.min(width, height) / (2.2 * radius)));
    }

    /** Goes to the page. @param {number} number */
    open(number) {
      const page = this.pages[number];
      if (page.address) location.href = addressOf(page);
    }

    /** Shows a page on the map. @param {number} number */
    choose(number) {
      const { scene } = this;
      scene.refocus(() => (scene.chosen = number));
      const page = this.pages[number];
      const others = scene.hubs[number] ?? scene.around[number].size;
      const ties = this.words.ties.replace("%d", String(others));
      const state = page.isWritten ? "" : `, ${this.words.wanted}`;
      this.status.replaceChildren(link(page), ` – ${ties}${state}`);
      this.steps.hidden = false;
      this.goNear();
    }

    /** Brings the page that was looked for into sight; of more than its own ties, all that are shown. */
    goNear() {
      const { scene } = this;
      const nearest = Math.max(scene.view.scale, NEAR / window.tropes.atlas.CELL);
      const [x, y] = scene.nodes[scene.chosen];
      const to = scene.depth > 1 ? scene.overAll(scene.nearby, nearest) : scene.over(x, y, nearest);
      scene.move(to);
    }

    showAll() {
      const { scene } = this;
      scene.refocus(() => {
        scene.chosen = undefined;
        scene.way = [];
      });
      this.status.replaceChildren();
      this.steps.hidden = true;
      scene.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    }

    /** @param {KeyboardEvent} event */
    press(event) {
      const { scene } = this;
      const camera = scene.sigma.getCamera();
      const { x, y, ratio } = camera;
      const step = 0.12 * ratio;
      const moves = {
        ArrowLeft: () => ({ x: x - step }),
        ArrowRight: () => ({ x: x + step }),
        ArrowUp: () => ({ y: y + step }),
        ArrowDown: () => ({ y: y - step }),
        "+": () => scene.zoom(1.4),
        "=": () => scene.zoom(1.4),
        "-": () => scene.zoom(1 / 1.4),
      };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "0") this.showAll();
      else if (event.key === "Enter" && scene.chosen !== undefined) this.open(scene.chosen);
      else if (moves[event.key]) camera.setState(moves[event.key]());
      else return;
      event.preventDefault();
    }

    /** What stands around the drawing. */
    build() {
      const { place, words, pages, scene } = this;
      this.status = make("p", { class: "trope-atlas-status", "aria-live": "polite" });
      const search = make("input", { type: "search", "aria-label": words.find, placeholder: words.find });
      const form = make("form", { class: "trope-atlas-bar" }, search);
      const buttons = [
        ["+", words.zoomIn, () => scene.move(scene.zoom(1.6))],
        ["−", words.zoomOut, () => scene.move(scene.zoom(1 / 1.6))],
        ["⤢", words.all, () => this.showAll()],
      ];
      for (const [sign, label, press] of buttons) {
        const button = make("button", { type: "button", "aria-label": label, title: label }, sign);
        button.addEventListener("click", press);
        form.append(button);
      }
      this.steps = this.slider();
      const frame = make("div", { class: "trope-atlas-frame" }, this.canvas, this.hint);
      place.append(form, frame, this.status, this.steps);
      place.hidden = false;
      this.letScroll();
      complete(search, pages);
      const find = () => {
        const asked = search.value.trim();
        const page = named(pages, asked);
        if (page) this.choose(page.number);
        else if (asked) this.status.replaceChildren(words.unknown.replace("%s", () => asked));
      };
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        find();
      });
      search.addEventListener("change", find);
      this.canvas.addEventListener("keydown", (event) => this.press(event));
      document.addEventListener("trope-way", (/** @type {CustomEvent} */ event) => {
        scene.refocus(() => {
          scene.chosen = undefined;
          scene.way = event.detail;
        });
        this.steps.hidden = true;
      });
    }

    /** How many steps are shown around the page that was looked for. */
    slider() {
      const { scene, words } = this;
      const input = make("input", { type: "range", min: "1", max: "4", value: String(scene.depth) });
      const output = make("output", {}, String(scene.depth));
      input.addEventListener("input", () => {
        output.textContent = input.value;
        scene.refocus(() => (scene.depth = Number(input.value)));
        this.goNear();
      });
      const label = make("label", { class: "trope-atlas-steps" }, words.steps, " ", input, " ", output);
      label.hidden = true;
      return label;
    }

    legend() {
      const { colours, order } = this.scene;
      const items = order.slice(0, colours.hues.length).map((namespace, rank) => {
        const dot = make("span", { class: "trope-atlas-dot" });
        dot.style.backgroundColor = colours.hues[rank];
        return make("span", {}, dot, this.nameOf(namespace));
      });
      const ring = make("span", { class: "trope-atlas-dot trope-atlas-ring" });
      ring.style.borderColor = colours.wanted;
      items.push(make("span", {}, ring, this.words.wanted));
      return make("p", { class: "trope-atlas-legend" }, ...items);
    }

    /** @param {string} namespace */
    nameOf(namespace) {
      return window.tropes.namespaces().find(([name]) => name === namespace)?.[1] ?? namespace;
    }
  }

  /** The picture in place of the map. */
  const showPicture = ({ place, words }) => {
    document.querySelector(".trope-map")?.classList.add("is-shown");
    place.replaceChildren(make("p", {}, words.noDrawing));
    place.hidden = false;
  };

  const show = async (tool) => {
    const pages = await all(tool.files);
    const picture = document.querySelector(".trope-map");
    await loadLibraries();
    const atlas = new Atlas(tool, pages);
    atlas.build();
    atlas.draw();
    // where CSS can't tell that there is a script
    picture?.classList.add("is-replaced");
    tool.place.append(atlas.legend());
    tool.place.atlas = atlas; // for tests and for those who write their own
    const redraw = () => {
      const { scene } = atlas;
      const state = scene.sigma.getCamera().getState();
      scene.sigma.kill();
      atlas.draw();
      scene.sigma.getCamera().setState(state);
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    new MutationObserver(redraw).observe(document.body, { attributeFilter: ["data-theme", "class"] });
  };

  begin("atlas", async (tool) => {
    if (!canDraw()) return showPicture(tool);
    try {
      await show(tool);
    } catch (error) {
      showPicture(tool);
      throw error;
    }
  });
})();
