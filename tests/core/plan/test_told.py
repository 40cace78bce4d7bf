"""What is told of frames of real shapes: the right text, or none, never another side's."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from on_paper import node
from pack.nodes.core.plan import told

KSAMPLER = {"seed": 5, "steps": 20, "cfg": 7, "sampler_name": "euler", "scheduler": "normal"}


def text(words):
    return node("CLIPTextEncode", text=words, clip=["m", 1])


def image(**nodes):
    """A graph of `a cat` and `fog` that ends in KSampler `k`, with other nodes put in or in place
    of them. Nodes stand as in a recipe: after those that they read, the saver last."""
    plain = {
        "m": node("CheckpointLoaderSimple", ckpt_name="sd.safetensors"),
        "l": node("EmptyLatentImage", width=64, height=64, batch_size=1),
        "p": text("a cat"),
        "n": text("fog"),
    }
    saved = {
        "d": node("VAEDecode", samples=["k", 0], vae=["m", 2]),
        "s": node("SaveImage", images=["d", 0], filename_prefix="x"),
    }
    return {**plain, "k": sampler(["p", 0], ["n", 0]), **nodes, **saved}


def sampler(positive, negative, **others):
    links = {"model": ["m", 0], "positive": positive, "negative": negative}
    return node(
        "KSampler", **{**links, "latent_image": ["l", 0], **KSAMPLER, "denoise": 1, **others}
    )


def behind(**nodes):
    """A graph whose KSampler takes both sides from the node `c`, as of a pair."""
    return image(**nodes, k=sampler(["c", 0], ["c", 1]))


def of(positive, **nodes):
    """A graph whose KSampler takes as positive what `positive` names."""
    return image(**nodes, k=sampler(positive, ["n", 0]))


PAIR = {"positive": ["p", 0], "negative": ["n", 0]}

PAIRS = {
    "ControlNet": behind(c=node("ControlNetApplyAdvanced", **PAIR, strength=1)),
    "inpainting": behind(c=node("InpaintModelConditioning", **PAIR, noise_mask=True)),
    "image to video": behind(c=node("WanImageToVideo", **PAIR, width=64)),
    "two in a row": behind(
        b=node("LTXVConditioning", **PAIR, frame_rate=25),
        c=node("LTXVAddGuide", positive=["b", 0], negative=["b", 1], frame_idx=0),
    ),
    "the model first": image(
        c=node("LTXVReferenceAudio", **PAIR, model=["m", 0]), k=sampler(["c", 1], ["c", 2])
    ),
    "two negatives": image(
        c=node("WanPhantomSubjectToVideo", **PAIR), k=sampler(["c", 0], ["c", 2])
    ),
    "an encoder of both": behind(
        c=node("TextEncodeMageFlowEdit", prompt="a cat", negative_prompt="fog", clip=["m", 1])
    ),
    "a foreign loader": image(
        c=node("Efficient Loader", ckpt_name="x", positive="a cat", negative="fog"),
        k=sampler(["c", 1], ["c", 2]),
    ),
}


@pytest.mark.parametrize("graph", PAIRS.values(), ids=PAIRS)
def test_each_side_of_a_pair_has_its_own_text(graph):
    assert told.prompts(graph) == ("a cat", "fog")


def test_crossed_sides_are_told_crossed():
    pair = node("ControlNetApplyAdvanced", **PAIR)
    assert told.prompts(image(c=pair, k=sampler(["c", 1], ["c", 0]))) == ("fog", "a cat")


def test_pairs_that_are_combined_keep_their_sides():
    inputs = {f"{side}_{k}": [k + side[0], 0] for side in PAIR for k in "BA"}
    texts = {"Ap": text("a cat"), "An": text("fog"), "Bp": text("a dog"), "Bn": text("rain")}
    graph = behind(**texts, c=node("PairConditioningCombine", **inputs))
    assert told.prompts(graph) == ("a cat, a dog", "fog, rain")


POSITIVES = {
    "plain": (image(), "a cat"),
    "empty": (of(["c", 0], c=text("")), ""),
    "guidance": (of(["c", 0], c=node("FluxGuidance", conditioning=["p", 0], guidance=3)), "a cat"),
    "zeroed": (of(["c", 0], c=node("ConditioningZeroOut", conditioning=["p", 0])), ""),
    "concatenated, the first first": (
        of(
            ["c", 0],
            q=text("at sea"),
            c=node("ConditioningConcat", conditioning_from=["q", 0], conditioning_to=["p", 0]),
        ),
        "a cat, at sea",
    ),
    "combined of many": (
        of(
            ["c", 0],
            **{f"q{i}": text(f"text {i}") for i in range(1, 12)},
            c=node("Multi", **{f"conditioning_{i}": [f"q{i}", 0] for i in range(11, 0, -1)}),
        ),
        ", ".join(f"text {i}" for i in range(1, 12)),
    ),
    "a zeroed branch": (
        of(
            ["c", 0],
            z=node("ConditioningZeroOut", conditioning=["n", 0]),
            c=node("ConditioningAverage", conditioning_to=["p", 0], conditioning_from=["z", 0]),
        ),
        "a cat",
    ),
    "the same text twice": (
        of(
            ["c", 0],
            c=node("ConditioningCombine", conditioning_1=["p", 0], conditioning_2=["p", 0]),
        ),
        "a cat",
    ),
    "two text encoders": (
        of(["c", 0], c=node("CLIPTextEncodeFlux", clip_l="cat", t5xxl="a cat", guidance=3)),
        "a cat, cat",
    ),
    "both texts of SDXL": (
        of(["c", 0], c=node("CLIPTextEncodeSDXL", text_l="a cat", text_g="a cat", width=64)),
        "a cat",
    ),
    "a box with regions": (
        of(["c", 0], c=node("GLIGENTextBoxApply", conditioning_to=["p", 0], text="a hat")),
        "a cat, a hat",
    ),
    "a linked text": (
        of(["c", 0], t=node("PrimitiveStringMultiline", value="a dog"), c=text(["t", 0])),
        "a dog",
    ),
    "a foreign box": (of(["c", 0], t=node("TextBox", text="a dog"), c=text(["t", 0])), "a dog"),
    "joined": (
        of(
            ["c", 0],
            a=node("PrimitiveString", value="a dog"),
            t=node("StringConcatenate", string_a=["a", 0], string_b="sea", delimiter=" at "),
            c=text(["t", 0]),
        ),
        "a dog at sea",
    ),
    "replaced": (
        of(
            ["c", 0],
            t=node("StringReplace", string="a X", find="X", replace="dog"),
            c=text(["t", 0]),
        ),
        "a dog",
    ),
    "formatted": (
        of(
            ["c", 0],
            t=node("StringFormat", f_string="{{a}} {a}", **{"values.a": "dog"}),
            c=text(["t", 0]),
        ),
        "{a} dog",
    ),
    "trimmed and cased": (
        of(
            ["c", 0],
            t=node("StringTrim", string=" a dog ", mode="Both"),
            u=node("CaseConverter", string=["t", 0], mode="UPPERCASE"),
            c=text(["u", 0]),
        ),
        "A DOG",
    ),
    "cut out": (
        of(
            ["c", 0],
            t=node("StringSubstring", string="see a dog run", start=4, end=-4),
            c=text(["t", 0]),
        ),
        "a dog",
    ),
    "a word that becomes a choice": (
        of(["c", 0], t=node("ConvertStringToComboNode", string="a dog"), c=text(["t", 0])),
        "a dog",
    ),
    "a switch turned around": (
        of(
            ["c", 0],
            b=node("PrimitiveBoolean", value=True),
            i=node("InvertBooleanNode", boolean=["b", 0]),
            o=node("ComfyNotNode", value=["i", 0]),
            c=node("ComfySwitchNode", switch=["o", 0], on_true=["p", 0], on_false=["n", 0]),
        ),
        "a cat",
    ),
    "a soft switch": (
        of(
            ["c", 0],
            c=node("ComfySoftSwitchNode", switch=True, on_true=["p", 0], on_false=["n", 0]),
        ),
        "a cat",
    ),
    "a soft switch with one branch": (
        of(["c", 0], c=node("ComfySoftSwitchNode", switch=["l", 0], on_false=["p", 0])),
        "a cat",
    ),
    "the branch that is taken": (
        of(
            ["c", 0],
            b=node("PrimitiveBoolean", value=False),
            w=node("ComfySwitchNode", switch=["b", 0], on_true=["n", 0], on_false=["p", 0]),
            c=node("FluxGuidance", conditioning=["w", 0]),
        ),
        "a cat",
    ),
    "a text that is switched": (
        of(
            ["c", 0],
            g=node("TextGenerate", prompt="a cat"),
            w=node("ComfySwitchNode", switch=True, on_true="a dog", on_false=["g", 0]),
            v=node("PreviewAny", source=["w", 0]),
            c=text(["v", 0]),
        ),
        "a dog",
    ),
}


@pytest.mark.parametrize(("graph", "positive"), POSITIVES.values(), ids=POSITIVES)
def test_the_positive_is_told(graph, positive):
    assert told.prompts(graph) == (positive, "fog")


def written(*, by, **inputs):
    """A graph whose positive text comes from another node."""
    return of(["c", 0], t=node(by, **inputs), c=text(["t", 0]))


UNTOLD = {
    "a language model": written(by="TextGenerate", prompt="a cat", clip=["m", 1]),
    "a wildcard": written(by="Wildcards", text="a {red|blue} cat", seed=5),
    "a pattern": written(by="RegexReplace", string="a cat", regex_pattern="c", replace="r"),
    "a fine format": written(by="StringFormat", f_string="{a:9}", **{"values.a": "cat"}),
    "a broken format": written(by="StringFormat", f_string="{a", **{"values.a": "cat"}),
    "another output": of(["c", 0], t=node("PrimitiveString", value="x"), c=text(["t", 1])),
    "half a text": written(by="StringConcatenate", string_a="a", string_b=["?", 0], delimiter=""),
    "a picture": of(["c", 0], c=node("SVD_img2vid_Conditioning", init_image=["l", 0])),
    "a pipe": of(["c", 3], c=node("FromBasicPipe", basic_pipe=["n", 0])),
    "a third output": of(["c", 2], c=node("WanImageToVideo", **PAIR)),
    "one branch untold": of(
        ["c", 0],
        q=text(["?", 0]),
        c=node("ConditioningCombine", conditioning_1=["p", 0], conditioning_2=["q", 0]),
    ),
    "a switch that is decided later": of(
        ["c", 0],
        c=node("ComfySwitchNode", switch=["l", 0], on_true=["p", 0], on_false=["n", 0]),
    ),
    "a foreign switch": of(
        ["c", 0],
        c=node(
            "Conditioning Input Switch", Input=2, conditioning1=["p", 0], conditioning2=["n", 0]
        ),
    ),
    "a switch without branches": of(["c", 0], c=node("ComfySoftSwitchNode", switch=True)),
    "a text's length": written(by="StringLength", string="a cat"),
    "a piece from no number": written(by="StringSubstring", string="a cat", start="1", end=2),
    "a switch turned around by a text": of(
        ["c", 0],
        i=node("InvertBooleanNode", boolean="x"),
        c=node("ComfySwitchNode", switch=["i", 0], on_true=["p", 0], on_false=["p", 0]),
    ),
    "a link to nowhere": of(["?", 0]),
    "no link": of(None),
    "a list": of([1, 2, 3]),
    "a circle": of(["c", 0], c=node("FluxGuidance", conditioning=["c", 0])),
    "a circle of texts": of(
        ["c", 0],
        t=node("StringConcatenate", string_a="a", string_b=["t", 0], delimiter=""),
        c=text(["t", 0]),
    ),
    "a circle of switches": of(
        ["c", 0], c=node("ComfySwitchNode", switch=["c", 0], on_true=["c", 0], on_false=["c", 0])
    ),
}


@pytest.mark.parametrize("graph", UNTOLD.values(), ids=UNTOLD)
def test_what_cannot_be_told_is_empty(graph):
    assert told.prompts(graph) == ("", "fog")


def custom(guider, *, noise=None, **others):
    noise = noise or node("RandomNoise", noise_seed=9)
    links = {"noise": ["z", 0], "guider": ["g", 0], "sampler": ["e", 0], "sigmas": ["y", 0]}
    return image(
        z=noise,
        g=guider,
        e=others.get("sampler", node("KSamplerSelect", sampler_name="lcm")),
        b=node("BasicScheduler", scheduler="beta", steps=8, denoise=0.5, model=["m", 0]),
        y=others.get("sigmas", node("SplitSigmas", sigmas=["b", 0], step=3)),
        o=text("at sea"),
        k=node("SamplerCustomAdvanced", **links, latent_image=["l", 0]),
    )


GUIDERS = {
    "one": (node("BasicGuider", conditioning=["p", 0]), ("a cat", "")),
    "two": (node("CFGGuider", **PAIR, cfg=3), ("a cat", "fog")),
    "two models": (node("DualModelGuider", **PAIR, cfg=3), ("a cat", "fog")),
    "three": (
        node(
            "DualCFGGuider",
            **{"cond1": ["p", 0], "cond2": ["n", 0], "negative": ["o", 0]},
            **{"cfg_conds": 5, "cfg_cond2_negative": 2},
        ),
        ("a cat", "at sea"),
    ),
    "nothing": (node("LoadGuider"), ("", "")),
}


@pytest.mark.parametrize(("guider", "prompts"), GUIDERS.values(), ids=GUIDERS)
def test_prompts_are_told_through_a_guider(guider, prompts):
    assert told.prompts(custom(guider)) == prompts


def test_settings_are_told_through_guider_sampler_and_sigmas():
    found = told.settings(custom(node("CFGGuider", **PAIR, cfg=3)))
    assert list(found.items()) == [
        *(("seed", 9), ("steps", 8), ("cfg", 3), ("sampler_name", "lcm")),
        *(("scheduler", "beta"), ("denoise", 0.5)),
    ]


def test_settings_that_are_not_told_are_absent():
    found = told.settings(
        custom(
            node("BasicGuider", conditioning=["p", 0]),
            sampler=node("SamplerEulerAncestral", eta=1),
            sigmas=node("ManualSigmas", sigmas="1, 0"),
        )
    )
    assert found == {"seed": 9}


def test_settings_of_a_plain_graph_are_as_they_stand():
    assert list(told.settings(image()).items()) == [*KSAMPLER.items(), ("denoise", 1)]


@pytest.mark.parametrize("steps", [True, "8", math.nan, math.inf, None, [], {}, ["?", 0], ["l", 0]])
def test_settings_that_are_none_are_absent(steps):
    assert "steps" not in told.settings(image(k=sampler(["p", 0], ["n", 0], steps=steps)))


def advanced(latent, noise, seed, positive="p"):
    return node(
        "KSamplerAdvanced",
        **{"add_noise": noise, "noise_seed": seed, "steps": 20, "cfg": 7},
        **{"positive": [positive, 0], "negative": ["n", 0], "latent_image": [latent, 0]},
    )


def two(**second):
    """Two stages: the second has another prompt."""
    stage = {"l": "j", "noise": "disable", "seed": 0, "positive": "q", **second}
    return image(
        q=text("a finer cat"),
        j=advanced("l", "enable", 7),
        k=advanced(stage["l"], stage["noise"], stage["seed"], stage["positive"]),
    )


def switched(value, noise=None):
    return custom(
        node("BasicGuider", conditioning=["p", 0]),
        noise=noise or node("RandomNoise", noise_seed=value),
    )


SEEDS = {
    "plain": (image(), 5),
    "the second stage's own": (two(noise="enable", seed=3), 3),
    "the stage that has noise": (two(), 7),
    "noise that is not told": (two(noise=["?", 0]), None),
    "a seed that is not told": (two(noise="enable", seed=["?", 0]), None),
    "of a primitive": (image(z=node("PrimitiveInt", value=8), k=sampler(0, 0, seed=["z", 0])), 8),
    "of RandomNoise": (switched(11), 11),
    "no noise": (switched(0, node("DisableNoise")), None),
    "foreign noise": (switched(0, node("WarpedNoise", warped_noise=["l", 0])), None),
    "SamplerCustom": (image(k=node("SamplerCustom", add_noise=True, noise_seed=6, **PAIR)), 6),
    "its noise off": (image(k=node("SamplerCustom", add_noise=False, noise_seed=6, **PAIR)), None),
    "noise that a node before it adds": (
        image(
            z=node("RandomNoise", noise_seed=12),
            j=node("AddNoise", noise=["z", 0], latent_image=["l", 0]),
            k=advanced("j", "disable", 0),
        ),
        12,
    ),
    "hires": (
        image(
            j=sampler(["p", 0], ["n", 0], seed=1),
            u=node("LatentUpscaleBy", samples=["j", 0], scale_by=2),
            k=sampler(["p", 0], ["n", 0], seed=2, latent_image=["u", 0]),
        ),
        2,
    ),
    "a foreign sampler": (image(k=node("Sample (pipe)", seed=4, sampler_name="x")), 4),
    "grain on the picture": (
        {
            **image(),
            "x": node("Grain", image=["d", 0], seed=99),
            "y": node("Save", images=["x", 0]),
        },
        5,
    ),
}


@pytest.mark.parametrize(("graph", "seed"), SEEDS.values(), ids=SEEDS)
def test_the_seed_is_that_of_the_noise(graph, seed):
    assert told.seed(graph) == seed
    assert told.settings(graph).get("seed") == seed


@pytest.mark.parametrize(
    ("value", "seed"),
    [(0, 0), (2**64 - 1, 2**64 - 1), (2**64, None), (-1, None), (True, None), ("7", None)]
    + [(1.0, None), (None, None), (["1", 0], None)],
)
def test_a_seed_is_told_if_it_is_one(value, seed):
    assert told.seed({"1": {"class_type": "KSampler", "inputs": {"seed": value}}}) == seed


def test_without_a_sampler_there_is_no_seed():
    assert told.seed({}) is None
    assert told.seed({"1": {"class_type": "KSampler", "inputs": {}}}) is None


def test_the_nearest_prompt_is_told_and_another_where_it_cannot_be():
    assert told.prompts(two()) == ("a finer cat", "fog")
    assert told.prompts(two(positive="m")) == ("a cat", "fog")


PARTNER = {"prompt": "a cat", "model": "x", "seed": 3, "system_prompt": "You are ..."}


def partner(**inputs):
    made = node("Partner", **{**PARTNER, **inputs})
    return {"a": made, "s": node("SaveImage", images=["a", 0])}


MAKERS = {
    "a partner node": (partner(), ("a cat", ""), 3),
    "its negative": (partner(negative_prompt="fog"), ("a cat", "fog"), 3),
    "without a seed": (
        {"a": node("Partner", prompt="a cat"), "s": node("SaveVideo", video=["a", 0])},
        ("a cat", ""),
        None,
    ),
    "over a sampler's picture": (
        {**image(), "a": node("Partner", **{**PARTNER, "prompt": "a dog"}, images=["d", 0])}
        | {"y": node("SaveImage", images=["a", 0])},
        ("a dog", ""),
        3,
    ),
    "a prompt that looks for something": (
        {**image(), "a": node("Segment", prompt="face", image=["d", 0])}
        | {"y": node("SaveImage", images=["a", 0])},
        ("a cat", "fog"),
        5,
    ),
    "sound": (
        {
            "a": node("TextEncodeAceStepAudio1.5", tags="pop", lyrics="la la", seed=1),
            "z": node("ConditioningZeroOut", conditioning=["a", 0]),
            "k": sampler(["a", 0], ["z", 0]),
            "d": node("VAEDecodeAudio", samples=["k", 0]),
            "s": node("SaveAudio", audio=["d", 0]),
        },
        ("pop, la la", ""),
        5,
    ),
    "an encoder that makes the latent, too": (
        {
            "a": node("MiniMaxH3ImageToVideo", prompt="a cat", width=64),
            "z": node("RandomNoise", noise_seed=4),
            "g": node("BasicGuider", conditioning=["a", 0]),
            "k": node(
                "SamplerCustomAdvanced", noise=["z", 0], guider=["g", 0], latent_image=["a", 1]
            ),
            "d": node("VAEDecode", samples=["k", 0]),
            "v": node("CreateVideo", images=["d", 0]),
            "s": node("SaveVideo", video=["v", 0]),
        },
        ("a cat", ""),
        4,
    ),
}


@pytest.mark.parametrize(("graph", "prompts", "seed"), MAKERS.values(), ids=MAKERS)
def test_makers_of_other_kinds_are_told(graph, prompts, seed):
    assert told.prompts(graph) == prompts
    assert told.seed(graph) == seed


def test_what_other_tools_read():
    assert told.parameters_text(image(), 64, 32, "0.3.75") == (
        "a cat\nNegative prompt: fog\nSteps: 20, Sampler: euler, Schedule type: normal, "
        "CFG scale: 7, Seed: 5, Size: 64x32, Model: sd, Version: ComfyUI 0.3.75"
    )


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
LINK = st.tuples(st.sampled_from("1234"), st.integers(0, 2) | st.floats()).map(list)
CLASSES = ("KSampler", "SamplerCustomAdvanced", "CFGGuider", "CLIPTextEncode", "WanImageToVideo")
NODES = st.fixed_dictionaries(
    {
        "class_type": st.sampled_from(
            (*CLASSES, "StringFormat", "StringReplace", "ComfySwitchNode", "StringSubstring")
        )
        | ANY,
        "inputs": st.dictionaries(
            st.sampled_from(
                ("positive", "negative", "text", "seed", "noise", "guider", "sigmas", "sampler")
                + ("samples", "switch", "on_true", "on_false", "string", "find", "replace")
                + ("f_string", "values.a", "conditioning_to", "add_noise", "prompt", "steps")
                + ("start", "end", "boolean", "value")
            ),
            LINK | ANY,
        )
        | ANY,
    }
)


@given(st.dictionaries(st.sampled_from("1234"), NODES | ANY, max_size=4))
def test_any_graph_is_told_without_an_error(graph):
    assert all(isinstance(text, str) for text in told.prompts(graph))
    assert isinstance(told.seed(graph), int | None)
    assert isinstance(told.settings(graph), dict)


def chain(length, made):
    return {str(i): made([str(i - 1), 0]) for i in range(1, length)}


def growing(link):
    return node("StringConcatenate", string_a=link, string_b=link, delimiter="")


def branching(link):
    return node("ConditioningCombine", conditioning_1=link, conditioning_2=link)


HOSTILE = {
    "a deep chain of texts": of(
        ["c", 0],
        **{"0": node("PrimitiveString", value="x")},
        **chain(20_000, lambda link: node("PreviewAny", source=link)),
        c=text(["19999", 0]),
    ),
    "a text that doubles": of(
        ["c", 0],
        **{"0": node("PrimitiveString", value="x" * 1000)},
        **chain(60, growing),
        c=text(["59", 0]),
    ),
    "a replacement that grows": of(
        ["c", 0],
        **{"0": node("PrimitiveString", value="x" * 1000)},
        **chain(60, lambda link: node("StringReplace", string=link, find="x", replace="x" * 1000)),
        c=text(["59", 0]),
    ),
    "a format that grows": of(
        ["c", 0],
        **{"0": node("PrimitiveString", value="x" * 100_000)},
        t=node("StringFormat", f_string="{a}" * 100_000, **{"values.a": ["0", 0]}),
        c=text(["t", 0]),
    ),
    "many makers over a wide node": of(
        ["?", 0],
        w=node("Multi", **{f"conditioning_{i}": ["?", 0] for i in range(2000)}),
        **{"0": node("EmptyLatentImage")},
        **chain(5000, lambda link: sampler(["w", 0], ["w", 0], latent_image=link)),
        l=node("LatentUpscaleBy", samples=["4999", 0]),
    ),
}


@pytest.mark.parametrize("graph", HOSTILE.values(), ids=HOSTILE)
def test_what_a_stranger_wrote_costs_little_and_tells_nothing(graph):
    before = time.process_time()
    assert told.prompts(graph)[0] == ""
    told.seed(graph)
    told.settings(graph)
    assert time.process_time() - before < 2


def test_deep_and_wide_conditionings_are_told():
    deep = {"0": text("a dog"), **chain(20_000, branching)}
    assert told.prompts(of(["19999", 0], **deep)) == ("a dog", "fog")
