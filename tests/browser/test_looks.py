"""How a sheet is looked at: counts of marks, rows and columns swapped, in any width."""

from __future__ import annotations

import itertools

import pytest
from desk import two_pages

SEEDS = itertools.count(9000, 100)
MAKE = """make => {
    const graph = window.app.rootGraph ?? window.app.graph;
    graph.getNodeById(7).widgets.find((each) => each.name === 'make').value = make;
}"""
HEADS = """kind => [...document.querySelectorAll(`.ps-sheet ${kind}`)]
    .map((head) => head.innerText.replace(/\\s+/g, ' ').trim())
    .sort()"""
ORDER = """() => [...document.querySelectorAll('.ps-sheet .ps-cell')]
    .map((cell) => [cell.getBoundingClientRect(), cell.dataset.index])
    .sort(([a], [b]) => a.top - b.top || a.left - b.left)
    .map(([, index]) => Number(index) + 1)"""


def sheet_of(desk, workflow, make="all", **options):
    """Three prompts and four seeds, of which only some frames are made."""
    desk.load(workflow(next(SEEDS), **options))
    desk.page.evaluate(MAKE, make)
    desk.finish()


def counts(desk, kind):
    return desk.page.locator(f".ps-sheet {kind} .ps-tally:visible").all()


def names(tallies):
    return sorted(each.get_attribute("aria-label") for each in tallies)


@two_pages
def test_counts_follow_the_marks(desk, workflow):
    page = desk.page
    sheet_of(desk, workflow)
    desk.wait_status("12 frames")
    assert counts(desk, ".ps-colhead") == []
    for number, key in ((3, "4"), (6, "5"), (7, "3"), (1, "2")):
        desk.cell(number).focus()
        page.keyboard.press(key)
    for number in (3, 6, 7):
        desk.cell(number).focus()
        page.keyboard.press("p")
    assert names(counts(desk, ".ps-colhead")) == [
        "1 picked, 5 stars",
        "2 picked, 7 stars, most picked",
        "2 stars",
    ]
    assert names(counts(desk, ".ps-rowhead")) == [
        "1 picked, 6 stars",
        "2 picked, 8 stars, most picked",
    ]
    said = page.locator(".ps-line [role=rowheader]").all_text_contents()
    assert [each for each in said if each.endswith(", 2 picked, 8 stars, most picked")]
    desk.shoot("counts")
    before = page.evaluate_handle("() => document.querySelector('.ps-sheet .ps-cell')")
    desk.cell(5).focus()
    page.keyboard.press("x")
    page.keyboard.press("p")  # marks patch what is there
    assert "1 picked, 2 stars" in names(counts(desk, ".ps-colhead"))
    assert before.evaluate("cell => cell.isConnected")
    page.keyboard.press("t")
    assert counts(desk, ".ps-colhead") == []
    saved = desk.saved()
    saved["id"] = f"00000000-0000-4000-9000-{next(SEEDS):012d}"
    desk.load(saved)
    desk.wait_status("12 frames", "4 picked")
    assert counts(desk, ".ps-rowhead") == []
    desk.cell(5).focus()
    page.keyboard.press("t")
    assert len(counts(desk, ".ps-rowhead")) == 2


@two_pages
def test_rows_and_columns_swapped(desk, workflow):
    page = desk.page
    sheet_of(desk, workflow)
    desk.wait_status("12 frames")
    desk.cell(6).click()
    rows, columns = page.evaluate(HEADS, ".ps-rowhead b"), page.evaluate(HEADS, ".ps-colname")
    assert (len(rows), len(columns)) == (3, 4)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("r")
    page.wait_for_function("() => document.querySelectorAll('.ps-colname').length === 3")
    assert page.evaluate(ORDER)[:6] == [1, 5, 9, 2, 6, 10]
    assert page.evaluate(HEADS, ".ps-rowhead b")[0] == f"seed {columns[0]}"
    names_of_rows = sorted(name.split(" ", 1)[1] for name in rows)
    assert page.evaluate(HEADS, ".ps-colname") == names_of_rows
    assert desk.cell(6).get_attribute("aria-selected") == "true"
    assert page.evaluate("() => document.activeElement.dataset.index") == "5"
    desk.shoot("swapped")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.dataset.index") == "9"
    page.keyboard.press("Shift+Space")
    page.wait_for_function("() => document.querySelectorAll('.ps-sheet .ps-cell').length === 3")
    assert page.evaluate(ORDER) == [2, 6, 10]
    page.keyboard.press("Escape")
    page.locator(".ps-colhead").nth(1).click()
    page.wait_for_function("() => document.querySelectorAll('.ps-sheet .ps-cell').length === 4")
    assert page.evaluate(ORDER) == [5, 6, 7, 8]
    page.get_by_role("button", name="Swap rows and columns").click()  # the same frames stay
    assert page.evaluate(ORDER) == [5, 6, 7, 8]
    page.locator(".ps-sheet .ps-cell").first.press("Escape")
    page.wait_for_function("() => document.querySelectorAll('.ps-colname').length === 4")
    page.keyboard.press("r")
    assert not [url for url in asked if "object_info" in url]  # the host's own R
    saved = desk.saved()
    saved["id"] = f"00000000-0000-4000-9000-{next(SEEDS):012d}"
    desk.load(saved)
    desk.wait_status("12 frames", "1 picked")
    assert page.evaluate(ORDER)[:3] == [1, 5, 9]
    assert desk.picks() == f"#{desk.ids()[5]}"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_narrow_sheet_has_room_for_it_all(newest, workflow, theme):
    page = newest.page
    newest.server.post("/api/settings", {"Comfy.ColorPalette": theme})
    try:
        newest.open()
        sheet_of(newest, workflow, "1-15", count=8)
        newest.wait_status("15 of 24 frames")
        for number in (2, 9, 10, 11):
            newest.cell(number).click()
        for number, key in ((2, "5"), (3, "4"), (10, "3")):
            newest.cell(number).focus()
            page.keyboard.press(key)
        for width in (420, 640, 1100):
            page.evaluate(
                """width => {
                    const graph = window.app.rootGraph ?? window.app.graph;
                    graph.getNodeById(8).setSize([width, 900]);
                    graph.setDirtyCanvas(true, true);
                }""",
                width,
            )
            page.wait_for_timeout(800)
            newest.shoot(f"narrow-{theme}-{width}")
            assert page.locator(".ps-make").first.is_visible()
            assert counts(newest, ".ps-colhead")
        newest.cell(9).focus()
        page.keyboard.press("r")
        page.wait_for_timeout(300)
        newest.shoot(f"narrow-{theme}-swapped")
    finally:
        newest.server.post("/api/settings", {"Comfy.ColorPalette": "dark"})
