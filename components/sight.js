// Brings what the reader chose into sight, once: it stands beneath what was clicked on, often below the screen's edge.

const FITS = 0.75; // of the window's height, of which the head of the page takes some

export default function ({ parentElement, data }) {
  if (parentElement.brought === data.what) return;
  parentElement.brought = data.what;
  const box = parentElement.closest(`.st-key-${data.box}`);
  // Of what does not fit the screen, the beginning.
  box?.scrollIntoView({ block: box.offsetHeight < FITS * innerHeight ? "nearest" : "start" });
}
