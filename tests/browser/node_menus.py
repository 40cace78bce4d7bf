"""The menus of nodes, as someone uses them: the host's own, with our lines in them."""

from __future__ import annotations

import re

# Where the title of a node is, by its id, title or class, once it is in sight.
TITLE_AT = """name => {
    const { canvas } = window.app;
    const node = canvas.graph.nodes.find((each) => String(each.id) === name)
        ?? canvas.graph.nodes.find((each) => [each.title, each.type].includes(name));
    canvas.ds.scale = 0.6;
    canvas.centerOnNode(node);
    canvas.setDirty(true, true);
    const { left, top } = canvas.canvas.getBoundingClientRect();
    const at = (axis, by) => (node.pos[axis] + by + canvas.ds.offset[axis]) * canvas.ds.scale;
    return [left + at(0, 80), top + at(1, -14)];
}"""


def choose(desk, node: str, line: str) -> None:
    """The line of a node as a whole that begins so; where the host's menu has no lines of packs,
    the button over the node."""
    _open(desk, node)
    if has_bare_menus(desk):
        desk.page.locator("button:has(.ps-sign:not(.ps-sign-widget))").click()
    else:
        _lines(desk, line).first.click()
    desk.page.wait_for_timeout(1500)


def choose_widget(desk, node: str, line: str) -> None:
    """A line of its submenu, which has the widgets."""
    _open(desk, node)
    if has_bare_menus(desk):
        desk.page.locator("button:has(.ps-sign-widget)").click()
    elif desk.nodes == "classic":
        _lines(desk, "Sweep$").click()
    else:
        _lines(desk, "Sweep$").hover()
    _lines(desk, line).last.click()
    desk.page.wait_for_timeout(1500)


def has_bare_menus(desk) -> bool:
    return (desk.frontend, desk.nodes) == ("1.32.9", "Nodes 2.0")


def _lines(desk, beginning: str):
    return desk.page.locator("[role=menuitem]", has_text=re.compile(f"^({beginning})"))


def _open(desk, node: str) -> None:
    desk.page.keyboard.press("Escape")
    desk.page.evaluate(TITLE_AT, node)
    desk.page.wait_for_timeout(400)
    at = desk.page.evaluate(TITLE_AT, node)
    desk.page.mouse.click(*at, button="left" if has_bare_menus(desk) else "right")
    desk.page.wait_for_timeout(400)
