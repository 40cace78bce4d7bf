"""What the names in a pattern are for each frame."""

from __future__ import annotations

from datetime import datetime

import pytest
from on_paper import cuts_of, node
from pack.nodes.core.axes import Axis
from pack.nodes.core.errors import GrammarError
from pack.nodes.core.frames import Frame, Frames, Named
from pack.nodes.core.plan import file_names
from pack.nodes.core.plan.graph import Literal
from pack.nodes.core.plan.sources import Source

WHEN = datetime(2026, 3, 7, 9, 5, 4)
NODES = {
    "3": {**node("KSampler", seed=["6", 0], cfg=["9", 0], denoise=0.5), "_meta": {"title": "Pass"}},
    "4": node("KSampler", cfg=4, denoise=1.0, model=["1", 0], on=False),
    "6": node("ProofsheetSeedSweep", seed=5),
    "9": node("PrimitiveFloat", value=2.5),
    "c": node("PrimitiveInt", value=["c", 0]),
    "d": node("Circle", x=["c", 0]),
}


def frame(number=1, **others):
    values = {"prompt": "harbour", "cfg": 7.0, "LoRA": "ink.safetensors"}
    known = {"positive": "a quiet harbour", "negative": "fog", "values": values}
    inputs = {"3.seed": Named("seed"), "9.value": Named("cfg"), "4.denoise": 0.25}
    size = {"width": 64, "height": 32, "row": 2, "column": 3}
    return Frame("9f3a1c0b77d2e845", number, 7, **{**known, **size, "inputs": inputs, **others})


def path(pattern, *frames, nodes=NODES):
    shown = Frames(frames or (frame(),), constants={"steps": 20})
    return [*file_names.paths(pattern, shown, nodes, WHEN)]


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("%name%_%seed%", "harbour_7"),
        ("%number% %id%", "1 9f3a1c0b77d2e845"),
        ("%prompt%, %negative%", "a quiet harbour, fog"),
        ("%LoRA% %cfg% %steps%", "ink.safetensors 7.0 20"),
        ("%width%x%height%_r%row%c%column%", "64x32_r2c3"),
        ("%year%-%month%-%day%/%hour%.%minute%.%second%", "2026-03-07/09.05.04"),
        ("%date:yyyy-MM-dd%/%date:yy-M-d h_m_s hh_mm_ss%", "2026-03-07/26-3-7 9_5_4 09_05_04"),
        ("%date:yyyy/MM%/x", "2026/03/x"),
        ("%KSampler.cfg% %KSampler.denoise%", "7.0 0.5"),
        ("%Pass.denoise%", "0.5"),
        ("%Pass.cfg%", "7.0"),  # what its primitive says varies
        ("%PrimitiveFloat.value%", "7.0"),
        ("%KSampler.on%", "False"),
        ("100%% %date:yyyy%", "100% 2026"),
    ],
)
def test_names_of_a_frame(pattern, name):
    assert path(pattern) == [name]


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("%nothing%", "nothing"),
        ("%Title.cfg%", "Title.cfg"),
        ("%KSampler.nothing%", "KSampler.nothing"),
        ("%KSampler.model%", "KSampler.model"),  # linked to what is no value
        ("%Circle.x%", "Circle.x"),
        ("%Date%", "Date"),
    ],
)
def test_a_name_that_is_none_is_refused(pattern, name):
    message = f"Unknown '{name}'; there are %year% %month% "
    with pytest.raises(GrammarError, match=message):
        path(pattern)
    with pytest.raises(GrammarError, match=message):
        file_names.first(pattern, Frames((frame(), frame(2))), NODES)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"Name": "low tide", "prompt": "harbour"}, "low tide"),
        ({"name": 1984}, "1984"),
        ({"name": "", "prompt": "harbour"}, "harbour"),
        ({"prompt": ""}, "a quiet harbour"),
        ({}, "a quiet harbour"),
    ],
)
def test_a_column_called_name_says_how_a_frame_is_called(values, name):
    assert path("%name%", frame(values=values)) == [name]


def test_a_keeper_lacks_what_only_this_sweep_has():
    keeper = frame(None, values={}, row=0, column=0, inputs={})
    assert path("x%cfg%r%row%%Pass.cfg%", frame(), keeper) == ["x7.0r27.0", "xr"]
    with pytest.raises(GrammarError):
        path("%cfg%", keeper)


def test_the_prompt_of_a_frame_without_a_name_is_its_own():
    assert path("%name%", frame(values={}, positive="")) == ["frame"]


def test_what_axes_put_into_inputs_is_found_among_the_values():
    table = "name,steps\nlow,20\nhigh,30"
    nodes = {
        "r": node("ProofsheetRows", table=table),
        "p": node("ProofsheetPromptBatch", prompts="a cat\na dog"),
        "one": node("ProofsheetValues", values="7", type="int"),
        "i": node("PrimitiveInt", value=["r", 1]),
        "n": node("Encode", text=["p", 1], also=["p", 0]),
        "k": node("Use", steps=["i", 0], text=["n", 0], cfg=["one", 0], denoise=1),
    }
    line = Source(Axis("", (0.2, 0.4), ("0.2", "0.4")), {("k", "denoise"): [Literal(0.2)] * 2})
    cuts = cuts_of(nodes, ["k", 0], lines={"line 0": line})
    cuts_axes = {key: source.axis for key, source in cuts.sources.items() if source.length > 1}
    named = {**cuts_axes, "line 0": Axis("denoise", (0.2, 0.4), ("0.2", "0.4"))}
    assert file_names.inputs_given(cuts, named) == {
        "k.steps": Named("steps"),
        "n.also": Named("prompt"),
        "k.cfg": 7,
        "k.denoise": Named("denoise"),
    }
