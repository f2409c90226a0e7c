// Each row says what the score was given and where it came from; its button says that it does not fit the case.
// outbox.js, which stands before it, keeps a press until the server has it.

function render({ model, el }) {
  const list = document.createElement("ul");
  list.className = "skoen-flags";
  const problem = document.createElement("p");
  problem.className = "skoen-problem";
  problem.setAttribute("role", "alert");
  el.append(list, problem);
  let outbox;
  const answered = (_, why) => {
    problem.textContent = why;
    draw();
  };
  const draw = () => {
    const key = model.get("outbox");
    if (outbox?.key !== key) {
      outbox?.leave();
      problem.textContent = "";
      outbox = key ? new Outbox(model, key, { waiting: () => {}, answered }) : undefined;
      outbox?.deliver();
    }
    const rows = model.get("rows");
    const drawn = Array.from(list.children, (item) => item.dataset.row);
    // A row that is there already stays: who stands in it, with the keyboard or with a screen reader, is left there.
    if (drawn.join("|") !== rows.map(rowName).join("|")) list.replaceChildren(...rows.map((row) => drawRow(row, press)));
    // A press that is still on its way shows at once.
    const pressed = new Map(outbox?.items.map((item) => [item.name, !item.fits]));
    rows.forEach((row, at) => mark(list.children[at], row, pressed.get(row.name) ?? row.flagged, model.get("texts")));
  };
  const press = (name) => {
    const button = list.querySelector(`[data-name="${name}"]`);
    outbox.put({ type: "flag", name, fits: button.getAttribute("aria-pressed") === "true" });
    draw();
  };
  model.on("change:rows", draw);
  draw();
  return () => {
    outbox?.leave();
    model.off("change:rows", draw);
  };
}

const rowName = (row) => [row.name, row.value, row.source].join(" ");

function drawRow(row, press) {
  const item = document.createElement("li");
  item.dataset.row = rowName(row);
  const words = document.createElement("div");
  const value = document.createElement("span");
  value.className = "skoen-flags-value";
  value.textContent = row.value;
  const source = document.createElement("span");
  source.className = "skoen-flags-source";
  source.textContent = row.source;
  words.append(value, source);
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.name = row.name;
  button.addEventListener("click", () => press(row.name));
  item.append(words, button);
  return item;
}

function mark(item, row, flagged, texts) {
  const button = item.querySelector("button");
  item.toggleAttribute("data-flagged", flagged);
  button.setAttribute("aria-pressed", String(flagged));
  button.textContent = flagged ? texts.flagged : texts.flag;
  // What is heard begins with what is seen, so that a voice can press it by its words.
  button.setAttribute("aria-label", `${button.textContent}: ${row.value}`);
}

export default { render };
