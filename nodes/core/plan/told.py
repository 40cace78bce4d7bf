"""What is told of a frame, read from its recipe: prompts, seed and settings, of the maker that is
nearest to the picture. What cannot be told is empty, never another side's text.

    maker   a node that makes a picture of a prompt or of noise: a sampler, a partner node
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..grammar.seeds import LIMIT
from .chunks import STAGES
from .conditionings import prompt
from .graph import JsonValue, is_link
from .literals import DEPTH, Literals, Source
from .naming import SEEDS
from .recipe import SAMPLER_INPUTS, TEXT_INPUTS, Recipe, model_name

ASIDE = frozenset(
    (
        *("positive", "negative", "conditioning", "model", "clip", "vae", "control_net"),
        *("noise", "guider", "sampler", "sigmas", "mask", "masks", "filename_prefix"),
        *TEXT_INPUTS,
    )
)
"""Inputs that lead away from the picture."""

SIGNS = frozenset(("positive", "sampler_name", *TEXT_INPUTS))
"""What beside a seed makes a node a maker."""


def prompts(recipe: Recipe) -> tuple[str, str]:
    """Positive and negative, of the nearest maker whose positive is told."""
    literals = Literals(recipe)
    negatives: list[str] = []
    for maker in _makers(literals):
        guider = maker.inputs.get("guider")
        source = maker if guider is None else literals.source(guider)
        inputs = source.inputs if source else {}
        positive = prompt(literals, inputs, "positive")
        negative = prompt(literals, inputs, "negative") or ""
        if positive is not None:
            return positive, negative
        negatives.append(negative)
    return "", next(filter(None, negatives), "")


def seed(recipe: Recipe) -> int | None:
    """The seed of the nearest maker that draws noise."""
    return _seed(Literals(recipe))


def settings(recipe: Recipe) -> dict[str, JsonValue]:
    """KSampler's settings of the nearest maker, in KSampler's order, without those not told."""
    literals = Literals(recipe)
    found: dict[str, JsonValue] = {}
    if (drawn := _seed(literals)) is not None:
        found["seed"] = drawn
    maker = next(_makers(literals), None)
    parts = _parts(literals, maker.inputs) if maker else []
    for name in SAMPLER_INPUTS[1:]:
        part = next((part for part in parts if name in part), {})
        value = literals.value(part.get(name))
        is_word = name in ("sampler_name", "scheduler")
        if isinstance(value, str if is_word else int | float) and not isinstance(value, bool):
            found[name] = value
    return found


def shared(recipes: Iterable[Recipe]) -> dict[str, JsonValue]:
    """The settings and the model that all of these recipes have; cfg and denoise are numbers with
    a fraction."""
    found: dict[str, JsonValue] | None = None
    for recipe in recipes:
        here = {**settings(recipe), "model": model_name(recipe)}
        found = here if found is None else {n: v for n, v in found.items() if here.get(n) == v}
    known: dict[str, JsonValue] = {n: v for n, v in (found or {}).items() if v is not None}
    for name in {"cfg", "denoise"} & known.keys():
        value = known[name]
        known[name] = float(value) if isinstance(value, int) else value
    return known


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
        source = literals.output([node_id, 0])
        if source is None:
            continue
        inputs = source.inputs
        is_seeded = not SEEDS.isdisjoint(inputs)
        draws = source.class_type in STAGES or "guider" in inputs or is_link(inputs.get("noise"))
        if draws or (is_seeded and not SIGNS.isdisjoint(inputs)):
            is_alone = False
            yield source
        elif "prompt" in inputs:
            late.append(source)
        for name, item in inputs.items():
            if isinstance(item, list) and name not in ASIDE:
                above = literals.source(item)
                if above is not None and above.id not in seen:
                    seen.add(above.id)
                    ids.append(above.id)
    if is_alone:
        yield from late


def _seed(literals: Literals) -> int | None:
    for maker in _makers(literals):
        noise = maker.inputs.get("noise")
        drawn = literals.source(noise) if is_link(noise) else maker
        if drawn is None:
            return None
        is_on = literals.value(drawn.inputs.get("add_noise", True))
        if is_on in ("disable", False) or drawn.class_type == "DisableNoise":
            continue
        found = literals.value(drawn.inputs.get("noise_seed", drawn.inputs.get("seed")))
        if is_on not in ("enable", True) or type(found) is not int:
            return None
        return found if 0 <= found < LIMIT else None
    return None


def _parts(literals: Literals, inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A maker and what it is put together of, where that says the settings: guider, sampler and
    the scheduler at the top of its sigmas."""
    found = [literals.source(inputs.get(name)) for name in ("guider", "sampler", "sigmas")]
    for _ in range(DEPTH):
        sigmas = found[-1]
        if sigmas is None or not is_link(sigmas.inputs.get("sigmas")):
            break
        found[-1] = literals.source(sigmas.inputs["sigmas"])
    return [inputs, *(source.inputs for source in found if source)]
