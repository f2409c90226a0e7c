"""A page to test the server with: says who the visitor is, counts clicks, keeps a text."""

import os

import anywidget
import ipywidgets as widgets
import traitlets

from explain.serving.hooks import on_visitor
from explain.serving.visitor import Visitor

SCRIPT = """
export default { render({ model, el }) {
  el.innerHTML = "<label>Tekst <input></label>";
  const input = el.querySelector("input");
  let kept;
  try { kept = sessionStorage; } catch { kept = undefined; }  // refused
  input.value = kept?.getItem("text") || model.get("text");
  input.addEventListener("input", () => {
    kept?.setItem("text", input.value);
    model.set("text", input.value);
    model.save_changes();
  });
} };
"""


class Text(anywidget.AnyWidget):
    """A field whose script owns what is typed."""

    _esm = SCRIPT
    text = traitlets.Unicode("").tag(sync=True)


def first_page() -> widgets.VBox:
    """Build the page empty and fill it when the visitor is known."""
    who, names, answer, button = widgets.Label(), widgets.Label(), widgets.Label("0"), widgets.Button(description="Tæl")

    def clicked(_: widgets.Button) -> None:
        print("printed by the page")
        answer.value = str(int(answer.value) + 1)
        if answer.value == "3":
            raise ValueError("written by a person")

    button.on_click(clicked)

    def fill(visitor: Visitor) -> None:
        who.value = f"{visitor.id} {visitor.language} {dict(visitor.query)}"
        names.value = " ".join(sorted(os.environ))

    on_visitor(fill)
    heading = widgets.HTML("<h1>Første side</h1>")
    return widgets.VBox([heading, who, answer, button, Text(), names])
