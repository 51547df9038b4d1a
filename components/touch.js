// A finger that moves over a chart moves the page. Plotly would take it for a drag, from its first touch on: nobody could scroll on, and
// dates would be narrowed that nobody meant. A tap still comes to it, as the mouse's click that the browser makes of one.
const CHART = ".js-plotly-plot";

document.addEventListener("touchstart", (event) => event.target.closest?.(CHART) && event.stopPropagation(), { capture: true, passive: true });

export default function () {}
