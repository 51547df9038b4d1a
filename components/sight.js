// Brings what the reader chose into sight, once: it stands beneath what was clicked on, often below the screen's edge.

export default function ({ parentElement, data }) {
  if (parentElement.brought === data.what) return;
  parentElement.brought = data.what;
  parentElement.closest(`.st-key-${data.box}`)?.scrollIntoView({ block: "nearest" });
}
