"""The texts that conditionings were made of, read from a recipe by side.

side    positive or negative. A node that gives both (ControlNet, inpainting, image to video)
        gives each by its own output; a guider and a sampler take each by its own input
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from .graph import is_link
from .literals import Literals, Source
from .recipe import TEXT_INPUTS

Side = Literal["positive", "negative"]

JOINT = ", "
"""Between the texts of conditionings that are combined."""


def prompt(literals: Literals, inputs: Mapping[str, Any], side: Side) -> str | None:
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
        source = literals.source(item)
        if source is None:
            return None
        if source.class_type == "ConditioningZeroOut" or (source.id, source.slot) in seen:
            continue
        seen.add((source.id, source.slot))
        given = _side_given(source) if literals.spend(len(source.inputs)) else None
        branches = _branches(source.inputs, given) if given else []
        if not branches or (len(branches) > 1 and "switch" in source.class_type.lower()):
            return None  # a foreign switch hands on one of them, and who knows which
        stack += branches
    return JOINT.join(text for text in found if text)


def _side_given(source: Source) -> Side | None:
    """The side that an output gives: of a pair the positive before the negative, behind the model
    where the node changes that, too."""
    if not any(name.startswith("negative") for name in source.inputs):
        return "positive" if source.slot == 0 else None
    model = "model" in source.inputs or "ckpt_name" in source.inputs
    sides: dict[float, Side] = {0: "positive", 1: "negative"}
    if source.class_type == "WanPhantomSubjectToVideo":
        sides[2] = "negative"
    return sides.get(source.slot - model)


def _branches(inputs: Mapping[str, Any], side: Side) -> list[tuple[bool, object]]:
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
