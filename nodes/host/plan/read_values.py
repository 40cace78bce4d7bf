"""Values that only a run could tell, remembered: a plan that makes nothing shows what was made.

A node that rolls a seed or a text would else roll another for it, and one that a model has to be
loaded for could not be asked at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from ...core import node_ids
from ...core.plan.cuts import Cuts
from ...core.plan.graph import digest
from ...core.plan.sources import Link, Read
from ..store.store import Store
from .host_graph import STANDING, HostGraph
from .request import Request

OF_FRAMES = STANDING | {node_ids.UNPACK_FRAMES}
"""What comes out of these hangs on the store as well."""


def remembered(request: Request, links: Sequence[Link], store: Store) -> Read:
    """What arrived over these links when this graph last told."""
    keys = {link: _key(request, link) for link in links}
    known = {link: store.notes.values(key) for link, key in keys.items() if key}
    return {link: values for link, values in known.items() if values}


def remember(request: Request, read: Mapping[Link, Sequence[Any]], store: Store) -> None:
    """Texts and numbers; of other values nothing is kept."""
    for link, values in read.items():
        are_told = all(isinstance(value, str | int | float) for value in values)
        if are_told and (key := _key(request, link)):
            store.notes.remember_values(key, values)


def _key(request: Request, link: Link) -> str:
    """The graph above a link; "" for one that frames come from."""
    with contextlib.suppress(RecursionError):
        whole = Cuts(HostGraph(request.dynprompt), lambda *_: None, {}).whole(link.node_id)
        if not any(node.class_type in OF_FRAMES for node in whole.order):
            return digest([whole.key, link.slot])
    return ""
