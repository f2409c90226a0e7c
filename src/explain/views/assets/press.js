// A button whose press waits in the outbox until it is answered. It stays where it is while what is around it changes;
// where a press cannot be taken back it asks first, in the page's own words.

const STEADY = 800; // ms: a button that now means something else takes no press that was meant for what it said before

class Press {
  constructor(texts, press) {
    Object.assign(this, { texts, press, action: undefined, busy: false, timer: undefined });
    this.el = document.createElement("span");
    this.el.className = "skoen-press";
    this.button = this.make("", () => (this.action.asks ? this.ask() : this.go()));
    this.el.append(this.button);
  }
  make(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "skoen-quiet";
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }
  set(action) {
    const before = this.action;
    this.action = action;
    if (before && before.label === action.label && before.value === action.value && before.lead === action.lead) return;
    this.button.textContent = action.label;
    this.button.className = action.kind === "main" ? "skoen-main" : "skoen-quiet";
    if (action.about) this.button.setAttribute("aria-label", `${action.label}: ${action.about}`);
    if (action.lead) {
      this.lead ??= this.el.insertBefore(document.createElement("span"), this.button);
      this.lead.className = "skoen-press-lead";
      this.lead.textContent = action.lead;
    }
    if (!before) return;
    this.close();
    this.button.disabled = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.button.disabled = this.busy), STEADY);
  }
  wait(busy) {
    this.busy = busy;
    this.button.disabled = busy;
  }
  go() {
    this.close();
    this.wait(true);
    this.press(this.action);
  }
  ask() {
    const question = document.createElement("span");
    question.className = "skoen-press-question";
    question.textContent = this.action.asks;
    const yes = this.make(this.action.label, () => this.go());
    const no = this.make(this.texts.no, () => this.close());
    this.question = document.createElement("span");
    this.question.setAttribute("role", "group");
    this.question.className = "skoen-press-asks";
    this.question.append(question, yes, no);
    this.question.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.el.append(this.question);
    this.button.hidden = true;
    no.focus();
  }
  close() {
    if (!this.question) return;
    const focused = this.question.contains(document.activeElement);
    this.question.remove();
    this.question = undefined;
    this.button.hidden = false;
    if (focused) this.button.focus();
  }
}
