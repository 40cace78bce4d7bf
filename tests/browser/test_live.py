"""Nothing is lost on the way: reloads, tabs, interrupts, failures, copies, subgraphs."""

from __future__ import annotations

from desk import LIMIT

RUNNING = "() => document.querySelectorAll('.ps-cell.running').length > 0"
DONE = "() => document.querySelectorAll('.ps-sheet .ps-cell img[src*=\"/view\"]').length"


def test_a_reload_in_mid_run_misses_nothing(newest, workflow):
    desk = newest
    before = len(desk.history())
    desk.load(workflow(3100, steps=8))
    desk.run()
    desk.page.wait_for_function(RUNNING)
    desk.page.wait_for_timeout(1500)  # the host saves what is open
    desk.reload()
    desk.wait_runs(before + 1)
    desk.wait_status("12 frames", "Held: pick frames")
    assert desk.page.evaluate(DONE) == 12


def test_a_tab_left_in_mid_run_shows_all_on_return(newest, workflow):
    desk, page = newest, newest.page
    before = len(desk.history())
    desk.load(workflow(3200, steps=8))
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
    before = len(desk.history())
    desk.load(workflow(3400, steps=16))
    desk.run()
    page.wait_for_function(f"() => ({DONE})() > 0 && ({RUNNING})()", timeout=LIMIT)
    desk.server.interrupt()
    desk.wait_runs(before + 1)
    desk.wait_status("stopped", "Stopped. Run again to make the other", "are kept.")
    done = page.evaluate(DONE)
    assert 0 < done < 12
    desk.shoot("stopped")
    page.locator(".ps-cell:not(.waiting)").first.click()
    assert desk.picks().startswith("#")
    desk.run()
    desk.wait_status("12 frames", "1 picked")


def test_one_failed_frame_is_marked_and_said(newest, workflow):
    desk, page = newest, newest.page
    marker = desk.server.output / "fail"
    marker.write_text("3502")
    before = len(desk.history())
    desk.load(workflow(3500))
    desk.run()
    desk.wait_runs(before + 1)
    desk.wait_status("9 of 12 frames", "3 failed", "3 frames failed. First:", "told to fail here")
    assert page.locator(".ps-cell.failed").count() == 3
    desk.shoot("failed")
    marker.unlink()
    samplings = desk.samplings()
    desk.run()
    desk.wait_status("12 frames")
    desk.wait_for(lambda: desk.samplings() > samplings)
