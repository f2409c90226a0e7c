// What a tab remembers of what was written in it, by place. It stands before outbox.js and rescue.js.
//
// Storage may be refused or full: then this page's memory, and the draft in the store, are the only copies. Widgets have
// their scripts each for itself, and one page: what they share hangs on its window.
const pageOnly = (window.skoenPageOnly ??= new Map());

const unsaved = (content) =>
  content.outbox?.length > 0 || Object.values(content.fields ?? {}).some((field) => !field.kept);

// A browser that keeps nothing asks before the page is left with what the server has not got.
window.skoenAsks ??= window.addEventListener("page:leaving", (event) => {
  if ([...pageOnly.values()].some(unsaved)) event.preventDefault();
}) ?? true;

class Memory {
  constructor(key) {
    this.key = `skoen/${key}`;
  }
  // The places of all that is remembered.
  static keys() {
    let stored = [];
    try {
      stored = Object.keys(sessionStorage).filter((name) => name.startsWith("skoen/"));
    } catch {
      // Where storage is refused, nothing is in it.
    }
    return [...new Set([...stored, ...pageOnly.keys()])].map((name) => name.slice("skoen/".length));
  }
  get pageOnly() {
    return pageOnly.has(this.key);
  }
  read() {
    if (this.pageOnly) return pageOnly.get(this.key);
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
      pageOnly.delete(this.key);
    } catch {
      pageOnly.set(this.key, content);
    }
  }
  forget() {
    pageOnly.delete(this.key);
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Where storage is refused, nothing is in it.
    }
  }
}
