"""Every node of the host that gives both conditionings tells each side's own text."""

from __future__ import annotations

import importlib

import nodes
import pytest
from comfy_api.internal import _ComfyNodeInternal
from pack.nodes.core.plan import told

EXTRAS = (
    *("cond", "controlnet", "flux", "hooks", "hunyuan", "images", "ip2p", "kandinsky5", "lt"),
    *("model_advanced", "sd3", "stable3d", "stable_cascade", "textgen", "video_model", "wan"),
    *("wanmove", "audio", "sdupscale", "void", "hidream_o1"),
)


def classes():
    """Stock classes by name: those of nodes.py, and of the extras that this host has."""
    found = dict(nodes.NODE_CLASS_MAPPINGS)
    for name in EXTRAS:
        try:
            module = importlib.import_module(f"comfy_extras.nodes_{name}")
        except ImportError:
            continue
        found |= getattr(module, "NODE_CLASS_MAPPINGS", {})
        for each in vars(module).values():
            is_node = isinstance(each, type) and issubclass(each, _ComfyNodeInternal)
            if is_node and "define_schema" in vars(each):
                found[each.GET_SCHEMA().node_id] = each
    return found


def pairs():
    """Class -> its inputs and, by the side that it gives, its conditioning outputs."""
    found = {}
    for name, each in classes().items():
        types = each.INPUT_TYPES()
        inputs = {
            n: v[0] for group in ("required", "optional") for n, v in types.get(group, {}).items()
        }
        kinds = zip(
            each.RETURN_TYPES, getattr(each, "RETURN_NAMES", None) or each.RETURN_TYPES, strict=True
        )
        outputs = [
            (slot, name) for slot, (kind, name) in enumerate(kinds) if kind == "CONDITIONING"
        ]
        if len(outputs) > 1 and {"positive", "negative"} <= inputs.keys():
            found[name] = inputs, outputs
    return found


PAIRS = pairs()


def graph(name, slot):
    inputs = {
        n: ["p" if n.startswith("positive") else "n", 0] if kind == "CONDITIONING" else ["l", 0]
        for n, kind in PAIRS[name][0].items()
        if not isinstance(kind, str) or kind not in ("INT", "FLOAT", "STRING", "BOOLEAN", "COMBO")
    }

    def text(words):
        return {"class_type": "CLIPTextEncode", "inputs": {"text": words, "clip": ["m", 1]}}

    sampled = {"positive": ["c", slot], "negative": ["n", 0], "latent_image": ["l", 0], "seed": 1}
    return {
        "l": {"class_type": "EmptyLatentImage", "inputs": {}},
        "p": text("a cat"),
        "n": text("fog"),
        "c": {"class_type": name, "inputs": inputs},
        "k": {"class_type": "KSampler", "inputs": sampled},
        "s": {"class_type": "SaveImage", "inputs": {"images": ["k", 0]}},
    }


def test_the_usual_ones_are_among_them():
    usual = {
        "ControlNetApplyAdvanced",
        "InpaintModelConditioning",
        "WanImageToVideo",
        "LTXVAddGuide",
    }
    assert usual <= PAIRS.keys() and len(PAIRS) > 20


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_each_output_is_of_its_own_side(name):
    for slot, output in PAIRS[name][1]:
        side = "fog" if output.startswith("negative") else "a cat"
        assert told.prompts(graph(name, slot)) == (side, "fog")
