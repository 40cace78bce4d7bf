"""Official templates: planned as the page sends them, and read by it as it would send them."""

from __future__ import annotations

from desk import two_pages
from templates import stand_in, template

NAMES = (
    "image_sdxl_simple",
    "sdxl_refiner_prompt_example",
    "image_z_image_turbo",  # in a subgraph
    "image_flux2_klein_text_to_image",  # sampler, guider and sigmas apart
    "flux_fill_outpaint_example",
    "video_wan2_2_14B_fun_inpaint",  # two models in a row, and a clip
)

SAVERS = ("SaveImage", "SaveVideo", "SaveWEBM", "SaveAnimatedWEBP", "PreviewImage")
PROMPT = """async (workflow) => {
    await window.app.loadGraphData(workflow);
    return (await window.app.graphToPrompt()).output;
}"""

READ = """async (workflow) => {
    if (workflow) await window.app.loadGraphData(workflow);
    const module = await import('/extensions/proofsheet/host/graph_above.js');
    const read = module.readGraph({ app: window.app });
    const { output } = await window.app.graphToPrompt();
    return [read, output];
}"""
# What other nodes say is passed on: by a primitive, past a bypassed node and through a reroute; a
# muted node is not sent.
PASSED_ON = """() => {
    const graph = window.app.rootGraph ?? window.app.graph;
    const add = (type) => {
        const node = window.LiteGraph.createNode(type);
        graph.add(node);
        return node;
    };
    graph.clear();
    const [size, empty, upscale, reroute, decode, save, muted] = [
        'PrimitiveNode', 'EmptyLatentImage', 'LatentUpscaleBy', 'Reroute', 'VAEDecode',
        'SaveImage', 'PreviewImage',
    ].map(add);
    size.connect(0, empty, empty.inputs.findIndex((input) => input.name === 'width'));
    size.widgets[0].value = 640;
    empty.connect(0, upscale, 0);
    upscale.connect(0, reroute, 0);
    reroute.connect(0, decode, 0);
    decode.connect(0, save, 0);
    decode.connect(0, muted, 0);
    upscale.mode = 4;
    muted.mode = 2;
}"""


def test_official_templates_are_planned_as_they_are(newest):
    """One page for all of them: opening it takes longest."""
    for name in NAMES:
        workflow = template(name)
        stand_in(newest.server.base, workflow)
        prompt = newest.page.evaluate(PROMPT, workflow)
        entry = newest.server.run(swept(prompt))
        frames = entry["outputs"]["sheet"]["proofsheet"][0]["frames"]
        told = [(frame["seed"], frame["status"]) for frame in frames]
        assert told == [(11, "missing"), (12, "missing")], name
        assert len({frame["id"] for frame in frames}) == 2, name
        assert frames[0]["positive"], name


def swept(prompt):
    """With a Sweep in place of what saves it."""
    savers = [number for number, each in prompt.items() if each["class_type"] in SAVERS]
    ends = [prompt.pop(number)["inputs"] for number in savers]
    source = next(ends[-1][name] for name in ("images", "video") if name in ends[-1])
    planned = {"source": source, "axes": "seed = 11, 12", "make": "none"}
    shown = {"frames": ["sweep", 0], "picks": "", "when_empty": "hold", "columns": 0}
    shown |= {"cell_size": 128, "captions": "none"}
    return {
        **prompt,
        "sweep": {"class_type": "ProofsheetSweep", "inputs": planned},
        "sheet": {"class_type": "ProofsheetContactSheet", "inputs": shown},
    }


@two_pages
def test_a_workflow_is_read_as_it_would_be_sent(desk):
    for name in NAMES:
        assert_same(*desk.page.evaluate(READ, template(name)), name)
    desk.page.evaluate(PASSED_ON)
    read, sent = desk.page.evaluate(READ, None)
    assert_same(read, sent, "what is passed on")
    types = {node["class_type"]: node["inputs"] for node in read.values()}
    assert [*types] == ["EmptyLatentImage", "VAEDecode", "SaveImage"]
    assert types["EmptyLatentImage"]["width"] == 640
    assert read[types["VAEDecode"]["samples"][0]]["class_type"] == "EmptyLatentImage"


def assert_same(read, sent, name):
    """1.32.9 also sends what is inside a bypassed subgraph, which nothing reads."""
    assert read, name
    assert plain(read) == {i: told for i, told in plain(sent).items() if i in read}, name


def plain(prompt):
    return {
        number: (node["class_type"], node["inputs"], node["_meta"]["title"])
        for number, node in prompt.items()
    }
