// Says which mark of a chart was clicked on, by its customdata, and between which ends of the horizontal axis the reader dragged.

export default function ({ data, setTriggerValue }) {
  let joined = null;
  const clicked = ({ points }) => points[0]?.customdata && setTriggerValue("clicked", points[0].customdata);
  const dragged = (marked) => marked?.range?.x && setTriggerValue("dragged", marked.range.x);
  const leave = () => {
    joined?.removeListener("plotly_click", clicked);
    joined?.removeListener("plotly_selected", dragged);
  };
  // The chart may come later than this, and anew; when a click or a drag begins it is there.
  const join = ({ target }) => {
    const chart = target.closest?.(`.st-key-${data.plot} .js-plotly-plot`);
    if (!chart || chart === joined) return;
    leave();
    joined = chart;
    joined.on("plotly_click", clicked);
    joined.on("plotly_selected", dragged);
  };
  document.addEventListener("pointerdown", join, true);
  return () => {
    document.removeEventListener("pointerdown", join, true);
    leave();
  };
}
