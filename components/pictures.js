// A chart as a picture to be taken along: what is drawn on the page, with its title above and its source beneath. Made here in the
// browser and sent nowhere.

const SVG = "http://www.w3.org/2000/svg";
const EDGE = 16;
const LEFT_OUT = ".hoverlayer, .zoomlayer, .selectionlayer, .draglayer, .outline-controllers, .e-handle, [style*='opacity: 0;']";

const element = (tag, attributes, text) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
};

// Whoever opens the picture may lack the page's letters: room is left for wider ones.
const WIDER = "Verdana, DejaVu Sans, sans-serif";

const pen = (weight, size) => {
  const made = document.createElement("canvas").getContext("2d");
  made.font = `${weight} ${size}px ${WIDER}`;
  return made;
};

const lines = (text, width, weight, size) => {
  const measure = pen(weight, size);
  const found = [""];
  for (const word of text.split(" ")) {
    const longer = found.at(-1) ? `${found.at(-1)} ${word}` : word;
    if (found.at(-1) && measure.measureText(longer).width > width) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
};

const written = (root, text, top, size, weight, colour, data, width) => {
  const rows = lines(text, width, weight, size);
  rows.forEach((row, n) => {
    const style = { x: EDGE, y: top + (n + 1) * size * 1.3, "font-size": size, "font-weight": weight, fill: colour };
    root.append(element("text", { ...style, "font-family": data.font }, row));
  });
  return top + rows.length * size * 1.3;
};

const legend = (root, top, data, width) => {
  const measure = pen(400, 13);
  let [x, y] = [EDGE, top + 20];
  for (const { colour, area, dashed, words } of data.signs) {
    const wide = area ? 12 : 24;
    const long = measure.measureText(words).width + wide + 30;
    if (x > EDGE && x + long > width) [x, y] = [EDGE, y + 20];
    const dash = dashed && !area ? { "stroke-dasharray": "7 4" } : {};
    root.append(element("line", { x1: x, x2: x + wide, y1: y - 4, y2: y - 4, stroke: colour, "stroke-width": area ? 12 : 4, ...dash }));
    root.append(element("text", { x: x + wide + 7, y, "font-size": 13, "font-family": data.font, fill: data.quiet }, words));
    x += long;
  }
  return data.signs.length ? y + 6 : top;
};

const picture = (chart, data) => {
  const { width, height } = chart.getBoundingClientRect();
  const whole = width + 2 * EDGE;
  const root = element("svg", { xmlns: SVG, width: whole, viewBox: "0 0 1 1" });
  const ground = element("rect", { x: 0, y: 0, width: "100%", height: "100%", fill: data.ground });
  root.append(element("title", {}, data.title), ground);
  const head = written(root, data.title, 8, 22, 600, data.ink, data, width) + 10;
  for (const layer of chart.querySelectorAll("svg.main-svg, svg.e-drawn")) {
    const copy = layer.cloneNode(true);
    copy.querySelectorAll(LEFT_OUT).forEach((part) => part.remove());
    copy.removeAttribute("style");
    // Wider letters may reach beyond the chart; a map ends where it ends.
    copy.setAttribute("overflow", chart.matches(".e-map") ? "hidden" : "visible");
    for (const [name, value] of Object.entries({ x: EDGE, y: head, width, height })) copy.setAttribute(name, value);
    root.append(copy);
  }
  const foot = written(root, data.source, legend(root, head + height, data, width) + 4, 13, 400, data.quiet, data, width) + 12;
  root.setAttribute("height", foot);
  root.setAttribute("viewBox", `0 0 ${whole} ${foot}`);
  // A reference stays within the picture, whatever page it was drawn on.
  return new XMLSerializer().serializeToString(root).replace(/url\((?:&quot;|["'])?[^)#]*#([^)"'&]+)(?:&quot;|["'])?\)/g, "url(#$1)");
};

const save = (blob, name) => {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
};

const painted = async (text) => {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
};

// The chart may still be on its way when the button is pressed: ten seconds are waited for it.
const drawn = async (key) => {
  for (let tries = 0; tries < 200; tries += 1) {
    const chart = document.querySelector(`.st-key-${key} :is(.js-plotly-plot, .e-map)`);
    if (chart?.querySelector("svg.main-svg, svg.e-drawn")) return chart;
    await new Promise((done) => setTimeout(done, 50));
  }
  return null;
};

export default function ({ parentElement, data }) {
  const button = (label, make) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "e-button e-small";
    made.textContent = label;
    made.setAttribute("aria-label", `Picture as ${label}: ${data.title}`);
    made.onclick = async () => {
      const chart = await drawn(data.chart);
      if (chart) save(await make(picture(chart, data)), `entente-${data.name}.${label.toLowerCase()}`);
    };
    return made;
  };
  const label = document.createElement("span");
  label.className = "e-quiet";
  label.textContent = "Picture ";
  parentElement.replaceChildren(
    label,
    button("PNG", painted),
    button("SVG", async (text) => new Blob([text], { type: "image/svg+xml" })),
  );
}
