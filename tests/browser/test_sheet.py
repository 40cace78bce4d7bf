"""The whole way in each combination: watch a sweep arrive, pick, continue, reopen, go on."""

from __future__ import annotations

import re

SEEDS = {
    "1.32.9 classic": 2100,
    "1.32.9 Nodes 2.0": 2200,
    "1.58.1 classic": 2300,
    "1.58.1 Nodes 2.0": 2400,
}
ARRIVING = """() => {
    const cells = [...document.querySelectorAll('.ps-sheet .ps-cell')];
    const count = (name) => cells.filter((cell) => cell.classList.contains(name)).length;
    const previews = document.querySelectorAll('.ps-cell.running img[src^="data:image"]').length;
    const done = document.querySelectorAll('.ps-sheet .ps-cell img[src*="/view"]').length;
    return done === 4 && previews === 4 && count('running') === 4 && count('waiting') === 4;
}"""


def test_from_the_run_to_what_is_behind_it(desk, workflow, request):
    seed = SEEDS[re.search(r"\[(.+)\]", request.node.name)[1]]
    before = len(desk.history())
    desk.load(workflow(seed, after="randomize"))
    assert "Run the workflow" in desk.page.text_content(".ps-empty")

    with desk.held(batches=1):
        desk.run()
        desk.page.wait_for_function(ARRIVING)
        desk.shoot("running")
    desk.wait_status("12 frames", "Held: pick frames, then Continue.")
    desk.shoot("held")
    sheet = desk.page.locator(".ps-sheet")
    wide, high = sheet.evaluate("sheet => [sheet.clientWidth, sheet.clientHeight]")
    assert wide > 700 and high > 400  # as large as its node has room
    first = desk.wait_runs(before + 1)
    assert "9" not in first["outputs"]  # nothing behind the sheet has run
    ids = desk.ids()

    # by mouse: a pick, and a pick taken back; by keyboard: the next but one, with stars
    desk.cell(6).click()
    desk.cell(2).click()
    desk.page.wait_for_timeout(500)  # two clicks, not a double one
    desk.cell(2).click()
    desk.cell(2).press("ArrowRight")
    desk.page.keyboard.press("ArrowLeft")
    desk.page.keyboard.press("ArrowLeft")
    desk.page.keyboard.press("p")
    desk.page.keyboard.press("4")
    desk.page.keyboard.press("ArrowRight")
    desk.page.keyboard.press("x")
    assert desk.picks() == f"#{ids[5]}, #{ids[0]}"
    desk.wait_status("2 picked", "1 rejected")
    desk.shoot("picked")
    assert desk.cell(1).get_attribute("aria-selected") == "true"
    spoken = desk.cell(1).get_attribute("aria-label")
    assert re.fullmatch(r"Frame 1, seed \d+, .+, picked, number 2, 4 stars", spoken)

    # Continue: exactly the picks in their order, with the seeds as they were, nothing sampled
    samplings = desk.samplings()
    desk.page.keyboard.press("Enter")
    desk.wait_status("Running what is behind this sheet, with 2 frames. Nothing is sampled again.")
    second = desk.wait_runs(before + 2)
    assert second["status"]["status_str"] == "success"
    names = [image["filename"] for image in second["outputs"]["9"]["images"]]
    assert names == [f"{seed}_6.png", f"{seed}_1.png"]
    assert second["prompt"][2]["3"]["inputs"]["seed"] == seed
    assert desk.samplings() == samplings

    # reload, and open the saved file elsewhere: the frames come from the store
    saved = desk.saved()
    assert len(str(saved)) < 60_000
    desk.reload()
    desk.page.wait_for_selector(".ps-cell.picked img")
    assert desk.picks() == f"#{ids[5]}, #{ids[0]}"
    saved["id"] = f"00000000-0000-4000-9000-{seed:012d}"
    desk.load(saved)
    desk.wait_status("12 frames", "from the store", "2 picked")
    assert desk.cell(2).get_attribute("class").split().count("rejected") == 1
    assert "★4" in desk.page.inner_html(".ps-sheet") or desk.cell(1).locator(".ps-stars").count()
    desk.shoot("reopened")

    # new seeds: the picks stay as keepers, are shown as such, and are passed on
    desk.page.get_by_role("button", name="New seeds").click()
    third = desk.wait_runs(before + 3)
    assert third["prompt"][2]["3"]["inputs"]["seed"] == seed + 4
    assert "9" not in third["outputs"]
    desk.page.wait_for_selector(".ps-strip .keeper")
    desk.wait_status("12 frames", "2 picked")
    desk.cell(12).click()
    desk.shoot("keepers")
    new = desk.ids()
    assert not set(new) & set(ids)
    samplings = desk.samplings()
    desk.cell(12).press("Enter")
    fourth = desk.wait_runs(before + 4)
    assert len(fourth["outputs"]["9"]["images"]) == 3
    picked = fourth["outputs"]["8"]["proofsheet"][0]["picks"]["ids"]
    assert picked == [ids[5], ids[0], new[11]]
    assert desk.samplings() == samplings
