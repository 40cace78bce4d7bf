"""What a stored frame's PNG says of it, checked before it is believed.

A store is a folder: files in it may be damaged, foreign, or written by a newer version.

    proofsheet   facts: version, id, files (ending -> hash), seed, positive, negative, values, ...
    prompt       the recipe; a frame that was made from a picture has none

What can be computed is not believed: the id is made anew from the recipe and its fingerprints.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import Any, TypedDict, cast

from ..errors import ProofsheetError
from ..grammar.seeds import LIMIT
from .recipe import Recipe, frame_id

VERSION = 1
"""Of the store's format. It grows when an older reader would misread what a newer one writes;
every version reads the files of those before it (tests/golden/store)."""

MAX_TEXT = 64 * 2**20  # bytes of all texts in one PNG; the host's Pillow reads no more

ENDING = re.compile(r"(\.[0-9a-f]{8})?\.(safetensors|[0-9]{1,6}\.png)")
"""Of the files that belong to a picture: the latent, and further pictures. They carry a tag where
the plain name was taken by another of the same frame."""


class Making(TypedDict, total=False):
    """The facts that are known when a frame is made; `seconds` is what that took. Seed and prompts
    are there for other tools: our own readers take them from the recipe."""

    exact: bool
    rows: int
    seconds: float
    seed: int | None
    positive: str
    negative: str
    values: Mapping[str, Any]
    fingerprints: Mapping[str, Any]


class Facts(Making):
    """What a stored frame tells of itself beside its recipe."""

    version: int
    id: str
    thumb: str
    files: dict[str, str]


_SHAPES: Mapping[str, tuple[type, ...]] = {
    "files": (dict,),
    "values": (dict,),
    "fingerprints": (dict,),
    "positive": (str,),
    "negative": (str,),
    "seed": (int, type(None)),
    "rows": (int,),
    "seconds": (int, float),
    "exact": (bool,),
    "thumb": (str,),
}


class Damaged(ValueError):
    """A stored file is not whole, or not what it says it is; str() says in which way."""


class NewerFormat(ValueError):
    """Nothing is wrong with the file: this version cannot read it."""


def read(texts: Mapping[str, Any], expected: str) -> tuple[Recipe, Facts]:
    """The recipe and the facts in a PNG's texts. Raises Damaged unless they are those of the
    expected frame id, and of the shapes that everything else relies on. A frame without a recipe
    was made from a picture: its id is for whoever has the pixels to check."""
    facts = _object(texts, "proofsheet")
    version = facts.get("version")
    if type(version) is not int:
        raise Damaged("it does not say its format")
    if version > VERSION:
        raise NewerFormat(
            f"it was written by a newer Proofsheet (format {version}; this one reads up to "
            f"{VERSION}): update the pack"
        )
    if facts.get("id") != expected:
        raise Damaged(f"it says it is {str(facts.get('id'))[:40]}")
    _check_shapes(facts)
    recipe = _object(texts, "prompt") if "prompt" in texts else {}
    if not is_recipe(recipe):
        raise Damaged("its recipe is no graph")
    if recipe and (made := _made_by(recipe, facts.get("fingerprints", {}))) != expected:
        raise Damaged(f"its recipe makes frame #{made}, not this one")
    if not recipe and facts.get("files"):
        raise Damaged("it has no recipe, and a latent or further pictures")
    return recipe, cast(Facts, {"thumb": "", "files": {}, **facts})


def _object(texts: Mapping[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(texts.get(name), str):
        raise Damaged(f"its text {name!r} is missing")
    try:
        value = json.loads(texts[name])
    except RecursionError:
        raise Damaged(f"its text {name!r} is nested too deep") from None
    except ValueError as error:
        raise Damaged(f"its text {name!r} is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise Damaged(f"its text {name!r} is no object")
    return value


def _made_by(recipe: Recipe, fingerprints: Mapping[str, Any]) -> str:
    try:
        return frame_id(recipe, fingerprints)
    except RecursionError:
        raise Damaged("its recipe is nested too deep") from None
    except ProofsheetError as error:
        raise Damaged(str(error)) from None


def _check_shapes(facts: Mapping[str, Any]) -> None:
    for name, types in _SHAPES.items():
        if name in facts and type(facts[name]) not in types:  # exactly: true is no number
            raise Damaged(f"its {name} are of the wrong kind")
    if not 0 <= (facts.get("seed") or 0) < LIMIT:
        raise Damaged("its seed is none")
    if not 0 <= facts.get("seconds", 0) <= sys.float_info.max:  # neither infinite nor NaN
        raise Damaged("its seconds are none")
    for value in facts.get("values", {}).values():  # a scalar, or several that were paired up
        several = value if isinstance(value, list) else [value]
        if any(isinstance(each, list | dict) for each in several):
            raise Damaged("its values are none")
    of_nodes = facts.get("fingerprints", {}).get("nodes", {})
    if not isinstance(of_nodes, dict) or not all(isinstance(f, dict) for f in of_nodes.values()):
        raise Damaged("its fingerprints are none")
    for ending, expected in facts.get("files", {}).items():
        if not ENDING.fullmatch(ending) or not isinstance(expected, str):
            raise Damaged(f"a frame has no file {ending[:40]!r}")


def is_recipe(value: Any) -> bool:
    """Whether something has the shape of a graph in ComfyUI's API format."""
    return isinstance(value, dict) and all(
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
        for node in value.values()
    )
