"""What a stored frame's PNG says of it, checked before it is believed.

A store is a folder: files in it may be damaged, foreign, or written by a newer version.

    proofsheet   facts: version, id, files (ending -> hash), seed, positive, negative, values, ...
    prompt       the recipe
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..grammar.seeds import LIMIT

VERSION = 1
"""Of the store's format. It grows when an older reader would misread what a newer one writes;
every version reads the files of those before it (tests/golden/store)."""

MAX_TEXT = 64 * 2**20  # bytes of all texts in one PNG; the host's Pillow reads no more

ENDING = re.compile(r"(\.[0-9a-f]{8})?\.(safetensors|[0-9]{1,6}\.png)")
"""Of the files that belong to a picture: the latent, and further pictures. They carry a tag where
the plain name was taken by another of the same frame."""

_SHAPES: Mapping[str, tuple[type, ...]] = {
    "files": (dict,),
    "values": (dict,),
    "fingerprints": (dict,),
    "positive": (str,),
    "negative": (str,),
    "seed": (int, type(None)),
    "rows": (int,),
    "exact": (bool,),
    "thumb": (str,),
}


class NewerFormat(ValueError):
    """Nothing is wrong with the file: this version cannot read it."""


def read(texts: Mapping[str, Any], frame_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The recipe and the facts in a PNG's texts. Raises ValueError unless they are this frame's,
    and of the shapes that everything else relies on."""
    facts = _object(texts, "proofsheet")
    version = facts.get("version")
    if type(version) is not int:
        raise ValueError("it does not say its format")
    if version > VERSION:
        raise NewerFormat(
            f"it was written by a newer Proofsheet (format {version}; this one reads up to "
            f"{VERSION}): update the pack"
        )
    if facts.get("id") != frame_id:
        raise ValueError(f"it says it is {str(facts.get('id'))[:40]}")
    _check_shapes(facts)
    recipe = _object(texts, "prompt") if "prompt" in texts else {}
    if not is_recipe(recipe):
        raise ValueError("its recipe is no graph")
    return recipe, facts


def _object(texts: Mapping[str, Any], name: str) -> dict[str, Any]:
    try:
        value = json.loads(texts[name])
    except KeyError:
        raise ValueError(f"its text {name!r} is missing") from None
    except RecursionError:
        raise ValueError(f"its text {name!r} is nested too deep") from None
    if not isinstance(value, dict):
        raise ValueError(f"its text {name!r} is no object")
    return value


def _check_shapes(facts: Mapping[str, Any]) -> None:
    for name, types in _SHAPES.items():
        if name in facts and type(facts[name]) not in types:  # exactly: true is no number
            raise ValueError(f"its {name} are of the wrong kind")
    if not 0 <= (facts.get("seed") or 0) < LIMIT:
        raise ValueError("its seed is none")
    if not all(map(_is_value, facts.get("values", {}).values())):
        raise ValueError("its values are none")
    for ending, expected in facts.get("files", {}).items():
        if not ENDING.fullmatch(ending) or not isinstance(expected, str):
            raise ValueError(f"a frame has no file {ending[:40]!r}")


def _is_value(value: Any) -> bool:
    """What an axis may hold: a scalar, or the several of values that were paired up."""
    several = value if isinstance(value, list) else [value]
    return not any(isinstance(each, list | dict) for each in several)


def is_recipe(value: Any) -> bool:
    """Whether something has the shape of a graph in ComfyUI's API format."""
    return isinstance(value, dict) and all(
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
        for node in value.values()
    )
