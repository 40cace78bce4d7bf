"""What a sweep node sweeps: the end of a graph, or the sampler that it stands for itself."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from ...core import node_ids
from ...core.axes import Axis
from ...core.errors import ProofsheetError
from ...core.grammar.addresses import parse
from ...core.plan.addresses import AddressAxis, InputAbove, NodeAbove, Target, address_axes
from ...core.plan.axis_nodes import AXIS_NODES
from ...core.plan.cuts import Cuts, Follow, nodes_above
from ...core.plan.graph import Item, Literal, Output, is_link, plain
from ...core.plan.sources import Link, Read, Source, Unread, called, primitive, title
from ..store import latents
from ..store.store import Store
from .host_graph import ROWS, HostGraph
from .request import Request

INPUTS = (
    "positive",
    "negative",
    "model",
    "latent_image",
    "vae",
    "steps",
    "cfg",
    "sampler_name",
    "scheduler",
    "denoise",
    "seed",
)
"""A Sweep Sampler's inputs, outermost first."""

ENDS = frozenset(
    (node_ids.UNPACK_FRAMES, node_ids.CONTACT_SHEET, node_ids.SWEEP, node_ids.SWEEP_SAMPLER)
)
"""What stands above these belongs to another sweep."""

ROWS_OF = {
    "KSampler": "latent_image",
    "KSamplerAdvanced": "latent_image",
    "SamplerCustom": "latent_image",
    "SamplerCustomAdvanced": "latent_image",
    "LatentUpscale": "samples",
    "LatentUpscaleBy": "samples",
}
"""Stock nodes whose latent has as many rows as that of this input."""


@dataclass(frozen=True)
class Above:
    """`links` are the inputs that the axes are found above; `root` is the link whose value a frame
    holds. `as_met`: the axes stay in the order in which they are met."""

    cuts: Cuts
    links: Mapping[str, object]
    root: object
    as_met: bool = False


def of_sweep(request: Request, host: HostGraph, follow: Follow) -> Above:
    """The end of any graph. Raises GrammarError for a line of *axes* that names nothing."""
    link = host.node(request.node_id)["inputs"]["source"]
    links = {"source": link}
    text = request.widgets["axes"]
    has_holes = any(line.address.hole for line in parse(text))
    above = [
        _above(host, node_id, request.read if has_holes else None)
        for node_id in nodes_above(host, links, ENDS.__contains__)
    ]
    axes = address_axes(text, above, host.input_type)
    lines = {f"line {found.line.target.start}": _source(host, found) for found in axes}
    return Above(Cuts(host, follow, request.read, lines), links, link)


def _source(host: HostGraph, found: AddressAxis) -> Source:
    """A line's values as they reach its inputs. Raises GrammarError for one that an input's own
    class refuses."""
    items: dict[Target, list[Literal]] = {}
    for (node_id, name), values in found.values.items():
        try:
            own = values if name.startswith("{") else [host.typed(node_id, name, v) for v in values]
        except ProofsheetError as error:
            raise found.line.wrong_value(str(error)) from None
        items[node_id, name] = [Literal(plain(value)) for value in own]
    return Source(found.axis, items)


def _above(host: HostGraph, node_id: str, read: Read | None) -> NodeAbove:
    """A node as lines of *axes* name it; with `read`, its template is wanted, too. Raises Unread
    where that comes over a link."""
    node = host.node(node_id)
    inputs = {name: node["inputs"][name] for name in host.taken(node_id)}
    name = title(host, node_id)
    template = inputs.get("template")
    while read is not None and is_link(template) and node["class_type"] == node_ids.PROMPT_BATCH:
        link = Link(template[0], int(template[1]))
        inner = primitive(host, template)
        if link not in read and inner is template:
            raise Unread([link])
        template = read[link][0] if link in read else inner
    return NodeAbove(
        node_id,
        node["class_type"],
        "" if name == node["class_type"] else name,
        {name: InputAbove(is_link(v), _axis_behind(host, v)) for name, v in inputs.items()},
        template if isinstance(template, str) else "",
    )


def _axis_behind(host: HostGraph, value: object) -> str:
    """What the axis node is called that an input is linked to."""
    while is_link(value):
        if host.node(value[0])["class_type"] in AXIS_NODES:
            return called(host, value[0])
        if (inner := primitive(host, value)) is value:
            return ""
        value = inner
    return ""


def of_sampler(request: Request, host: HostGraph, store: Store, follow: Follow) -> Above:
    """A KSampler and a VAEDecode with the inputs of a Sweep Sampler. Every row of a latent batch
    is a cell of its own, cut out by LatentFromBatch, which keeps the row's own noise."""
    node_id = request.node_id
    written = host.node(node_id)["inputs"]
    rows = _rows(Cuts(host, follow, request.read), written["latent_image"], store)
    latent = written["latent_image"] if rows == 1 else [f"{node_id}.row", 0]
    sampled = {name: written[name] for name in INPUTS if name != "vae"}
    row_inputs = {"samples": written["latent_image"], "batch_index": [f"{node_id}.rows", 0]}
    _stand_for(host, node_id, "rows", ROWS, {})
    _stand_for(host, node_id, "row", "LatentFromBatch", {**row_inputs, "length": 1})
    _stand_for(host, node_id, "sample", "KSampler", {**sampled, "latent_image": latent})
    decoded = {"samples": [f"{node_id}.sample", 0], "vae": written["vae"]}
    _stand_for(host, node_id, "decode", "VAEDecode", decoded)
    for name, value in sampled.items():
        if not is_link(value):
            host.typed(f"{node_id}.sample", name, value)

    def follow_rows(other: str, slot: int) -> Source | None:
        if other != f"{node_id}.rows":
            return follow(other, slot)
        numbers = tuple(range(1, rows + 1))
        axis = Axis("latent", numbers, tuple(map(str, numbers)))
        return Source(axis, {0: [Literal(row) for row in range(rows)]})

    links = {name: written[name] for name in INPUTS} | {"latent_image": latent}
    cuts = Cuts(host, follow_rows, request.read)
    return Above(cuts, links, [f"{node_id}.decode", 0], as_met=True)


def _stand_for(
    host: HostGraph, node_id: str, word: str, class_type: str, inputs: Mapping[str, object]
) -> None:
    meta = {"title": title(host, node_id)}
    host.virtual[f"{node_id}.{word}"] = {
        "class_type": class_type,
        "inputs": dict(inputs),
        "_meta": meta,
        "of": node_id,
    }


def _rows(cuts: Cuts, value: object, store: Store) -> int:
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
        counts = {_row_count(item, store) for item in items.values()}
        if None in counts and is_link(value):
            raise Unread([Link(value[0], int(value[1]))])
    if len(counts) != 1:
        found = " and ".join(map(str, sorted(count or 0 for count in counts)))
        raise ProofsheetError(
            f"latent_image: batches of {found} rows cannot be swept together. "
            "Give every latent the same number of rows."
        )
    return counts.pop() or 1


def _row_count(item: Item, store: Store) -> int | None:
    """The rows of a latent, read off the widgets of stock nodes, or as they were found before."""
    if not isinstance(item, Output):
        return None
    node = item.node
    size = node.inputs.get("length" if node.class_type == "LatentFromBatch" else "batch_size")
    if node.class_type.startswith(("Empty", "LatentFromBatch")) and isinstance(size, Literal):
        return size.value if isinstance(size.value, int) else None
    if node.class_type in ROWS_OF:
        return _row_count(node.inputs[ROWS_OF[node.class_type]], store)
    return None if node.volatile else store.rows(node.key)
