// What the guards say about a text: each place with what stands around it, what to write instead, and, where she may
// decide, a button that keeps the word. Places count characters, not the halves that JavaScript counts.

const AROUND = 30; // characters shown before and after the place

function showRemarks(box, text, remarks, keep) {
  const letters = [...text];
  const cut = (from, to) => letters.slice(Math.max(0, from), to).join("");
  const items = remarks.map((remark) => {
    const word = cut(remark.start, remark.end);
    const place = make(
      "p",
      { class: "skoen-place" },
      `${remark.start > AROUND ? "…" : ""}${cut(remark.start - AROUND, remark.start)}`,
      make("mark", {}, word),
      `${cut(remark.end, remark.end + AROUND)}${remark.end + AROUND < letters.length ? "…" : ""}`,
    );
    const item = make("li", { class: remark.refused ? "skoen-refused" : "skoen-asked" }, place);
    item.append(make("p", {}, [remark.looks_like, remark.verdict].join(" ")), make("p", {}, remark.instead));
    if (remark.keep) {
      const button = make("button", { type: "button", class: "skoen-quiet" }, remark.keep);
      button.addEventListener("click", () => keep(word));
      item.append(button);
    }
    return item;
  });
  box.replaceChildren(...(items.length ? [make("ul", {}, ...items)] : []));
}
