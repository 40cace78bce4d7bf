"""The Sweep node's face: what a sweep comes to as people change it, Count, Try, what mends it."""

from __future__ import annotations

import itertools
import json

import pytest
from desk import LIMIT, PACK, two_pages
from playwright.sync_api import expect

EXAMPLE = PACK / "example_workflows" / "hires fix in one sweep.json"
SEEDS, SECOND, DECODE, SWEEP, SHEET = 3, 9, 10, 11, 12  # its nodes
NUMBERS = itertools.count(8000, 100)
NODE = "(window.app.rootGraph ?? window.app.graph).getNodeById(id)"
WRITE = f"""([id, name, value]) => {{
    const widget = {NODE}.widgets.find((each) => each.name === name);
    widget.value = value;
    widget.callback?.(value);
}}"""
READ = f"([id, name]) => {NODE}.widgets.find((each) => each.name === name).value"
UNLINK = f"""([id, name]) => {{
    const node = {NODE};
    node.disconnectInput(node.inputs.findIndex((input) => input.name === name));
}}"""
SELECTED = """(ids) =>
    [...window.app.canvas.selectedItems].map(({ id }) => Number(id)).join() === ids.join()
"""
PREVIEW = f"""(id) => {{
    const made = LiteGraph.createNode('PreviewImage');
    {NODE}.graph.add(made);
    {NODE}.connect(0, made, 0);
    return Number(made.id);
}}"""


class Face:
    """The face on the page, and the node that it is in."""

    def __init__(self, desk):
        self.desk, self.page = desk, desk.page
        self.element = desk.page.locator("proofsheet-sweep")
        self.product = self.element.locator(".ps-product")
        self.notice = self.element.get_by_role("alert")
        self.squares = self.element.locator(".ps-map i")

    def says(self, *texts):
        for text in texts:
            expect(self.element.locator(".ps-status")).to_contain_text(text, timeout=LIMIT)

    def press(self, name):
        self.element.get_by_role("button", name=name, exact=True).click()

    def write(self, node, name, value):
        self.page.evaluate(WRITE, [node, name, value])

    def read(self, node, name):
        return self.page.evaluate(READ, [node, name])


@pytest.fixture
def opened():
    """The example with one prompt, two seeds and two denoises, few steps."""

    def opened(desk):
        seed = next(NUMBERS)
        made = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        made["id"] = f"00000000-0000-4000-8000-{seed:012d}"
        made["extra"]["ds"] = {"scale": 0.8, "offset": [-960, 60]}  # the Sweep in sight
        nodes = {node.get("title", node["type"]): node for node in made["nodes"]}
        nodes["ProofsheetSeedSweep"]["widgets_values"][:3] = [seed, "fixed", 2]
        nodes["ProofsheetPromptBatch"]["widgets_values"][0] = "a red house at noon"
        for title in ("First pass", "Second pass"):
            nodes[title]["widgets_values"][2] = 2
        desk.load(made)
        return Face(desk)

    return opened


@two_pages
def test_count_and_try_then_the_rest(desk, opened):
    face = opened(desk)
    face.says("4 frames", "not counted")
    expect(face.product).to_have_text("1 prompt × 2 denoise × 2 seeds = 4 frames")
    face.write(SEEDS, "count", 3)
    expect(face.product).to_have_text("1 prompt × 2 denoise × 3 seeds = 6 frames")
    samplings, runs = desk.samplings(), len(desk.history())
    face.press("Count")
    desk.wait_runs(runs + 1)
    assert desk.last()["prompt"][2][str(SWEEP)]["inputs"]["make"] == "none"
    face.says("6 frames", "6 to make")
    expect(face.squares).to_have_count(6)
    assert desk.samplings() == samplings
    desk.shoot("counted")
    face.write(SEEDS, "count", 2)
    face.says("4 frames", "not counted")
    expect(face.squares).to_have_count(0)
    face.press("Try 2")
    desk.wait_runs(runs + 2)
    assert face.read(SWEEP, "make") == "1, 3"
    face.says("4 frames", "2 missing")
    expect(face.element.locator(".ps-map i.done")).to_have_count(2)
    expect(face.element).to_contain_text("Tried 2.")
    desk.shoot("tried")
    face.press("Set make to all")
    desk.wait_for(lambda: face.read(SWEEP, "make") == "all")
    desk.finish()
    face.says("4 frames", "nothing to make")


@two_pages
def test_forgotten_savers_are_muted(desk, opened):
    face = opened(desk)
    preview = desk.page.evaluate(PREVIEW, DECODE)
    expect(face.notice).to_contain_text("1 node above the link saves or previews what varies")
    face.says("4 frames", "cannot run")
    desk.shoot("savers")
    face.press("Show it")
    desk.page.wait_for_function(SELECTED, arg=[preview])
    desk.page.evaluate(f"id => window.app.canvas.centerOnNode({NODE})", SWEEP)
    face.press("Mute it")
    expect(face.notice).to_have_count(0)
    assert desk.page.evaluate(f"id => {NODE}.mode", preview) == 2
    face.says("4 frames", "not counted")


@two_pages
def test_an_address_is_mended(desk, opened):
    face = opened(desk)
    face.write(SWEEP, "axes", '"Secnd pass".denoise = 0.35, 0.6')
    face.says("Fault in axes, line 1")
    expect(face.notice.locator(".caret")).to_contain_text('"Secnd pass".denoise = 0.35, 0.6')
    expect(face.product).to_have_text("1 prompt × ? denoise × 2 seeds = ? frames")
    desk.shoot("address")
    face.press("Write Second pass.denoise")
    expect(face.notice).to_have_count(0)
    assert face.read(SWEEP, "axes") == "Second pass.denoise = 0.35, 0.6"
    face.write(SWEEP, "axes", "nothing = 0.35, 0.6")
    face.press("Choose an input …")
    menu = desk.page.get_by_role("menu", name="Choose an input …")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    desk.page.keyboard.type("first pass.den")
    expect(menu.get_by_role("menuitem", name="First pass.denoise")).to_be_focused()
    desk.shoot("choose")
    desk.page.keyboard.press("Enter")
    expect(menu).to_have_count(0)
    expect(face.product).to_have_text("1 prompt × 2 denoise × 2 seeds = 4 frames")
    assert face.read(SWEEP, "axes") == "First pass.denoise = 0.35, 0.6"


def test_axes_by_the_keys(newest, opened):
    face = opened(newest)
    axes = face.element.get_by_role("list", name="Axes").get_by_role("button")
    expect(axes).to_have_count(3)
    axes.first.focus()
    newest.page.keyboard.press("ArrowDown")
    newest.page.keyboard.press("ArrowDown")
    expect(axes.nth(2)).to_be_focused()
    seed = face.read(SEEDS, "seed")
    expect(axes.nth(2)).to_have_accessible_name(
        f"seed, 2 values: {seed}, {seed + 1}. "
        "Seed Sweep → Second pass.seed, First pass.seed. columns"
    )
    newest.page.keyboard.press("Enter")
    newest.page.wait_for_function(SELECTED, arg=[SEEDS])


def test_an_axis_is_added(newest, opened):
    face = opened(newest)
    before = face.read(SWEEP, "axes")
    face.press("Add an axis")
    newest.page.get_by_role("menuitem", name="by address").click()
    newest.page.get_by_role("menuitem", name="First pass.steps").click()
    expect(face.product).to_have_text("1 prompt × 1 steps × 2 denoise × 2 seeds = 4 frames")
    assert face.read(SWEEP, "axes") == f"{before}\nFirst pass.steps = 2"
    face.press("Add an axis")
    newest.page.get_by_role("menuitem", name="Sweep Values").click()
    expect(face.element).to_contain_text("Link Sweep Values to the input that it is for.")
    types = "() => (window.app.rootGraph ?? window.app.graph).nodes.map((node) => node.type)"
    assert "ProofsheetValues" in newest.page.evaluate(types)


def test_an_axis_that_can_be_for_one_input_only_is_linked(newest, opened):
    face = opened(newest)
    newest.page.evaluate(UNLINK, [SECOND, "seed"])
    expect(face.product).to_have_text("1 prompt × 2 denoise × 2 seeds = 4 frames")
    face.press("Add an axis")
    newest.page.get_by_role("menuitem", name="Seed Sweep").click()
    expect(face.product).to_contain_text("= 16 frames")
    expect(face.element.get_by_role("button", name="Seed Sweep → Second pass.seed")).to_be_visible()


def test_without_a_sheet_it_says_why(newest, opened):
    face = opened(newest)
    newest.page.evaluate(f"id => {NODE}.graph.remove({NODE})", SHEET)
    count = face.element.get_by_role("button", name="Count")
    expect(count).to_be_disabled()
    count.click(force=True)  # it says why
    expect(face.element).to_contain_text("No Contact Sheet shows these frames.")
