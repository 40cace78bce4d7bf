"""The menus of nodes, as someone uses them: the host's own, with our lines in them."""

from __future__ import annotations

import re

SETTLED = 1500  # milliseconds: what the line did is done, in one step of the undo
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
SWEEP = re.compile("^Sweep$")  # the line that has the widgets


def choose(desk, node: str, line: str) -> None:
    """The line of a node as a whole that begins so; where the host's menu has no lines of packs,
    the button over the node."""
    open_menu(desk, node)
    if has_bare_menus(desk):
        desk.page.locator("button:has(.ps-sign:not(.ps-sign-widget))").click()
    else:
        lines(desk, line).first.click()
    desk.page.wait_for_timeout(SETTLED)


def choose_widget(desk, node: str, *line: str) -> None:
    """The line of its widgets that begins so, or so."""
    open_menu(desk, node)
    if has_bare_menus(desk):
        desk.page.locator("button:has(.ps-sign-widget)").click()
    elif desk.nodes == "classic":
        desk.page.locator("[role=menuitem]", has_text=SWEEP).click()
    else:
        desk.page.locator("[role=menuitem]", has_text=SWEEP).hover()
    found = lines(desk, *line).last
    found.wait_for()
    desk.shoot(f"menu-{node}")
    found.click()
    desk.page.wait_for_timeout(SETTLED)


def open_menu(desk, node: str) -> None:
    """Its menu, or the buttons over it where the menu has no lines of packs."""
    desk.page.evaluate(TITLE_AT, node)
    desk.page.wait_for_timeout(400)
    at = desk.page.evaluate(TITLE_AT, node)
    desk.page.mouse.click(*at, button="left" if has_bare_menus(desk) else "right")
    desk.page.wait_for_timeout(400)


def lines(desk, *beginnings: str):
    """The lines of all open menus that begin so."""
    any_of = "|".join(map(re.escape, beginnings))
    return desk.page.locator("[role=menuitem]", has_text=re.compile(f"^({any_of})"))


def has_bare_menus(desk) -> bool:
    """Whether the host's menu has no lines of packs."""
    return (desk.frontend, desk.nodes) == ("1.32.9", "Nodes 2.0")
