"""Any values in any widgets of a sweep, as POST /prompt takes them: refused before the run with
the input and the reason, or planned as written. Nothing runs here; the host's own check does."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from pathlib import Path
from types import SimpleNamespace

import execution
import folder_paths
import nodes
import pytest
from comfy_execution.graph import DynamicPrompt
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.grammar.prompts import NO_NAMES
from pack.nodes.core.plan.axis_nodes import AXIS_NODES
from pack.nodes.core.sheet.contents import Sheet, SheetFrame
from pack.nodes.extension import NODES
from pack.nodes.host.plan import sweep_plan
from pack.nodes.host.store.store import Store
from pack.nodes.host.work import contact_sheet, printed_sheet
from pack.nodes.host.work import sweep as sweep_work
from PIL import Image
from sample_nodes import node

API = (Path(__file__).resolve().parents[3] / "web" / "docs" / "API.md").read_text(encoding="utf-8")
HEAVY = {
    **{"model": ["1", 0], "positive": ["3", 0], "negative": ["4", 0]},
    **{"latent_image": ["5", 0], "vae": ["1", 2], "seed": ["6", 0]},
}
SAMPLER = {
    **{"steps": 4, "cfg": 3.0, "sampler_name": "euler", "scheduler": "simple", "denoise": 1.0},
    **{"combine": "every combination", "batch_size": 0},
}
SAVED = {"filename_prefix": "a/%seed%", "format": "png"}
SHEET = {"picks": "", "when_empty": "hold", "columns": 0, "cell_size": 128, "captions": "varying"}


@pytest.fixture(scope="module", autouse=True)
def our_nodes():
    """The host knows them, and does not log every refusal."""
    mine = {each.GET_SCHEMA().node_id: each for each in NODES}
    nodes.NODE_CLASS_MAPPINGS.update(mine)
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
    for name in mine:
        del nodes.NODE_CLASS_MAPPINGS[name]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return Store(tmp_path_factory.mktemp("requests"))


def sweep(changes):
    """A sweep as a program posts it; `changes` are {node: {widget: value}}."""
    prompt = {
        "1": node("ProofsheetDemoModel"),
        "2": node("ProofsheetPromptBatch", prompts="a\nb", negative="", template="{prompt}"),
        "3": node("CLIPTextEncode", text=["2", 0], clip=["1", 1]),
        "4": node("CLIPTextEncode", text=["2", 1], clip=["1", 1]),
        "5": node("EmptyLatentImage", width=64, height=64, batch_size=1),
        "6": node("ProofsheetSeedSweep", seed=7, count=2, mode="consecutive", list=""),
        "7": node("ProofsheetSweepSampler", **HEAVY, **SAMPLER),
        "8": node("ProofsheetContactSheet", frames=["7", 0], **SHEET),
        "9": node("ProofsheetSaveFrames", frames=["8", 0], **SAVED),
    }
    for name, widgets in changes.items():
        prompt[name]["inputs"] |= widgets
    return prompt


WRITTEN = st.text(st.sampled_from("0123456789,-.:#!={}|%\\/ \nab٣\ud800\0"), max_size=12)
READABLE = ["all", "none", "2", "x {prompt}", "a {b|c}", "%name%/%seed%", "list", "random"]
UNREADABLE = ["1, 2-", "../x", "%", "{a", "1e400", "nan", "-1", "True", "none, 1"]
CHOICES = ["pair up", "heun", "karras", "pass all", "fail", "webp", "full"]
WORDS = st.sampled_from(READABLE + UNREADABLE + CHOICES)
NUMBERS = st.integers(-(2**66), 2**66) | st.integers(0, 5) | st.floats()
PLAIN = st.none() | st.booleans() | NUMBERS | WRITTEN | WORDS
# Two elements, the first a text, are a link to the host, whatever they are wrapped in.
WRAPPED = st.lists(PLAIN, max_size=1).map(lambda values: {"__value__": values})
ANY = PLAIN | WRAPPED | st.dictionaries(st.text(max_size=3), PLAIN, max_size=2)
WIDGETS = {
    "2": ("prompts", "negative", "template", "variants", "count", "seed"),
    "6": ("seed", "count", "mode", "list"),
    "7": tuple(SAMPLER),
    "8": tuple(SHEET),
    "9": ("filename_prefix", "format"),
}
PLACES = [(name, widget) for name, widgets in WIDGETS.items() for widget in widgets]
CHANGES = st.dictionaries(st.sampled_from(PLACES), ANY, max_size=4)


def refused(prompt):
    """The errors of the host's own check, by node; it writes numbers and texts as such."""
    answer = asyncio.run(execution.validate_prompt("x", prompt, None))
    return {name: told["errors"] for name, told in answer[3].items()}


@given(CHANGES)
def test_any_values_are_refused_as_documented_or_planned_as_written(kept, changes):
    prompt = sweep({})
    for (name, widget), value in changes.items():
        prompt[name]["inputs"][widget] = value
    errors = refused(prompt)
    for error in itertools.chain.from_iterable(errors.values()):
        assert f"`{error['type']}`" in API, error
    if not set(errors) & {"2", "6", "7"}:
        planned(prompt, kept)
    if "8" not in errors:
        shown_as_written(prompt)


def planned(prompt, kept):
    """Every cell has the prompt, the negative, the seed and the settings that were written."""
    try:
        texts = AXIS_NODES["ProofsheetPromptBatch"](prompt["2"]["inputs"], NO_NAMES, None).outputs
        [seeds] = AXIS_NODES["ProofsheetSeedSweep"](prompt["6"]["inputs"], NO_NAMES, None).outputs
        plan = sweep_plan.plan(request_of(prompt), kept)
    except ProofsheetError as error:
        assert str(error)
        return
    found = [(f.positive, f.negative, f.seed) for f in plan.frames.frames]
    pairs = list(zip(texts[0], texts[1], strict=True))
    if prompt["7"]["inputs"]["combine"] == "pair up":
        longest = max(len(pairs), len(seeds))
        pairs, seeds = pairs * (longest // len(pairs)), list(seeds) * (longest // len(seeds))
        assert found == [(*pair, seed) for pair, seed in zip(pairs, seeds, strict=True)]
    else:
        assert found == [(*pair, seed) for pair, seed in itertools.product(pairs, seeds)]
    settings = {name: prompt["7"]["inputs"][name] for name in list(SAMPLER)[:5]}
    for made in plan.recipes:
        [sampler] = [n["inputs"] for n in made.graph.values() if n["class_type"] == "KSampler"]
        assert settings == {name: sampler[name] for name in settings}


def request_of(prompt):
    """The Sweep Sampler's widgets as the host hands them over."""
    widgets = {name: [prompt["7"]["inputs"][name]] for name in ("combine", "batch_size")}
    return sweep_work.request(DynamicPrompt(prompt), "7", widgets)


def shown_as_written(prompt):
    widgets = {name: [prompt["8"]["inputs"][name]] for name in SHEET}
    try:
        options = contact_sheet.options(widgets)
    except ProofsheetError as error:
        assert str(error)
    else:
        assert [getattr(options, name) for name in SHEET] == [v for [v] in widgets.values()]


def test_the_sweep_that_is_changed_here_is_a_good_one(kept):
    prompt = sweep({})
    assert not refused(prompt)
    plan = sweep_plan.plan(request_of(prompt), kept)
    assert [(f.positive, f.seed) for f in plan.frames.frames] == [
        ("a", 7), ("a", 8), ("b", 7), ("b", 8)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "extra",
    [None, {"workflow": {"a": 1}}, {"工作流": 1}, {"": 1}, {"x" * 200: 1}, {"a\0b": 1}, {7: 1}]
    + [{"\ud800": "\ud800"}, {"prompt": "another"}, [1], "x", 7],
)
def test_whatever_comes_with_a_request_the_sheet_can_be_written(kept, extra, monkeypatch, tmp_path):
    monkeypatch.setattr(folder_paths, "output_directory", str(tmp_path))
    running = {"8": {"class_type": "X", "is_changed": ["a uuid"]}}
    hidden = SimpleNamespace(prompt=running, extra_pnginfo=extra)
    texts = contact_sheet.texts(hidden)
    frames = (SheetFrame(1, status="waiting"),)
    sheet = printed_sheet.PrintedSheet(Sheet((), frames), kept, "0" * 16, texts)
    found = sheet.draw(lambda: None)
    assert found.is_drawn and sheet.find() == found
    with Image.open(sheet._path("output")) as picture:
        written = picture.text
    assert json.loads(written.pop("prompt")) == {"8": {"class_type": "X"}}
    assert written.pop("proofsheet-drawn") == sheet._drawn
    assert set(written) == ({"workflow"} if extra == {"workflow": {"a": 1}} else set())


def test_widgets_and_links_take_the_same_numbers():
    """What comes over a link is checked against the stock KSampler's own ranges."""
    allowed = {**sweep_work.ALLOWED, **contact_sheet.ALLOWED}
    numbers = {name: (n.low, n.high) for name, n in allowed.items() if hasattr(n, "low")}
    stock = nodes.KSampler.INPUT_TYPES()["required"]
    for name in ("seed", "steps", "cfg", "denoise"):
        numbers[name] = (stock[name][1]["min"], stock[name][1]["max"])
    found = {}
    for each in NODES:
        for one in each.define_schema().inputs:
            if getattr(one, "max", None) is not None and one.id in numbers:
                found.setdefault(one.id, set()).add((one.min, one.max))
    assert found == {name: {ends} for name, ends in numbers.items()}


def test_a_graph_too_deep_to_follow_is_refused_in_words(kept):
    prompt = sweep({"7": {"latent_image": ["d999", 0]}})
    link = ["5", 0]
    for number in range(1000):
        prompt[f"d{number}"] = node("LatentUpscaleBy", samples=link)
        link = [f"d{number}", 0]
    with pytest.raises(ProofsheetError, match="more than 300 nodes one after another"):
        sweep_plan.plan(request_of(prompt), kept)
    prompt["7"]["inputs"]["latent_image"] = ["d299", 0]
    assert len(sweep_plan.plan(request_of(prompt), kept).frames.frames) == 4
