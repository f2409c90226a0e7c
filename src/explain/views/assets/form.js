// A form that owns what is being typed. Before it stand memory.js and outbox.js, which keep it until the server has it,
// fields.js and items.js, which draw the questions, and remarks.js, which shows what the guards found.

const DRAFT_AFTER = 700; // ms without a key before a draft is sent

function render({ model, el }) {
  let drawn = () => {};
  const draw = () => {
    drawn();
    drawn = drawForm(model, el);
  };
  const forget = (message) => {
    if (message.type !== "forget") return;
    for (const key of Memory.keys()) if (key.startsWith(message.prefix)) new Memory(key).forget();
  };
  model.on("change:key", draw);
  model.on("msg:custom", forget);
  draw();
  return () => {
    model.off("change:key", draw);
    model.off("msg:custom", forget);
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
    answered: (item, why, answer) => {
      status.textContent = "";
      if (why) button.disabled = false;
      else {
        // What is kept is kept; the next question is on its way. Should the line lose it, it is asked for.
        answeredPress = item;
        later = setTimeout(askAnew, AGAIN_AFTER);
      }
      problem.textContent = why;
      const marked = Object.entries(answer.remarks ?? {});
      for (const [name, remarks] of marked) remark(name, remarks);
      // Where another tab was faster, her words stand in the page's notice, and nothing of them stays in this tab.
      if (!why || model.get("key") !== key) outbox.memory.forget();
      else if (!sayBeside({ ...Object.fromEntries(marked.map(([name]) => [name, ""])), ...answer.beside })) problem.focus();
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
  for (const name of new Set([...fields.map((field) => field.name), ...Object.keys(drafts), ...Object.keys(kept.fields ?? {})])) {
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

  const watching = [];
  const shared = {
    key,
    texts,
    value: (name) => values[name] ?? "",
    unasked: new Set(),
    watch: (look) => {
      watching.push(look);
      look();
    },
    // The items of a list as choices: a history event is the child's, or one of the siblings'.
    items: (list) => {
      const words = fields.find((field) => field.name === list)?.words ?? {};
      const items = (values[list] ?? "").split(" ").filter(Boolean);
      return items.map((value, index) => ({ value, label: `${words.one} ${index + 1}` }));
    },
    edit: (name, value) => {
      values[name] = value;
      revisions[name] = Math.max(Date.now(), (revisions[name] ?? 0) + 1);
      memory.change((content) => {
        content.fields = { ...content.fields, [name]: { value, revision: revisions[name] } };
      });
      clearBeside(name);
      if (!el.querySelector("[data-missing]")) problem.textContent = "";
      clearTimeout(timers.get(name));
      timers.set(name, setTimeout(() => sendDraft(name), DRAFT_AFTER));
      for (const look of watching) look();
    },
  };
  const sendDraft = (name) =>
    model.send({ type: "draft", key, field: name, value: values[name], revision: revisions[name], kept: keptWords() });

  // --- what is said beside a question ---

  const question = (name) => el.querySelector(`[data-field="${name}"]`);
  // What a screen reader hears as one entry: a group of radio buttons as a whole, otherwise each control.
  const heard = (name) => (question(name)?.matches("[role=radiogroup]") ? [question(name)] : (question(name)?.querySelectorAll(CONTROLS) ?? []));
  const mark = (name, said) => {
    question(name).setAttribute("data-missing", "");
    for (const control of heard(name)) control.setAttribute("aria-invalid", "true");
    el.querySelector(`#${CSS.escape(`${idOf(shared, name)}-beside`)}`).textContent = said;
  };
  const clearBeside = (name) => {
    if (!question(name)?.hasAttribute("data-missing")) return;
    question(name).removeAttribute("data-missing");
    for (const control of heard(name)) control.setAttribute("aria-invalid", "false");
    el.querySelector(`#${CSS.escape(`${idOf(shared, name)}-beside`)}`).textContent = "";
  };
  const sayBeside = (beside) => {
    const there = Object.entries(beside).filter(([name]) => question(name));
    for (const [name, said] of there) mark(name, said);
    const first = [...el.querySelectorAll("[data-missing]")].find((one) => !one.closest("[hidden]"));
    for (const fold of el.querySelectorAll(".skoen-more:has([data-missing])")) fold.open = true;
    first?.querySelector(`${CONTROLS},button`)?.focus();
    return there.length > 0;
  };

  // --- what the guards say ---

  const keptWords = () => memory.read().kept ?? [];
  const remark = (name, remarks) => {
    const box = el.querySelector(`[data-remarks="${name}"]`);
    if (!box) return;
    const refused = remarks.filter((one) => one.refused).map(({ start, end }) => [start, end]);
    memory.change((content) => {
      if (content.fields?.[name]) content.fields[name].refused = refused;
    });
    if (refused.length) status.textContent = texts.not_kept;
    showRemarks(box, values[name], remarks, (word) => {
      memory.change((content) => (content.kept = [...(content.kept ?? []), word]));
      problem.textContent = "";
      sendDraft(name);
      box.parentElement.querySelector("textarea, input").focus();
    });
  };

  const form = make("form", { novalidate: true, class: "skoen-form", "data-key": key, "aria-label": model.get("label") || null });
  form.append(...inOrder(fields, (field) => drawField(shared, field), texts));
  if (form.querySelector("[data-remarks]")) {
    const limits = make("details", { class: "skoen-limits" }, make("summary", {}, texts.limits_title), make("p", {}, texts.limits));
    form.querySelector("[data-remarks]").parentElement.append(limits);
  }
  form.append(problem);
  const note = model.get("note");
  if (note) {
    form.append(make("p", { class: "skoen-note", id: "skoen-note" }, note));
    button.setAttribute("aria-describedby", "skoen-note");
  }
  form.append(button, status);
  el.append(form);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const asked = [...form.querySelectorAll("[data-required]")].filter((one) => !one.closest("[hidden]") && !one.querySelector(".skoen-items"));
    const missing = asked.map((one) => one.dataset.field).filter((name) => !shared.value(name).trim());
    for (const one of [...form.querySelectorAll("[data-missing]")]) clearBeside(one.dataset.field);
    if (missing.length) {
      problem.textContent = texts.missing;
      sayBeside(Object.fromEntries(missing.map((name) => [name, ""])));
      return;
    }
    for (const timer of timers.values()) clearTimeout(timer);
    button.disabled = true;
    problem.textContent = "";
    // What belongs to another answer, or to an item that was taken away, is not sent.
    const asks = (name) => question(name) && !question(name).closest("[hidden]");
    const given = Object.entries(values).filter(([name]) => asks(name));
    outbox.put({ type: "send", values: Object.fromEntries(given), kept: keptWords() });
  });

  const receive = (message) => {
    if (message.type === "unsay" && message.key === key && !el.querySelector("[data-missing]")) problem.textContent = "";
    if (message.key !== key || revisions[message.field] !== message.revision) return;
    if (message.type === "remarks") remark(message.field, message.remarks);
    if (message.type === "kept") {
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
    for (const [name, { revision }] of Object.entries(memory.read().fields ?? {})) {
      if (revision > (drafts[name]?.revision ?? 0)) sendDraft(name);
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

// What few will want to change is folded away, under one summary, below the rest.
function inOrder(fields, draw, texts) {
  const open = fields.filter((field) => !field.folded).flatMap(draw);
  const folded = fields.filter((field) => field.folded).flatMap(draw);
  if (folded.length) open.push(make("details", { class: "skoen-more" }, make("summary", {}, texts.more), ...folded));
  return open;
}

export default { render };
