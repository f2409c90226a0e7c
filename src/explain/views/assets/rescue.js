// What waits in this tab, as a file; and such a file taken in again. Nothing of it passes through the server. Before it
// stand memory.js, which knows what waits, and mask.js, which keeps out of the file what may point to a real person.

const KIND = "skoen-unsent";
const PLACE = "skoen/";

const unsent = () => {
  const entries = {};
  for (const key of Memory.keys()) {
    const content = new Memory(key).read();
    if (content.outbox?.length || Object.keys(content.fields ?? {}).length) entries[PLACE + key] = content;
  }
  return entries;
};

function render({ model, el }) {
  const draw = () => {
    const texts = model.get("texts");
    if (!texts.save) return;
    const save = document.createElement("button");
    save.type = "button";
    save.className = "skoen-quiet";
    save.textContent = texts.save;
    save.hidden = true;
    save.addEventListener("click", () => saveFile(texts));
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const file = document.createElement("input");
    file.type = "file";
    file.accept = "application/json,.json";
    file.addEventListener("change", async () => {
      const said = await takeIn(file.files[0]);
      status.textContent = texts[said];
      if (said === "taken") location.reload();
    });
    // A browser says "Choose File" in its own language, so the label is the button and the input lies over it unseen.
    const label = document.createElement("label");
    label.className = "skoen-quiet skoen-file";
    label.append(texts.choose, file);
    const words = document.createElement("p");
    words.id = "skoen-rescue-words";
    words.textContent = texts.take;
    file.setAttribute("aria-describedby", words.id);
    const fold = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = texts.title;
    fold.append(summary, words, label, status);
    el.replaceChildren(save, fold);
    el.onLine = (event) => (save.hidden = event.detail === "up" || !Object.keys(unsent()).length);
  };
  const line = (event) => el.onLine?.(event);
  window.addEventListener("page:line", line);
  model.on("change:texts", draw);
  draw();
  return () => {
    window.removeEventListener("page:line", line);
    model.off("change:texts", draw);
  };
}

function saveFile({ filename, omitted }) {
  const entries = Object.entries(unsent()).map(([name, content]) => [name, fitForFile(content, omitted)]);
  const text = JSON.stringify({ kind: KIND, version: 1, entries: Object.fromEntries(entries) }, null, 1);
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: filename });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// What this tab has of the same place is kept: only what is missing here is taken from the file. Returns what to say.
async function takeIn(file) {
  try {
    const { kind, entries } = JSON.parse(await file.text());
    if (kind !== KIND) return "wrong";
    const known = new Set(Memory.keys());
    for (const [name, content] of Object.entries(entries)) {
      const key = name.slice(PLACE.length);
      if (!name.startsWith(PLACE) || known.has(key)) continue;
      const memory = new Memory(key);
      memory.change((empty) => Object.assign(empty, content));
      if (!memory.pageOnly) continue;
      memory.forget(); // it would not outlive the reload that delivers it
      return "refused";
    }
    return "taken";
  } catch {
    return "wrong";
  }
}

export default { render };
