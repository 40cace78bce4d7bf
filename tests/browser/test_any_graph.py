"""A Sweep at the end of a hires fix: both stages on the sheet, Continue that samples nothing."""

from __future__ import annotations

import itertools
import json

import pytest
from desk import LIMIT, PACK, two_pages

EXAMPLE = PACK / "example_workflows" / "hires fix in one sweep.json"
SWEEP, SHEET, SAVE = 11, 12, 13  # its nodes
SEEDS = itertools.count(6000, 100)
# Two of eight are done, two are in their second pass, four wait with what the first one showed: it
# shows the first two at least, for previews are rationed.
ARRIVING = """() => {
    const cells = (kind) => document.querySelectorAll(`.ps-sheet .ps-cell${kind}`).length;
    const { nodes } = window.app.rootGraph ?? window.app.graph;
    const lit = nodes.filter((node) => node.strokeStyles?.running?.call(node));
    return cells(' img[src*="/view"]') === 2
        && cells('.running img[src^="data:image"]') === 2
        && cells('.waiting') === 4
        && cells('.waiting img[src^="data:image"]') >= 2
        && lit.map((node) => node.title).join() === 'Second pass,Sweep';
}"""


@pytest.fixture
def hires():
    """The example with one prompt and few steps: two rows of a second pass for each of a first."""

    def example(*, seeds=2, make="all", restless=False, lines=False):
        seed = next(SEEDS)
        made = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        made["id"] = f"00000000-0000-4000-8000-{seed:012d}"
        made["extra"]["ds"] = {"scale": 0.75, "offset": [-1000, 80]}  # the sheet in sight
        nodes = {node.get("title", node["type"]): node for node in made["nodes"]}
        nodes["ProofsheetSeedSweep"]["widgets_values"][:3] = [seed, "fixed", seeds]
        nodes["ProofsheetPromptBatch"]["widgets_values"][0] = "a red house at noon"
        for title in ("First pass", "Second pass"):
            nodes[title]["widgets_values"][2] = 3
        nodes["ProofsheetSweep"]["widgets_values"][2:] = [2, make]
        nodes["ProofsheetContactSheet"]["widgets_values"][1] = "hold"
        nodes["ProofsheetSaveFrames"]["widgets_values"][0] = f"kept/{seed}_%number%"
        if restless:
            put_between(made, nodes["LatentUpscaleBy"], "ProbeRestless")
        if lines:
            write_seeds(made, nodes, f"seed = {seed}, {seed + 1}")
        return made

    return example


def write_seeds(workflow, nodes, line):
    """Seeds by a line of axes, in place of the Seed Sweep's links."""
    seeds = nodes["ProofsheetSeedSweep"]["outputs"][0]
    for title in ("First pass", "Second pass"):
        nodes[title]["inputs"][4]["link"] = None
    workflow["links"] = [link for link in workflow["links"] if link[0] not in seeds["links"]]
    seeds["links"] = []
    widgets = nodes["ProofsheetSweep"]["widgets_values"]
    widgets[0] = f"{line}\n{widgets[0]}"


def put_between(workflow, node, kind):
    """A node of one input and one output, in the first link of another."""
    link = next(link for link in workflow["links"] if link[0] == node["inputs"][0]["link"])
    name, type_ = node["inputs"][0]["name"], link[5]
    workflow["nodes"].append(
        {
            **{"id": 90, "type": kind, "pos": [820, 760], "size": [280, 60], "mode": 0},
            "inputs": [{"name": name, "type": type_, "link": link[0]}],
            "outputs": [{"name": type_, "type": type_, "links": [90]}],
        }
    )
    workflow["links"].append([90, 90, 0, link[3], link[4], type_])
    node["inputs"][0]["link"] = 90
    link[3:5] = [90, 0]


def check_continue(desk, picks, make):
    """Nothing is sampled, and the picks are saved."""
    samplings, runs = desk.samplings(), len(desk.history())
    desk.page.get_by_role("button", name=f"Continue with {picks}").click()
    entry = desk.wait_runs(runs + 1)
    assert entry["prompt"][2][str(SWEEP)]["inputs"]["make"] == make
    assert len(entry["outputs"][str(SAVE)]["images"]) == picks
    assert desk.samplings() == samplings


@two_pages
def test_two_stages_from_a_stopped_run_to_what_is_behind_it(desk, hires):
    page = desk.page
    desk.load(hires(seeds=4))
    with desk.held(batches=3):
        desk.run()
        page.wait_for_function(ARRIVING, timeout=LIMIT)
        desk.shoot("running")
        runs = len(desk.history())
        desk.server.interrupt()
        desk.wait_runs(runs + 1)
    desk.wait_status("2 of 8 frames", "stopped")
    desk.cell(1).click()
    check_continue(desk, 1, make="none")
    desk.wait_status("2 of 8 frames", "6 frames are not made yet.")
    desk.finish()
    desk.wait_status("8 frames", "1 picked")
    desk.cell(8).click()
    check_continue(desk, 2, make="all")
    ids = desk.ids(SHEET)
    assert desk.picks(SHEET) == f"#{ids[0]}, #{ids[7]}"


def test_continue_below_a_node_that_always_changes_leaves_the_frames(newest, hires):
    newest.load(hires(restless=True))
    newest.finish()
    ids = newest.ids(SHEET)
    newest.wait_status("4 frames", "held")
    newest.cell(3).click()
    check_continue(newest, 1, make="none")
    assert newest.ids(SHEET) == ids
    newest.finish()
    assert newest.ids(SHEET) != ids
    newest.wait_status("1 pick is from an earlier sweep. It is still passed on, from the store.")


def test_a_plan_says_what_is_not_made(newest, hires):
    newest.load(hires(make="none"))
    samplings = newest.samplings()
    newest.finish()
    newest.wait_status("0 of 4 frames", "4 to make", "4 frames are not made yet.")
    assert newest.page.locator(".ps-cell.missing").count() == 4
    assert newest.samplings() == samplings


@pytest.mark.parametrize("lines", [False, True], ids=["linked axes", "lines of axes"])
def test_other_seeds_and_more_like_one_frame(newest, hires, lines):
    """The same over axis nodes and over lines of axes: new seeds, more of them, then Continue."""
    page = newest.page
    newest.load(hires(lines=lines))
    newest.finish()
    newest.wait_status("4 frames", "held")
    first, runs = newest.ids(SHEET), len(newest.history())
    newest.cell(2).click()
    page.get_by_role("button", name="New seeds").click()
    newest.wait_runs(runs + 1)
    newest.wait_status("4 frames", "1 picked")
    second = newest.ids(SHEET)
    assert len(second) == 4 and not set(first) & set(second)
    assert newest.picks(SHEET) == f"#{first[1]}"
    widgets = [node.get("widgets_values") for node in newest.saved()["nodes"]]
    newest.cell(3).focus()
    page.get_by_role("button", name="More like this").click()
    newest.wait_runs(runs + 2)
    newest.wait_status("8 frames", "1 picked")
    assert set(second) < set(newest.ids(SHEET))
    assert [node.get("widgets_values") for node in newest.saved()["nodes"]] == widgets
    newest.cell(8).click()
    check_continue(newest, 2, make="all")
    assert newest.picks(SHEET) == f"#{first[1]}, #{newest.ids(SHEET)[7]}"
