// What holds on every page.

// A finger that moves over a chart moves the page. Plotly would take it for a drag, from its first touch on: nobody could scroll on, and
// dates would be narrowed that nobody meant. A tap still comes to it, as the mouse's click that the browser makes of one.
const CHART = ".js-plotly-plot";

document.addEventListener("touchstart", (event) => event.target.closest?.(CHART) && event.stopPropagation(), { capture: true, passive: true });

// What a part of a page says of itself while the reader turns to another page reaches the server too late: Streamlit answers for the page
// that was left, and takes away all of the one that is there. Then this, which stays, asks for it again.
const BUSY = '.stApp[data-test-script-state]:not([data-test-script-state="notRunning"])';
const PATIENCE = 150; // milliseconds in which what is on its way may still come
const TRIES = 3;

let tries = 0;

export default function ({ parentElement, setTriggerValue }) {
  const block = parentElement.closest(".stVerticalBlock");
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    if (block.childElementCount > 1) tries = 0;
    else if (tries < TRIES) timer = setTimeout(ask, PATIENCE);
  };
  const ask = () => {
    if (document.querySelector(BUSY)) return look();
    tries += 1;
    setTriggerValue("blank", true);
  };
  const watch = new MutationObserver(look);
  watch.observe(block, { childList: true });
  look();
  return () => {
    watch.disconnect();
    clearTimeout(timer);
  };
}
