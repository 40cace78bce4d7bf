"""What nodes that make lists show of them: names of columns, how many prompts, the next seeds."""

from __future__ import annotations

from desk import two_pages

TABLE = "lora, strength\nink.safetensors, 0.8\noil.safetensors, 1"
NODE = """([type, name, value]) => {
    const { graph } = window.app;
    let node = graph.nodes.find((each) => each.type === type);
    if (!node) {
        node = window.LiteGraph.createNode(type);
        node.pos = [-500, 0];
        graph.add(node);
    }
    if (name) node.widgets.find((each) => each.name === name).value = value;
    return node.widgets.map((each) => each.name);
}"""
# What is drawn: of classic nodes what they draw their slots with, of Nodes 2.0 the page itself.
HEADS = """type => {
    const node = window.app.graph.nodes.find((each) => each.type === type);
    const slots = document.querySelectorAll(`[data-node-id="${node.id}"] .lg-slot--output`);
    if (slots.length) return [...slots].map((slot) => slot.textContent.trim());
    return node.outputs.map((output) => output.label || output.localized_name || output.name);
}"""
SHOW = """type => {
    const { canvas, graph } = window.app;
    canvas.ds.scale = 1;
    canvas.centerOnNode(graph.nodes.find((each) => each.type === type));
    canvas.setDirty(true, true);
}"""


def put(desk, type_, name="", value=""):
    """A value of a node, which is made if there is none; the names of its widgets."""
    widgets = desk.page.evaluate(NODE, [type_, name, value])
    desk.page.evaluate(SHOW, type_)
    desk.page.wait_for_timeout(1500)
    return widgets


def test_outputs_are_headed_by_columns(desk, workflow):
    desk.load(workflow(1001))
    put(desk, "ProofsheetRows")
    plain = desk.page.evaluate(HEADS, "ProofsheetRows")
    assert plain == [f"column_{number}" for number in range(1, 9)]
    put(desk, "ProofsheetRows", "table", TABLE)
    desk.shoot("headed")
    assert desk.page.evaluate(HEADS, "ProofsheetRows") == ["lora", "strength", *plain[2:]]
    [node] = [each for each in desk.saved()["nodes"] if each["type"] == "ProofsheetRows"]
    assert "strength" not in str(node["outputs"])
    put(desk, "ProofsheetRows", "table", "lora\nink")
    assert desk.page.evaluate(HEADS, "ProofsheetRows") == ["lora", *plain[1:]]
    put(desk, "ProofsheetRows", "table", "")
    desk.shoot("cleared")
    assert desk.page.evaluate(HEADS, "ProofsheetRows") == plain


@two_pages
def test_what_only_the_server_counts_is_a_question_mark(desk, workflow):
    desk.load(workflow(1001))
    widgets = put(desk, "ProofsheetPromptBatch", "prompts", "a {2$$red|blue|green} boat\n#1girl")
    assert widgets[:6] == ["prompts", "negative", "template", "variants", "count", "seed"]
    assert "control_after_generate" not in widgets
    label = desk.page.locator(".ps-count")
    desk.shoot("counted")
    assert label.inner_text().startswith("4 prompts · “#1girl”")
    put(desk, "ProofsheetPromptBatch", "prompts", "a __colors__ boat")
    desk.shoot("unknown")
    assert label.inner_text() == "? prompts"
    put(desk, "ProofsheetPromptBatch", "variants", "random")
    assert label.inner_text() == "8 prompts"


@two_pages
def test_seeds_move_by_as_many_as_there_are(desk, workflow):
    desk.load(workflow(1001, after="increment", prompts="a red boat", when_empty="pass all"))
    before = len(desk.history())
    desk.page.evaluate("() => { window.app.queuePrompt(0, 3); }")
    desk.wait_runs(before + 3)
    graphs = [entry["prompt"][2].values() for entry in desk.history()[before:]]
    nodes = [node for graph in graphs for node in graph]
    swept = [node["inputs"] for node in nodes if node["class_type"] == "ProofsheetSeedSweep"]
    assert [(each["seed"], each["count"]) for each in swept] == [(1001, 4), (1005, 4), (1009, 4)]
