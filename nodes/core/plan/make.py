"""Which cells a run may make, in the grammar of picks: all, none, 1-4, cfg=7, #9f3a1c0b77d2e845

Unlike a pick, an id that this sweep does not have is a fault: there is nothing to be kept, and what
was meant would not be made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..grammar import picks
from ..grammar.picks import Pickable, PickItem

NO_ALIASES: Mapping[str, str] = {}


def is_none(text: str) -> bool:
    """Whether no cell may be made. Raises GrammarError for a text that cannot be read."""
    return any(item.kind == "none" for item in picks.parse(text))  # it stands alone


def allowed(
    text: str, frames: Sequence[Pickable], aliases: Mapping[str, str] = NO_ALIASES
) -> frozenset[int]:
    """The positions of the cells that may be made; no text allows all. `aliases`: the id of the
    frame that a volatile cell made last -> the cell's own. Raises GrammarError on a fault."""
    items = picks.parse(text)
    if not items:
        return frozenset(range(len(frames)))
    own = {frame.id: frame.id for frame in frames}
    ids = {**{made: planned for made, planned in aliases.items() if planned in own}, **own}
    named = [_named(item, ids) if item.kind == "id" else item for item in items]
    chosen = set(picks.resolve(named, frames).ids)
    return frozenset(at for at, frame in enumerate(frames) if frame.id in chosen)


def _named(item: PickItem, ids: Mapping[str, str]) -> PickItem:
    """The item with the whole id of the cell that it names; `ids`: as it may be called -> that."""
    if item.id in ids:
        return replace(item, id=ids[item.id])
    found = sorted({planned for id, planned in ids.items() if id.startswith(item.id)})
    if not found:
        raise item.fault(f"This sweep has no cell #{item.id}; with none it shows those it has")
    if len(found) > 1:
        some = picks.format_ids(found[:3])
        raise item.fault(f"{len(found)} cells begin with #{item.id}: {some}")
    return replace(item, id=found[0])
