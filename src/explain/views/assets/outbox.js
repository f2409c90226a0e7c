// What a page has to say and the server has not acknowledged yet. Nothing leaves this tab's memory before the kernel has
// said that it is durable: text goes to sessionStorage at every key, and a press waits there, with the id it was given,
// until it is answered. After a lost line, a reload or a new kernel it is delivered again, in order; the store carries
// out an id once.

const AGAIN_AFTER = 4000; // ms without an answer before a press is delivered again, and the person is told

// crypto.randomUUID is missing on plain http; getRandomValues is not.
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

class Memory {
  constructor(key) {
    this.key = `skoen/${key}`;
    this.here = undefined;
  }
  read() {
    if (this.here) return this.here;
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }
  change(edit) {
    const content = this.read();
    edit(content);
    try {
      sessionStorage.setItem(this.key, JSON.stringify(content));
      this.here = undefined;
    } catch {
      // Storage may be refused or full: this page's memory and the draft in the store are then the only copies.
      this.here = content;
    }
  }
  forget() {
    this.here = undefined;
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Where storage is refused, nothing of it is there.
    }
  }
}

class Outbox {
  constructor(model, key, { waiting, answered }) {
    Object.assign(this, { model, key, waiting, answered, memory: new Memory(key), again: undefined });
    this.heard = (message) => this.receive(message);
    this.back = (event) => event.detail === "up" && this.deliver();
    // A page that has to be loaded anew is loaded at once where something waits to be delivered.
    this.urgent = (event) => this.items.length && event.preventDefault();
    model.on("msg:custom", this.heard);
    window.addEventListener("page:line", this.back);
    window.addEventListener("page:ended", this.urgent);
  }
  get items() {
    return this.memory.read().outbox ?? [];
  }
  put(content) {
    const item = { ...content, command_id: newId(), browser_time: Date.now() };
    this.memory.change((kept) => (kept.outbox = [...(kept.outbox ?? []), item]));
    if (this.items.length === 1) this.deliver();
  }
  deliver() {
    clearTimeout(this.again);
    const [first] = this.items;
    if (!first) return;
    this.again = setTimeout(() => {
      this.waiting();
      this.deliver();
    }, AGAIN_AFTER);
    this.model.send({ ...first, key: this.key });
  }
  receive(message) {
    const [first] = this.items;
    if (message.type !== "acknowledged" || message.key !== this.key || message.command_id !== first?.command_id) return;
    this.memory.change((kept) => kept.outbox.shift());
    this.answered(first, message.problem);
    this.deliver();
  }
  close() {
    clearTimeout(this.again);
    this.model.off("msg:custom", this.heard);
    window.removeEventListener("page:line", this.back);
    window.removeEventListener("page:ended", this.urgent);
  }
}
