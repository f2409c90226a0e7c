// The questions of a form, one by one. `form` holds what they share: key, texts, value(name), edit(name, value), and
// watch(f), whose f is called when anything was answered.

const CONTROLS = "input,textarea,select";

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

// `prefix` stands before the names of a list's item: "siblings.b.".
function drawField(form, field, prefix = "") {
  const name = prefix + field.name;
  const drawn = { list: drawItems, text: drawText, line: drawText, number: drawNumber, select: drawSelect }[field.kind];
  const element = (drawn ?? (field.kind === "several" ? drawSeveral : field.kind === "tick" ? drawTick : drawChoices))(form, field, name);
  element.classList.add("skoen-field");
  element.dataset.field = name;
  element.toggleAttribute("data-required", Boolean(field.required));
  element.append(make("p", { class: "skoen-beside", id: `${idOf(form, name)}-beside` }));
  const parts = field.heading ? [make("h2", {}, field.heading), element] : [element];
  if (field.when) {
    const on = prefix + field.when.name;
    form.watch(() => {
      // Nothing hangs on the answer to a question that is not asked itself; that one stands before this.
      const asked = !form.unasked.has(on) && field.when.values.includes(form.value(on));
      form.unasked[asked ? "delete" : "add"](name);
      for (const part of parts) part.hidden = !asked;
    });
  }
  return parts;
}

const idOf = (form, name) => `${form.key}/${name}`.replace(/[^a-zA-Z0-9]/g, "-");
const hintOf = (form, field, name) => (field.hint ? make("p", { class: "skoen-hint", id: `${idOf(form, name)}-hint` }, field.hint) : "");
const described = (form, field, name) => `${field.hint ? `${idOf(form, name)}-hint ` : ""}${idOf(form, name)}-beside`;
const heardAs = (form, field, name) => ({ "aria-describedby": described(form, field, name), "aria-required": field.required ? "true" : null });

function labelOf(form, field, name) {
  const label = make("label", { for: idOf(form, name) }, field.label);
  if (!field.required) label.append(make("span", { class: "skoen-optional" }, ` (${form.texts.optional})`));
  return label;
}

function drawText(form, field, name) {
  const attributes = { id: idOf(form, name), ...heardAs(form, field, name), autocomplete: "off" };
  const box = field.kind === "text" ? make("textarea", { ...attributes, rows: "5" }) : make("input", { ...attributes, type: "text" });
  box.value = form.value(name);
  box.addEventListener("input", () => form.edit(name, box.value));
  const remarks = field.looked_through ? make("div", { class: "skoen-remarks", role: "status", "data-remarks": name }) : "";
  return make("div", {}, labelOf(form, field, name), hintOf(form, field, name), box, remarks);
}

function drawNumber(form, field, name) {
  const box = make("input", {
    id: idOf(form, name), type: "text", inputmode: "numeric", size: "6", maxlength: "9", autocomplete: "off",
    ...heardAs(form, field, name),
  });
  box.value = form.value(name);
  box.addEventListener("input", () => form.edit(name, box.value));
  return make("div", {}, labelOf(form, field, name), hintOf(form, field, name), box);
}

function drawSelect(form, field, name) {
  const box = make("select", { id: idOf(form, name), ...heardAs(form, field, name) });
  const fill = () => {
    const more = field.from ? form.items(field.from) : [];
    const options = [{ value: "", label: form.texts.choose }, ...field.options, ...more];
    const told = JSON.stringify(options);
    if (box.dataset.told === told) return;
    box.dataset.told = told;
    box.replaceChildren(...options.map(({ value, label }) => make("option", { value }, label)));
    box.value = form.value(name);
    if (box.selectedIndex < 0) box.value = "";
  };
  form.watch(fill);
  fill();
  box.addEventListener("change", () => form.edit(name, box.value));
  return make("div", {}, labelOf(form, field, name), hintOf(form, field, name), box);
}

// One main choice from a list, and a box for each of the others; the answer is their values, the main one first.
function drawSeveral(form, field, name) {
  const id = idOf(form, name);
  const main = make("select", { id, ...heardAs(form, field, name) });
  main.append(...[{ value: "", label: form.texts.choose }, ...field.options].map(({ value, label }) => make("option", { value }, label)));
  const [first = "", ...others] = form.value(name).split(" ");
  main.value = first;
  const boxes = field.options.map(({ value, label }) => {
    const box = make("input", { type: "checkbox", value });
    box.checked = others.includes(value);
    return make("label", {}, box, make("span", {}, label));
  });
  const inputs = boxes.map((label) => label.querySelector("input"));
  const summary = make("summary", {});
  const settle = () => {
    for (const [index, box] of inputs.entries()) boxes[index].hidden = box.value === main.value;
    const chosen = inputs.filter((box) => box.checked && box.value !== main.value);
    summary.textContent = `${form.texts.others} (${chosen.length})`;
    return [main.value, ...chosen.map((box) => box.value)].filter(Boolean).join(" ");
  };
  settle();
  const group = make("div", { class: "skoen-choices", role: "group", "aria-label": form.texts.others }, ...boxes);
  const element = make("div", {}, labelOf(form, field, name), hintOf(form, field, name), main, make("details", {}, summary, group));
  for (const control of [main, ...inputs]) control.addEventListener("change", () => form.edit(name, settle()));
  return element;
}

function drawTick(form, field, name) {
  const box = make("input", { type: "checkbox", id: idOf(form, name), ...heardAs(form, field, name) });
  box.checked = form.value(name) === "yes";
  box.addEventListener("change", () => form.edit(name, box.checked ? "yes" : ""));
  const label = make("label", { class: "skoen-tick" }, box, make("span", {}, field.label));
  return make("div", {}, make("div", { class: "skoen-choices" }, label), hintOf(form, field, name));
}

function drawChoices(form, field, name) {
  const rating = field.kind === "rating";
  const options = rating
    ? Array.from({ length: 10 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) }))
    : field.options;
  const choices = options.map((option) => {
    const radio = make("input", { type: "radio", name: idOf(form, name), value: option.value, "aria-label": rating ? ratingName(field, option) : null });
    radio.checked = option.value === form.value(name);
    radio.addEventListener("change", () => form.edit(name, option.value));
    return make("label", {}, radio, make("span", {}, option.label));
  });
  const brief = options.length <= 4 && options.every(({ label }) => label.length <= 24);
  const group = make("div", { class: rating ? "skoen-rating" : `skoen-choices${brief ? " skoen-brief" : ""}` }, ...choices);
  if (rating) group.addEventListener("keydown", (event) => chooseByDigit(event, group));
  const legend = make("legend", {}, field.label);
  if (!field.required) legend.append(make("span", { class: "skoen-optional" }, ` (${form.texts.optional})`));
  const set = make("fieldset", { role: "radiogroup", ...heardAs(form, field, name) }, legend, hintOf(form, field, name), group);
  if (rating) {
    const [low, high] = field.options;
    set.append(make("div", { class: "skoen-ends", "aria-hidden": "true" }, make("span", {}, low.label), make("span", {}, high.label)));
  }
  return set;
}

// The end words belong to 1 and 10; a screen reader hears them there.
const ratingName = (field, option) => {
  if (option.value === "1") return field.options[0].label;
  if (option.value === "10") return field.options[1].label;
  return null;
};

function chooseByDigit(event, group) {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
  const radio = group.querySelector(`input[value="${event.key === "0" ? 10 : Number(event.key)}"]`);
  radio.focus();
  radio.click();
  event.preventDefault();
}
