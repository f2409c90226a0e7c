"""What a screen reader is told of a page: Chromium's own accessibility tree, as lines one can read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Page

SILENT: Final = {"generic", "none", "InlineTextBox", "RootWebArea", "LineBreak", "LayoutTable", "ListMarker"}
"""Roles that are not spoken; what is in them is."""
SAID: Final = (
    *("checked", "pressed", "expanded", "level", "invalid", "required", "disabled"),
    *("live", "atomic", "roledescription"),
)
"""Properties that are spoken, or decide when something is."""
OUTLINE: Final = {
    *("banner", "main", "navigation", "complementary", "article", "region", "form", "search"),
    *("heading", "group", "radiogroup", "textbox", "button", "link", "image", "img", "table", "alert"),
    *("DisclosureTriangle", "combobox", "dialog"),
}
"""Roles by which one finds one's way. The radio buttons of a group are counted with it; what is said in
passing, such as that a draft is kept, is left out."""
LONGEST: Final = 70
"""Characters of a name in an outline."""


@dataclass(frozen=True)
class Node:
    """One thing that is spoken: how deep it lies, what it is, its name, its description, its properties."""

    depth: int
    role: str
    name: str
    description: str
    said: tuple[str, ...]

    def __str__(self) -> str:
        described = f" ({self.description})" if self.description else ""
        return " ".join([f"{'  ' * self.depth}{self.role} {self.name!r}{described}", *self.said]).rstrip()


def tree(page: Page) -> list[Node]:
    """Return what Chromium tells of a page, in the order it is read."""
    chromium = page.context.new_cdp_session(page)
    nodes = chromium.send("Accessibility.getFullAXTree")["nodes"]
    chromium.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return list(_walk(nodes[0], by_id, 0))


def _walk(node: dict[str, Any], by_id: dict[str, dict[str, Any]], depth: int) -> Iterator[Node]:
    spoken = _node(node, depth)
    if spoken:
        yield spoken
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from _walk(by_id[child], by_id, depth + bool(spoken))


def _node(node: dict[str, Any], depth: int) -> Node | None:
    role = node.get("role", {}).get("value", "")
    if node["ignored"] or role in SILENT:
        return None
    found = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    said = [f"{name}={found[name]}" for name in SAID if _tells(name, found.get(name), role)]
    name = " ".join(node.get("name", {}).get("value", "").split())
    if role == "StaticText" and not name:
        return None
    return Node(depth, role, name, " ".join(node.get("description", {}).get("value", "").split()), tuple(said))


def _tells(name: str, value: object, role: str) -> bool:
    if name in ("checked", "pressed", "expanded"):
        return value is not None
    return value not in (None, False, "false", "off") and not (name == "atomic" and role in ("alert", "status"))


def outline(nodes: list[Node]) -> list[str]:
    """Return the outline: landmarks, headings, groups and what can be operated, each on a line."""
    lines = []
    for place, node in enumerate(nodes):
        if node.role not in OUTLINE:
            continue
        name = node.name if len(node.name) <= LONGEST else node.name[: LONGEST - 1] + "…"
        level = "".join(f" {one.removeprefix('level=')}" for one in node.said if one.startswith("level="))
        inside = 0
        for other in nodes[place + 1 :]:
            if other.depth <= node.depth:
                break
            inside += other.role == "radio"
        radios = f", {inside} radio buttons" if inside and node.role in ("group", "radiogroup") else ""
        lines.append(f"{node.role}{level}: {name}{radios}".rstrip())
    return lines
