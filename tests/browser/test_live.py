"""Nothing is lost on the way: reloads, tabs, interrupts, failures, copies, subgraphs."""

from __future__ import annotations

import pytest
from desk import LIMIT, READY, two_pages

RUNNING = "() => document.querySelectorAll('.ps-cell.running').length > 0"
GRAPH = "(window.app.rootGraph ?? window.app.graph)"
COPY = f"""() => {{
    const canvas = window.app.canvas;
    canvas.selectNode({GRAPH}.getNodeById(8));
    canvas.copyToClipboard();
    canvas.pasteFromClipboard();
}}"""
DONE = "() => document.querySelectorAll('.ps-sheet .ps-cell img[src*=\"/view\"]').length"
FIRST_BATCH = f"() => ({DONE})() === 4 && ({RUNNING})()"


def stop(desk, made):
    """Run a workflow, and interrupt it after its first batch."""
    before = len(desk.history())
    desk.load(made)
    with desk.held(batches=1):
        desk.run()
        desk.page.wait_for_function(FIRST_BATCH, timeout=LIMIT)
        desk.server.interrupt()
        desk.wait_runs(before + 1)


def test_a_reload_in_mid_run_misses_nothing(newest, workflow):
    desk = newest
    before = len(desk.history())
    desk.load(workflow(3100))
    with desk.held(batches=1):
        desk.run()
        desk.page.wait_for_function(RUNNING)
        desk.page.wait_for_timeout(1500)  # the host saves what is open
        desk.reload()
        desk.page.wait_for_function(f"() => ({DONE})() === 4")
    desk.wait_runs(before + 1)
    desk.wait_status("12 frames", "Held: pick frames")
    assert desk.page.evaluate(DONE) == 12


def test_a_tab_left_in_mid_run_shows_all_on_return(newest, workflow):
    desk, page = newest, newest.page
    before = len(desk.history())
    desk.load(workflow(3200))
    with desk.held():
        desk.run()
        page.wait_for_function(RUNNING)
        desk.load(workflow(3300))  # the same node ids, another workflow
    desk.wait_runs(before + 1)
    page.wait_for_timeout(500)
    assert "Run the workflow" in page.text_content(".ps-empty")  # nothing of the other one
    page.evaluate(
        """async () => {
            const store = window.app.extensionManager.workflow;
            const others = store.openWorkflows.filter((each) => each !== store.activeWorkflow);
            const state = others.at(-1).changeTracker.activeState;
            await window.app.loadGraphData(JSON.parse(JSON.stringify(state)));
        }"""
    )
    desk.wait_status("12 frames", "Held: pick frames")


def test_an_interrupted_run_keeps_what_is_done(newest, workflow):
    desk, page = newest, newest.page
    stop(desk, workflow(3400))
    desk.wait_status("stopped", "Stopped. Run again to make the other", "are kept.")
    done = page.evaluate(DONE)
    assert done == 4
    desk.shoot("stopped")
    page.locator(".ps-cell:not(.waiting)").first.click()
    assert desk.picks().startswith("#")
    desk.run()
    desk.wait_status("12 frames", "1 picked")


def test_continue_after_a_stop_leaves_the_sweep_alone(newest, workflow):
    """It queues `make: none`, and only then: a whole sweep stays as it was, for the cache."""
    desk, page = newest, newest.page
    stop(desk, workflow(3450))
    desk.wait_status("stopped")
    page.locator(".ps-cell:not(.waiting)").first.click()
    asked = f"() => {GRAPH}.getNodeById(7).widgets.map((each) => each.value)"
    widgets = page.evaluate(asked)
    samplings, runs = desk.samplings(), len(desk.history())
    page.get_by_role("button", name="Continue with 1").click()
    run = desk.wait_runs(runs + 1)
    assert run["prompt"][2]["7"]["inputs"]["make"] == "none"
    assert desk.samplings() == samplings
    assert len(run["outputs"]["9"]["images"]) == 1
    assert page.evaluate(asked) == widgets
    whole = desk.finish()["prompt"][2]["7"]["inputs"]
    desk.wait_status("12 frames", "1 picked")
    page.get_by_role("button", name="Continue with 1").click()
    assert desk.wait_runs(runs + 3)["prompt"][2]["7"]["inputs"] == whole


def test_one_failed_frame_is_marked_and_said(newest, workflow):
    desk, page = newest, newest.page
    marker = desk.server.output / "fail"
    marker.write_text("3502")
    desk.load(workflow(3500))
    desk.finish()
    desk.wait_status("9 of 12 frames", "3 failed", "3 frames failed. First:", "told to fail here")
    assert page.locator(".ps-cell.failed").count() == 3
    desk.shoot("failed")
    marker.unlink()
    samplings = desk.samplings()
    desk.run()
    desk.wait_status("12 frames")
    desk.wait_for(lambda: desk.samplings() > samplings)


def test_frames_gone_from_the_store_are_said(newest, workflow):
    desk = newest
    desk.load(workflow(3600))
    desk.finish()
    desk.wait_status("12 frames")
    ids = desk.ids()
    desk.cell(2).click()
    desk.cell(5).click()
    saved = desk.saved()
    for frame_id in (ids[1], ids[7]):
        for file in (desk.server.output / "proofsheet/store" / frame_id[:2]).glob(f"{frame_id}*"):
            file.unlink()
    saved["id"] = "00000000-0000-4000-9000-000000003600"
    desk.load(saved)
    desk.wait_status("10 of 12 frames", "2 frames are gone from the store. Run again to make them.")
    desk.page.wait_for_selector(".ps-strip .lost")
    desk.page.get_by_role("button", name="Continue with 1").wait_for()
    desk.shoot("gone")


def test_picks_of_an_earlier_sweep_are_shown_kept_and_dropped(newest, workflow):
    desk, page = newest, newest.page
    desk.load(workflow(3700))
    desk.finish()
    desk.wait_status("12 frames")
    desk.cell(1).click()
    desk.cell(2).click()
    seed = f"{GRAPH}.getNodeById(3).widgets.find((widget) => widget.name === 'seed').value"
    page.evaluate(f"() => {{ {seed} = 3750; }}")
    desk.run()
    desk.wait_status("2 picks are from an earlier sweep. They are still passed on, from the store.")
    assert page.locator(".ps-cell.picked").count() == 0  # old picks never land on new pictures
    desk.shoot("earlier")
    page.get_by_role("button", name="Keep").click()
    assert page.locator(".ps-strip .keeper").count() == 2
    page.locator(".ps-strip li").first.press("Delete")
    assert page.locator(".ps-strip li").count() == 1


def test_a_copied_node_and_a_subgraph_have_their_own_sheet(newest, workflow):
    desk, page = newest, newest.page
    desk.load(workflow(3800))
    desk.finish()
    desk.wait_status("12 frames")
    desk.cell(3).click()
    page.evaluate(COPY)
    page.wait_for_function("() => document.querySelectorAll('proofsheet-face').length === 2")
    page.wait_for_function("() => document.querySelectorAll('.ps-cell.picked').length === 2")
    page.evaluate(
        f"""() => {{
            const graph = {GRAPH};
            const sheets = graph.nodes.filter((each) => each.type === 'ProofsheetContactSheet');
            graph.remove(sheets.find((each) => String(each.id) !== '8'));
            const sheet = graph.getNodeById(8);
            window.app.canvas.deselectAll?.();
            window.app.canvas.selectNode(sheet);
            graph.convertToSubgraph(new Set([sheet]));
        }}"""
    )
    last = desk.finish()
    [output] = [key for key, value in last["outputs"].items() if "proofsheet" in value]
    assert ":" in output
    page.evaluate(
        f"""() => {{
            const outer = {GRAPH}.nodes.find((each) => each.subgraph);
            window.app.canvas.setGraph(outer.subgraph);
        }}"""
    )
    page.wait_for_function("() => document.querySelectorAll('.ps-cell.picked img').length > 0")


def test_a_copy_made_in_mid_run_finds_its_frames_when_the_run_has_ended(newest, workflow):
    desk, page = newest, newest.page
    before = len(desk.history())
    desk.load(workflow(3900))
    with desk.held(batches=1):
        desk.run()
        page.wait_for_function(FIRST_BATCH, timeout=LIMIT)
        page.evaluate(COPY)
        desk.wait_status("Stopped. Run again to make the other")
    desk.wait_runs(before + 1)
    page.wait_for_function(f"() => ({DONE})() === 24", timeout=LIMIT)
    assert "Stopped." not in page.text_content("body")


@two_pages
def test_promoted_picks_are_those_of_the_sheet(desk, workflow):
    page = desk.page
    desk.load(workflow(4200))
    desk.finish()
    desk.wait_status("12 frames")
    ids = desk.ids()
    page.evaluate(
        f"""() => {{
            const graph = {GRAPH};
            const sheet = graph.getNodeById(8);
            graph.convertToSubgraph(new Set([sheet]));
            const {{ subgraph }} = graph.nodes.find((each) => each.subgraph);
            const [inner] = subgraph.nodes;
            const picks = inner.inputs.find((each) => each.name === 'picks');
            subgraph.addInput('picks', 'STRING').connect(picks, inner);
        }}"""
    )
    inside = f"""() => {{
        window.outer = {GRAPH}.nodes.find((each) => each.subgraph);
        window.app.canvas.setGraph(window.outer.subgraph);
        const [{{ pos }}] = window.outer.subgraph.nodes;
        const offset = [100 - pos[0], 100 - pos[1]];
        Object.assign(window.app.canvas.ds, {{ scale: 0.75, offset }});
        window.app.canvas.setDirty(true, true);
    }}"""
    page.evaluate(inside)
    desk.cell(3).click()
    promoted = "() => window.outer.widgets.find((each) => each.name === 'picks').value"
    assert page.evaluate(promoted) == f"#{ids[2]}"
    output = desk.finish()["outputs"]
    assert [len(each["images"]) for key, each in output.items() if key == "9"] == [1]
    page.evaluate("workflow => window.app.loadGraphData(workflow)", desk.saved())
    page.evaluate(inside)
    page.wait_for_selector(".ps-cell.picked img")
    assert desk.cell(3).get_attribute("aria-selected") == "true"
    assert page.evaluate(promoted) == f"#{ids[2]}"


def test_another_browser_tab_is_left_alone(newest, workflow):
    desk = newest
    other = desk.new_page()
    desk.open(other)
    given = workflow(3900)
    desk.load(given)
    other.evaluate("workflow => window.app.loadGraphData(workflow)", given)
    other.wait_for_selector(".ps-empty")
    desk.finish()
    desk.wait_status("12 frames")
    assert other.evaluate(READY)
    assert other.locator(".ps-sheet .ps-cell").count() == 0


@pytest.mark.parametrize("desk", [("1.32.9", "Nodes 2.0"), ("1.58.1", "Nodes 2.0")], indirect=True)
def test_the_hosts_undo_leaves_a_sheet_that_works(desk, workflow):
    page = desk.page
    desk.load(workflow(4000))
    desk.finish()
    desk.wait_status("12 frames")
    desk.cell(2).click()
    page.wait_for_timeout(500)  # the host notes the pick before the move
    page.evaluate(
        f"""() => {{
            const node = {GRAPH}.getNodeById(3);
            node.pos = [node.pos[0] - 80, node.pos[1] - 40];
            const tracker = window.app.extensionManager.workflow.activeWorkflow.changeTracker;
            (tracker.captureCanvasState ?? tracker.checkState).call(tracker);
            window.before = {GRAPH}.getNodeById(8);
        }}"""
    )
    page.wait_for_timeout(500)
    desk.command("Comfy.Undo")
    page.wait_for_function(
        f"() => {GRAPH}.getNodeById(8) !== window.before"
    )  # made anew by the host
    desk.cell(3).click()
    page.wait_for_function("() => document.querySelectorAll('.ps-cell.picked').length === 2")
    assert len(desk.picks().split(", ")) == 2
    desk.cell(3).press("z")
    page.wait_for_selector("dialog .ps-loupe")


def test_undo_on_the_sheet_is_of_marks_alone(newest, workflow):
    desk, page = newest, newest.page
    desk.load(workflow(4100))
    desk.finish()
    desk.wait_status("12 frames")
    page.evaluate(f"() => {{ window.before = {GRAPH}.getNodeById(8); }}")
    desk.cell(2).click()
    page.wait_for_timeout(500)  # the host notes the change
    desk.cell(2).press("Control+z")
    desk.wait_status("Undone: pick of frame 2.")
    page.wait_for_timeout(500)
    assert page.evaluate(f"() => {GRAPH}.getNodeById(8) === window.before")
    assert desk.picks() == ""
