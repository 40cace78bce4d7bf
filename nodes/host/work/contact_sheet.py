"""The contact sheet's work: the frames as they are now, who is picked, and the printed sheet."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
from comfy_execution.graph_utils import is_link
from comfy_execution.utils import get_executing_context
from server import PromptServer

from ...core import limits
from ...core.drawing import printer
from ...core.errors import ProofsheetError
from ...core.frames import DONE, Frame, Frames, joined
from ...core.limits import FAIL, HOLD
from ...core.manifest import Picked, SheetManifest, manifest
from ...core.plan.graph import digest
from ...core.sheet.contents import sheet_of
from ...core.sheet.grid import placed
from ..sampling import progress
from ..store import encoding, images, pick_lookup
from ..store.statuses import refresh
from ..store.store import NewFrame, Store, default_store
from .printed_sheet import Found, PrintedSheet
from .sheet_drawing import Drawing

log = logging.getLogger("proofsheet")

T = TypeVar("T")

SHEET_OUTPUT = 2


@dataclass(frozen=True)
class Options:
    picks: str
    when_empty: str
    columns: int
    cell_size: int
    captions: str


ALLOWED = {
    "when_empty": limits.WHEN_EMPTY,
    "columns": limits.COLUMNS,
    "cell_size": limits.CELL_SIZE,
    "captions": limits.CAPTIONS,
}
"""What the widgets allow."""


def options(widgets: Mapping[str, Sequence[Any]]) -> Options:
    """The widgets as they arrived. Raises ProofsheetError for a value that is not allowed."""
    found = Options(**{name: limits.one(name, values) for name, values in widgets.items()})
    for name, allowed in ALLOWED.items():
        limits.check(name, [getattr(found, name)], allowed)
    return found


def check_words(inputs: Mapping[str, Sequence[Any]]) -> None:
    """Raises ProofsheetError for a word that is none of those allowed."""
    limits.check_written(inputs, ALLOWED)


@dataclass(frozen=True)
class Shown:
    """What the node puts out. `picked` None: held."""

    picked: Frames | None
    manifest: SheetManifest
    drawing: Drawing


def show(
    inputs: Sequence[Any], options: Options, texts: Mapping[str, Any], wanted: bool = False
) -> Shown:
    """`inputs` are PROOFSHEET_FRAMES or IMAGE values; `texts` go into the printed sheet's PNG,
    which is `wanted` as a picture, too."""
    store = default_store()
    given = [v if isinstance(v, Frames) else _from_images(v, store) for v in inputs]
    frames = placed(refresh(joined(given), store), options.columns)
    picks = pick_lookup.pick(frames, options.picks, store)
    picked = _passed_on(frames, picks, options)
    store.protect(frame.id for frame in picks.frames)
    listed = manifest(frames, lambda i: progress.references(store, i), options.columns, picks)
    form = (options.columns, options.cell_size, options.captions)
    sheet, smaller = sheet_of(frames, picks.frames, *form), ""
    is_empty = not frames.frames  # something must run before the cells are known
    if not is_empty:
        sheet, smaller = printer.fitted(sheet)
    name = digest([listed["sweep"], node_id(), *form])[:16]
    printed = PrintedSheet(sheet, store, name, texts)
    found = Found(None) if is_empty else printed.find()
    notice = ". ".join(filter(None, (frames.notice, smaller, found.notice)))
    if notice:
        log.warning(notice)
    is_held = picked is None
    told: SheetManifest = {**listed, "held": is_held, "sheet": found.file, "notice": notice}
    is_wanted = wanted and not is_held and not is_empty
    return Shown(picked, told, Drawing(printed, found, told, smaller, is_wanted))


def _passed_on(frames: Frames, picks: Picked, options: Options) -> Frames | None:
    if picks.frames:
        return frames.chosen(picks.frames)
    if picks.gone and options.when_empty != HOLD:
        lost = ", ".join(f"#{frame_id}" for frame_id in picks.gone)
        raise ProofsheetError(f"Contact Sheet: every picked frame is gone from the store: {lost}")
    if options.when_empty == FAIL:
        raise ProofsheetError(
            "Contact Sheet: nothing is picked, and when_empty is 'fail'. "
            "Write picks such as `1, 3-5`, `#<frame id>` or `all`."
        )
    done = tuple(frame for frame in frames.frames if frame.status == DONE)
    if options.when_empty == HOLD or not done:
        return None
    return frames if len(done) == len(frames.frames) else frames.chosen(done)


def _from_images(image: torch.Tensor, store: Store) -> Frames:
    """Pictures from elsewhere as frames: known by their pixels, without a recipe."""
    frames = []
    for number, each in enumerate(image, start=1):
        values = images.pixels(each)
        frame_id = images.picture_id(values)
        if store.find(frame_id) is None:
            store.write(NewFrame(frame_id, [values], None, {}, "", {"exact": False, "rows": 1}))
        frames.append(Frame(frame_id, number, None, exact=False, status=DONE))
    return Frames(tuple(frames))


def fingerprint() -> str:
    """Beside the inputs: whether `sheet` is linked, and whether what was handed out is lost. The
    host tells nothing more of the prompt that asks: it is found among those that run."""
    context, server = get_executing_context(), getattr(PromptServer, "instance", None)
    running = list(server.prompt_queue.currently_running.values()) if server else []
    asks = (item[2] for item in running if context and item[1] == context.prompt_id)
    return f"{freshness()} {default_store().losses} {is_linked(next(asks, {}))}"


def freshness() -> str:
    """Without a client ComfyUI 0.3.75 leaves cached nodes out of /history: the program that posts
    an equal sweep again is owed its manifest, so the node runs anew for it."""
    server = getattr(PromptServer, "instance", None)
    return "" if getattr(server, "client_id", None) else uuid.uuid4().hex


def node_id() -> str:
    """The node that the host runs or asks just now."""
    context = get_executing_context()
    return context.node_id if context else ""


def is_linked(nodes: Mapping[str, Any]) -> bool:
    """Whether one of these nodes takes this one's `sheet`. Without this node among them it cannot
    be told: then it may."""
    link = [node_id(), SHEET_OUTPUT]
    values = (value for node in nodes.values() for value in node["inputs"].values())
    return link[0] not in nodes or any(is_link(value) and value == link for value in values)


def nodes_of(dynprompt: Any) -> dict[str, Any]:
    """All nodes of a running prompt, those that were expanded into included."""
    return {each: dynprompt.get_node(each) for each in dynprompt.all_node_ids()}


def texts(hidden: Any) -> dict[str, Any]:
    """What the host writes into a saved picture: dropping the sheet on ComfyUI opens its graph.
    A program may send anything with its request; what no PNG can hold is left out. So are the
    answers to `fingerprint`, which the host notes in the graph while it runs."""
    extra = hidden.extra_pnginfo if isinstance(hidden.extra_pnginfo, Mapping) else {}
    named = {name: value for name, value in extra.items() if encoding.is_text_name(name)}
    graph = {
        name: {key: value for key, value in node.items() if key != "is_changed"}
        for name, node in (hidden.prompt or {}).items()
    }
    return {**named, **({"prompt": graph} if graph else {})}


def outputs(picked: Frames) -> tuple[Frames, list[torch.Tensor]]:
    return picked, full_images(picked)


def full_images(frames: Frames) -> list[torch.Tensor]:
    """The frames' images [N, H, W, C], as the store holds them: N is 1, or a video's length."""
    store = default_store()
    return [images.image(*stored(store.pictures, frame)) for frame in frames.frames]


def stored(read: Callable[[str], T], frame: Frame) -> T:
    """What a stored frame has. Raises ProofsheetError if it is there no more."""
    try:
        return read(frame.id)
    except OSError as error:
        default_store().note_loss()
        raise ProofsheetError(
            f"Frame #{frame.id} went from the store while this ran ({error}). "
            "Run again: it is then made again."
        ) from error
