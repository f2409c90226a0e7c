// The live table: rows are kept and changed in place, so that nothing moves under a finger and no note that is being
// typed is written over; memory.js, outbox.js and press.js stand before this.

const NOTE_AFTER = 900; // ms without a key before a note is sent

const cellOf = (tag, role, label) => {
  const cell = document.createElement(tag);
  // A phone shows the rows as cards, and a table that is laid out otherwise loses its meaning for a screen reader.
  cell.setAttribute("role", role);
  if (label) cell.dataset.label = label;
  return cell;
};
const change = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

class BoardRow {
  constructor(row, model, board) {
    const texts = model.get("texts");
    this.board = board;
    this.number = row.number;
    this.el = cellOf("tr", "row");
    this.name = cellOf("th", "rowheader");
    this.name.scope = "row";
    this.cells = ["case", "step", "seen"].map((name) => [name, cellOf("td", "cell", texts[name])]);
    this.note = document.createElement("input");
    this.note.type = "text";
    this.note.maxLength = 200;
    this.note.autocomplete = "off";
    this.note.setAttribute("aria-label", `${texts.note}, ${row.name}`);
    this.note.addEventListener("input", () => this.typed());
    this.note.addEventListener("change", () => this.send());
    const noteCell = cellOf("td", "cell", texts.note);
    noteCell.append(this.note);
    const doing = cellOf("td", "cell");
    this.does = document.createElement("div");
    this.does.className = "skoen-board-does";
    doing.append(this.does);
    this.presses = new Map();
    this.told = document.createElement("p");
    this.told.className = "skoen-board-told";
    this.told.setAttribute("role", "alert");
    this.el.append(this.name, ...this.cells.map(([, cell]) => cell), noteCell, doing);
    this.set(row);
    // What was typed before the page was loaded anew is sent now.
    if (this.board.typed(this.number) !== undefined) this.timer = setTimeout(() => this.send(), NOTE_AFTER);
  }
  set(row) {
    const texts = this.board.texts();
    change(this.name, row.name);
    for (const [name, cell] of this.cells) change(cell, row[name]);
    this.el.classList.toggle("skoen-board-away", !row.here);
    this.el.classList.toggle("skoen-board-removed", row.removed);
    const typed = this.board.typed(this.number);
    if (typed !== undefined) this.note.value = typed;
    else if (document.activeElement !== this.note && this.note.value !== row.note) this.note.value = row.note;
    const names = new Set(row.actions.map((action) => action.name));
    for (const [name, press] of this.presses) {
      if (names.has(name)) continue;
      press.el.remove();
      this.presses.delete(name);
    }
    for (const action of row.actions) {
      if (!this.presses.has(action.name)) {
        const press = new Press(texts, ({ name }) => this.board.put({ type: "press", name, number: this.number }));
        this.presses.set(action.name, press);
        this.does.append(press.el);
      }
      this.presses.get(action.name).set(action);
    }
  }
  typed() {
    this.board.type(this.number, this.note.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), NOTE_AFTER);
  }
  send() {
    clearTimeout(this.timer);
    if (this.board.typed(this.number) !== undefined) this.board.put({ type: "note", number: this.number, text: this.note.value });
  }
  answered(item, why) {
    this.presses.get(item.name)?.wait(false);
    if (why) this.tell(why);
    // Only what was sent is let go of: what was typed since is still on its way.
    if (item.type === "note" && !why && this.board.typed(this.number) === item.text) this.board.type(this.number);
  }
  tell(text) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "skoen-quiet";
    close.textContent = this.board.texts().hide;
    close.addEventListener("click", () => this.told.remove());
    this.told.replaceChildren(text, " ", close);
    this.does.append(this.told);
  }
}

function render({ model, el }) {
  const table = document.createElement("table");
  table.setAttribute("role", "table");
  table.className = "skoen-board";
  const head = cellOf("tr", "row");
  const body = document.createElement("tbody");
  body.setAttribute("role", "rowgroup");
  const top = document.createElement("thead");
  top.setAttribute("role", "rowgroup");
  top.append(head);
  table.append(top, body);
  const status = document.createElement("p");
  status.className = "skoen-status";
  status.setAttribute("role", "status");
  el.append(table, status);
  const rows = new Map();
  let outbox;
  const board = {
    texts: () => model.get("texts"),
    put: (content) => outbox.put(content),
    typed: (number) => outbox.memory.read().notes?.[number],
    type: (number, text) => outbox.memory.change((kept) => {
      kept.notes = { ...kept.notes };
      if (text === undefined) delete kept.notes[number];
      else kept.notes[number] = text;
    }),
  };
  const open = () => {
    const key = model.get("key");
    if (outbox?.key === key) return;
    outbox?.leave();
    rows.clear();
    body.replaceChildren();
    const texts = model.get("texts");
    if (!key) return void (outbox = undefined);
    outbox = new Outbox(model, key, {
      waiting: () => (status.textContent = texts.waiting),
      answered: (item, why) => {
        status.textContent = "";
        rows.get(item.number)?.answered(item, why);
      },
    });
    table.setAttribute("aria-label", texts.table);
    head.replaceChildren(...["name", "case", "step", "seen", "note", "does"].map((name) => {
      const column = cellOf("th", "columnheader");
      column.scope = "col";
      column.textContent = texts[name] ?? "";
      return column;
    }));
    outbox.deliver();
  };
  const draw = () => {
    open();
    const given = model.get("rows");
    table.hidden = !given.length;
    if (!outbox) return;
    const there = new Set(given.map((row) => row.number));
    for (const [number, row] of rows) {
      if (there.has(number)) continue;
      row.el.remove();
      rows.delete(number);
    }
    given.forEach((row, place) => {
      if (rows.has(row.number)) rows.get(row.number).set(row);
      else rows.set(row.number, new BoardRow(row, model, board));
      const element = rows.get(row.number).el;
      if (body.children[place] !== element) body.insertBefore(element, body.children[place] ?? null);
    });
  };
  const told = (message) => message.type === "told" && rows.get(message.number)?.tell(message.text);
  model.on("msg:custom", told);
  model.on("change:rows change:key", draw);
  draw();
  return () => {
    outbox?.leave();
    model.off("msg:custom", told);
    model.off("change:rows change:key", draw);
  };
}

export default { render };
