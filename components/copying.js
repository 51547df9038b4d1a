// A button that puts a text into the clipboard and says so. Where the browser keeps the clipboard from pages without TLS, the
// older way is taken.

const copy = async (text) => {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
};

export default function ({ parentElement, data }) {
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "e-button";
    parentElement.append(button);
  }
  button.textContent = data.label;
  button.setAttribute("aria-live", "polite");
  button.onclick = async () => {
    try {
      await copy(data.text);
      button.textContent = data.done;
    } catch {
      button.textContent = "Not copied: the browser forbids it";
    }
  };
}
