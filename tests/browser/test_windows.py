"""The loupe, compare, survey, keys, filters, order and undo: by keyboard and by mouse."""

from __future__ import annotations

import json

SEED = 2500


def opened(desk, workflow, **options):
    """The example with its frames made; the first test pays, the others read the store."""
    before = len(desk.history())
    desk.load(workflow(SEED, **options))
    desk.run()
    desk.wait_runs(before + 1)
    desk.wait_status("12 frames")
    return desk.ids()


def press(desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def dialogs(desk) -> int:
    return desk.page.locator("dialog[open]").count()


def test_loupe_compare_and_survey_by_keyboard_alone(newest, workflow):
    desk, page = newest, newest.page
    ids = opened(desk, workflow)
    desk.cell(1).focus()
    press(desk, "ArrowDown", "z")
    page.wait_for_selector("dialog .ps-loupe img[src*=png]")
    assert page.text_content("dialog h2") == "Frame 5 of 12"
    assert str(SEED) in page.text_content("dialog .seed")
    assert "a blue boat on the sea" in page.text_content("dialog .ps-panel")
    desk.shoot("loupe")
    press(desk, "z")  # one to one
    page.wait_for_function("() => document.querySelector('.ps-zoom').textContent === '100 %'")
    press(desk, "+", "ArrowRight", "p", "Shift+X")
    assert desk.picks() == ""  # Shift+X: rejected, and on to the next
    press(desk, "p", "ArrowRight", "c")  # the first pick is the one to beat
    assert page.text_content("dialog h2") == "Compare"
    page.wait_for_selector("dialog .ps-diff >> text=A, frame 7")
    page.wait_for_selector("dialog .ps-diff >> text=B, frame 8")
    rows = page.locator("dialog .ps-diff tbody tr")
    assert rows.count() == 1  # only the seed differs
    desk.shoot("compare")
    press(desk, "s")
    page.wait_for_selector("dialog .ps-diff >> text=A, frame 8")
    press(desk, "p")  # B, which is 7 now, is a pick no more
    press(desk, "p", "ArrowRight", "n")
    page.wait_for_selector("dialog .ps-survey .view")
    assert page.locator("dialog .ps-survey .view").count() == 4  # one pick alone: its row
    press(desk, "Delete", "Delete")
    assert page.text_content("dialog h2") == "Survey, 2 frames"
    desk.shoot("survey")
    press(desk, "?")
    assert dialogs(desk) == 2
    press(desk, "Escape", "Escape")
    assert dialogs(desk) == 0
    focused = "() => document.activeElement.getAttribute('aria-label') ?? ''"
    assert page.evaluate(focused).startswith("Frame ")  # the cell last seen
    assert ids[6] in desk.picks()


def test_marks_order_filters_and_undo(newest, workflow):
    desk, page = newest, newest.page
    ids = opened(desk, workflow)
    desk.cell(1).click()
    desk.cell(3).click(modifiers=["Shift"])
    assert desk.picks() == ", ".join(f"#{each}" for each in ids[:3])
    press(desk, "Control+z", "Control+z")
    assert desk.picks() == ""
    box, other = desk.cell(5).bounding_box(), desk.cell(8).bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(other["x"] + 20, other["y"] + 20, steps=12)
    page.mouse.up()
    assert desk.picks() == ", ".join(f"#{each}" for each in ids[4:8])
    desk.cell(8).press("Alt+ArrowLeft")
    assert desk.picks().split(", ")[2] == f"#{ids[7]}"
    desk.cell(8).press("Control+z")
    desk.wait_status("Undone: order of picks.")
    press(desk, "Control+z")
    assert desk.picks() == ""  # one drag is one step
    desk.cell(6).dblclick()
    page.wait_for_selector("dialog .ps-loupe")
    assert desk.picks() == ""  # its two clicks cancel
    press(desk, "Escape")

    press(desk, "5", "ArrowRight", "p")
    page.get_by_role("radio", name="★ 3 and up").click()
    page.wait_for_function("() => document.querySelectorAll('.ps-sheet .ps-cell').length === 1")
    page.get_by_role("radio", name="Picked 1").click()
    page.wait_for_selector('.ps-sheet .ps-cell[data-index="6"]')
    desk.cell(7).press("Escape")
    desk.cell(7).press("Shift+ ")
    page.wait_for_function("() => document.querySelectorAll('.ps-sheet .ps-cell').length === 4")
    press(desk, "Shift+ ", "Control+a")
    assert len(desk.picks().split(",")) == 12


def test_a_picks_text_by_hand_and_one_at_fault(newest, workflow):
    desk, page = newest, newest.page
    ids = opened(desk, workflow)
    write = """text => {
        const node = (window.app.rootGraph ?? window.app.graph).getNodeById(8);
        const widget = node.widgets.find((each) => each.name === 'picks');
        widget.value = text;
        widget.callback?.(text);
    }"""
    page.evaluate(write, "7, 2-3")
    desk.wait_status("3 picked")
    assert desk.picks() == "7, 2-3"  # a text by hand stays
    page.evaluate(write, "99")
    desk.wait_status("The picks text has a fault: There is no frame 99", "Your marks are unchanged")
    desk.cell(7).click()
    assert desk.picks() == f"#{ids[1]}, #{ids[2]}"


def test_more_like_this_adds_seeds_for_the_prompt_alone(newest, workflow):
    desk, page = newest, newest.page
    ids = opened(desk, workflow)
    before, samplings = len(desk.history()), desk.samplings()
    desk.cell(6).click()
    page.get_by_role("button", name="More like this").click()
    run = desk.wait_runs(before + 1)
    [manifest] = run["outputs"]["8"]["proofsheet"]
    seeds = [frame["seed"] for frame in manifest["frames"]]
    assert seeds == list(range(SEED, SEED + 8))
    assert {frame["positive"] for frame in manifest["frames"]} == {
        "a blue boat on the sea at night with a moon"
    }
    assert [frame["id"] for frame in manifest["frames"][:4]] == ids[4:8]
    assert desk.samplings() == samplings + 1  # only the four new ones
    desk.wait_status("8 frames", "1 picked")
    assert desk.cell(2).get_attribute("aria-selected") == "true"


def test_recipe_opens_as_a_workflow_of_its_own(newest, workflow):
    desk, page = newest, newest.page
    opened(desk, workflow)
    desk.cell(4).focus()
    press(desk, "z")
    page.get_by_role("button", name="Open recipe as workflow").click()
    page.wait_for_selector("dialog", state="detached")
    graph = "(window.app.rootGraph ?? window.app.graph)"
    kinds = page.evaluate(f"() => {graph}.nodes.map((node) => node.type)")
    assert "KSampler" in kinds and not {kind for kind in kinds if "Sweep" in kind}


CANCEL = """() => document.dispatchEvent(new PointerEvent('pointercancel', { pointerId: 1 }))"""


def drag_cancelled(desk, start, *stops) -> None:
    """Across all stops but the last, which the pointer reaches after it was taken away."""
    mouse = desk.page.mouse
    mouse.move(*start)
    mouse.down()
    for x, y in stops[:-1]:
        mouse.move(x, y, steps=6)
    desk.page.evaluate(CANCEL)  # as when the system takes a pen or a finger; 1 is the mouse
    mouse.move(*stops[-1], steps=6)
    mouse.up()
    mouse.move(2, 2)


def middle(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_drag_that_is_taken_away_leaves_nothing_stuck(newest, workflow):
    desk, page = newest, newest.page
    ids = opened(desk, workflow)

    def written(*indices: int) -> str:
        return ", ".join(f"#{ids[index]}" for index in indices)

    drag_cancelled(desk, *(middle(desk.cell(number)) for number in (1, 2, 3)))
    assert desk.picks() == written(0, 1)
    desk.cell(5).click()
    desk.cell(6).click()
    assert desk.picks() == written(0, 1, 4, 5)
    start = middle(desk.cell(7))
    drag_cancelled(desk, start, middle(desk.cell(8)), middle(desk.cell(9)))
    press(desk, "Control+z")  # one drag is one step still
    assert desk.picks() == written(0, 1, 4, 5)

    picks = page.locator(".ps-strip li")
    drag_cancelled(desk, *(middle(picks.nth(at)) for at in (0, 1, 3)))
    assert desk.picks() == written(1, 0, 4, 5)
    picks.nth(2).click()
    assert "Frame 5" in page.evaluate("() => document.querySelector('.ps-cell.is-focus').ariaLabel")

    desk.cell(1).focus()
    press(desk, "c")
    grip = page.locator("dialog .grip")
    x, y = middle(grip)
    drag_cancelled(desk, (x, y), (x + 60, y), (x + 160, y))
    assert int(grip.get_attribute("aria-valuenow")) > 50
    assert abs(middle(grip)[0] - (x + 60)) < 3
    press(desk, "z")  # the loupe: the picture fits
    image = page.locator("dialog .ps-loupe img").first
    for _ in range(6):
        press(desk, "+")
    before = image.bounding_box()
    x, y = middle(page.locator("dialog .ps-loupe"))
    drag_cancelled(desk, (x, y), (x - 40, y - 30), (x - 140, y - 130))
    after = image.bounding_box()
    assert abs(after["x"] - before["x"] + 40) < 2 and abs(after["y"] - before["y"] + 30) < 2


HOSTILE = """<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>
{{constructor.constructor('window.hacked=1')()}} ${alert(1)} javascript:window.hacked=1"""


def test_hostile_texts_are_only_texts(newest, workflow):
    desk, page = newest, newest.page
    line = HOSTILE.replace("\n", " ").replace("{", "\\{").replace("}", "\\}")
    prompts = f"---\nname: <b onmouseover=window.hacked=1>x</b>\n{line}\n---\nname: y\n{line} two"
    given = workflow(2600, prompts=prompts, count=2)
    sheet = next(node for node in given["nodes"] if node["id"] == 8)
    axis = {"name": HOSTILE, "labels": [HOSTILE], "values": [HOSTILE]}
    hostile = {
        "rejects": ["<img src=x onerror=window.hacked=1>"],
        "stars": {"<b>": 5},
        "sheet": {
            "version": 1,
            "id": "<b>",
            "axes": [axis],
            "constants": {HOSTILE: HOSTILE},
            "texts": [HOSTILE, json.dumps({HOSTILE: HOSTILE})],
            "frames": [["0123456789abcdef", 1, HOSTILE, 0, 0, 128, 128, 1, 1, 1, 0]],
        },
    }
    sheet["properties"]["proofsheet"] = hostile
    desk.load(given)
    page.wait_for_selector(".ps-cell")
    before = len(desk.history())
    desk.run()
    desk.wait_runs(before + 1)
    desk.wait_status("4 frames")
    desk.cell(1).focus()
    press(desk, "p", "z")
    page.wait_for_selector("dialog .ps-loupe img")
    assert HOSTILE.split("\n")[0] in page.text_content("dialog .ps-panel")
    press(desk, "ArrowDown", "c")
    page.wait_for_selector("dialog .ps-diff")
    assert page.evaluate("() => window.hacked") is None
    strange = "proofsheet-face script, dialog script, proofsheet-face b[onmouseover], [onerror]"
    assert page.locator(strange).count() == 0
