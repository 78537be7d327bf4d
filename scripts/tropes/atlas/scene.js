// What is drawn of the map. However many pages there are, sigma draws a few hundred: the most tied
// ones in sight, and so all of them once the reader is near. What lies behind is plain canvas:
// communities as discs, the ties between them, and every other page as a speck.
"use strict";

(() => {
  const { place, write } = window.tropes.atlas;
  const STAGE = 300; // dots that sigma draws: each costs where there is no graphics card
  const APART = 9; // pixels between two of them
  const TIES = 200; // pages in sight: with the ties of more, nothing can be made out
  const SPECKS = 2.4; // pixels between neighbours, from which on pages are specks in their disc
  const CELL = 17; // how far neighbours are apart, in the measure of the map
  const CLOSEST = 5; // neighbours that fit across where the camera is the nearest
  const ROOM = 11000; // square pixels for each name
  const SIZE = 12; // of names
  const FIRST = 10; // pages in sight that are named in any case
  const NEARBY = 250; // pages at most around the one that was looked for
  const SETTLED = 150; // milliseconds after which a movement is over

  const MARGIN = 0.3; // of what is drawn around the view, in parts of it: it may move there

  /** @typedef {{x: number, y: number}} Point */

  /** Dots of one colour. @param {CanvasRenderingContext2D} context @param {Point[]} points
   * @param {number} radius @param {boolean} isHollow */
  const paintDots = (context, points, radius, isHollow) => {
    if (radius < 1.6) {
      const side = 1.8 * radius; // a square of that size is not told from a dot, and cheaper
      for (const { x, y } of points) context.fillRect(x - side / 2, y - side / 2, side, side);
      return;
    }
    context.beginPath();
    for (const { x, y } of points) {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 7);
    }
    if (isHollow) context.stroke();
    else context.fill();
  };

  class Scene {
    /**
     * @param {HTMLElement} canvas where it is drawn
     * @param {Page[]} pages
     * @param {MapData} map
     */
    constructor(canvas, pages, map) {
      this.canvas = canvas;
      this.pages = pages;
      this.nodes = map.nodes;
      this.communities = map.communities;
      this.links = map.links;
      this.hubs = map.hubs ?? {};
      this.around = map.links.map((own) => new Set(own));
      map.links.forEach((own, at) => own.forEach((other) => this.around[other].add(at)));
      this.ranked = pages.map((_, number) => number)
        .sort((a, b) => this.around[b].size - this.around[a].size || a - b);
      this.bridges = map.bridges;
      this.order = this.namespaces();
      /** The pages that look the same. @type {number[][]} */
      this.alike = [...this.order, ""].map((namespace) =>
        this.ranked.filter((number) =>
          namespace === (pages[number].isWritten ? pages[number].namespace : "")))
        .filter((numbers) => numbers.length);
      this.paper = document.createElement("canvas");
      /** @type {number | undefined} the page that is pointed at */
      this.hovered = undefined;
      /** @type {number | undefined} the page that was looked for */
      this.chosen = undefined;
      /** How many steps are shown around that. */
      this.depth = 1;
      /** @type {number[]} */
      this.way = [];
      this.isMoving = false;
      /** What suits the theme, before anything is drawn. @type {Record<string, any>} */
      this.colours = {};
      /** @type {Set<number>} what sigma draws */
      this.staged = new Set();
    }

    /** The namespaces by how many pages they have. */
    namespaces() {
      const count = new Map();
      for (const { namespace, isWritten } of this.pages) {
        if (isWritten) count.set(namespace, (count.get(namespace) ?? 0) + 1);
      }
      return [...count].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    }

    // -- where things are

    /** The corners of all pages. */
    get extent() {
      const reach = (at) => {
        const ends = this.communities.flatMap((one) => [one[at] - one[3], one[at] + one[3]]);
        return /** @type {[number, number]} */ ([Math.min(...ends), Math.max(...ends)]);
      };
      const [left, right] = reach(1);
      const [top, bottom] = reach(2);
      return { x: [left, right], y: [-bottom, -top] };
    }

    /** How the map lies on the screen: pixels for its measure, and where its middle is. */
    measure() {
      const from = this.sigma.graphToViewport({ x: 0, y: 0 });
      const scale = (this.sigma.graphToViewport({ x: 1000, y: 0 }).x - from.x) / 1000;
      const { width, height } = this.sigma.getDimensions();
      this.view = { scale, x: from.x, y: from.y, width, height };
    }

    /** The point on the screen. @param {number} x @param {number} y @returns {Point} */
    point(x, y) {
      return { x: this.view.x + x * this.view.scale, y: this.view.y + y * this.view.scale };
    }

    /** @param {number} number */
    pointOf(number) {
      const [x, y] = this.nodes[number];
      return this.point(x, y);
    }

    /** The pages in sight, the most tied first. @param {number} margin in parts of the view */
    inSight(margin) {
      const { scale, x, y, width, height } = this.view;
      const left = (-margin * width - x) / scale;
      const right = ((1 + margin) * width - x) / scale;
      const top = (-margin * height - y) / scale;
      const bottom = ((1 + margin) * height - y) / scale;
      return this.ranked.filter((number) => {
        const node = this.nodes[number];
        return node[0] > left && node[0] < right && node[1] > top && node[1] < bottom;
      });
    }

    /** The page nearest to a point, of those at most so far away. @param {Point} point
     * @param {number} [most] @returns {number | undefined} */
    nearest(point, most = Infinity) {
      let [found, least] = [undefined, most];
      for (const number of this.nodes.keys()) {
        const { x, y } = this.pointOf(number);
        const far = Math.hypot(x - point.x, y - point.y);
        if (far < least) [found, least] = [number, far];
      }
      return found;
    }

    /** The page at a point. @param {Point} point */
    pageAt(point) {
      const gap = CELL * this.view.scale;
      return this.nearest(point, Math.max(gap * 0.5, gap < 6 ? 0 : 7));
    }

    /** The community at a point, if it is not most of what is seen. @param {Point} point */
    communityAt(point) {
      const { scale, width, height } = this.view;
      return this.communities.find(([name, x, y, radius]) => {
        const middle = this.point(x, y);
        const isSmall = radius * scale < 0.35 * Math.min(width, height);
        return name >= 0 && isSmall && Math.hypot(point.x - middle.x, point.y - middle.y) < radius * scale;
      });
    }

    // -- what is drawn

    /** The page that is pointed at, else the one that was looked for. */
    get focus() {
      return this.hovered ?? this.chosen;
    }

    get hasFocus() {
      return this.focus !== undefined || this.way.length > 0;
    }

    /** Whether a page is in focus, near the one that is, or on the way. @param {number} number */
    isNear(number) {
      if (this.focus === undefined) return this.way.includes(number);
      return this.nearby.has(number);
    }

    /** The pages around the one in focus, and that: so many steps from a page that was looked for as
     * is asked for, one from a page that is pointed at. A walk does not go on through hubs.
     * @returns {Set<number>} */
    get nearby() {
      const { focus } = this;
      const depth = this.hovered === undefined ? this.depth : 1;
      if (this.walked?.focus === focus && this.walked.depth === depth) return this.walked.found;
      const found = new Set([focus]);
      let edge = [focus];
      for (let step = 0; step < depth; step += 1) {
        const next = edge.filter((number) => number === focus || !(number in this.hubs))
          .flatMap((number) => [...this.around[number]]);
        edge = [...new Set(next)].filter((number) => !found.has(number));
        // of its own ties none is left out
        if (step) edge = edge.slice(0, Math.max(0, NEARBY - found.size));
        for (const number of edge) found.add(number);
      }
      this.walked = { focus, depth, found };
      return found;
    }

    /** @param {number} number */
    isCentral(number) {
      return number === this.focus || this.way.includes(number);
    }

    /** @param {number} number */
    colourOf(number) {
      const page = this.pages[number];
      if (!page.isWritten) return this.colours.wanted;
      return this.colours.hues[this.order.indexOf(page.namespace)] ?? this.colours.other;
    }

    /** The radius of a page's dot, in pixels. @param {number} number */
    sizeOf(number) {
      const ties = Math.min(2, Math.sqrt(this.around[number].size) * 0.5);
      const size = Math.min(13, Math.max(3, (2.6 + ties) * this.view.scale)) + ties * 0.7;
      return this.isCentral(number) ? size * 1.4 : size;
    }

    /** The pages that sigma is to draw: those in focus, and of the others the most tied ones. */
    toStage() {
      /** @type {Set<number>} */
      const found = new Set(this.way);
      if (this.focus !== undefined) for (const number of this.nearby) found.add(number);
      const seen = this.inSight(MARGIN);
      if (seen.length <= STAGE) return new Set([...found, ...seen]);
      const taken = new Set();
      for (const number of seen) {
        if (found.size >= STAGE) break;
        const { x, y } = this.pointOf(number);
        const [column, row] = [Math.floor(x / APART), Math.floor(y / APART)];
        const cells = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${column + dx} ${row + dy}`));
        if (cells.some((cell) => taken.has(cell))) continue;
        taken.add(`${column} ${row}`);
        found.add(number);
      }
      return found;
    }

    /** Looks what is in sight, and hands sigma the pages that it is to draw. */
    stage() {
      this.measure();
      this.stagedIn = this.view;
      this.staged = this.toStage();
      const graph = new window.graphology.Graph({ type: "undirected" });
      for (const number of this.staged) {
        const [x, y] = this.nodes[number];
        const isFaded = this.hasFocus && !this.isNear(number);
        graph.addNode(number, {
          x,
          y: -y,
          size: this.sizeOf(number) / this.view.scale,
          color: isFaded ? this.colours.line : this.colourOf(number),
          type: this.pages[number].isWritten ? "circle" : "ring",
          zIndex: isFaded ? 0 : 1,
        });
      }
      this.ties = this.tiesToDraw();
      this.paintSpecks();
      this.sigma.setGraph(graph);
    }

    /** The ties that are drawn: of the page in focus, of the way, or of all in sight if these are
     * few. Tens of thousands of lines would be a grey blot, and slow.
     * @returns {[number, number][]} */
    tiesToDraw() {
      const { focus, way } = this;
      if (focus !== undefined && (this.depth === 1 || this.hovered !== undefined)) {
        return [...this.around[focus]].map((other) => [focus, other]);
      }
      if (focus !== undefined) return this.tiesAmong(this.nearby);
      if (way.length) return way.slice(1).map((number, at) => [way[at], number]);
      const seen = this.inSight(0);
      if (seen.length > TIES) return [];
      this.isCrowded = seen.length > 40;
      return this.tiesAmong(new Set(seen));
    }

    /** @param {Set<number>} pages @returns {[number, number][]} */
    tiesAmong(pages) {
      /** @type {[number, number][]} */
      const ties = [];
      for (const one of pages) {
        for (const other of this.links[one]) if (pages.has(other)) ties.push([one, other]);
      }
      return ties;
    }

    draw() {
      const { colours } = this;
      const { rendering } = window.Sigma;
      const { x: [left, right] } = this.extent;
      this.sigma = new window.Sigma(new window.graphology.Graph({ type: "undirected" }), this.canvas, {
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
        renderLabels: false,
        enableCameraRotation: false,
        minCameraRatio: Math.min(0.8, (CLOSEST * CELL) / (right - left)),
        maxCameraRatio: 1.3,
        zIndex: true,
      });
      this.sigma.setCustomBBox(this.extent);
      this.sigma.createCanvasContext("behind", { beforeLayer: "nodes" });
      // layers that stay empty still cost their putting together
      for (const layer of ["edges", "edgeLabels", "hovers", "hoverNodes"]) {
        this.sigma.getCanvases()[layer].style.display = "none";
      }
      for (const layer of Object.values(this.sigma.getCanvases())) {
        layer.style.touchAction = "pan-x pan-y"; // one finger scrolls the page
      }
      this.sigma.resize(true);
      this.sigma.refresh();
      this.bound();
      this.stage();
      this.sigma.on("afterRender", () => this.drawAround());
      this.sigma.on("resize", () => this.settleSoon());
      this.sigma.getCamera().on("updated", () => this.settleSoon());
      this.drawAround();
    }

    /** Keeps the map in its frame: the middle of the view is always on it. */
    bound() {
      const { x, y } = this.extent;
      this.sigma.getCamera().clean = (state) => {
        // in the camera's own measure, which follows what is drawn
        const corners = [0, 1].map((at) =>
          this.sigma.viewportToFramedGraph(this.sigma.graphToViewport({ x: x[at], y: y[at] })));
        /** @param {"x" | "y"} axis */
        const inside = (axis) => {
          const [least, most] = corners.map((corner) => corner[axis]).sort((a, b) => a - b);
          return Math.min(Math.max(state[axis], least), most);
        };
        return { ...state, x: inside("x"), y: inside("y") };
      };
    }

    /** Puts other pages on the stage when a movement is over, and while a long one lasts. */
    settleSoon() {
      this.isMoving = true;
      clearTimeout(this.settling);
      this.settling = setTimeout(() => {
        this.isMoving = false;
        this.stage();
        this.keepInSight();
      }, SETTLED);
      if (this.isAwaiting) return;
      this.isAwaiting = true;
      setTimeout(() => {
        this.isAwaiting = false;
        this.measure();
        if (this.isMoving && this.hasLeftStage()) this.stage();
      }, SETTLED);
    }

    /** Whether the view shows what was not around it when the stage was set. */
    hasLeftStage() {
      const { view, stagedIn } = this;
      const grown = view.scale / stagedIn.scale;
      if (grown > 1.5 || grown < 0.7) return true;
      const left = view.x - stagedIn.x * grown - MARGIN * view.width * grown;
      const top = view.y - stagedIn.y * grown - MARGIN * view.height * grown;
      const around = (1 + 2 * MARGIN) * grown;
      return left > 0 || top > 0 || left + around * view.width < view.width ||
        top + around * view.height < view.height;
    }

    /** Draws anew what another focus changes. @param {() => void} change */
    refocus(change) {
      change();
      this.stage();
    }

    /** What sigma doesn't draw: behind the dots, and the names. */
    drawAround() {
      this.measure();
      const behind = this.contextOf("behind");
      behind.clearRect(0, 0, this.view.width, this.view.height);
      this.drawDiscs(behind);
      this.drawSpecks(behind);
      this.drawTies(behind);
      this.drawNames(this.contextOf("labels"));
    }

    /** @param {string} layer @returns {CanvasRenderingContext2D} */
    contextOf(layer) {
      const canvas = this.sigma.getCanvases()[layer];
      const context = canvas.getContext("2d");
      const { width, height } = this.view;
      context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
      return context;
    }

    /** The communities that can be seen, with where they are. */
    discs() {
      const { scale, width, height } = this.view;
      return this.communities.map(([name, x, y, radius]) => ({ name, ...this.point(x, y), radius: radius * scale }))
        .filter((disc) => disc.name >= 0 && disc.x + disc.radius > 0 && disc.x - disc.radius < width &&
          disc.y + disc.radius > 0 && disc.y - disc.radius < height);
    }

    /** @param {CanvasRenderingContext2D} context */
    drawDiscs(context) {
      const { width, height } = this.view;
      const path = new Path2D();
      for (const { x, y, radius } of this.discs()) {
        path.moveTo(x + radius, y);
        path.arc(x, y, radius, 0, 7);
      }
      context.fillStyle = this.colours.disc;
      context.strokeStyle = this.colours.faint;
      context.lineWidth = 1;
      context.fill(path);
      context.stroke(path);
      // ties between communities, while whole ones can be seen
      const largest = (this.communities[0]?.[3] ?? 0) * this.view.scale;
      if (this.hasFocus || largest > 0.4 * Math.min(width, height)) return;
      const most = this.bridges[0]?.[2] ?? 1;
      context.strokeStyle = this.colours.line;
      for (const [one, other, weight] of this.bridges) {
        const [, x, y] = this.communities[one];
        const [, u, v] = this.communities[other];
        const [from, to] = [this.point(x, y), this.point(u, v)];
        context.globalAlpha = 0.35 + 0.65 * (weight / most);
        context.lineWidth = 0.5 + 2.5 * (weight / most);
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
        context.stroke();
      }
      context.globalAlpha = 1;
    }

    /** Every page around that sigma does not draw, as a picture: to draw thousands anew in each frame
     * takes too long where there is no graphics card, to copy a picture does not. */
    paintSpecks() {
      const { scale, width, height } = this.view;
      this.specks = undefined;
      if (CELL * scale < SPECKS) return;
      const sharp = window.devicePixelRatio || 1;
      const canvas = this.paper;
      const [left, top] = [-MARGIN * width, -MARGIN * height];
      const [wide, high] = [(1 + 2 * MARGIN) * width, (1 + 2 * MARGIN) * height];
      canvas.width = Math.ceil(wide * sharp);
      canvas.height = Math.ceil(high * sharp);
      const context = canvas.getContext("2d");
      context.setTransform(sharp, 0, 0, sharp, -left * sharp, -top * sharp);
      const radius = Math.min(4, Math.max(0.8, 2.4 * scale));
      for (const numbers of this.alike) {
        const seen = numbers.filter((number) => !this.staged.has(number))
          .map((number) => this.pointOf(number))
          .filter(({ x, y }) => x > left && y > top && x < left + wide && y < top + high);
        if (!seen.length) continue;
        context.fillStyle = context.strokeStyle = this.colourOf(numbers[0]);
        paintDots(context, seen, radius, !this.pages[numbers[0]].isWritten);
      }
      this.specks = { ...this.view, left, top, wide, high };
    }

    /** @param {CanvasRenderingContext2D} context */
    drawSpecks(context) {
      const { specks, view } = this;
      if (!specks || CELL * view.scale < SPECKS) return;
      const grown = view.scale / specks.scale;
      context.globalAlpha = this.hasFocus ? 0.3 : 0.75;
      context.drawImage(
        this.paper,
        view.x + (specks.left - specks.x) * grown,
        view.y + (specks.top - specks.y) * grown,
        specks.wide * grown,
        specks.high * grown,
      );
      context.globalAlpha = 1;
    }

    /** @param {CanvasRenderingContext2D} context */
    drawTies(context) {
      // where nothing is in focus the ties are many: not while the map moves
      if (this.isMoving && !this.hasFocus) return;
      context.beginPath();
      for (const [one, other] of this.ties) {
        const [from, to] = [this.pointOf(one), this.pointOf(other)];
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
      }
      context.lineWidth = 1;
      context.strokeStyle = this.hasFocus ? this.colours.strong
        : this.isCrowded ? this.colours.faint : this.colours.line;
      context.stroke();
    }

    /** The names of communities and pages, those that matter most first. */
    *names() {
      const { width, height } = this.view;
      const least = Math.min(width, height);
      for (const number of this.staged) {
        if (this.isCentral(number)) yield { ...this.nameOf(number), isBold: true, isForced: this.isInside(number) };
      }
      const named = new Set();
      if (!this.hasFocus) {
        for (const { name, x, y, radius } of this.discs()) {
          if (radius < 18 || radius > 0.45 * least) continue;
          named.add(name);
          // above its dots, where these can be told apart
          const above = radius > 45 ? radius * 0.8 : 0;
          yield { text: this.pages[name].title, x, y: y - above, gap: radius, isBold: true, isOver: true };
        }
      }
      let count = 0;
      for (const number of this.staged) {
        const isLeftOut = this.hasFocus ? !this.isNear(number) : named.has(number);
        if (isLeftOut || this.isCentral(number)) continue;
        const name = this.nameOf(number);
        // the first ones have names, though they hide the dots of lesser pages
        if (this.isInside(number)) count += 1;
        yield { ...name, isFirst: count <= FIRST };
      }
    }

    /** @param {number} number */
    isInside(number) {
      const { x, y } = this.pointOf(number);
      return x >= 0 && y >= 0 && x <= this.view.width && y <= this.view.height;
    }

    /** @param {number} number */
    nameOf(number) {
      return { text: this.pages[number].title, ...this.pointOf(number), gap: this.sizeOf(number) };
    }

    /** @param {CanvasRenderingContext2D} context */
    drawNames(context) {
      const { width, height } = this.view;
      const family = getComputedStyle(this.canvas).fontFamily;
      const look = { ...this.colours, width, height, size: SIZE, family };
      const most = Math.max(6, Math.round((width * height) / ROOM));
      const dots = [...this.staged].slice(0, STAGE / 2).map((number) => ({ ...this.pointOf(number), radius: this.sizeOf(number) - 1 }));
      const inside = [...this.names()].filter(({ x, y, gap }) =>
        x > -gap && x < width + gap && y > -gap && y < height + gap);
      this.placed = place(context, inside, dots, { ...look, most });
      write(context, this.placed, look);
    }

    // -- movement

    /** @param {number} number how much nearer: below 1 farther */
    zoom(number) {
      const camera = this.sigma.getCamera();
      const { ratio } = camera;
      const to = camera.getBoundedRatio(ratio / number);
      const middle = { x: this.view.width / 2, y: this.view.height / 2 };
      const anchor = this.chosen ?? this.nearest(middle);
      if (anchor === undefined || number < 1) return { ratio: to };
      // What is nearest comes nearer to the middle still: it stays in sight, however often.
      const point = this.sigma.viewportToFramedGraph(this.pointOf(anchor));
      const { x, y } = this.sigma.viewportToFramedGraph(middle);
      const share = (to / ratio) ** 2;
      return { ratio: to, x: point.x + (x - point.x) * share, y: point.y + (y - point.y) * share };
    }

    /** The camera over a place on the map. @param {number} x @param {number} y
     * @param {number} scale pixels for the measure of the map */
    over(x, y, scale) {
      const camera = this.sigma.getCamera();
      const { ratio } = camera;
      const to = camera.getBoundedRatio((ratio * this.view.scale) / scale);
      return { ...this.sigma.viewportToFramedGraph(this.point(x, y)), ratio: to };
    }

    /** The camera over some pages, so that all are in sight. @param {Iterable<number>} numbers
     * @param {number} most pixels for the measure of the map, if they are close to each other */
    overAll(numbers, most) {
      const places = [...numbers].map((number) => this.nodes[number]);
      const [left, right] = [Math.min(...places.map(([x]) => x)), Math.max(...places.map(([x]) => x))];
      const [top, bottom] = [Math.min(...places.map(([, y]) => y)), Math.max(...places.map(([, y]) => y))];
      const { width, height } = this.view;
      const scale = 0.8 * Math.min(width / (right - left + CELL), height / (bottom - top + CELL));
      return this.over((left + right) / 2, (top + bottom) / 2, Math.min(scale, most));
    }

    /** Moves back to the nearest page where none is in sight. */
    keepInSight() {
      if (this.inSight(-0.04).length) return;
      const number = this.nearest({ x: this.view.width / 2, y: this.view.height / 2 });
      if (number !== undefined) this.move(this.over(this.nodes[number][0], this.nodes[number][1], this.view.scale));
    }

    /** @param {Partial<{x: number, y: number, ratio: number, angle: number}>} to */
    move(to) {
      const camera = this.sigma.getCamera();
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) camera.setState(to);
      else camera.animate(to, { duration: 300 });
    }
  }

  window.tropes.atlas = { ...window.tropes.atlas, Scene, CELL };
})();
