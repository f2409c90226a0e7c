// When the place changes, the page begins at its top and the new heading gets the focus, so that eyes and screen readers
// meet the new step; the first place of a page is left alone.

const SWEEP_AFTER = 1500; // ms: the forms that are shown are drawn by then, and keep what is theirs

// What waits in this tab for a form that is not shown any more is delivered here, once, when the page is opened.
function sweep(model) {
  // A case of one's own and the practice are two walks: what waits for the one is not delivered to the other.
  const own = (key) => key.startsWith("own/");
  const shown = new Set(Array.from(document.querySelectorAll("form[data-key]"), (form) => form.dataset.key));
  // Buttons and the live table deliver what is theirs.
  for (const outbox of outboxes) if (!outbox.leaving) shown.add(outbox.key);
  for (const key of Memory.keys()) {
    if (shown.has(key) || own(key) !== own(model.get("place"))) continue;
    const outbox = new Outbox(model, key, {
      waiting: () => {},
      answered: () => outbox.items.length || outbox.memory.forget(),
    });
    outbox.deliver();
    if (!outbox.items.length) leave(model, outbox.memory, key);
  }
}

// What was typed here and never sent, in a step that another tab has locked since: she is shown it once, and the tab
// forgets it. Whether the step is behind her the kernel knows; without its answer everything stays.
function leave(model, memory, key) {
  const fields = Object.entries(memory.read().fields ?? {});
  if (!fields.length) return;
  const command_id = newId();
  const heard = (message) => {
    if (message.type !== "acknowledged" || message.command_id !== command_id) return;
    model.off("msg:custom", heard);
    memory.forget();
  };
  model.on("msg:custom", heard);
  const values = Object.fromEntries(fields.map(([name, { value }]) => [name, value]));
  model.send({ type: "left", key, values, command_id, browser_time: Date.now() });
}

function render({ model }) {
  let first = true;
  let swept = false;
  const arrive = () => {
    const title = model.get("title");
    if (title) document.title = title;
    // A reload comes back to the same place.
    const query = model.get("query");
    if (query && query !== location.search) history.replaceState(null, "", location.pathname + query);
    // Beside the step the case stays unfolded; above it, on a phone, it folds away once it has been read.
    setTimeout(() => {
      if (window.innerWidth > 960) return;
      for (const read of document.querySelectorAll("details[data-read]")) read.open = false;
    });
    if (!swept && model.get("place")) {
      swept = true;
      setTimeout(() => sweep(model), SWEEP_AFTER);
    }
    if (first) return void (first = !model.get("place"));
    // The panels are filled in the same breath as the place; a frame later they are drawn.
    setTimeout(() => {
      // What she must be told comes first, then the case where it is to be read, then the step.
      const seen = (which) => Array.from(document.querySelectorAll(which)).find((one) => one.offsetParent);
      const heading = seen(".skoen-notice") ?? seen("[data-read-first]") ?? seen("[data-step-heading]");
      // Whoever has begun to write already is left at it: the keys she presses next belong there.
      if (!heading || document.activeElement?.matches("input, textarea")) return;
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
      const top = heading.getBoundingClientRect().top + window.scrollY - 90;
      const scroller = document.scrollingElement;
      scroller.scrollTo({ top: Math.max(0, top), behavior: "instant" });
    }, 60);
  };
  model.on("change:place", arrive);
  arrive();
  return () => model.off("change:place", arrive);
}

export default { render };
