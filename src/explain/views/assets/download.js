// Asks the kernel for the file's text at the press of the button, and saves it or opens it for printing.

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "skoen-quiet";
  const draw = () => (button.textContent = model.get("label"));
  model.on("change:label", draw);
  draw();
  el.append(button);
  let opened;
  button.addEventListener("click", () => {
    // A window must be opened in the click itself, or the browser takes it for an unasked one.
    if (model.get("opens")) opened = window.open("", "_blank");
    model.send({ type: "make" });
  });
  const receive = (message) => {
    if (message.type !== "file") return;
    const url = URL.createObjectURL(new Blob([message.text], { type: model.get("kind") }));
    if (model.get("opens") && opened) {
      opened.location = url;
    } else {
      const link = document.createElement("a");
      link.href = url;
      link.download = model.get("filename");
      document.body.append(link);
      link.click();
      link.remove();
    }
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  model.on("msg:custom", receive);
  return () => {
    model.off("msg:custom", receive);
    model.off("change:label", draw);
  };
}

export default { render };
