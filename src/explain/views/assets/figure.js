// Draws with plotly.js-basic, which the server hands out once for all figures; where it is not to be had, the figure's
// twin in words and numbers stands beside it.

let loading;
const bundle = () => {
  if (globalThis.Plotly) return Promise.resolve(globalThis.Plotly);
  const base = document.body.dataset.assets ?? "/assets/";
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${base}plotly-basic.min.js`;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => reject(new Error("plotly-basic.min.js was not served"));
    document.head.append(script);
  });
  return loading;
};

function render({ model, el }) {
  const box = document.createElement("div");
  box.setAttribute("role", "img");
  el.append(box);
  const draw = async () => {
    const Plotly = await bundle();
    // Read after the wait: what is drawn is always the newest figure.
    const { data, layout } = model.get("figure");
    box.setAttribute("aria-label", model.get("label"));
    box.hidden = !data;
    // Static: a finger that scrolls past must not pan the figure.
    if (data) await Plotly.newPlot(box, data, layout, { staticPlot: true, responsive: true, displayModeBar: false });
    else Plotly.purge(box);
  };
  model.on("change:figure", draw);
  if (model.get("figure").data) draw();
  else box.hidden = true;
  return () => {
    model.off("change:figure", draw);
    globalThis.Plotly?.purge(box);
  };
}

export default { render };
