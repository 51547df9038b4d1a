// Says once that the map is drawn, that this part of the page has come near, and that the browser has time.
const LONGEST = 3000; // milliseconds that a map which may have failed is waited for
const EACH = 30;
const BUSY = '.stApp[data-test-script-state]:not([data-test-script-state="notRunning"])';
const NEAR = "300px"; // beneath what is seen
const PASSED = "100000px"; // above it: who jumps to the end has passed this mark without seeing it
const TURN = 400; // milliseconds that are left to what the reader does

// What the reader just pressed may be on its way to the server, of which the page shows nothing until an answer begins. Streamlit makes one
// of two messages that wait together, and takes the page from the later: a link to another page would be lost.
let pressed = -Infinity;
for (const kind of ["pointerdown", "click", "keydown"]) {
  document.addEventListener(kind, () => (pressed = performance.now()), { capture: true, passive: true });
}

export default function ({ parentElement, data, setTriggerValue }) {
  const start = performance.now();
  let timer = 0;
  // What the reader does comes first: said while the server is asked for something else, it could take that back.
  const say = () =>
    document.querySelector(BUSY) || performance.now() - pressed < TURN ? (timer = setTimeout(look, EACH)) : setTriggerValue("due", data.known);
  const look = () => {
    if (!document.querySelector(BUSY) && (document.querySelector(".e-shape") || performance.now() - start > LONGEST)) {
      // Safari has no requestIdleCallback.
      (window.requestIdleCallback ?? setTimeout)(say);
    } else timer = setTimeout(look, EACH);
  };
  const root = parentElement.closest("[data-testid=stMain]");
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      near.disconnect();
      look();
    },
    { root, rootMargin: `${PASSED} 0px ${NEAR} 0px` },
  );
  near.observe(parentElement);
  return () => {
    near.disconnect();
    clearTimeout(timer);
  };
}
