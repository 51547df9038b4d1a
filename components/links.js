// Links that lead on without loading the page anew. Everything is put in as text: what was read cannot become a tag.
// A link keeps a real address, so that it can be copied or opened in a new tab.

export default function ({ parentElement, data, setTriggerValue }) {
  const anchor = (part, number) => {
    if (!part.href) return document.createTextNode(part.text);
    const made = document.createElement("a");
    made.textContent = part.text;
    made.href = part.href;
    made.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("go", number);
    });
    return made;
  };
  const element = (tag, kind, ...children) => {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    made.append(...children);
    return made;
  };
  const bar = (part, number) => {
    const words = element("span", "", anchor(part, number));
    if (part.aside) words.append(element("small", "", part.aside));
    const length = element("i", "");
    length.style.width = `${100 * part.share}%`;
    return element("li", "", words, element("b", "", part.number), length);
  };
  const made =
    data.kind === "bars"
      ? element("ol", "e-bars e-links", ...data.parts.map(bar))
      : element("p", "e-prose e-links", ...data.parts.map(anchor));
  parentElement.replaceChildren(made);
}
