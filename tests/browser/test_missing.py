"""Frames that are not made yet: empty cells, and the buttons that make them."""

from __future__ import annotations

import itertools

from desk import LIMIT, two_pages

SAMPLER, SHEET = 7, 8
SEEDS = itertools.count(8600, 100)
MAKE = """make => {
    const graph = window.app.rootGraph ?? window.app.graph;
    graph.getNodeById(7).widgets.find((each) => each.name === 'make').value = make;
}"""


def plan(desk, workflow):
    """The first four of twelve frames."""
    desk.load(workflow(next(SEEDS)))
    desk.page.evaluate(MAKE, "1-4")
    desk.finish()
    desk.wait_status("4 of 12 frames", "held", "8 frames are not made yet.")


@two_pages
def test_missing_frames_are_made_one_by_one_and_all(desk, workflow):
    page = desk.page
    plan(desk, workflow)
    desk.shoot("missing")
    desk.cell(2).click()
    runs = len(desk.history())
    page.get_by_role("button", name="Make frame 11").click()
    entry = desk.wait_runs(runs + 1)
    ids = desk.ids()
    graph = entry["prompt"][2]
    assert graph[str(SAMPLER)]["inputs"]["make"] == f"#{ids[10]}"
    assert graph[str(SHEET)]["inputs"]["picks"] == f"#{ids[1]}"
    assert entry["prompt"][4] == [str(SHEET)]  # nothing behind it
    desk.wait_status("5 of 12 frames", "1 picked", "7 frames are not made yet.")
    assert page.evaluate("() => document.activeElement.dataset.index") == "10"

    # by keyboard, in the sheet and in the loupe; a mark is refused
    desk.cell(12).focus()
    page.keyboard.press(" ")
    page.keyboard.press("p")
    assert desk.picks() == f"#{ids[1]}"
    page.keyboard.press("m")
    desk.wait_runs(runs + 2)
    desk.wait_status("6 of 12 frames", "6 frames are not made yet.")
    desk.cell(10).focus()
    page.keyboard.press("z")
    page.wait_for_selector(".ps-loupe .ps-blank >> text=not made yet")
    desk.shoot("loupe")
    page.locator(".ps-loupe").get_by_role("button", name="Make frame 10").click()
    page.wait_for_selector('.ps-loupe .photo:not([hidden]) img[src*="/view"]', timeout=LIMIT)
    page.keyboard.press("Escape")
    desk.wait_runs(runs + 3)

    samplings = desk.samplings()
    page.get_by_role("button", name="Make them").click()
    entry = desk.wait_runs(runs + 4)
    asked = entry["prompt"][2][str(SAMPLER)]["inputs"]["make"]
    assert asked == ", ".join(f"#{ids[at]}" for at in (4, 5, 6, 7, 8))
    desk.wait_status("12 frames", "1 picked")
    assert desk.samplings() > samplings
    assert page.locator(".ps-make").count() == 0
    assert desk.ids() == ids


def test_a_frame_that_the_graph_no_longer_has_is_not_made(newest, workflow):
    plan(newest, workflow)
    newest.page.evaluate(
        """() => {
            const graph = window.app.rootGraph ?? window.app.graph;
            graph.getNodeById(3).widgets.find(({ name }) => name === 'seed').value += 50;
        }"""
    )
    newest.cell(11).hover()
    newest.page.get_by_role("button", name="Make frame 11").click()
    newest.wait_status("The run failed: ", "This sweep has no cell #")
    assert newest.page.locator(".ps-cell.missing").count() == 8
