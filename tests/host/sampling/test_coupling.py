"""What nodes put on a model: rows share a call only where that looks at each row by itself."""

from __future__ import annotations

import functools
import importlib

import comfy.context_windows
import comfy.samplers
import comfy_extras.nodes_custom_sampler as custom
import nodes
import pytest
import torch
from pack.nodes.host.sampling import batching, coupling
from pack.nodes.host.sampling import run as sampling
from pack.nodes.host.sampling.rows import Row

SEEDS = (11, 2**63 + 5, 7)

BY_ROW = {
    "nodes_tcfg": ("TCFG", ()),
    "nodes_cfg": ("CFGNorm", (0.8,)),
    "nodes_eps": ("EpsilonScaling", (1.05,)),
    "nodes_fresca": ("FreSca", (0.9, 1.3, 3)),
    "nodes_freelunch": ("FreeU_V2", (1.3, 1.4, 0.9, 0.2)),
    "nodes_model_advanced": ("RescaleCFG", (0.7,)),
    "nodes_apg": ("APG", (0.5, 5.0, 0.3)),
    "nodes_pag": ("PerturbedAttentionGuidance", (2.0,)),
    "nodes_sag": ("SelfAttentionGuidance", (0.5, 2.0)),
}
COUPLED = {
    "nodes_mahiro": ("Mahiro", ()),
    "nodes_perpneg": ("PerpNeg", ([[torch.zeros(1, 9, 24), {}]], 1.0)),
    "nodes_hypertile": ("HyperTile", (32, 4, 0, False)),
    "nodes_tomesd": ("TomePatchModel", (0.4,)),
    "nodes_easycache": ("EasyCacheNode", (0.6, 0.0, 1.0, False)),
}


def patched(model, file, name, settings):
    """The model as a stock node of the host gives it on."""
    node = getattr(importlib.import_module(f"comfy_extras.{file}"), name)
    if hasattr(node, "execute"):
        given = node.execute(model, *settings)
        return getattr(given, "result", given)[0]
    return getattr(node(), node.FUNCTION)(model, *settings)[0]


def rows(model):
    def told(seed):
        return [[torch.randn(1, 9, 24, generator=torch.Generator().manual_seed(seed)), {}]]

    latent = {"samples": torch.zeros(1, 4, 16, 16)}
    shared = {"model": model, "negative": told(50), "latent_image": latent, "denoise": 1.0}
    shared |= {"steps": 6, "cfg": 4.0, "sampler_name": "euler", "scheduler": "normal"}
    return [
        Row(str(i), "KSampler", {**shared, "positive": told(100 + i), "seed": seed})
        for i, seed in enumerate(SEEDS)
    ]


def differences(some):
    """Of each row from what the node makes of it alone, in parts of the largest latent."""
    found = sampling.sample(some, lambda *_: None)
    for row, [latent] in zip(some, found, strict=True):
        alone = nodes.KSampler().sample(**row.inputs)[0]["samples"]
        yield ((latent["samples"] - alone).abs().max() / alone.abs().max()).item()


def matters(model, plain):
    """Whether what the node does is seen in the picture at all."""
    with_it, without = (nodes.KSampler().sample(**rows(m)[0].inputs)[0] for m in (model, plain))
    return not torch.equal(with_it["samples"], without["samples"])


@pytest.mark.parametrize("file", BY_ROW)
def test_what_looks_at_each_row_by_itself_is_batched(unet, file):
    model = patched(unet, file, *BY_ROW[file])
    some = rows(model)
    assert matters(model, unet)
    assert [len(group) for group in batching.groups(some)] == [3]
    assert max(differences(some)) <= 2e-5


@pytest.mark.parametrize("file", COUPLED)
def test_what_looks_at_all_rows_at_once_is_not(unet, file):
    model = patched(unet, file, *COUPLED[file])
    some = rows(model)
    assert matters(model, unet)
    assert [len(group) for group in batching.groups(some)] == [1, 1, 1]
    assert max(differences(some)) > 2e-5  # or it could be batched
    for row in some:
        assert list(differences([row])) == [0]


def theirs(args, more=0):
    return args["denoised"]


HANDLER = comfy.context_windows.IndexListContextHandler


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("sampler_post_cfg_function", [theirs]),
        ("sampler_post_cfg_function", [functools.partial(theirs, more=1)]),
        ("transformer_options", {"patches_replace": {"attn1": {("middle", 0): theirs}}}),
        ("context_handler", object.__new__(HANDLER)),
    ],
)
def test_what_nobody_knows_is_not_batched(unet, place, value):
    model = unet.clone()
    model.model_options[place] = value
    assert [len(group) for group in batching.groups(rows(model))] == [1, 1, 1]


@pytest.mark.parametrize(
    ("module", "name", "is_stock"),
    [
        ("comfy_extras.nodes_custom_sampler", "Guider_Basic", True),
        ("/root/.cache/a.b/ComfyUI/comfy_extras/nodes_custom_sampler", "Guider_DualCFG", True),
        (r"C:\ComfyUI\comfy_extras\nodes_custom_sampler", "Guider_Basic", True),
        ("comfy_extras.nodes_custom_sampler", "Guider_DualModel", False),
        ("/home/comfy/custom_nodes/nodes_custom_sampler", "Guider_Basic", False),
        ("custom_nodes.nodes_custom_sampler", "Guider_Basic", False),
    ],
)
def test_a_guider_is_known_by_where_its_code_is(module, name, is_stock):
    """The host names its node files by their path when it loads them itself."""
    own = type(name, (comfy.samplers.CFGGuider,), {"__module__": module})
    assert coupling.is_stock_guider(object.__new__(own)) is is_stock


def test_the_guiders_and_noises_of_this_host_are_known(unet):
    given = [[torch.zeros(1, 9, 24), {}]]
    for node, inputs in (
        (custom.BasicGuider, (given,)),
        (custom.CFGGuider, (given, given, 2.0)),
        (custom.DualCFGGuider, (given, given, given, 2.0, 2.0, "regular")),
    ):
        assert coupling.is_stock_guider(node.execute(unet, *inputs).result[0])
    assert coupling.is_stock_noise(custom.RandomNoise.execute(1).result[0])
    assert coupling.is_stock_noise(custom.DisableNoise.execute().result[0])
