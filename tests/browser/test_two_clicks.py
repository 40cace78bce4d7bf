"""A stock workflow, and official templates, become sweeps by the menus of the page alone."""

from __future__ import annotations

import itertools
import json

from desk import PACK, two_pages
from node_menus import TITLE_AT, choose, choose_widget
from templates import stand_in, template
from workflows import differences, saved

STOCK = PACK / "example_workflows" / "start from a stock workflow.json"
SAVE = "9"  # its node
MOST_STEPS = 4  # two of ours; a click that brings a node to the front is one of the host's
SEEDS = itertools.count(52_000, 100)
NAMES = (
    "image_sdxl_simple",  # two stages
    "sdxl_refiner_prompt_example",
    "image_z_image_turbo",  # in a subgraph
    "image_flux2_klein_text_to_image",  # sampler, guider and sigmas apart, in a subgraph
    "flux_fill_outpaint_example",  # a picture of the input folder
)
OPEN = "async workflow => { await window.app.loadGraphData(workflow); }"
REWRITTEN = ".proxyWidgets"  # by 1.32, in its own way, when one goes into a subgraph
NOTED = """() => {
    const { changeTracker } = window.app.extensionManager.workflow.activeWorkflow;
    changeTracker.reset();
}"""
# The first saver, and the nodes with seeds, each with the subgraphs that it stands in.
ENDS = """() => {
    const isSeed = (widget) => ['seed', 'noise_seed'].includes(widget.name);
    const found = { saver: '', seeds: [] };
    const visit = (graph, path) => {
        for (const node of graph.nodes) {
            if (node.mode !== 0) continue;
            if (node.type === 'SaveImage' && !path.length) found.saver ||= String(node.id);
            if (node.widgets?.some(isSeed)) found.seeds.push([String(node.id), path]);
            else if (node.subgraph) visit(node.subgraph, [...path, String(node.id)]);
        }
    };
    visit(window.app.rootGraph ?? window.app.graph, []);
    return found;
}"""
ENTER = """path => {
    const { app } = window;
    let graph = app.rootGraph ?? app.graph;
    for (const id of path) graph = graph.nodes.find((node) => String(node.id) === id).subgraph;
    app.canvas.setGraph(graph);
}"""


class Workflow:
    """A workflow that is open, and how it was."""

    def __init__(self, desk, workflow) -> None:
        self.desk, self.page = desk, desk.page
        workflow["id"] = f"00000000-0000-4000-8000-{next(SEEDS):012d}"
        self.page.evaluate(OPEN, workflow)
        self.page.wait_for_timeout(1000)
        self.page.evaluate(NOTED)
        self.start = saved(desk)

    def undo_and_redo(self) -> None:
        """Back to how it was, and to how it is."""
        now = saved(self.desk)
        steps = self.step("Comfy.Undo", self.start, MOST_STEPS)
        self.step("Comfy.Redo", now, steps)

    def step(self, command: str, to, most: int) -> int:
        """So many steps at most until it is so; how many it took."""
        left = []
        for step in range(1, most + 1):
            self.desk.command(command)
            self.page.wait_for_timeout(1500)
            left = differences(saved(self.desk), to)
            if self.desk.frontend == "1.32.9":
                left = [each for each in left if REWRITTEN not in each]
            if not left:
                return step
        raise AssertionError(left)


def manifest(entry):
    [found] = [out["proofsheet"][0] for out in entry["outputs"].values() if "proofsheet" in out]
    return found


def test_a_stock_workflow_from_two_clicks_to_the_saved_picks(desk):
    made = json.loads(STOCK.read_text(encoding="utf-8"))
    for node in made["nodes"]:
        if node["type"] == "KSampler":
            node["widgets_values"][:3] = [next(SEEDS), "fixed", 3]
    work = Workflow(desk, made)
    choose(desk, SAVE, "Sweep this")
    choose_widget(desk, "KSampler", "seed")
    desk.shoot("swept")
    work.undo_and_redo()

    entry = desk.finish()
    frames = manifest(entry)["frames"]
    assert [frame["status"] for frame in frames] == ["done"] * 4
    assert SAVE not in entry["outputs"]  # it waits for picks
    desk.wait_status("4 frames")
    samplings, runs = desk.samplings(), len(desk.history())
    desk.page.evaluate(TITLE_AT, "ProofsheetContactSheet")  # in sight
    desk.page.wait_for_timeout(500)
    for number in (3, 1):
        desk.cell(number).click()
    desk.page.get_by_role("button", name="Continue with 2").click()
    assert len(desk.wait_runs(runs + 1)["outputs"][SAVE]["images"]) == 2
    desk.shoot("picked")

    posted = desk.server.run(desk.prompt())  # a program's, with no browser
    assert [frame["id"] for frame in manifest(posted)["frames"]] == [f["id"] for f in frames]
    assert len(posted["outputs"][SAVE]["images"]) == 2
    assert desk.samplings() == samplings


@two_pages
def test_official_templates_become_sweeps_by_two_clicks(desk):
    for name in NAMES:
        workflow = template(name)
        stand_in(desk.server.base, workflow)
        desk.reload()  # the page learns of files once
        desk.page.wait_for_timeout(1000)
        work = Workflow(desk, workflow)
        ends = desk.page.evaluate(ENDS)
        choose(desk, ends["saver"], "Sweep this")
        sampler, path = ends["seeds"][0]
        desk.page.evaluate(ENTER, path)
        desk.page.wait_for_timeout(800)
        seeds = ["Sweep every seed"] if len(ends["seeds"]) > 1 else ["seed", "noise_seed"]
        choose_widget(desk, sampler, *seeds)
        desk.page.evaluate(ENTER, [])
        desk.page.wait_for_timeout(800)
        desk.shoot(f"{name}-swept")
        work.undo_and_redo()
        runs = len(desk.history())
        desk.page.evaluate(TITLE_AT, "ProofsheetSweep")  # in sight
        desk.page.wait_for_timeout(500)
        desk.page.get_by_role("button", name="Count", exact=True).click()
        frames = manifest(desk.wait_runs(runs + 1))["frames"]
        assert [frame["status"] for frame in frames] == ["missing"] * 4, name
        assert len({frame["id"] for frame in frames}) == 4, name
        desk.wait_status("4 to make")
        desk.shoot(f"{name}-counted")
