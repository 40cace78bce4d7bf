"""Graphs of every kind that ends in a picture, for a text and a seed that are written or linked."""

from __future__ import annotations

import numpy as np
from pack.nodes.core.plan.graph import is_link
from safetensors.numpy import load, save
from sweeps import SAMPLER, SEEDS, SHEET, Calls, manifest_of, node, onward, pixels, run

SIZE = 64
LORA = "proofsheet-test.safetensors"

SIDES = {"model": ["m", 0], "positive": ["p", 0], "negative": ["n", 0]}
COMMON = {"sampler_name": "euler", "scheduler": "simple", "cfg": 3.0}


def base(text):
    return {
        "m": node("ProofsheetDemoModel"),
        "p": node("CLIPTextEncode", text=text, clip=["m", 1]),
        "n": node("CLIPTextEncode", text="", clip=["m", 1]),
        "e": node("EmptyLatentImage", width=SIZE, height=SIZE, batch_size=1),
    }


def decoded(latent, vae=("m", 2)):
    return {"end": node("VAEDecode", samples=[*latent], vae=[*vae])}


def ksampler(latent, seed, sampler, **changes):
    inputs = {
        **SIDES,
        "latent_image": [*latent],
        "seed": seed,
        "steps": 3,
        "denoise": 1.0,
        **COMMON,
    }
    return node("KSampler", **{**inputs, "sampler_name": sampler, **changes})


def advanced(latent, seed, sampler, start, end, first=True, last=True, **changes):
    """A part of a schedule of four steps: the first adds noise, all but the last leave some."""
    inputs = {
        **SIDES,
        "latent_image": [*latent],
        "noise_seed": seed,
        "add_noise": "enable" if first else "disable",
        "steps": 4,
        "start_at_step": start,
        "end_at_step": end,
        "return_with_leftover_noise": "disable" if last else "enable",
        **COMMON,
    }
    return node("KSamplerAdvanced", **{**inputs, "sampler_name": sampler, **changes})


def plain(text, seed, sampler):
    return {**base(text), "s": ksampler(("e", 0), seed, sampler), **decoded(("s", 0))}


def hires(text, seed, sampler):
    upscaled = node("LatentUpscaleBy", samples=["s", 0], upscale_method="bilinear", scale_by=1.5)
    return {
        **base(text),
        "s": ksampler(("e", 0), seed, sampler),
        "u": upscaled,
        "t": ksampler(("u", 0), seed, sampler, denoise=0.6),
        **decoded(("t", 0)),
    }


def inpainted(text, seed, sampler):
    """A picture of which a part is drawn anew."""
    return {
        **base(text),
        "i": node("EmptyImage", width=SIZE, height=SIZE, batch_size=1, color=0x4080C0),
        "v": node("VAEEncode", pixels=["i", 0], vae=["m", 2]),
        "k": node("SolidMask", value=0.7, width=SIZE, height=SIZE),
        "e": node("SetLatentNoiseMask", samples=["v", 0], mask=["k", 0]),
        "s": ksampler(("e", 0), seed, sampler, denoise=0.8),
        **decoded(("s", 0)),
    }


def lora(name=LORA, strength=0.6, model=("m", 0)):
    return node("LoraLoaderModelOnly", model=[*model], lora_name=name, strength_model=strength)


def refiner(text, seed, sampler):
    """Two models, one after the other: the second has other weights and another schedule."""
    return {
        **base(text),
        "l": lora(),
        "r": node("ModelSamplingSD3", model=["l", 0], shift=2.0),
        "s": advanced(("e", 0), seed, sampler, 0, 2, last=False),
        "t": advanced(("s", 0), seed, sampler, 2, 10000, first=False, model=["r", 0]),
        **decoded(("t", 0)),
    }


def leftover(text, seed, sampler):
    """Stops with noise left, which is decoded as it is."""
    return {
        **base(text),
        "s": advanced(("e", 0), seed, sampler, 1, 3, last=False),
        **decoded(("s", 0)),
    }


def sigmas(steps=4):
    return node("BasicScheduler", model=["m", 0], scheduler="simple", steps=steps, denoise=1.0)


def custom(text, seed, sampler):
    return {
        **base(text),
        "k": node("KSamplerSelect", sampler_name=sampler),
        "g": sigmas(),
        "s": custom_stage(("e", 0), seed, ("g", 0)),
        **decoded(("s", 0)),
    }


def custom_stage(latent, seed, steps, first=True):
    return node(
        "SamplerCustom",
        **SIDES,
        add_noise=first,
        noise_seed=seed,
        cfg=3.0,
        sampler=["k", 0],
        sigmas=[*steps],
        latent_image=[*latent],
    )


def custom_twice(text, seed, sampler):
    return {
        **base(text),
        "k": node("KSamplerSelect", sampler_name=sampler),
        "g": sigmas(),
        "h": node("SplitSigmas", sigmas=["g", 0], step=2),
        "s": custom_stage(("e", 0), seed, ("h", 0)),
        "t": custom_stage(("s", 0), seed, ("h", 1), first=False),
        **decoded(("t", 0)),
    }


def guided(guider, text, seed, sampler, steps=("g", 0), **more):
    return {
        **base(text),
        "q": guider,
        "x": node("RandomNoise", noise_seed=seed),
        "k": node("KSamplerSelect", sampler_name=sampler),
        "g": sigmas(),
        **more,
        "s": guided_stage(("e", 0), "x", steps),
    }


def guided_stage(latent, noise, steps):
    return node(
        "SamplerCustomAdvanced",
        noise=[noise, 0],
        guider=["q", 0],
        sampler=["k", 0],
        sigmas=[*steps],
        latent_image=[*latent],
    )


CFG = node("CFGGuider", **SIDES, cfg=3.0)


def basic_guider(text, seed, sampler):
    guider = node("BasicGuider", model=["m", 0], conditioning=["p", 0])
    return {**guided(guider, text, seed, sampler), **decoded(("s", 1))}


def cfg_guider(text, seed, sampler):
    return {**guided(CFG, text, seed, sampler), **decoded(("s", 0))}


def dual_guider(text, seed, sampler):
    conditionings = {"cond1": ["p", 0], "cond2": ["o", 0], "negative": ["n", 0]}
    settings = {"cfg_conds": 3.0, "cfg_cond2_negative": 2.0, "style": "regular"}
    guider = node("DualCFGGuider", model=["m", 0], **conditionings, **settings)
    other = node("CLIPTextEncode", text="a blue house", clip=["m", 1])
    return {**guided(guider, text, seed, sampler, o=other), **decoded(("s", 0))}


def guided_twice(text, seed, sampler):
    """The second stage goes on without noise of its own."""
    more = {"h": node("SplitSigmas", sigmas=["g", 0], step=2), "y": node("DisableNoise")}
    return {
        **guided(CFG, text, seed, sampler, steps=("h", 0), **more),
        "t": guided_stage(("s", 0), "y", ("h", 1)),
        **decoded(("t", 0)),
    }


def video(text, seed, sampler):
    """A 5-D latent: a clip of two pictures."""
    size = {"width": 64, "height": 64, "length": 5, "batch_size": 1}
    return {
        **base(text),
        "v": node("ForeignVideoModel"),
        "e": node("EmptyHunyuanLatentVideo", **size),
        "s": ksampler(("e", 0), seed, sampler, model=["v", 0]),
        **decoded(("s", 0), vae=("v", 1)),
    }


STAGES = {
    plain: 1,
    hires: 2,
    inpainted: 1,
    refiner: 2,
    leftover: 1,
    custom: 1,
    custom_twice: 2,
    basic_guider: 1,
    cfg_guider: 1,
    dual_guider: 1,
    guided_twice: 2,
    video: 1,
}
"""Every graph, and how many samplers stand in it."""


def swept(graph, prompts="", seeds="", **changes):
    """A graph with Sweep and Contact Sheet at its end, and the nodes for a text and a seed that
    are linked to `TEXT` and `SEED`; `changes` go to the Sweep or the Contact Sheet."""
    sheet = {**SHEET, **{name: changes.pop(name) for name in list(changes) if name in SHEET}}
    axes = {
        "2": node("ProofsheetPromptBatch", prompts=prompts, negative="", template="{prompt}"),
        "6": node("ProofsheetSeedSweep", **{**SEEDS, "mode": "list", "list": seeds}),
    }
    linked = {value[0] for n in graph.values() for value in n["inputs"].values() if is_link(value)}
    return {
        **graph,
        **{number: each for number, each in axes.items() if number in linked},
        "7": node("ProofsheetSweep", **{"source": ["end", 0], **changes}),
        "8": node("ProofsheetContactSheet", **sheet),
    }


TEXT, SEED = ["2", 0], ["6", 0]


def ids(manifest):
    return [frame["id"] for frame in manifest["frames"]]


def latent(data):
    """The samples in a file of the store, or of SaveLatent."""
    found = load(data)
    return found["samples" if "samples" in found else "latent_tensor"]


LAYERS = {"attn.proj": (192, 192), "mlp.fc1": (192, 768), "mlp.fc2": (768, 192)}


def write_lora(server, name=LORA, seed=1):
    """A LoRA of rank 2 for the image side of the Demo Model's first block."""
    random = np.random.default_rng(seed)
    tensors = {}
    for layer, (takes, gives) in LAYERS.items():
        key = f"diffusion_model.joint_blocks.0.x_block.{layer}"
        for side, shape in (("up", (gives, 2)), ("down", (2, takes))):
            tensors[f"{key}.lora_{side}.weight"] = random.normal(0, 0.3, shape).astype("float32")
    folder = server.base / "models" / "loras"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(save(tensors))


def by_sampler(graph, prompts="", seeds="", **changes):
    """The Sweep Sampler in place of the graph's KSampler, VAEDecode and Sweep."""
    prompt = swept(graph, prompts, seeds, **changes)
    sampler, decode = prompt.pop("s")["inputs"], prompt.pop("end")["inputs"]
    own = {n: v for n, v in prompt["7"]["inputs"].items() if n != "source"}
    inputs = {**SAMPLER, **sampler, "vae": decode["vae"], **own}
    return {**prompt, "7": node("ProofsheetSweepSampler", **inputs)}


def assert_goes_on(server, prompt, picked):
    """Everything is made; then one is picked, and Continue goes on with it, makes nothing and shows
    what was picked from. Returns the manifest of the first run."""
    prompt = {**prompt, "1": node("ProofsheetDemoModel")}  # of what goes on
    first, calls = run(server, onward(prompt))
    frames = first["frames"]
    assert calls.rows == len(frames) > picked
    assert [frame["status"] for frame in frames] == ["done"] * len(frames)
    prompt["8"]["inputs"]["picks"] = f"#{frames[picked]['id']}"
    prompt["7"]["inputs"]["make"] = "none"
    calls = Calls(server)
    entry = server.run(onward(prompt))
    again = manifest_of(entry)
    assert calls.rows == 0
    assert ids(again) == ids(first)
    assert [frame["status"] for frame in again["frames"]] == ["done"] * len(frames)
    assert again["picks"]["ids"] == [frames[picked]["id"]] and not again["picks"]["earlier"]
    [shown] = entry["outputs"]["21"]["images"]
    assert (pixels(server.view(shown)) == pixels(server.view(frames[picked]["image"]))).all()
    return first
