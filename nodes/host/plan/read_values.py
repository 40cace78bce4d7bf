"""Values that only a run could tell, remembered: a plan that makes nothing shows what was made.

A node that rolls a seed or a text would else roll another for it, and one that a model has to be
loaded for could not be asked at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from ...core.grammar.input_types import Scalar
from ...core.plan.cuts import Cuts
from ...core.plan.graph import digest
from ...core.plan.sources import Link, Read
from ..store.store import Store
from .host_graph import OF_FRAMES, HostGraph
from .request import Request


def remembered(request: Request, links: Sequence[Link], store: Store) -> Read:
    """What arrived over these links when this graph last told."""
    keys = _keys(request, links)
    known = {link: store.notes.values(key) for link, key in keys.items() if key}
    return {link: values for link, values in known.items() if values}


def remember(request: Request, read: Mapping[Link, Sequence[Any]], store: Store) -> None:
    """Texts and numbers; of other values nothing is kept."""
    told = [link for link, values in read.items() if all(isinstance(v, Scalar) for v in values)]
    for link, key in _keys(request, told).items():
        if key:
            store.notes.remember_values(key, read[link])


def _keys(request: Request, links: Sequence[Link]) -> dict[Link, str]:
    """The graph above each link; "" for one that frames come from."""
    cuts = Cuts(HostGraph(request.dynprompt), lambda *_: None, {})
    found = dict.fromkeys(links, "")
    for link in links:
        with contextlib.suppress(RecursionError):
            whole = cuts.whole(link.node_id)
            if not any(node.class_type in OF_FRAMES for node in whole.order):
                found[link] = digest([whole.key, link.slot])
    return found
