"""Seeds beyond what a browser's numbers hold: all digits, wherever the page shows or sends them."""

from __future__ import annotations

LARGE = 2**64 - 2
SEEDS = [str(LARGE), str(LARGE + 1)]  # two seeds, but one number in a browser
CONSTANT = 2**53 + 1
CLIENT = "async () => (await import('/scripts/api.js')).api.clientId"
COPIED = """() => {
    window.copied = [];
    navigator.clipboard.writeText = async (text) => { window.copied.push(text); };
}"""
WRITE = """text => {
    const node = (window.app.rootGraph ?? window.app.graph).getNodeById(8);
    const widget = node.widgets.find((each) => each.name === 'picks');
    widget.value = text;
    widget.callback?.(text);
}"""


def seeds_of(desk) -> list[str]:
    """What a screen reader hears of the seed of each frame."""
    cells = desk.page.locator(".ps-sheet .ps-cell").all()
    found = [cell.get_attribute("aria-label").split(", ") for cell in cells]
    return [next(each[5:] for each in said if each.startswith("seed ")) for said in found]


def panel_seed(desk, number: int) -> str:
    """The seed in the loupe; closes it again."""
    desk.cell(number).focus()
    desk.page.keyboard.press("z")
    desk.page.wait_for_selector("dialog .ps-loupe img[src*=png]")
    desk.shoot(f"loupe {number}")
    seed = desk.page.text_content("dialog p.seed")
    desk.page.keyboard.press("Escape")
    desk.page.wait_for_selector("dialog", state="detached")
    return seed


def post(desk, flow, graph) -> None:
    """What a program posts while the page looks on: exact numbers."""
    body = {
        "prompt": graph,
        "client_id": desk.page.evaluate(CLIENT),
        "extra_data": {"extra_pnginfo": {"workflow": flow}},
    }
    desk.server.post("/prompt", body)


def test_seeds_that_a_browser_cannot_tell_apart(newest, workflow):
    desk, page = newest, newest.page
    flow = workflow(930001, prompts="a lighthouse\na harbour")
    nodes = {node["type"]: node for node in flow["nodes"]}
    nodes["ProofsheetSeedSweep"]["widgets_values"] = [0, "fixed", 2, "list", ", ".join(SEEDS)]
    desk.load(flow)
    desk.finish()
    desk.wait_status("4 frames")
    desk.shoot("face")
    heads = page.locator(".ps-colhead")
    assert heads.all_text_contents() == [f"…{seed[-5:]}" for seed in SEEDS]
    assert [heads.nth(i).get_attribute("title") for i in range(2)] == SEEDS
    assert seeds_of(desk) == SEEDS * 2
    page.evaluate(COPIED)
    desk.cell(2).focus()
    page.keyboard.press("z")
    page.wait_for_selector("dialog p.seed")
    section = page.locator("dialog section").filter(has=page.locator("p.seed"))
    section.get_by_role("button").click()
    page.wait_for_function("() => window.copied.length")
    assert page.evaluate("() => window.copied") == [SEEDS[1]]
    page.keyboard.press("Escape")

    page.evaluate(WRITE, f"seed={SEEDS[1]}")
    page.wait_for_function("() => document.querySelectorAll('.ps-cell.picked').length === 2")
    assert "picked" in desk.cell(2).get_attribute("class").split()
    page.evaluate(WRITE, "none")

    before = len(desk.history())
    desk.cell(1).click()
    page.get_by_role("button", name="More like this").click()
    run = desk.wait_runs(before + 1)
    [manifest] = run["outputs"]["8"]["proofsheet"]
    assert [frame["seed"] for frame in manifest["frames"]] == [LARGE, LARGE + 1, 0, 1]
    desk.wait_status("4 frames", "1 picked")
    assert seeds_of(desk) == [*SEEDS, "0", "1"]


def test_one_seed_that_a_program_posted(newest, workflow):
    """A widget cannot hold it. Continue asks for the very same frames: nothing is sampled."""
    desk, page = newest, newest.page
    flow = workflow(930002, prompts="a lighthouse\na harbour")
    desk.load(flow)
    graph = desk.prompt()
    graph["7"]["inputs"]["seed"] = CONSTANT
    before = len(desk.history())
    post(desk, flow, graph)
    run = desk.wait_runs(before + 1)
    [manifest] = run["outputs"]["8"]["proofsheet"]
    assert [frame["labels"] for frame in manifest["frames"]] == [{"seed": str(CONSTANT)}] * 2
    desk.wait_status("2 frames", "Held: pick frames, then Continue.")
    assert seeds_of(desk) == [str(CONSTANT)] * 2
    assert panel_seed(desk, 2) == str(CONSTANT)

    samplings = desk.samplings()
    desk.cell(2).click()
    desk.cell(2).press("Enter")
    run = desk.wait_runs(before + 2)
    assert run["status"]["status_str"] == "success"
    assert run["prompt"][2]["7"]["inputs"]["seed"] == CONSTANT
    assert len(run["outputs"]["9"]["images"]) == 1
    assert desk.samplings() == samplings

    # the recipe as a workflow of its own: what it queues has every digit, too
    desk.cell(2).focus()
    page.keyboard.press("z")
    page.get_by_role("button", name="Open recipe as workflow").click()
    page.wait_for_selector("dialog", state="detached")
    [seed] = [
        node["inputs"]["seed"]
        for node in desk.prompt().values()
        if node["class_type"] == "KSampler"
    ]
    assert int(seed) == CONSTANT


def test_pairs_of_prompts_and_seeds(newest, workflow):
    desk, page = newest, newest.page
    flow = workflow(930003, prompts="a lighthouse\na harbour")
    desk.load(flow)
    graph = desk.prompt()
    graph["3"]["inputs"] |= {"seed": LARGE, "count": 2}
    graph["7"]["inputs"]["combine"] = "pair up"
    before = len(desk.history())
    post(desk, flow, graph)
    desk.wait_runs(before + 1)
    desk.wait_status("2 frames", "Held: pick frames, then Continue.")
    desk.shoot("pairs")
    assert seeds_of(desk) == SEEDS
    said = page.locator(".ps-sheet .ps-cap").all_text_contents()
    assert [text.split(" · seed ")[-1] for text in said] == SEEDS
    samplings = desk.samplings()
    desk.cell(1).click()
    desk.cell(1).press("Enter")
    run = desk.wait_runs(before + 2)
    assert run["prompt"][2]["3"]["inputs"]["seed"] == LARGE
    assert desk.samplings() == samplings

    # new seeds: none of the old ones, and a number that the widget holds
    page.get_by_role("button", name="New seeds").click()
    run = desk.wait_runs(before + 3)
    assert run["prompt"][2]["3"]["inputs"]["seed"] == 0
