// Each row says what the score was given and where it came from; its button says that it does not fit the case.

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function render({ model, el }) {
  const list = document.createElement("ul");
  list.className = "skoen-flags";
  el.append(list);
  const draw = () => {
    const texts = model.get("texts");
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.name : null;
    list.replaceChildren(
      ...model.get("rows").map((row) => {
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
        item.append(flagButton(model, row, texts));
        return item;
      }),
    );
    if (focused) list.querySelector(`[data-name="${focused}"]`)?.focus();
  };
  model.on("change:rows", draw);
  draw();
  return () => model.off("change:rows", draw);
}

function flagButton(model, row, texts) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.name = row.name;
  button.setAttribute("aria-pressed", String(row.flagged));
  button.setAttribute("aria-label", `${texts.flag}: ${row.value}`);
  button.textContent = row.flagged ? texts.flagged : texts.flag;
  button.addEventListener("click", () =>
    model.send({ type: "flag", name: row.name, fits: row.flagged, command_id: newId(), browser_time: Date.now() }),
  );
  return button;
}

export default { render };
