// Draws the figures of maps: shapes, dots and curves of a Plotly figure, as SVG. Plotly's own map costs a first visit 1.4 MB packed
// and seconds until it is drawn; this one is there at once, keeps the reader's zoom when a filter changes, and can be walked by keyboard.
// Of a figure it knows: choropleth and scattergeo traces, Equal Earth and Mercator. A line's ``meta`` is one [codes, text] a path.

const SVG = "http://www.w3.org/2000/svg";
const UNIT = 1000; // of a radian, so that short numbers are exact
const MOST = 12; // times the whole map
const STEP = 1.6; // of a zoom
const MOVED = 4; // pixels; less is a click
const ROOM = 900; // pixels of width from which on lines and dots have their full size
const CARD = 12; // pixels between the pointer and what is said of a mark

const element = (tag, attributes, parent) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.append(made);
  return made;
};

// ------------------------------------------------------------------ where a place lies

const radians = (degrees) => (degrees * Math.PI) / 180;
const wrapped = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;

// Longitude counts from the map's middle and may lie beyond its edges; y runs downwards.
const PROJECTIONS = {
  // Šavrič, Patterson and Jenny (2018), as in charts/projection.py.
  "equal earth": (lon, lat) => {
    const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin(radians(lat)));
    const [t2, t6] = [theta ** 2, theta ** 6];
    const x = (2 * Math.sqrt(3) * radians(lon) * Math.cos(theta)) / (3 * (0.034164 * t6 * t2 + 0.006251 * t6 - 0.243318 * t2 + 1.340264));
    return [UNIT * x, -UNIT * theta * (1.340264 - 0.081106 * t2 + t6 * (0.000893 + 0.003796 * t2))];
  },
  mercator: (lon, lat) => [UNIT * radians(lon), -UNIT * Math.log(Math.tan(Math.PI / 4 + radians(Math.max(-86, Math.min(86, lat))) / 2))],
};

// A line of places without a leap across the map's edge: it runs on beyond the edge, and once more from the other side.
const drawn = (places, middle, project, close) => {
  let before = wrapped(places[0][0] - middle);
  const lons = places.map(([lon]) => (before += wrapped(lon - middle - before)));
  const far = Math.max(...lons) > 180 ? [0, -360] : Math.min(...lons) < -180 ? [0, 360] : [0];
  const path = (shift) =>
    places.map(([, lat], i) => project(lons[i] + shift, lat).map((at) => at.toFixed(1)).join()).join("L");
  return far.map((shift) => `M${path(shift)}${close}`).join("");
};

const outline = ({ lonaxis, lataxis, projection }, project) => {
  const [west, east] = lonaxis.range.map((lon) => lon - projection.rotation.lon);
  const [south, north] = lataxis.range;
  const side = (lon, from, to) => Array.from({ length: 33 }, (_, i) => project(lon, from + ((to - from) * i) / 32));
  return [...side(west, south, north), ...side(east, north, south)];
};

// ------------------------------------------------------------------ what a figure says of its marks

const each = (value, i) => (Array.isArray(value) ? value[i] : value);
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

const colour = (value, { colorscale, low, high }) => {
  if (typeof value === "string") return value;
  const at = high > low ? Math.max(0, Math.min(1, (value - low) / (high - low))) : 0;
  const next = Math.max(1, colorscale.findIndex(([stop]) => stop >= at));
  const [[left, from], [right, to]] = [colorscale[next - 1], colorscale[next]];
  const [dark, pale, share] = [channels(from), channels(to), (at - left) / (right - left)];
  return `rgb(${dark.map((one, i) => Math.round(one + (pale[i] - one) * share))})`;
};

// A text as Plotly writes it, rows apart by <br> and the first in <b>, as plain words: it never becomes HTML.
const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
const rows = (text) => (text ?? "").replace(/<\/?b>/g, "").split("<br>").map((row) => row.replace(/&[a-z#0-9]+;/g, (sign) => SIGNS[sign] ?? sign));

const SYMBOLS = {
  circle: (r) => `M${-r},0A${r},${r} 0 1,1 ${r},0A${r},${r} 0 1,1 ${-r},0Z`,
  diamond: (r) => `M0,${-1.25 * r}L${1.25 * r},0L0,${1.25 * r}L${-1.25 * r},0Z`,
  square: (r) => `M${-r},${-r}H${r}V${r}H${-r}Z`,
  arrow: (r) => `M0,0L${0.8 * r},${1.9 * r}L0,${1.45 * r}L${-0.8 * r},${1.9 * r}Z`,
};

// ------------------------------------------------------------------ the map

let shapes;
const load = (address) => (shapes ??= fetch(address).then((answer) => answer.json()).then(({ features }) => features));

class Drawing {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "e-map";
    this.root.setAttribute("role", "group");
    this.svg = element("svg", { class: "e-drawn" }, null);
    this.root.append(this.svg);
    this.clip = element("path", {}, element("clipPath", { id: `e-clip-${crypto.getRandomValues(new Uint32Array(1))[0]}` }, element("defs", {}, this.svg)));
    // Moved and enlarged as one; what keeps its size on the screen lies above.
    this.ground = element("g", {}, this.svg);
    this.inside = element("g", { "clip-path": `url(#${this.clip.parentNode.id})` }, this.ground);
    this.land = element("g", {}, this.inside);
    this.lines = element("g", { fill: "none" }, this.inside);
    this.frame = element("path", { fill: "none", "vector-effect": "non-scaling-stroke" }, this.ground);
    this.points = element("g", {}, this.svg);
    this.card = document.createElement("div");
    this.card.className = "e-card";
    this.card.hidden = true;
    this.root.append(this.card, this.buttons());
    this.paths = new Map();
    this.marks = new Map();
    this.fine = 1;
    this.listen();
    parent.append(this.root);
    this.sized = new ResizeObserver(() => this.place());
    this.sized.observe(this.root);
  }

  buttons() {
    const box = document.createElement("div");
    box.className = "e-zoom";
    const view = (name, sign, act) => {
      const made = document.createElement("button");
      made.type = "button";
      [made.textContent, made.title] = [sign, name];
      made.setAttribute("aria-label", name);
      made.onclick = act;
      box.append(made);
    };
    view("Zoom in", "+", () => this.zoom(STEP));
    view("Zoom out", "−", () => this.zoom(1 / STEP));
    view("As at first", "⤢", () => this.whole());
    return box;
  }

  // ---------------------------------------------------------------- drawing

  async show(text, alt, tell) {
    this.tell = tell;
    this.root.setAttribute("aria-label", alt);
    if (this.text === text) return;
    this.text = text;
    const { data, layout } = JSON.parse(text);
    const geo = layout.geo;
    const anew = this.geo?.projection.type !== geo.projection.type || this.geo.projection.rotation.lon !== geo.projection.rotation.lon;
    this.geo = geo;
    this.middle = geo.projection.rotation.lon;
    this.project = PROJECTIONS[geo.projection.type];
    const edge = outline(geo, this.project);
    const [xs, ys] = [edge.map(([x]) => x), edge.map(([, y]) => y)];
    this.box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    for (const path of [this.clip, this.frame]) path.setAttribute("d", `M${edge.map((at) => at.map((one) => one.toFixed(1)).join()).join("L")}Z`);
    this.frame.setAttribute("stroke", geo.framecolor);
    this.frame.setAttribute("stroke-width", geo.framewidth);
    if (anew) {
      this.land.replaceChildren();
      this.paths.clear();
    }
    const held = this.lines.contains(document.activeElement);
    this.marks.clear();
    this.lines.replaceChildren();
    this.points.replaceChildren();
    this.leave();
    for (const trace of data) {
      if (trace.mode === "lines") this.curves(trace);
      else if (trace.type === "scattergeo") this.dots(trace);
    }
    this.order = [...this.lines.querySelectorAll(".e-handle")].reverse();
    this.order[0]?.setAttribute("tabindex", 0);
    if (held) this.order[0]?.focus({ preventScroll: true });
    if (this.revision !== layout.uirevision) this.whole();
    else this.place();
    this.revision = layout.uirevision;
    const filled = data.filter((trace) => trace.type === "choropleth");
    const features = await load(filled[0].geojson);
    if (this.text === text) this.countries(features, filled);
  }

  countries(features, traces) {
    if (!this.paths.size) {
      for (const { id, geometry } of features) {
        const rings = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flat();
        const d = rings.map((ring) => drawn(ring, this.middle, this.project, "Z")).join("");
        this.paths.set(id, element("path", { class: "e-shape", d, "data-id": id, "vector-effect": "non-scaling-stroke" }, this.land));
      }
    }
    for (const trace of traces) {
      const scale = { colorscale: trace.colorscale, low: trace.zmin, high: trace.zmax };
      trace.locations.forEach((id, i) => {
        const path = this.paths.get(id);
        if (!path) return;
        path.setAttribute("fill", colour(trace.z[i], scale));
        path.setAttribute("stroke", each(trace.marker.line.color, i));
        this.wide(path, each(trace.marker.line.width, i));
        this.mark(path, trace.customdata?.[i], each(trace.text, i));
        // An outline is not to be hidden by a neighbour's.
        if (each(trace.marker.line.width, i) > 1) this.land.append(path);
      });
    }
  }

  curves({ lon, lat, line, meta }) {
    const paths = [[]];
    lon.forEach((one, i) => (one === null ? paths.push([]) : paths.at(-1).push([one, lat[i]])));
    paths.filter((path) => path.length).forEach((path, i) => {
      const d = drawn(path, this.middle, this.project, "");
      const both = element("g", { class: "e-arc" }, this.lines);
      const common = { d, "vector-effect": "non-scaling-stroke", "stroke-linecap": "butt" };
      const dash = line.dash === "solid" ? {} : { "stroke-dasharray": line.dash.replaceAll("px", "") };
      this.wide(element("path", { ...common, class: "e-line", stroke: line.color, ...dash }, both), line.width);
      const [codes, text] = meta[i];
      const attributes = { class: "e-handle", stroke: "transparent", "stroke-width": Math.max(12, line.width + 6), tabindex: -1, role: "button" };
      const handle = element("path", { ...common, ...attributes, "aria-label": rows(text).join(", ") }, both);
      this.mark(handle, codes, text);
    });
  }

  dots({ lon, lat, marker, customdata, text, hovertext, mode, textposition, textfont }) {
    const scale = { colorscale: marker.colorscale, low: marker.cmin, high: marker.cmax };
    lon.forEach((one, i) => {
      const at = this.project(wrapped(one - this.middle), lat[i]);
      const place = element("g", { class: "e-point" }, this.points);
      [place.at, place.written] = [at, mode.includes("text")];
      const size = each(marker.size, i);
      const dot = element("path", {
        d: SYMBOLS[each(marker.symbol, i)](size / 2),
        fill: colour(each(marker.color, i), scale),
        "fill-opacity": marker.opacity,
        stroke: each(marker.line.color, i) ?? "none",
        "stroke-width": each(marker.line.width, i),
        transform: `rotate(${each(marker.angle, i) ?? 0})`,
      }, place);
      const said = hovertext ?? text;
      this.mark(dot, customdata?.[i], each(said, i));
      const label = mode.includes("text") && text[i];
      if (label) this.label(place, rows(label).join(" "), textposition[i], size / 2 + 3, textfont);
    });
  }

  label(place, words, side, away, { color, size, family }) {
    const [up, across] = side.split(" ");
    const x = across === "right" ? away : across === "left" ? -away : 0;
    const y = up === "top" ? -away : up === "bottom" ? away + 0.75 * size : 0.35 * size;
    const anchor = across === "right" ? "start" : across === "left" ? "end" : "middle";
    const style = { x, y, "text-anchor": anchor, "font-size": size, "font-family": family, fill: color, "pointer-events": "none" };
    element("text", style, place).textContent = words;
  }

  wide(path, width) {
    path.dataset.width = width;
    path.setAttribute("stroke-width", (width * this.fine).toFixed(2));
  }

  mark(path, codes, text) {
    path.classList.toggle("e-leads", Boolean(codes));
    this.marks.set(path, { codes, text });
  }

  // ---------------------------------------------------------------- what part is seen

  whole() {
    const { center, projection } = this.geo;
    this.times = projection.scale ?? 1;
    const [west, north, east, south] = this.box;
    this.at = center?.lon === undefined ? [(west + east) / 2, (north + south) / 2] : this.project(wrapped(center.lon - this.middle), center.lat);
    this.place();
  }

  zoom(by) {
    this.times = Math.max(1, Math.min(MOST, this.times * by));
    this.place();
  }

  place() {
    const { width, height } = this.root.getBoundingClientRect();
    if (!width || !this.at) return;
    const [west, north, east, south] = this.box;
    const k = this.times * Math.min((width - 2) / (east - west), (height - 2) / (south - north));
    // The map's edge never leaves the picture's while there is map to fill it.
    const held = (at, low, high, room) => (high - low <= room ? (low + high) / 2 : Math.max(low + room / 2, Math.min(high - room / 2, at)));
    this.at = [held(this.at[0], west, east, width / k), held(this.at[1], north, south, height / k)];
    this.k = k;
    // On a narrow map all signs are smaller, or they would hide it.
    const fine = Math.max(0.55, Math.min(1, width / ROOM));
    if (fine !== this.fine) {
      this.fine = fine;
      for (const path of this.inside.querySelectorAll("[data-width]")) this.wide(path, path.dataset.width);
    }
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const [x, y] = [width / 2 - this.at[0] * k, height / 2 - this.at[1] * k];
    this.ground.setAttribute("transform", `translate(${x.toFixed(2)},${y.toFixed(2)}) scale(${k.toFixed(5)})`);
    for (const point of this.points.children)
      point.setAttribute("transform", `translate(${(x + point.at[0] * k).toFixed(1)},${(y + point.at[1] * k).toFixed(1)}) scale(${point.written ? 1 : fine})`);
    this.root.dataset.times = this.times.toFixed(2);
  }

  // ---------------------------------------------------------------- what a reader does

  listen() {
    let start = null;
    this.svg.addEventListener("pointerdown", (event) => {
      start = { x: event.clientX, y: event.clientY, at: this.at, moved: false };
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (start && event.buttons) {
        const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
        start.moved ||= Math.hypot(dx, dy) > MOVED;
        if (!start.moved) return;
        this.svg.setPointerCapture(event.pointerId);
        this.leave();
        this.at = [start.at[0] - dx / this.k, start.at[1] - dy / this.k];
        this.place();
      } else this.point(event.target, event.clientX, event.clientY);
    });
    this.svg.addEventListener("pointerleave", () => this.leave());
    this.svg.addEventListener("click", (event) => {
      if (!start?.moved) this.choose(event.target);
    });
    // Not on the group of lines: a part of a drawing that listens to the keyboard becomes a stop of it, at which nothing is seen.
    this.root.addEventListener("focusin", ({ target }) => {
      if (!this.order?.includes(target)) return;
      const box = target.getBoundingClientRect();
      this.point(target, box.x + box.width / 2, box.y + box.height / 2);
    });
    this.root.addEventListener("focusout", () => this.leave());
    this.root.addEventListener("keydown", (event) => this.walk(event));
  }

  choose(target) {
    const codes = this.marks.get(target)?.codes;
    if (codes) this.tell([...codes]);
  }

  walk(event) {
    const at = this.order?.indexOf(event.target) ?? -1;
    if (at < 0) return;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: this.order.length - 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") this.choose(event.target);
    else if (event.key === "Escape") this.leave();
    else if (to === undefined) return;
    event.preventDefault();
    const next = this.order[to];
    if (!next) return;
    event.target.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  }

  point(target, x, y) {
    const mark = this.marks.get(target);
    if (!mark?.text) return this.leave();
    if (this.pointed !== target) {
      this.leave();
      this.pointed = target;
      target.parentNode.classList.toggle("e-pointed", target.classList.contains("e-handle"));
      this.card.replaceChildren(...rows(mark.text).map((row, i) => {
        const made = document.createElement(i ? "div" : "b");
        made.textContent = row;
        return made;
      }));
      this.card.hidden = false;
    }
    // Beside the pointer, on the side where there is room.
    const { left, top, width, height } = this.root.getBoundingClientRect();
    const [wide, high] = [this.card.offsetWidth, this.card.offsetHeight];
    const right = x - left + CARD + wide <= width;
    this.card.style.left = `${Math.max(0, right ? x - left + CARD : x - left - CARD - wide)}px`;
    this.card.style.top = `${Math.max(0, Math.min(height - high, y - top + CARD))}px`;
  }

  leave() {
    this.pointed?.parentNode?.classList.remove("e-pointed");
    this.pointed = null;
    this.card.hidden = true;
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  parentElement.drawing ??= new Drawing(parentElement);
  parentElement.drawing.show(data.figure, data.alt, (codes) => setTriggerValue("clicked", codes));
  return () => {
    if (parentElement.isConnected) return;
    parentElement.drawing?.sized.disconnect();
    delete parentElement.drawing;
  };
}
