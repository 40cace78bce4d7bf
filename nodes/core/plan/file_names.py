"""What the names in the pattern of a file are for a frame.

%name% %seed% %number% ...      of the frame
%cfg% %lora%                    whatever varies, columns of a table, settings that all share
%width% %year% %date:...%       as ComfyUI's own savers have them
%KSampler.cfg%                  an input of a node, by its title or its class
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from ..axes import Axis, is_name
from ..frames import Frame, Frames, Named, caption
from ..grammar import file_pattern
from ..grammar.input_types import Scalar
from ..grammar.prompt_names import names
from .cuts import Cuts
from .graph import PRIMITIVES, Literal, is_link, unwrap
from .naming import PROMPT
from .sources import behind_primitives

Nodes = Mapping[str, Mapping[str, Any]]
"""A prompt: its nodes by their ids."""

TIMES = {"year": "yyyy", "month": "MM", "day": "dd", "hour": "hh", "minute": "mm", "second": "ss"}


def paths(pattern: str, frames: Frames, nodes: Nodes, when: datetime) -> Iterator[str]:
    """The path of each frame. Raises GrammarError for a name that none of them has; what only some
    have is empty for the others, such as keepers of another sweep."""
    asked = [name for name in file_pattern.tokens(pattern) if "." in name]
    found: list[dict[str, object]] = []
    for place, frame in enumerate(frames.frames, start=1):
        inputs = {name: _input(frame, nodes, *name.split(".", 1)) for name in asked}
        told = {name: value for name, value in inputs.items() if value is not None}
        found.append({**told, **_fields(frame, place, frames.constants, when)})
    known = dict.fromkeys(chain.from_iterable(found), "")
    for own in found:
        yield file_pattern.expand(pattern, {**known, **own}, when)


def first(pattern: str, frames: Frames, nodes: Nodes) -> str:
    """The path of the first frame. Raises GrammarError for a name that these frames will not
    have."""
    return next(paths(pattern, frames.chosen(frames.frames[:1]), nodes, datetime.now()))


def inputs_given(cuts: Cuts, varying: Mapping[str, Axis]) -> dict[str, Any]:
    """What axes put into inputs of the user's nodes: the value, or of an axis that varies the name
    under which each frame has its own. Other lists of the same node have no name."""
    found: dict[str, Any] = {}
    for key, targets in cuts.targets.items():
        source, axis = cuts.sources[key], varying.get(key)
        for node_id, name in targets:
            own = f"{cuts.host.real(node_id)}.{name}"
            link = behind_primitives(cuts.host, cuts.host.node(node_id)["inputs"].get(name))
            is_line = (node_id, name) in source.items
            slot = int(link[1]) if is_link(link) and not is_line else 0
            items = source.items[(node_id, name) if is_line else slot]
            values = [item.value for item in items if isinstance(item, Literal)]
            if axis is None:
                found |= {own: values[0]} if values else {}
            elif axis.columns:
                found[own] = Named(axis.columns[slot].name)
            elif is_line or values == [*axis.values]:
                found[own] = Named(axis.name)
    return found


def _input(frame: Frame, nodes: Nodes, called: str, name: str) -> object:
    """The value that a node's input has for a frame; None if there is none, or it is computed. Of
    an earlier frame nothing is known."""
    titled = [n for n, node in nodes.items() if _title(node) == called]
    for node_id in titled or [n for n, node in nodes.items() if node["class_type"] == called]:
        at = node_id, name
        for _ in range(len(nodes)):  # through primitives
            value = nodes[at[0]]["inputs"].get(at[1])
            above = nodes.get(value[0], {}) if is_link(value) else {}
            if ".".join(at) in frame.inputs or above.get("class_type") not in PRIMITIVES:
                break
            at = value[0], "value"
        given = frame.inputs.get(".".join(at), unwrap(nodes[at[0]]["inputs"].get(at[1])))
        if frame.number is None:
            given = None if given is None else ""
        if isinstance(given, Named):
            return frame.values.get(given.name, "")
        if isinstance(given, Scalar):
            return given
    return None


def _title(node: Mapping[str, Any]) -> object:
    meta = node.get("_meta")
    return meta.get("title") if isinstance(meta, Mapping) else None


def _fields(
    frame: Frame, place: int, constants: Mapping[str, Any], when: datetime
) -> dict[str, object]:
    """The names of a frame whatever the graph is. A column called `name` says how it is called,
    else the name of its prompt."""
    values = frame.values
    said = next((v for n, v in values.items() if is_name(n) and v != ""), None)
    prompt = values.get(PROMPT)
    of_prompt = prompt if isinstance(prompt, str) and prompt else names([frame.positive])[0]
    found = {
        **{name: file_pattern.dated(form, when) for name, form in TIMES.items()},
        "width": frame.width or None,
        "height": frame.height or None,
        "row": frame.row or None,
        "column": frame.column or None,
        **constants,
        **values,
        "name": of_prompt or file_pattern.FALLBACK if said is None else said,
        "seed": frame.seed,
        "number": place if frame.number is None else frame.number,
        "id": frame.id,
        "prompt": frame.positive,
        "negative": frame.negative,
        "caption": caption(frame),
    }
    return {name: "" if value is None else value for name, value in found.items()}
