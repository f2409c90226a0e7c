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
    const texts = model.get("texts");
    const key = model.get("outbox");
    if (outbox?.key !== key) {
      outbox?.leave();
      problem.textContent = "";
      outbox = key ? new Outbox(model, key, { waiting: () => {}, answered }) : undefined;
      outbox?.deliver();
    }
    // A press that is still on its way shows at once.
    const pressed = new Map(outbox?.items.map((item) => [item.name, !item.fits]));
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    list.replaceChildren(
      ...model.get("rows").map((given) => {
        const row = { ...given, flagged: pressed.get(given.name) ?? given.flagged };
        const item = document.createElement("li");
        item.toggleAttribute("data-flagged", row.flagged);
        const words = document.createElement("div");
        const value = document.createElement("span");
        value.className = "skoen-flags-value";
        value.textContent = row.value;
        const source = document.createElement("span");
        source.className = "skoen-flags-source";
        source.textContent = row.source;
        words.append(value, source);
        item.append(words);
        item.append(flagButton(row, texts, press));
        return item;
      }),
    );
    if (focused) list.querySelector(`[data-name="${focused}"]`)?.focus();
  };
  const press = (row) => {
    outbox.put({ type: "flag", name: row.name, fits: row.flagged });
    draw();
  };
  model.on("change:rows", draw);
  draw();
  return () => {
    outbox?.leave();
    model.off("change:rows", draw);
  };
}

function flagButton(row, texts, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.name = row.name;
  button.setAttribute("aria-pressed", String(row.flagged));
  button.setAttribute("aria-label", `${texts.flag}: ${row.value}`);
  button.textContent = row.flagged ? texts.flagged : texts.flag;
  button.addEventListener("click", () => press(row));
  return button;
}

export default { render };
