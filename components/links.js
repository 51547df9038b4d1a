// Links that lead on without loading the page anew. Everything is put in as text: what was read cannot become a tag.
// A link keeps a real address, so that it can be copied or opened in a new tab.

export default function ({ parentElement, data, setTriggerValue }) {
  const anchor = (part) => {
    if (!part.href) return document.createTextNode(part.text);
    const made = document.createElement("a");
    made.textContent = part.text;
    made.href = part.href;
    made.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("go", part.href);
    });
    return made;
  };
  const element = (tag, kind, ...children) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    made.append(...children);
    return made;
  };
  const bar = (part) => {
    const words = element("span", "", anchor(part));
    if (part.aside) words.append(element("small", "", part.aside));
    const length = element("i", "");
    length.style.width = `${100 * part.share}%`;
    return element("li", "", words, element("b", "", part.number), length);
  };
  // In another script, head and text run their own way.
  const entry = (part) => {
    const [head, begins] = [element("strong", "", anchor(part)), element("p", "e-lead", part.begins)];
    head.dir = begins.dir = "auto";
    return element("li", "", head, element("small", "", part.aside), begins);
  };
  const quotation = (part) => {
    const head = element("div", "e-head", element("span", `e-swatch ${part.sign}`), anchor(part), element("span", "e-tail", part.aside));
    return element("li", "", head, element("blockquote", "e-quote", part.quoted));
  };
  const square = () => {
    const lined = (cell, ...places) => {
      if (places.some((place) => data.breaks.includes(place))) cell.classList.add("e-apart");
      return cell;
    };
    const head = (name, scope, place) => {
      const made = lined(element("th", "", element("span", "", name)), place);
      made.scope = scope;
      return made;
    };
    const top = element("tr", "", element("td"), ...data.heads.map((name, n) => head(name, "col", n)));
    const rows = data.heads.map((name, n) => element("tr", data.breaks.includes(n) ? "e-below" : "", head(name, "row"), ...data.heads.map((_, m) => lined(element("td"), m))));
    data.parts.forEach((part) => {
      const cell = rows[part.row].cells[part.column + 1];
      const made = anchor(part);
      [made.title, made.style.background, made.style.color] = [part.says, part.colour, part.ink];
      made.setAttribute("aria-label", part.says);
      cell.append(made);
    });
    const box = element("div", "e-square", element("table", "", element("thead", "", top), element("tbody", "", ...rows)));
    [box.tabIndex, box.role, box.ariaLabel] = [0, "region", data.label];
    return box;
  };
  const made = {
    bars: () => element("ol", "e-bars e-links", ...data.parts.map(bar)),
    entries: () => element("ol", "e-entries e-links", ...data.parts.map(entry)),
    prose: () => element("p", "e-prose e-links", ...data.parts.map(anchor)),
    quotations: () => element("ol", "e-quotations e-links", ...data.parts.map(quotation)),
    square,
  }[data.kind]();
  // Drawn anew, a table stands where the reader had moved it.
  const before = parentElement.querySelector(".e-square");
  const [left, high] = [before?.scrollLeft ?? 0, before?.scrollTop ?? 0];
  parentElement.replaceChildren(made);
  if (before) made.scrollTo(left, high);
}
