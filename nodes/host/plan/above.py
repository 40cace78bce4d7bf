"""What a sweep node sweeps: the end of a graph, or the sampler that it stands for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core.axes import Axis
from ...core.errors import ProofsheetError
from ...core.grammar.addresses import parse
from ...core.plan.addresses import AddressAxis, address_axes, node_above
from ...core.plan.cuts import Cuts, Follow, Target
from ...core.plan.graph import Literal, is_link, plain
from ...core.plan.sources import Source, nodes_above, title
from ..store.store import Store
from .host_graph import OF_FRAMES, ROWS, HostGraph
from .latent_rows import row_count
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
    written = parse(text)
    read = request.read if any(line.address.hole for line in written) else None
    ids = nodes_above(host, links, OF_FRAMES.__contains__) if written else ()
    above = [node_above(host, node_id, read) for node_id in ids]
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


def of_sampler(request: Request, host: HostGraph, store: Store, follow: Follow) -> Above:
    """A KSampler and a VAEDecode with the inputs of a Sweep Sampler. Every row of a latent batch
    is a cell of its own, cut out by LatentFromBatch, which keeps the row's own noise."""
    node_id = request.node_id
    written = host.node(node_id)["inputs"]
    rows = row_count(Cuts(host, follow, request.read), written["latent_image"], store)
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
