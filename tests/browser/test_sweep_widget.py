"""Sweep this widget, by the menus of the real page: axes come, change and end, and one undo takes
each back."""

from __future__ import annotations

import contextlib
import json

import pytest
from desk import two_pages
from node_menus import choose, choose_widget
from PIL import Image
from templates import template
from workflows import differences, saved

Z_IMAGE = "image_z_image_turbo"  # in a subgraph, with its widgets
TEXT = "a {red|blue} house\n# with --no people\n---\nname: noon\n\\{kept\\}"
BUILD = """async ({nodes, links, inside}) => {
    const { app } = window;
    const root = () => app.rootGraph ?? app.graph;
    const empty = { last_node_id: 0, last_link_id: 0, nodes: [], links: [], groups: [] };
    await app.loadGraphData({ ...empty, config: {}, extra: {}, version: 0.4 });
    const made = {};
    for (const [name, type, x, y, widgets] of nodes) {
        const node = window.LiteGraph.createNode(type);
        node.pos = [x, y];
        root().add(node);
        node.title = name;
        for (const [key, value] of Object.entries(widgets ?? {}))
            node.widgets.find((widget) => widget.name === key).value = value;
        made[name] = node;
    }
    for (const [from, slot, to, input] of links)
        made[from].connect(slot, made[to], made[to].inputs.findIndex((i) => i.name === input));
    if (inside.length) {
        const { node } = root().convertToSubgraph(new Set(inside.map((name) => made[name])));
        node.title = 'Inside';
    }
    const saved = JSON.parse(JSON.stringify(root().serialize()));
    saved.id = crypto.randomUUID();
    await app.loadGraphData(saved);
}"""
NODES = [
    ["Demo", "ProofsheetDemoModel", 40, 100, {}],
    ["Positive", "CLIPTextEncode", 520, 60, {"text": TEXT}],
    ["Negative", "CLIPTextEncode", 520, 340, {"text": ""}],
    ["Empty", "EmptyLatentImage", 520, 620, {"width": 64, "height": 64}],
    ["KSampler", "KSampler", 1400, 100, {"seed": 1001, "steps": 2, "cfg": 7}],
    ["Decode", "VAEDecode", 1800, 100, {}],
    ["Save", "SaveImage", 2100, 100, {}],
]
LINKS = [
    ["Demo", 0, "KSampler", "model"],
    ["Demo", 1, "Positive", "clip"],
    ["Demo", 1, "Negative", "clip"],
    ["Positive", 0, "KSampler", "positive"],
    ["Negative", 0, "KSampler", "negative"],
    ["Empty", 0, "KSampler", "latent_image"],
    ["KSampler", 0, "Decode", "samples"],
    ["Demo", 2, "Decode", "vae"],
    ["Decode", 0, "Save", "images"],
]
OUTER = "() => window.app.canvas.graph.nodes.find((node) => node.subgraph).title"
ENTER = """title => {
    const { canvas } = window.app;
    canvas.setGraph(canvas.graph.nodes.find((node) => node.title === title).subgraph);
}"""
NODE = """title => {
    const all = (graph) => graph.nodes.flatMap((n) => [n, ...(n.subgraph ? all(n.subgraph) : [])]);
    const node = all(window.app.rootGraph ?? window.app.graph).find((n) => n.title === title);
    return node && {
        id: String(node.id),
        labels: [...(node.inputs ?? []), ...(node.widgets ?? [])].map((each) => each.label),
        box: [...node.pos, ...node.size],
    };
}"""


class Page:
    """The page with a graph, and its menus."""

    def __init__(self, desk, nodes=(), links=(), inside=()):
        self.desk, self.page = desk, desk.page
        self.page.set_default_timeout(20_000)
        self.build([*NODES, *nodes], [*LINKS, *links], inside)

    def build(self, nodes, links, inside=()):
        made = {"nodes": list(nodes), "links": list(links), "inside": list(inside)}
        self.page.evaluate(BUILD, made)
        self.page.wait_for_timeout(800)
        self.start = saved(self.desk)

    def prompt(self):
        return {each["_meta"]["title"]: each for each in self.desk.prompt().values()}

    def node(self, title):
        return self.page.evaluate(NODE, title)

    def labels(self, title):
        return self.node(title)["labels"]

    def press(self, title, line):
        choose_widget(self.desk, title, line)

    def enter(self, title):
        """Into the subgraph of a node."""
        self.page.evaluate(ENTER, title)
        self.page.wait_for_timeout(500)

    def wait_told(self, text):
        self.page.get_by_text(text).first.wait_for()
        self.page.wait_for_timeout(300)

    def undo(self):
        """Back to how it began, by one step."""
        self.page.locator("#graph-canvas").focus()
        self.page.keyboard.press("Control+z")
        with contextlib.suppress(TimeoutError):
            self.desk.wait_for(lambda: not differences(saved(self.desk), self.start), 8)
        assert differences(saved(self.desk), self.start) == []

    def check_same_but_ids(self):
        """As it began; ids that were given are not given again."""
        given = ("last_node_id", "last_link_id", "state", "revision")
        now, then = (
            {name: part for name, part in each.items() if name not in given}
            for each in (saved(self.desk), self.start)
        )
        assert differences(now, then) == []

    def tick(self, *names):
        dialog = self.page.locator("dialog.ps-choices")
        find = dialog.get_by_role("combobox")
        for name in names:
            find.fill(name)
            dialog.locator(f'[role=option]:has([title="{name}"])').first.click()
        self.desk.shoot("choices")
        dialog.locator("button.main").click()


SWEPT = [
    # a widget of a node, its line, the axis node, what that says, its mark
    (
        "KSampler",
        "seed",
        "Seed Sweep",
        {"seed": 1001, "count": 4, "mode": "consecutive"},
        "seed ×4",
    ),
    ("KSampler", "cfg", "Sweep Values", {"values": "7.0", "type": "float"}, "cfg ×1"),
    (
        *("Positive", "text", "Prompt Batch"),
        {
            "prompts": "---\na \\{red|blue\\} house\n\\# with \\--no people\n\\---\n\\name: noon\n"
            "\\\\\\{kept\\\\\\}"
        },
        "text ×1",
    ),
]


def overlap(a, b):
    return all(a[i] < b[i] + b[i + 2] and b[i] < a[i] + a[i + 2] for i in (0, 1))


@two_pages
def test_axes_come_and_end_and_undo_takes_each_back(desk):
    page = Page(desk)
    for title, widget, axis, values, label in SWEPT:
        page.press(title, widget)
        page.wait_told(f"{title}.{widget} is swept")
        desk.shoot(f"{widget}-swept")
        prompt = page.prompt()
        assert prompt[title]["inputs"][widget] == [page.node(axis)["id"], 0]
        assert {**prompt[axis]["inputs"], **values} == prompt[axis]["inputs"]
        assert "proofsheet" not in json.dumps(prompt).replace("Proofsheet", "")
        assert "×" not in json.dumps(prompt, ensure_ascii=False)
        assert page.labels(title).count(label) == 2
        box = page.node(axis)["box"]
        others = [page.node(each[0])["box"] for each in NODES]
        assert not any(overlap(box, other) for other in others)
        page.undo()

        page.press(title, widget)
        page.wait_told(f"{title}.{widget} is swept")
        before = saved(desk)
        page.press(title, f"End the sweep of {widget}")
        page.wait_told(f"{title}.{widget} is no longer swept")
        page.check_same_but_ids()
        page.start = before
        page.undo()
        assert page.labels(title).count(label) == 2
        page.build(NODES, LINKS)


@two_pages
def test_a_sampler_from_the_dialog(desk):
    page = Page(desk)
    page.press("KSampler", "sampler_name …")
    page.tick("dpmpp_2m", "heun")
    page.wait_told("KSampler.sampler_name is swept: 3 values")
    assert page.prompt()["Sweep Values"]["inputs"] == {
        "values": "euler, dpmpp_2m, heun",
        "type": "text",
    }
    page.press("KSampler", "Change the sweep of sampler_name …")
    page.tick("lcm")
    page.wait_told("KSampler.sampler_name is swept: 4 values")
    assert page.prompt()["Sweep Values"]["inputs"]["values"] == "euler, dpmpp_2m, heun, lcm"
    assert page.labels("KSampler").count("sampler_name ×4") == 2
    page.press("KSampler", "End the sweep of sampler_name")
    page.wait_told("no longer swept")
    page.check_same_but_ids()


@pytest.fixture
def pictures(desk):
    """Three pictures in the input folder, which the page knows."""
    names = ("castle.png", "castle, two.png", "lighthouse.png")
    for name, colour in zip(names, ("teal", "orange", "navy"), strict=True):
        Image.new("RGB", (64, 64), colour).save(desk.server.base / "input" / name)
    desk.reload()
    desk.page.wait_for_timeout(1000)
    return names


@two_pages
def test_pictures_are_a_line_in_the_axes_of_the_sweep_that_comes_first(desk, pictures):
    load = ["Picture", "LoadImage", 40, 760, {"image": pictures[0]}]
    encode = ["Encode", "VAEEncode", 420, 860, {}]
    links = [
        *[link for link in LINKS if link[0] != "Empty"],
        ["Picture", 0, "Encode", "pixels"],
        ["Demo", 2, "Encode", "vae"],
        ["Encode", 0, "KSampler", "latent_image"],
    ]
    page = Page(desk)
    page.build([*NODES, load, encode], links)
    page.press("Picture", "image …")
    page.tick("castle, two.png", "lighthouse.png")
    page.wait_told("Picture.image is swept: 3 values")
    desk.shoot("line")
    written = 'Picture.image = castle.png, "castle, two.png", lighthouse.png'
    assert page.prompt()["Sweep"]["inputs"]["axes"] == written
    assert page.prompt()["Picture"]["inputs"]["image"] == "castle.png"
    assert page.labels("Picture").count("image ×3") == 2
    before = saved(desk)
    page.press("Picture", "Change the sweep of image …")
    page.tick("castle.png")  # the tick goes
    page.wait_told("Picture.image is swept: 2 values")
    page.start = before
    page.undo()
    page.press("Picture", "End the sweep of image")
    page.wait_told("no longer swept")
    assert page.prompt()["Sweep"]["inputs"]["axes"] == ""
    assert "image ×3" not in page.labels("Picture")
    page.undo()


@two_pages
def test_a_widget_inside_a_subgraph_is_a_line(desk):
    page = Page(desk)
    page.build(NODES, LINKS, ["KSampler", "Decode"])
    page.enter("Inside")
    page.press("KSampler", "cfg …")
    page.wait_told("KSampler.cfg is swept: 1 value")
    [axes] = [each["inputs"]["axes"] for each in page.prompt().values() if "axes" in each["inputs"]]
    assert axes == "KSampler.cfg = 7.0"
    assert page.labels("KSampler").count("cfg ×1") == 2


@two_pages
def test_every_seed_of_two_stages_together(desk):
    second = ["Second", "KSampler", 1800, 400, {"seed": 5, "steps": 2, "denoise": 0.5}]
    links = [
        *[link for link in LINKS if link[0] != "KSampler"],
        *[["Demo", 0, "Second", "model"], ["KSampler", 0, "Second", "latent_image"]],
        *[["Positive", 0, "Second", "positive"], ["Negative", 0, "Second", "negative"]],
        ["Second", 0, "Decode", "samples"],
    ]
    page = Page(desk)
    page.build([*NODES, second], links)
    page.press("KSampler", "Sweep every seed together")
    page.wait_told("2 seeds are swept together: 4 values")
    desk.shoot("seeds")
    prompt = page.prompt()
    link = [page.node("Seed Sweep")["id"], 0]
    assert [prompt[title]["inputs"]["seed"] for title in ("KSampler", "Second")] == [link, link]
    assert prompt["Seed Sweep"]["inputs"]["seed"] == 1001
    assert page.labels("Second").count("seed ×4") == 2
    before, page.start = page.start, saved(desk)
    page.press("Second", "End the sweep of seed")
    page.wait_told("Second.seed is no longer swept")
    assert page.prompt()["KSampler"]["inputs"]["seed"] == link
    assert page.prompt()["Second"]["inputs"]["seed"] == 5
    page.undo()
    page.start = before
    page.undo()


@two_pages
def test_a_promoted_widget_is_swept_where_it_is_shown(desk):
    page = Page(desk)
    page.page.evaluate(
        "async (workflow) => { await window.app.loadGraphData(workflow); }", template(Z_IMAGE)
    )
    page.page.wait_for_timeout(800)
    title = page.page.evaluate(OUTER)
    page.press(title, "seed")
    page.wait_told("seed is swept: 4 values")
    desk.shoot("promoted")
    assert page.prompt()["KSampler"]["inputs"]["seed"] == [page.node("Seed Sweep")["id"], 0]
    assert "seed ×4" in page.labels(title)
    page.enter(title)
    page.press("KSampler", "End the sweep of seed")
    page.wait_told("seed is no longer swept")
    assert page.prompt()["KSampler"]["inputs"]["seed"] == 0
    assert "seed ×4" not in page.labels(title)


@two_pages
def test_what_the_menus_make_runs(desk):
    page = Page(desk)
    page.press("Positive", "text")
    page.wait_told("Positive.text is swept: 1 value")
    page.press("KSampler", "seed")
    page.wait_told("KSampler.seed is swept: 4 values")
    choose(desk, "Save", "Sweep this")
    desk.wait_for(lambda: page.node("Contact Sheet"))
    desk.page.wait_for_timeout(1000)
    entry = desk.finish()
    desk.shoot("ran")
    [manifest] = [out["proofsheet"][0] for out in entry["outputs"].values() if "proofsheet" in out]
    frames = manifest["frames"]
    assert [frame["seed"] for frame in frames] == [1001, 1002, 1003, 1004]
    assert {frame["positive"] for frame in frames} == {TEXT}
    for frame in frames:
        file = desk.server.output / "proofsheet" / "store" / frame["id"][:2] / f"{frame['id']}.png"
        with Image.open(file) as picture:
            recipe = json.loads(picture.text["prompt"])
        assert "×" not in str(recipe)
        texts = [node["inputs"].get("text") for node in recipe.values()]
        assert TEXT in texts
