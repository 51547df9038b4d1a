// A chart that changes in place: what is drawn anew keeps the reader's zoom, and nothing flashes while it plays.
// Plotly is the page's own: Streamlit brings it with any of its charts and Plotly leaves itself in the window.

const plotly = () =>
  new Promise((found) => {
    const look = () => (window.Plotly ? found(window.Plotly) : setTimeout(look, 40));
    look();
  });

export default function ({ parentElement, data, setTriggerValue }) {
  let chart = parentElement.querySelector(".e-chart");
  if (!chart) {
    chart = document.createElement("div");
    chart.className = "e-chart";
    chart.setAttribute("role", "group");
    chart.drawn = Promise.resolve();
    parentElement.append(chart);
  }
  chart.setAttribute("aria-label", data.alt);
  chart.tell = (codes) => setTriggerValue("clicked", codes);
  // One after the other: a drawing that overtakes the one before it would be drawn over.
  chart.drawn = chart.drawn.then(async () => {
    if (chart.shows === data.figure || !chart.isConnected) return;
    const Plotly = await plotly();
    const figure = JSON.parse(data.figure);
    await Plotly.react(chart, figure.data, figure.layout, { ...data.config, responsive: true });
    if (chart.shows === undefined) {
      chart.on("plotly_click", ({ points }) => {
        const codes = points.map((point) => point.customdata).find(Boolean);
        if (codes) chart.tell([...codes]);
      });
    }
    chart.shows = data.figure;
  });
  return () => {
    if (!chart.isConnected) window.Plotly?.purge(chart);
  };
}
