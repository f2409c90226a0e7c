// A form that owns what is being typed; memory.js and outbox.js, which stand before it, keep it until the server has it.

const DRAFT_AFTER = 700; // ms without a key before a draft is sent

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

function render({ model, el }) {
  let drawn = () => {};
  const draw = () => {
    drawn();
    drawn = drawForm(model, el);
  };
  model.on("change:key", draw);
  draw();
  return () => {
    model.off("change:key", draw);
    drawn();
  };
}

function drawForm(model, el) {
  const key = model.get("key");
  const texts = model.get("texts");
  const fields = model.get("fields");
  el.replaceChildren();
  if (!key) return () => {};

  const outbox = new Outbox(model, key, {
    waiting: () => (status.textContent = texts.waiting),
    answered: (item, why) => {
      status.textContent = "";
      if (why) button.disabled = false;
      else {
        // What is kept is kept; the next question is on its way. Should the line lose it, it is asked for.
        answeredPress = item;
        later = setTimeout(askAnew, AGAIN_AFTER);
      }
      problem.textContent = why;
      // Where another tab was faster, her words stand in the page's notice, and nothing of them stays in this tab.
      if (why && model.get("key") === key) problem.focus();
      else outbox.memory.forget();
    },
  });
  let answeredPress; // while the next question has not come
  let later;
  // The same press again: carried out already, it is answered with the page as it is now.
  const askAnew = () => {
    if (!answeredPress) return;
    button.disabled = false;
    model.send({ ...answeredPress, key });
  };
  const memory = outbox.memory;
  const kept = memory.read();
  const drafts = model.get("drafts");
  const timers = new Map();
  const values = {};
  const revisions = {};
  for (const { name } of fields) {
    // The newer of what this tab and what the store remembers; never a default.
    const here = kept.fields?.[name];
    const there = drafts[name];
    const newest = here && (!there || here.revision >= there.revision) ? here : there;
    values[name] = newest?.value ?? "";
    revisions[name] = newest?.revision ?? 0;
  }

  const status = make("p", { class: "skoen-status", role: "status" });
  const problem = make("p", { class: "skoen-problem", role: "alert", tabindex: "-1" });
  const button = make("button", { type: "submit", class: model.get("quiet") ? "skoen-quiet" : "skoen-main" });
  button.textContent = model.get("button");

  const edit = (name, value) => {
    values[name] = value;
    fit();
    revisions[name] = Math.max(Date.now(), revisions[name] + 1);
    memory.change((content) => {
      content.fields = { ...content.fields, [name]: { value, revision: revisions[name] } };
    });
    mark(name, false);
    if (!el.querySelector("[data-missing]")) problem.textContent = "";
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(() => sendDraft(name), DRAFT_AFTER));
  };
  const mark = (name, missing) => {
    const question = el.querySelector(`[data-field="${name}"]`);
    question.toggleAttribute("data-missing", missing);
    const heard = question.querySelector("textarea, [type=text]") ?? question;
    if (heard.hasAttribute("aria-required")) heard.setAttribute("aria-invalid", String(missing));
  };
  const sendDraft = (name) =>
    model.send({ type: "draft", key, field: name, value: values[name], revision: revisions[name] });

  const controls = fields.map((field) => drawField(field, key, values[field.name], (value) => edit(field.name, value), texts));
  const note = model.get("note");
  const form = make("form", { novalidate: true, class: "skoen-form", "data-key": key, "aria-label": model.get("label") || null });
  form.append(...inOrder(fields, controls, texts), problem);
  const asked = (field) => !field.when || values[field.when[0]] === field.when[1];
  // A question that belongs to one answer is asked with that answer alone.
  const fit = () => fields.forEach((field, place) => (controls[place].hidden = !asked(field)));
  fit();
  if (note) {
    form.append(make("p", { class: "skoen-note", id: "skoen-note" }, note));
    button.setAttribute("aria-describedby", "skoen-note");
  }
  form.append(button, status);
  el.append(form);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const missing = fields.filter((field) => field.required && asked(field) && !values[field.name].trim());
    for (const field of fields) mark(field.name, missing.includes(field));
    if (missing.length) {
      problem.textContent = texts.missing;
      for (const fold of form.querySelectorAll("details:has([data-missing])")) fold.open = true;
      form.querySelector(`[data-field="${missing[0].name}"] :is(input, textarea)`).focus();
      return;
    }
    for (const timer of timers.values()) clearTimeout(timer);
    button.disabled = true;
    problem.textContent = "";
    const given = fields.filter(asked).map(({ name }) => [name, values[name]]);
    outbox.put({ type: "send", values: Object.fromEntries(given) });
  });

  const receive = (message) => {
    if (message.key !== key) return;
    if (message.type === "kept" && revisions[message.field] === message.revision) {
      // Said once, not at every pause in her writing.
      if (status.textContent !== texts.kept) status.textContent = texts.kept;
      memory.change((content) => {
        const field = content.fields?.[message.field];
        if (field?.revision === message.revision) field.kept = true;
      });
    }
  };
  model.on("msg:custom", receive);

  // What this tab remembers and the store does not is brought to the store: now, and when the line is back.
  const bring = () => {
    for (const { name } of fields) {
      if ((memory.read().fields?.[name]?.revision ?? 0) > (drafts[name]?.revision ?? 0)) sendDraft(name);
    }
  };
  const back = (event) => {
    if (event.detail !== "up") return;
    bring();
    askAnew();
  };
  window.addEventListener("page:line", back);
  bring();
  button.disabled = outbox.items.length > 0;
  outbox.deliver();

  return () => {
    outbox.leave();
    clearTimeout(later);
    window.removeEventListener("page:line", back);
    model.off("msg:custom", receive);
    for (const timer of timers.values()) clearTimeout(timer);
  };
}

function drawField(field, key, value, edit, texts) {
  const id = `${key}/${field.name}`.replace(/[^a-zA-Z0-9]/g, "-");
  const hint = field.hint ? make("p", { class: "skoen-hint", id: `${id}-hint` }, field.hint) : "";
  if (field.kind === "text") {
    const heard = { "aria-describedby": field.hint ? `${id}-hint` : null, "aria-required": field.required ? "true" : null };
    const box = make("textarea", { id, rows: "5", ...heard });
    box.value = value;
    box.addEventListener("input", () => edit(box.value));
    const label = make("label", { for: id }, field.label);
    if (!field.required) label.append(make("span", { class: "skoen-optional" }, ` (${texts.optional})`));
    return make("div", { class: "skoen-field", "data-field": field.name }, label, hint, box);
  }
  if (field.kind === "line") {
    const line = make("input", { id, type: "text", autocomplete: "off", "aria-describedby": field.hint ? `${id}-hint` : null });
    line.value = value;
    line.addEventListener("input", () => edit(line.value));
    const label = make("label", { for: id }, field.label);
    if (!field.required) label.append(make("span", { class: "skoen-optional" }, ` (${texts.optional})`));
    return make("div", { class: "skoen-field", "data-field": field.name }, label, hint, line);
  }
  if (field.kind === "tick") {
    const box = make("input", { id, type: "checkbox", "aria-describedby": field.hint ? `${id}-hint` : null });
    box.checked = value === "yes";
    box.addEventListener("change", () => edit(box.checked ? "yes" : ""));
    const label = make("label", { for: id, class: "skoen-tick" }, box, make("span", {}, field.label));
    return make("div", { class: "skoen-field skoen-choices", "data-field": field.name }, label, hint);
  }
  const rating = field.kind === "rating";
  const options = rating
    ? Array.from({ length: 10 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) }))
    : field.options;
  const choices = options.map((option) => {
    const radio = make("input", { type: "radio", name: id, value: option.value, "aria-label": rating ? ratingName(field, option) : null });
    radio.checked = option.value === value;
    radio.addEventListener("change", () => edit(option.value));
    return make("label", {}, radio, make("span", {}, option.label));
  });
  const group = make("div", { class: rating ? "skoen-rating" : "skoen-choices" }, ...choices);
  if (rating) group.addEventListener("keydown", (event) => chooseByDigit(event, group));
  const set = make(
    "fieldset",
    {
      class: "skoen-field",
      role: "radiogroup",
      "data-field": field.name,
      "aria-describedby": field.hint ? `${id}-hint` : null,
      "aria-required": field.required ? "true" : null,
    },
    make("legend", {}, field.label),
    hint,
    group,
  );
  if (rating) {
    const [low, high] = field.options;
    set.append(make("div", { class: "skoen-ends", "aria-hidden": "true" }, make("span", {}, low.label), make("span", {}, high.label)));
  }
  return set;
}

// What few will want to change is folded away, under one summary, where the first of it stands.
function inOrder(fields, controls, texts) {
  const folded = controls.filter((_, place) => fields[place].folded);
  if (!folded.length) return controls;
  const open = controls.filter((_, place) => !fields[place].folded);
  return [...open, make("details", { class: "skoen-more" }, make("summary", {}, texts.more), ...folded)];
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

export default { render };
