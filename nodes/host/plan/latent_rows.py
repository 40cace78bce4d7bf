"""How many rows latents have, told without making them where that can be."""

from __future__ import annotations

import itertools

from ...core.errors import ProofsheetError
from ...core.plan.chunks import STAGES
from ...core.plan.cuts import Cuts
from ...core.plan.graph import Item, Literal, Output, is_link
from ...core.plan.sources import Link, Unread
from ..store import latents
from ..store.store import Store

ROWS_OF = {
    **dict.fromkeys(STAGES, "latent_image"),
    **dict.fromkeys(("LatentUpscale", "LatentUpscaleBy"), "samples"),
}
"""Stock nodes whose latent has as many rows as that of this input."""


def row_count(cuts: Cuts, value: object, store: Store) -> int:
    """How many rows the latents have. Raises Unread until that is known."""
    cuts.find({"latent_image": value})
    lengths = {key: source.length for key, source in cuts.sources.items()}
    places = itertools.product(*map(range, lengths.values()))
    items = {
        item.key: item
        for item in (cuts.item(value, dict(zip(lengths, p, strict=True))) for p in places)
    }
    if is_link(value) and (link := Link(value[0], int(value[1]))) in cuts.read:
        counts = {latents.row_count(latent) for latent in cuts.read[link]}
        for item in items.values():
            if isinstance(item, Output) and len(counts) == 1 and not item.node.volatile:
                store.remember_rows(item.node.key, next(iter(counts)))
    else:
        counts = {rows_of(item, store) for item in items.values()}
        if None in counts and is_link(value):
            raise Unread([Link(value[0], int(value[1]))])
    if len(counts) != 1:
        found = " and ".join(map(str, sorted(count or 0 for count in counts)))
        raise ProofsheetError(
            f"latent_image: batches of {found} rows cannot be swept together. "
            "Give every latent the same number of rows."
        )
    return counts.pop() or 1


def rows_of(item: Item, store: Store) -> int | None:
    """The rows of a latent, read off the widgets of stock nodes, or as they were found before."""
    if not isinstance(item, Output):
        return None
    node = item.node
    size = node.inputs.get("length" if node.class_type == "LatentFromBatch" else "batch_size")
    if node.class_type.startswith(("Empty", "LatentFromBatch")) and isinstance(size, Literal):
        return size.value if isinstance(size.value, int) else None
    if node.class_type in ROWS_OF:
        return rows_of(node.inputs[ROWS_OF[node.class_type]], store)
    return None if node.volatile else store.rows(node.key)
