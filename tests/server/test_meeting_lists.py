"""Lists that meet at a node are multiplied, wherever that is; the host would zip them."""

from __future__ import annotations

import pytest
from graphs import SEED, TEXT, ids, ksampler, lora, plain, swept, write_lora
from sweeps import assert_recipe_runs, node, run, values

LORAS = ("meeting-ink.safetensors", "meeting-chalk.safetensors")


@pytest.fixture(scope="module", autouse=True)
def loras(server):
    for seed, name in enumerate(LORAS):
        write_lora(server, name, seed)


def clip_skip():
    graph = plain(TEXT, 1, "euler")
    graph["c"] = node("CLIPSetLastLayer", clip=["m", 1], stop_at_clip_layer=["v", 0])
    graph["p"]["inputs"]["clip"] = ["c", 0]
    return {**graph, "v": values("-1, -2", "int")}, ["prompt", "stop_at_clip_layer"], 6


def lora_strength():
    graph = plain("a boat", 1, "euler")
    graph["s"]["inputs"]["model"] = ["l", 0]
    more = {"v": values(", ".join(LORAS), "text"), "w": values("0.3, 0.6, 1", "float")}
    more["l"] = lora(["v", 0], ["w", 0])
    return {**graph, **more}, ["lora_name", "strength_model"], 6


def conditioning():
    """Two prompts are joined, one of them at two strengths."""
    graph = plain(TEXT, 1, "euler")
    graph["s"]["inputs"]["positive"] = ["j", 0]
    more = {
        "v": values("0.5, 1", "float"),
        "w": values("in the snow, at night, in spring", "text"),
        "o": node("CLIPTextEncode", text=["w", 0], clip=["m", 1]),
        "a": node("ConditioningSetAreaStrength", conditioning=["o", 0], strength=["v", 0]),
        "j": node("ConditioningCombine", conditioning_1=["p", 0], conditioning_2=["a", 0]),
    }
    return {**graph, **more}, ["prompt", "text", "strength"], 18


def latents():
    graph = plain("a boat", 1, "euler")
    graph["e"]["inputs"] |= {"width": ["v", 0], "height": ["w", 0]}
    more = {"v": values("64, 96", "int"), "w": values("64, 128, 192", "int")}
    return {**graph, **more}, ["width", "height"], 6


def text_lists():
    """A list of another pack's, and values, in one text."""
    graph = plain(["c", 0], 1, "euler")
    more = {
        "v": node("ForeignLines", text="a boat\na house"),
        "w": values("by day, by night, in fog", "text"),
        "c": node("StringConcatenate", string_a=["v", 0], string_b=["w", 0], delimiter=" "),
    }
    return {**graph, **more}, ["string_a", "string_b"], 6


def latent_lists():
    """A list of another pack's that is no text, beside a seed and a prompt."""
    graph = plain(TEXT, SEED, "euler")
    graph["s"] = ksampler(("f", 0), SEED, "euler", denoise=0.9)
    more = {"f": node("ForeignTwoLatents", latent=["e", 0])}
    return {**graph, **more}, ["prompt", "latent_image", "seed"], 12


def prompts_of_two():
    """Positive prompts of one node, negative ones of another."""
    graph = plain(TEXT, 1, "euler")
    graph["n"]["inputs"]["text"] = ["v", 0]
    more = {"v": node("ProofsheetPromptBatch", prompts="fog\nsnow", template="{prompt}")}
    return {**graph, **more}, ["CLIPTextEncode.prompt", "CLIPTextEncode.prompt 2"], 6


def loras_in_a_row():
    """Each at its own strengths, one of which is nothing at all."""
    graph = plain("a boat", 1, "euler")
    graph["s"]["inputs"]["model"] = ["l2", 0]
    more = {"v": values("0, 0.5", "float"), "w": values("0, 0.3, 0.6", "float")}
    more["l1"] = lora(LORAS[0], ["v", 0])
    more["l2"] = lora(LORAS[1], ["w", 0], ["l1", 0])
    names = ["LoraLoaderModelOnly.strength_model", "LoraLoaderModelOnly.strength_model 2"]
    return {**graph, **more}, names, 6


MEETING = [
    *(clip_skip, lora_strength, loras_in_a_row, conditioning, prompts_of_two),
    *(latents, text_lists, latent_lists),
]


@pytest.mark.parametrize("meeting", MEETING, ids=lambda meeting: meeting.__name__)
def test_lists_that_meet_are_multiplied(server, by_both, meeting):
    graph, names, count = meeting()
    prompt = by_both(graph, "a red boat\na blue house\na green tree", "1, 2")
    manifest, _ = run(server, prompt)
    frames = manifest["frames"]
    assert sorted(axis["name"] for axis in manifest["axes"]) == sorted(names)
    assert len(frames) == len(set(ids(manifest))) == count
    assert len({tuple(frame["values"].items()) for frame in frames}) == count
    if meeting is not latent_lists:
        assert all(frame["exact"] for frame in frames)
        assert_recipe_runs(server, frames[-1])


def test_a_list_that_is_collected_again_is_no_axis(server):
    graph = plain("a boat", 1, "euler")
    graph |= {
        "f": node("ForeignTwoLatents", latent=["e", 0]),
        "d": node("VAEDecode", samples=["f", 0], vae=["m", 2]),
        "end": node("ForeignCollect", image=["d", 0]),
    }
    graph["f"]["inputs"]["latent"] = ["s", 0]
    manifest, calls = run(server, swept(graph))
    [frame] = manifest["frames"]
    assert manifest["axes"] == [] and frame["exact"]
    assert calls.rows == 1
    assert_recipe_runs(server, frame)


def test_a_node_that_takes_lists_whole_is_handed_one_value_of_an_axis(server):
    """As its own run would be."""
    graph = plain("a boat", 1, "euler")
    graph |= {
        "v": values("0, 255", "int"),
        "w": values("64, 128, 192", "int"),
        "i": node("EmptyImage", width=["w", 0], height=64, batch_size=1, color=["v", 0]),
        "c": node("ForeignCollect", image=["i", 0]),
        "e": node("VAEEncode", pixels=["c", 0], vae=["m", 2]),
    }
    manifest, _ = run(server, swept(graph))
    assert [axis["name"] for axis in manifest["axes"]] == ["width", "color"]
    assert [frame["width"] for frame in manifest["frames"]] == [64, 64, 128, 128, 192, 192]
    assert_recipe_runs(server, manifest["frames"][-1])
