// What a page has to say and the server has not acknowledged yet. Nothing leaves this tab's memory before the kernel has
// said that it is durable: text goes to memory.js at every key, and a press waits there, with the id it was given,
// until it is answered. After a lost line, a reload or a new kernel it is delivered again, in order; the store carries
// out an id once.

const AGAIN_AFTER = 4000; // ms without an answer before a press is delivered again, and the person is told
// Then twice as long, up to this: a server that is only slow must not be asked by a whole class again and again.
const AGAIN_AT_MOST = 32_000;

const outboxes = (window.skoenOutboxes ??= new Set()); // all of the page's, whichever widget they belong to

// crypto.randomUUID is missing on plain http; getRandomValues is not.
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

class Outbox {
  constructor(model, key, { waiting, answered }) {
    Object.assign(this, { model, key, waiting, answered, memory: new Memory(key), again: undefined, leaving: false });
    this.heard = (message) => this.receive(message);
    this.back = (event) => event.detail === "up" && this.deliver();
    // A page that has to be loaded anew is loaded at once where something waits to be delivered, and would outlive it.
    this.urgent = (event) => this.items.length && !this.memory.pageOnly && event.preventDefault();
    outboxes.add(this);
    model.on("msg:custom", this.heard);
    window.addEventListener("page:line", this.back);
    window.addEventListener("page:ended", this.urgent);
  }
  get items() {
    return this.memory.read().outbox ?? [];
  }
  // What was pressed before, elsewhere on the page, is delivered before.
  get hasToWait() {
    const [first] = this.items;
    return [...outboxes].some((other) => !other.leaving && other.items[0]?.browser_time < first.browser_time);
  }
  put(content) {
    const item = { ...content, command_id: newId(), browser_time: Date.now() };
    this.memory.change((kept) => (kept.outbox = [...(kept.outbox ?? []), item]));
    if (this.items.length === 1) this.deliver();
  }
  deliver(patience = AGAIN_AFTER) {
    clearTimeout(this.again);
    const [first] = this.items;
    if (!first) return;
    this.again = setTimeout(() => {
      this.waiting();
      this.deliver(Math.min(2 * patience, AGAIN_AT_MOST));
    }, patience);
    if (!this.hasToWait) this.model.send({ ...first, key: this.key });
  }
  receive(message) {
    const [first] = this.items;
    if (message.type !== "acknowledged" || message.key !== this.key || message.command_id !== first?.command_id) return;
    this.memory.change((kept) => kept.outbox.shift());
    this.answered(first, message.problem, message);
    if (this.leaving && !this.items.length) this.close();
    for (const one of outboxes) one.deliver();
  }
  // The page has gone on. The answer to what was sent from here may come later: it is waited for, and asked for again.
  leave() {
    this.leaving = true;
    if (!this.items.length) this.close();
  }
  close() {
    clearTimeout(this.again);
    outboxes.delete(this);
    this.model.off("msg:custom", this.heard);
    window.removeEventListener("page:line", this.back);
    window.removeEventListener("page:ended", this.urgent);
  }
}
