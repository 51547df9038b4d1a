// Says which mark of a chart was clicked on, by its customdata. Streamlit says so only of charts across which nothing can be dragged.

export default function ({ data, setTriggerValue }) {
  let joined = null;
  const clicked = ({ points }) => points[0]?.customdata && setTriggerValue("clicked", points[0].customdata);
  const leave = () => joined?.removeListener("plotly_click", clicked);
  // The chart may come later than this, and anew; when a click begins it is there.
  const join = ({ target }) => {
    const chart = target.closest?.(`.st-key-${data.chart} .js-plotly-plot`);
    if (!chart || chart === joined) return;
    leave();
    joined = chart;
    joined.on("plotly_click", clicked);
  };
  document.addEventListener("pointerdown", join, true);
  return () => {
    document.removeEventListener("pointerdown", join, true);
    leave();
  };
}
