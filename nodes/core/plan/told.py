"""What is told of a frame, read from its recipe: prompts, seed and settings, of the sampler that
is nearest to the picture.

    maker   a node that makes a picture of a prompt or of noise: a sampler, a partner node
    side    positive or negative. A node with both (ControlNet, inpainting, image to video) gives
            each by its own output, a guider and a sampler take each by its own input
    None    it cannot be told: then it is empty, never another side's text
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, Literal

from ..grammar.seeds import LIMIT
from .graph import JsonValue, is_link
from .literals import DEPTH, Literals, Scalar, Source
from .recipe import SAMPLER_INPUTS, TEXT_INPUTS, Recipe, model_name

Side = Literal["positive", "negative"]
Inputs = Mapping[str, Any]

ASIDE = frozenset(
    (
        *("positive", "negative", "conditioning", "model", "clip", "vae", "control_net"),
        *("noise", "guider", "sampler", "sigmas", "mask", "masks", "filename_prefix"),
        *TEXT_INPUTS,
    )
)
"""Inputs that lead away from the picture."""

JOINT = ", "
"""Between the texts of conditionings that are combined."""


def prompts(recipe: Recipe) -> tuple[str, str]:
    """Positive and negative, of the nearest maker whose positive is told."""
    literals = Literals(recipe)
    first = "", ""
    for maker in _makers(literals):
        positive, negative = (_prompt(literals, maker, side) for side in ("positive", "negative"))
        if positive is not None:
            return positive, negative or ""
        first = first if any(first) else ("", negative or "")
    return first


def seed(recipe: Recipe) -> int | None:
    """The seed of the nearest maker that draws noise."""
    return _seed(Literals(recipe))


def settings(recipe: Recipe) -> dict[str, JsonValue]:
    """KSampler's settings of the nearest maker, in KSampler's order, without those not told."""
    literals = Literals(recipe)
    found: dict[str, JsonValue] = {"seed": _seed(literals)}
    maker = next(_makers(literals), None)
    parts = _parts(literals, maker.inputs) if maker else []
    for name in SAMPLER_INPUTS[1:]:
        part = next((part for part in parts if name in part), {})
        found[name] = _setting(name, literals.value(part.get(name)))
    return {name: value for name, value in found.items() if value is not None}


def parameters_text(recipe: Recipe, width: int, height: int, version: str) -> str:
    """What other tools read in a PNG's `parameters`: prompts, then one line of settings."""
    found = settings(recipe)
    shown = {
        "Steps": found.get("steps"),
        "Sampler": found.get("sampler_name"),
        "Schedule type": found.get("scheduler"),
        "CFG scale": found.get("cfg"),
        "Seed": found.get("seed"),
        "Size": f"{width}x{height}",
        "Denoising strength": found.get("denoise") if found.get("denoise") != 1 else None,
        "Model": model_name(recipe),
        "Version": f"ComfyUI {version}",
    }
    positive, negative = prompts(recipe)
    lines = [positive, f"Negative prompt: {negative}"] if negative else [positive]
    lines.append(", ".join(f"{name}: {v}" for name, v in shown.items() if v is not None))
    return "\n".join(lines)


def _makers(literals: Literals) -> Iterator[Source]:
    """From the nearest to the picture on. A node that has a prompt and no seed may as well look
    for something in the picture: it counts if there is no other."""
    ids = list(literals.recipe)[-1:]
    seen, late, is_alone = set(ids), [], True
    for node_id in ids:  # grows while it is read
        source = literals.source([node_id, 0])
        if source is None:
            continue
        if _is_maker(source):
            is_alone = False
            yield source
        elif "prompt" in source.inputs:
            late.append(source)
        for name, item in source.inputs.items():
            if isinstance(item, list) and name not in ASIDE:
                link = literals.taken(item)
                if is_link(link) and link[0] not in seen:
                    seen.add(link[0])
                    ids.append(link[0])
    if is_alone:
        yield from late


SAMPLERS = ("KSampler", "KSamplerAdvanced", "SamplerCustom", "SamplerCustomAdvanced")
SIGNS = frozenset(("positive", "sampler_name", *TEXT_INPUTS))


def _is_maker(node: Source) -> bool:
    if node.class_type in SAMPLERS or "guider" in node.inputs:
        return True
    is_seeded = "seed" in node.inputs or "noise_seed" in node.inputs
    return is_seeded and not SIGNS.isdisjoint(node.inputs)


def _seed(literals: Literals) -> int | None:
    for maker in _makers(literals):
        noise = maker.inputs.get("noise")
        drawn = literals.source(literals.taken(noise)) if is_link(noise) else maker
        if drawn is None:
            return None
        is_on = literals.value(drawn.inputs.get("add_noise", True))
        if is_on in ("disable", False) or drawn.class_type == "DisableNoise":
            continue
        found = literals.value(drawn.inputs.get("noise_seed", drawn.inputs.get("seed")))
        is_told = is_on in ("enable", True) and type(found) is int and 0 <= found < LIMIT
        return found if is_told else None
    return None


def _parts(literals: Literals, inputs: Inputs) -> list[Inputs]:
    """A maker and what it is put together of, where that says the settings: guider, sampler and
    the scheduler at the top of its sigmas."""
    found = [literals.source(literals.taken(inputs.get(name))) for name in ("guider", "sampler")]
    sigmas = literals.source(literals.taken(inputs.get("sigmas")))
    for _ in range(DEPTH):
        if sigmas is None or not is_link(sigmas.inputs.get("sigmas")):
            break
        sigmas = literals.source(literals.taken(sigmas.inputs["sigmas"]))
    return [inputs, *(source.inputs for source in (*found, sigmas) if source)]


def _setting(name: str, value: Scalar | None) -> Scalar | None:
    """A value that KSampler would take under this name, or None."""
    if name in ("sampler_name", "scheduler"):
        return value if isinstance(value, str) else None
    is_number = type(value) is int or (isinstance(value, float) and isfinite(value))
    return value if is_number else None


def _prompt(literals: Literals, maker: Source, side: Side) -> str | None:
    guider = maker.inputs.get("guider")
    source = literals.source(literals.taken(guider)) if guider is not None else maker
    texts = _texts(literals, source.inputs, side) if source else None
    return None if texts is None else JOINT.join(texts)


def _texts(literals: Literals, inputs: Inputs, side: Side) -> list[str] | None:
    """The texts behind one side of a node, each once, in order. None: one of them is not told."""
    found: dict[str, None] = {}
    seen: set[tuple[str, float]] = set()
    stack = _branches(inputs, side) if literals.spend(len(inputs)) else []
    if not stack:
        return None
    while stack:
        is_text, item = stack.pop()
        if is_text:
            text = literals.text(item)
            if text is None:
                return None
            found[text] = None
            continue
        link = literals.taken(item)
        source = literals.source(link)
        if source is None or not is_link(link):
            return None
        if source.class_type == "ConditioningZeroOut" or (link[0], link[1]) in seen:
            continue
        seen.add((link[0], link[1]))
        given = _side_of(source) if literals.spend(len(source.inputs)) else None
        branches = _branches(source.inputs, given) if given else []
        if not branches:
            return None
        stack += branches
    return [text for text in found if text]


def _side_of(source: Source) -> Side | None:
    """The side that an output gives: of a pair the positive before the negative, behind the model
    where it changes that, too."""
    if not any(name.startswith("negative") for name in source.inputs):
        return "positive" if source.slot == 0 else None
    model = "model" in source.inputs or "ckpt_name" in source.inputs
    sides: dict[float, Side] = {0: "positive", 1: "negative"}
    if source.class_type == "WanPhantomSubjectToVideo":
        sides[2] = "negative"
    return sides.get(source.slot - model)


def _branches(inputs: Inputs, side: Side) -> list[tuple[bool, object]]:
    """What a node puts together for a side, the last first: whether it is a text, and the item.
    DualCFGGuider's second conditioning mostly has the negative's text: it is left out."""
    texts: list[str] = []
    written = (side, f"{side}_prompt")
    names = [n for n in inputs if n.startswith(side) and (n in written or is_link(inputs[n]))]
    if not names and side == "positive":
        left = "cond2" if "cfg_cond2_negative" in inputs else ""
        names = [n for n in inputs if n.startswith("cond") and n != left and is_link(inputs[n])]
        texts = [n for n in TEXT_INPUTS if n in inputs]
    names.sort(key=lambda name: (len(name), name))  # _2 before _10, _to before _from
    found = [(isinstance(inputs[n], str) or n == written[1], inputs[n]) for n in names]
    found += [(True, inputs[n]) for n in texts]
    return found[::-1]
