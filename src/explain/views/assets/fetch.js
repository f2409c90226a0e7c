// Stands for a widget's script where the server hands that out: `names`, set before this, says what is fetched. All
// widgets of a kind share what was fetched once, and the browser keeps it for the next visit.

const AT_MOST = 16_000; // ms between two tries: a line that fails for a moment must not leave a page without its form

// A browser may remember that an address failed, so each try has one of its own.
const tried = async (attempt, name) => {
  const base = new URL(`${document.body.dataset.assets ?? "/assets/"}widgets/`, location.href);
  for (let wait = 500; ; wait *= 2) {
    try {
      return await attempt(new URL(wait > 500 ? `${name}?after=${wait}` : name, base).href);
    } catch (error) {
      if (wait > AT_MOST) throw error;
      await new Promise((later) => setTimeout(later, wait));
    }
  }
};

const linked = (href) =>
  new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve });
    link.onerror = (event) => {
      link.remove();
      reject(event);
    };
    document.head.append(link);
  });

// The first of a kind puts its sheet in; none is drawn before it is there. One that does not come holds them back for a
// while, since a page without its looks is hard to read, and then no longer.
const LOOKS_AFTER = 5000; // ms
const late = () => new Promise((resolve) => setTimeout(resolve, LOOKS_AFTER));
const sheets = (window.skoenSheets ??= new Map());
const styled = (name) => {
  if (!sheets.has(name)) sheets.set(name, Promise.race([tried(linked, name).catch(() => {}), late()]));
  return sheets.get(name);
};

export default async () => {
  const [widget] = await Promise.all([tried((href) => import(href), names.script), names.style && styled(names.style)]);
  return widget.default;
};
