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
  // Its name is all that is heard of it; the numbers without their places say nothing.
  const drawing = document.createElement("div");
  drawing.setAttribute("aria-hidden", "true");
  box.append(drawing);
  el.append(box);
  // Its room is kept while it is on its way, or a button below it would move away from under the finger.
  const keepRoom = () => {
    const { data, layout } = model.get("figure");
    box.hidden = !data;
    box.style.minHeight = data ? `${layout.height}px` : "";
  };
  const draw = async () => {
    keepRoom();
    const Plotly = await bundle();
    // Read after the wait: what is drawn is always the newest figure.
    const { data, layout } = model.get("figure");
    box.setAttribute("aria-label", model.get("label"));
    keepRoom();
    // Static: a finger that scrolls past must not pan the figure.
    if (data) await Plotly.newPlot(drawing, data, layout, { staticPlot: true, responsive: true, displayModeBar: false });
    else Plotly.purge(drawing);
    // Plotly measures texts in a picture of its own beside the page's content.
    document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true");
  };
  model.on("change:figure", draw);
  if (model.get("figure").data) draw();
  else keepRoom();
  return () => {
    model.off("change:figure", draw);
    globalThis.Plotly?.purge(drawing);
  };
}

export default { render };
