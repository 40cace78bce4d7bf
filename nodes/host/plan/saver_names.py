"""The patterns of savers behind a sweep: a name that is none is known before anything is made."""

from __future__ import annotations

from ...core import node_ids
from ...core.errors import GrammarError, ProofsheetError
from ...core.frames import Frames
from ...core.plan import file_names
from ...core.plan.graph import is_link
from ...core.plan.sources import Unread, called, given
from ..store import other_files
from .host_graph import HostGraph

SAVERS = frozenset({node_ids.SAVE_FRAMES})


def check(host: HostGraph, sweep_id: str, frames: Frames) -> None:
    """Raises ProofsheetError for the pattern of a saver that gets the frames of this sweep, if they
    will not have a name in it or may not go there. What only a run tells is left to the saver."""
    nodes = host.dynprompt.get_original_prompt()
    for node_id, node in nodes.items():
        if node["class_type"] not in SAVERS or not frames.frames:
            continue
        try:
            [pattern] = given(host, node["inputs"].get("filename_prefix"), {})
        except Unread:
            continue
        if isinstance(pattern, str) and _sweep_of(host, node_id) == sweep_id:
            where = called(host, node_id)
            try:
                other_files.place(file_names.first(pattern, frames, nodes))
            except GrammarError as error:
                message = f"{where}: filename_prefix: {error.message}"
                raise GrammarError(message, error.source, error.start, error.end) from None
            except ProofsheetError as error:
                raise ProofsheetError(f"{where}: {error}") from None


def _sweep_of(host: HostGraph, node_id: str) -> str:
    """The node whose frames arrive at this one, through Contact Sheets."""
    seen: set[str] = set()
    while node_id not in seen:
        seen.add(node_id)
        link = host.node(node_id)["inputs"].get("frames")
        if not is_link(link):
            break
        node_id = link[0]
        if host.node(node_id)["class_type"] != node_ids.CONTACT_SHEET:
            return node_id
    return ""
