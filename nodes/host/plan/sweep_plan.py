"""The plan of a sweep: its cells and their recipes, made from the graph before anything runs.

The Sweep Sampler's heavy inputs are lazy. The host first asks which of them it needs; the plan
answers from the graph alone, so when every frame is in the store no model is loaded.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import comfyui_version
import nodes
from comfy_execution.graph import DynamicPrompt

from ...core import node_ids
from ...core.axes import Axis
from ...core.errors import ProofsheetError
from ...core.frames import DONE, FAILED, GONE, MISSING, Frame, Frames
from ...core.plan import cells, recipe, told
from ...core.plan.axis_nodes import AXIS_NODES
from ...core.plan.graph import Graph, Item, Kind, Lane, Literal, Output, Place, plain
from .. import settings
from ..store import latents
from ..store.store import Store
from .fingerprints import file_fingerprints
from .stored_frames import Follower

LAZY = ("model", "positive", "negative", "latent_image", "vae")
"""Inputs that cost time to make; asked for only if a frame is missing."""

EAGER = ("seed", "steps", "cfg", "sampler_name", "scheduler", "denoise")


class HostGraph:
    """Answers core.graph's questions from the running host."""

    def __init__(self, dynprompt: DynamicPrompt) -> None:
        self.dynprompt = dynprompt
        self._kinds: dict[str, Kind] = {}

    def node(self, node_id: str) -> Mapping[str, Any]:
        node = self.dynprompt.get_node(node_id)
        if node["class_type"] not in (node_ids.SWEEP_SAMPLER, node_ids.CONTACT_SHEET):
            return node
        # Theirs says that they must look at the store again, not that they make something else.
        return {name: value for name, value in node.items() if name != "is_changed"}

    def kind(self, class_type: str) -> Kind:
        if class_type not in self._kinds:
            node_class = nodes.NODE_CLASS_MAPPINGS[class_type]
            types = node_class.INPUT_TYPES()
            names = frozenset(n for group in ("required", "optional") for n in types.get(group, ()))
            lists = tuple(getattr(node_class, "OUTPUT_IS_LIST", None) or ())
            takes_lists = bool(getattr(node_class, "INPUT_IS_LIST", False))
            self._kinds[class_type] = Kind(takes_lists, lists, names)
        return self._kinds[class_type]

    def fingerprints(self, inputs: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
        return file_fingerprints(inputs)


@dataclass(frozen=True)
class Request:
    """One run of a Sweep Sampler node: where it stands in the graph, and its inputs as the host
    hands them over (lists; [None] for a lazy input that has not been asked for)."""

    dynprompt: DynamicPrompt
    node_id: str
    inputs: Mapping[str, Sequence[Any]]

    def is_here(self, name: str) -> bool:
        return any(value is not None for value in self.inputs.get(name, ()))

    def widget(self, name: str) -> Any:
        return self.inputs[name][0]


@dataclass(frozen=True)
class LatentRow:
    """Which row of which element of the `latent_image` list."""

    element: int
    row: int


@dataclass(frozen=True)
class Plan:
    """Everything about a run but the tensors. `recipes` and `frames` stand in cell order."""

    sweep: cells.Sweep
    recipes: Sequence[recipe.FrameRecipe]
    latent_rows: Sequence[LatentRow]
    frames: Frames

    def missing(self, store: Store, strict: bool) -> list[int]:
        """Positions of the cells whose frame must be made; equal recipes are made once."""
        found: dict[str, int] = {}
        for position, made in enumerate(self.recipes):
            if made.id not in found and not is_kept(made, store, strict):
                found[made.id] = position
        return list(found.values())


def is_kept(made: recipe.FrameRecipe, store: Store, strict: bool) -> bool:
    stored = None if made.volatile else store.find(made.id)
    return stored is not None and (stored.is_strict or not strict)


def needed(request: Request, store: Store) -> list[str]:
    """The lazy inputs this run needs, given what is here already."""
    with _not_too_deep():
        planner = _Planner(request, store)
        if any(not planner.lanes[name].known for name in LAZY):
            return list(LAZY)
        if planner.latent_rows is None:
            return ["latent_image"]
        strict = request.widget("batch_size") == 1
        return list(LAZY) if planner.plan().missing(store, strict) else []


def plan(request: Request, store: Store) -> Plan:
    with _not_too_deep():
        return _Planner(request, store).plan()


@contextlib.contextmanager
def _not_too_deep() -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise ProofsheetError(
            "The graph above this Sweep Sampler is too deep: more than 250 nodes one after "
            "another, or a value with as many lists in each other"
        ) from None


class _Planner:
    def __init__(self, request: Request, store: Store) -> None:
        self.request = request
        self.store = store
        follower = Follower(request.dynprompt, store, self._frames_of)
        followed = {
            node_ids.UNPACK_FRAMES: follower.unpacked,
            node_ids.CONTACT_SHEET: follower.shown,
        }
        self.graph = Graph(HostGraph(request.dynprompt), AXIS_NODES, followed)
        follower.graph = self.graph
        written = request.dynprompt.get_node(request.node_id)["inputs"]
        self.lanes = {name: self.graph.input_lane(written[name]) for name in cells.INPUTS}
        for name, lane in self.lanes.items():
            for source in lane.sources:
                self.graph.name_axis(source, name)
        self.positions: set[str] = set()
        for name in EAGER:
            self.lanes[name] = self._eager_lane(name)
        for name in LAZY:
            lane = self.lanes[name]
            if lane.whole is not None and request.is_here(name):
                # A list from a node that is not ours, now that it is here: told apart by position.
                self.positions.add(name)
                places = _places(next(iter(lane.sources)), len(request.inputs[name]))
                self.lanes[name] = Lane((lane.whole,) * len(places), places, lane.sources)
        self.latent_rows = self._spread_latents()

    def _frames_of(self, node_id: str) -> Frames | None:
        """The frames of another Sweep Sampler, if the graph alone tells them."""
        written = self.request.dynprompt.get_node(node_id)["inputs"]
        inputs: dict[str, Sequence[Any]] = dict.fromkeys(LAZY, [None])
        for name in (*EAGER, "combine", "batch_size"):
            items = self.graph.input_lane(written[name]).items or ()
            inputs[name] = [item.value for item in items if isinstance(item, Literal)]
            if not items or len(items) != len(inputs[name]):
                return None
        other = _Planner(Request(self.request.dynprompt, node_id, inputs), self.store)
        is_known = all(other.lanes[name].known for name in LAZY) and other.latent_rows is not None
        return other.plan().frames if is_known else None

    def _eager_lane(self, name: str) -> Lane:
        """Settings are here as values: the recipe takes those, wherever they came from."""
        lane, values = self.lanes[name], self.request.inputs[name]
        places = lane.places
        if not lane.known or len(lane.items or ()) != len(values):
            places = _places(f"{self.request.node_id}.{name}", len(values))
        return Lane(tuple(Literal(plain(v)) for v in values), places, lane.sources)

    def _spread_latents(self) -> list[LatentRow] | None:
        """Every row of every latent is a value of its axis. None while the rows are unknown."""
        lane = self.lanes["latent_image"]
        found = [self._row_count(item, i) for i, item in enumerate(lane.items or ())]
        counts = [count for count in found if count is not None]
        if lane.items is None or len(counts) < len(found):
            return None
        rows = [LatentRow(i, row) for i, count in enumerate(counts) for row in range(count)]
        if all(count == 1 for count in counts):
            return rows
        source = f"{self.request.node_id}.rows"
        numbers = tuple(range(1, len(rows) + 1))
        self.graph.axes[source] = Axis("latent", numbers, tuple(map(str, numbers)))
        items: list[Item] = []
        for at in rows:
            item = lane.items[at.element]
            items.append(item if counts[at.element] == 1 else recipe.row_of(item, at.row))
        places = _places(source, len(rows))
        self.lanes["latent_image"] = Lane(tuple(items), places, lane.sources | {source})
        return rows

    def _row_count(self, item: Item, element: int) -> int | None:
        if self.request.is_here("latent_image"):
            count = latents.row_count(self.request.inputs["latent_image"][element])
            if isinstance(item, Output) and _empty_rows(item) is None and not item.node.volatile:
                self.store.remember_rows(item.node.key, count)
            return count
        if not isinstance(item, Output):
            return None
        return _empty_rows(item) or (None if item.node.volatile else self.store.rows(item.node.key))

    def plan(self) -> Plan:
        assert self.latent_rows is not None
        combine = self.request.widget("combine")
        sweep = cells.sweep(self.lanes, self.graph.axes, combine, settings.max_cells())
        run = uuid.uuid4().hex
        recipes = [self._recipe(cell, run) for cell in sweep.cells]
        frames = tuple(map(_frame, sweep.cells, recipes))
        rows = [self.latent_rows[cell.index["latent_image"]] for cell in sweep.cells]
        # What all cells share: settings as the host gave them, in the order of the inputs.
        settled = {name: self.request.inputs[name] for name in EAGER}
        constants = {name: values[0] for name, values in settled.items() if len(values) == 1}
        models = {recipe.model_name(made.graph) for made in recipes}
        if len(models) == 1 and (name := models.pop()):
            constants["model"] = name
        constants["host"] = f"ComfyUI {comfyui_version.__version__}"
        return Plan(sweep, recipes, rows, Frames(frames, sweep.axes, constants, combine))

    def _recipe(self, cell: cells.Cell, run: str) -> recipe.FrameRecipe:
        items = cells.cell_items(cell, self.lanes)
        extra: dict[str, Any] = {"host": comfyui_version.__version__}
        positions = {name: cell.index[name] for name in sorted(self.positions)}
        if positions:
            extra["positions"] = positions
        if any(isinstance(item, Output) and item.node.volatile for item in items.values()):
            extra["run"] = run  # it changes at every run, so a frame id must not come back
        return recipe.frame_recipe(items, extra)


def _frame(cell: cells.Cell, made: recipe.FrameRecipe) -> Frame:
    """The frame that a cell's recipe makes, as far as the graph alone tells."""
    positive, negative = told.prompts(made.graph)
    return Frame(
        id=made.id,
        number=cell.number,
        seed=told.seed(made.graph),
        positive=positive,
        negative=negative,
        prompt=max(cell.index["positive"], cell.index["negative"]) + 1,
        values=cell.values,
        exact=made.exact,
    )


def _places(source: str, count: int) -> tuple[Place, ...]:
    return tuple({source: index} for index in range(count))


def _empty_rows(item: Output) -> int | None:
    """How many rows a stock empty latent has, read off its widgets."""
    size = item.node.inputs.get("batch_size")
    if item.node.class_type.startswith("Empty") and isinstance(size, Literal):
        return size.value if isinstance(size.value, int) else None
    return None


def with_status(frame: Frame, store: Store, error: str | None = None) -> Frame:
    """The frame as the store has it now: what was not to be made is missing, not gone."""
    if error is not None:
        return replace(frame, status=FAILED, error=error)
    stored = store.find(frame.id)
    if stored is None:
        status = MISSING if frame.status == MISSING else GONE
        return replace(frame, status=status, error=None)
    return replace(frame, status=DONE, width=stored.width, height=stored.height, error=None)
