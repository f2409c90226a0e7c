// What can be done now, as buttons that stay where they are; memory.js, outbox.js and press.js stand before this.

function render({ model, el }) {
  const list = document.createElement("div");
  list.className = "skoen-actions";
  const problem = document.createElement("p");
  problem.className = "skoen-problem";
  problem.setAttribute("role", "alert");
  const status = document.createElement("p");
  status.className = "skoen-status";
  status.setAttribute("role", "status");
  el.append(list, problem, status);
  const presses = new Map();
  let outbox;
  const open = () => {
    const key = model.get("key");
    if (outbox?.key === key) return;
    outbox?.leave();
    presses.clear();
    list.replaceChildren();
    problem.textContent = status.textContent = "";
    const texts = model.get("texts");
    if (!key) return void (outbox = undefined);
    outbox = new Outbox(model, key, {
      waiting: () => (status.textContent = texts.waiting),
      answered: (item, why) => {
        status.textContent = "";
        problem.textContent = why;
        presses.get(item.name)?.wait(false);
      },
    });
    outbox.deliver();
  };
  const draw = () => {
    open();
    const actions = model.get("actions");
    const names = new Set(actions.map((action) => action.name));
    for (const [name, press] of presses) {
      if (names.has(name)) continue;
      press.el.remove();
      presses.delete(name);
    }
    actions.forEach((action, place) => {
      if (!presses.has(action.name)) {
        presses.set(action.name, new Press(model.get("texts"), ({ name, value }) => {
          problem.textContent = "";
          outbox.put({ type: "press", name, value });
        }));
      }
      const press = presses.get(action.name);
      press.set(action);
      if (list.children[place] !== press.el) list.insertBefore(press.el, list.children[place] ?? null);
    });
  };
  // Two classes may offer the same: then the key alone is another.
  model.on("change:actions change:key", draw);
  draw();
  return () => {
    outbox?.leave();
    model.off("change:actions change:key", draw);
  };
}

export default { render };
