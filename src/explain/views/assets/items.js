// A list whose items are added, changed and removed; all by the keyboard alone. Its own answer names its items in order
// ("b d"), and an item's answers stand beneath it ("history.b.kind"), so that a removed item can be brought back whole.

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function drawItems(form, field, name) {
  const { words } = field;
  const set = make("fieldset", { tabindex: "-1" }, make("legend", {}, field.label), hintOf(form, field, name));
  const line = field.along ? make("div", { class: "skoen-line", "aria-hidden": "true" }) : "";
  const list = make("ol", { class: "skoen-items" });
  const none = make("p", { class: "skoen-soft" }, words.none);
  const add = make("button", { type: "button", class: "skoen-quiet" }, words.add);
  const told = make("p", { class: "skoen-status", role: "status" });
  set.append(line, none, list, add, told);

  const items = () => form.value(name).split(" ").filter(Boolean);
  const number = (item) => Number.parseInt(form.value(`${name}.${item}.${field.along}`), 10) || 0;
  const titled = (index) => `${words.one} ${index + 1}`;
  const count = () => {
    none.hidden = items().length > 0;
    for (const [index, one] of [...list.children].entries()) {
      one.querySelector("legend").textContent = titled(index);
      one.querySelector(".skoen-remove").setAttribute("aria-label", `${words.remove}: ${titled(index)}`);
    }
    if (field.along) drawLine(line, items().map(number), words);
  };

  const draw = (item) => {
    const remove = make("button", { type: "button", class: "skoen-remove" }, words.remove);
    const inner = make("fieldset", {}, make("legend", {}));
    for (const part of field.parts) inner.append(...drawField(form, part, `${name}.${item}.`));
    inner.append(remove);
    const one = make("li", { "data-item": item }, inner);
    remove.addEventListener("click", () => takeAway(item, one));
    list.append(one);
  };
  // In the order of time, where there is one; never while she is writing in it.
  const sort = () => {
    if (!field.along) return;
    const sorted = [...list.children].sort((a, b) => (number(a.dataset.item) || Infinity) - (number(b.dataset.item) || Infinity));
    list.append(...sorted);
    form.edit(name, sorted.map((one) => one.dataset.item).join(" "));
  };
  const takeAway = (item, one) => {
    const title = one.querySelector("legend").textContent;
    const next = one.nextElementSibling ?? one.previousElementSibling;
    const order = items();
    one.remove();
    form.edit(name, order.filter((its) => its !== item).join(" "));
    count();
    (next?.querySelector(".skoen-remove") ?? add).focus();
    const undo = make("button", { type: "button", class: "skoen-undo" }, words.undo);
    undo.addEventListener("click", () => {
      form.edit(name, [...items(), item].join(" "));
      draw(item);
      sort();
      count();
      told.textContent = "";
      list.querySelector(`[data-item="${item}"] .skoen-remove`).focus();
    });
    told.replaceChildren(`${words.removed} ${title} `, undo);
  };
  add.addEventListener("click", () => {
    const item = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => LETTERS[byte % 26]).join("");
    if (items().length) sort();
    form.edit(name, [...items(), item].join(" "));
    draw(item);
    count();
    told.textContent = "";
    list.lastElementChild.querySelector(CONTROLS).focus();
  });

  items().forEach(draw);
  form.watch(count);
  count();
  return set;
}

// The items on a line from long ago to the referral. By the square root of the days: what is near matters more.
function drawLine(line, days, words) {
  const there = days.filter((number) => number > 0);
  line.hidden = !there.length;
  const longest = Math.max(...there, 365);
  const at = (number) => `${100 * (1 - Math.sqrt(number / longest))}%`;
  line.replaceChildren(
    ...there.map((number) => {
      const dot = make("i");
      dot.style.left = at(number);
      return dot;
    }),
    make("span", {}, words.long_ago),
    make("span", {}, words.now),
  );
}
