"""What the page tells of a sweep from the open workflow is what the server plans of it."""

from __future__ import annotations

import json
import math

import pytest
from desk import PACK, two_pages

EXAMPLES = {"hires fix in one sweep": "cfg = 4, 7", "two-model refine": "steps = 20, 30, 40"}
TOLD = """async (type) => {
    const room = '/extensions/proofsheet';
    const { above } = await import(`${room}/host/graph_above.js`);
    const { axesTold } = await import(`${room}/model/axes_told.js`);
    const { addressOf, inputsAbove } = await import(`${room}/model/input_addresses.js`);
    const defs = await (await fetch('/object_info')).json();
    const host = { app: window.app, defs: (name) => defs[name] };
    const { nodes } = window.app.rootGraph ?? window.app.graph;
    const { graph, id } = above(host, nodes.find((node) => node.type === type));
    const inputs = inputsAbove(graph, id, host);
    const addresses = inputs.map((each) => addressOf(graph, id, each, host));
    return { ...axesTold(graph, id, host), addresses };
}"""


def example(name, axes):
    """The example with a line of axes, planned and not made."""
    made = json.loads((PACK / "example_workflows" / f"{name}.json").read_text(encoding="utf-8"))
    sweep = next(node for node in made["nodes"] if node["type"] == "ProofsheetSweep")
    sweep["widgets_values"][0], sweep["widgets_values"][3] = axes, "none"
    return made


@two_pages
@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_told_is_what_is_planned(desk, name):
    desk.load(example(name, EXAMPLES[name]))
    told = desk.page.evaluate(TOLD, "ProofsheetSweep")
    outputs = desk.finish()["outputs"].values()
    [manifest] = next(output["proofsheet"] for output in outputs if "proofsheet" in output)
    planned = [(axis["name"], len(axis["labels"]), axis["labels"][:8]) for axis in manifest["axes"]]
    shown = [(axis["name"], axis["count"], axis["values"]) for axis in told["axes"]]
    assert shown == planned and len(planned) >= 3
    assert told["count"] == len(manifest["frames"]) == math.prod(count for _, count, _ in planned)
    assert told["fault"] is None
    assert told["axes"][-1]["place"] == "columns"
    assert all(told["addresses"]) and len({*told["addresses"]}) == len(told["addresses"])
