"""The plan of a sweep: its cells and their recipes, made once a run from the graph alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import comfyui_version

from ...core import node_ids
from ...core.errors import ProofsheetError
from ...core.frames import Frame, Frames
from ...core.plan import cells, file_names, naming, told
from ...core.plan.cuts import Cuts
from ...core.plan.graph import Literal, Output, Place, is_link
from ...core.plan.recipe import FrameRecipe, Recipe, RecipeWriter
from ...core.plan.sources import called, given, title
from ...core.sheet.grid import placed
from .. import settings
from ..store.store import Store
from . import above, endings, forgotten_savers, saver_names
from .above import Above
from .followed_frames import Follower, Planned
from .host_graph import HostGraph
from .request import WIDGETS, Request


@dataclass(frozen=True)
class Plan:
    """Everything about a run but the tensors. `roots`, `recipes` and `frames` stand in cell order;
    a root is the output that the frame holds."""

    roots: Sequence[Output]
    recipes: Sequence[FrameRecipe]
    frames: Frames
    cuts: Cuts
    host: HostGraph


def plan(request: Request, store: Store) -> Plan:
    """Raises Unread for what only the host can tell, ProofsheetError for what cannot be swept."""
    try:
        return _Planner(store).plan(request)
    except RecursionError:
        raise ProofsheetError(
            "The graph above this sweep is too deep: more than 300 nodes one after another, or a "
            "value with as many lists in each other"
        ) from None


class _Planner:
    """Plans a sweep, and on the way those whose frames it is fed from."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.planned: dict[str, Sequence[Planned]] = {}

    def plan(self, request: Request) -> Plan:
        host = HostGraph(request.dynprompt)
        follow = Follower(host, self.store, request.read, lambda id: self._planned(request, id))
        if host.node(request.node_id)["class_type"] == node_ids.SWEEP_SAMPLER:
            found = above.of_sampler(request, host, self.store, follow)
        else:
            found = above.of_sweep(request, host, follow)
        found.cuts.find(found.links, request.node_id)
        forgotten_savers.check(host, found.links, found.cuts.sources)
        planned = _Cells(request, host, found).plan()
        saver_names.check(host, request.node_id, planned.frames)
        return planned

    def _planned(self, request: Request, node_id: str) -> Sequence[Planned]:
        """The frames that another sweep node will make."""
        if node_id not in self.planned:
            host = HostGraph(request.dynprompt)
            inputs = host.node(node_id)["inputs"]
            widgets = {
                name: given(host, inputs.get(name, default), request.read)[0]
                for name, default in WIDGETS.items()
            }
            made = self.plan(Request(request.dynprompt, node_id, widgets, request.read))
            self.planned[node_id] = [
                Planned(frame, each.graph, each.fingerprints, each.exact)
                for frame, each in zip(made.frames.frames, made.recipes, strict=True)
            ]
        return self.planned[node_id]


class _Cells:
    """The cells of one sweep, with what their recipes say."""

    def __init__(self, request: Request, host: HostGraph, found: Above) -> None:
        self.request = request
        self.host = host
        self.found = found
        self.cuts = found.cuts
        self.start = dict.fromkeys(self.cuts.sources, 0)
        self.seeds: Sequence[str] = ()
        self.inputs: Mapping[str, Any] = {}
        self.said: dict[tuple[int, ...], Recipe] = {}
        self.prompts: dict[tuple[int, ...], tuple[str, str]] = {}
        ending = endings.ending(self._root(self.start))
        self.writer = RecipeWriter(ending, {"host": comfyui_version.__version__})

    def plan(self) -> Plan:
        sources, targets = self.cuts.sources, self.cuts.targets
        prompts = [key for key in sources if self._is_prompt(key)]
        order = list(sources)
        if not self.found.as_met:
            order = naming.ordered(sources, targets, prompts)
        axes = {key: sources[key].axis for key in order}
        varying = {key: axis for key, axis in axes.items() if len(axis.labels) > 1}
        names = naming.named(varying, targets, lambda node_id: title(self.host, node_id))
        self.inputs = file_names.inputs_given(self.cuts, names)
        combine = self.request.widgets["combine"]
        sweep = cells.sweep({**axes, **names}, combine, settings.max_cells())
        roots = [self._root(cell.place) for cell in sweep.cells]
        recipes = [self.writer.recipe(root) for root in roots]
        prompt = next((key for key in varying if key in prompts), "")
        seeds = (key for key in varying if naming.is_seed(targets.get(key, ())))
        self.seeds = [key for key in seeds if not varying[key].columns]
        frames = tuple(
            self._frame(cell, made, cell.place.get(prompt, 0) + 1)
            for cell, made in zip(sweep.cells, recipes, strict=True)
        )
        shared = told.shared(self.said.values())
        constants = {**shared, "host": f"ComfyUI {comfyui_version.__version__}"}
        if self.seeds:
            constants.pop("seed", None)
        shown = placed(Frames(frames, sweep.axes, constants, combine))
        return Plan(roots, recipes, shown, self.cuts, self.host)

    def _root(self, place: Place) -> Output:
        root = self.found.root
        item = self.cuts.item(root, place)
        if isinstance(item, Literal):
            where = called(self.host, root[0]) if is_link(root) else "This sweep"
            raise ProofsheetError(f"{where}: a text or a number is no picture, clip or sound")
        return item

    def _is_prompt(self, key: str) -> bool:
        """Whether it is a list of prompts or a table, or what is told as the prompt changes."""
        source = self.cuts.sources[key]
        if source.axis.name == naming.PROMPT or source.axis.columns:
            return True
        if source.length < 2 or not isinstance(source.axis.values[0], str):
            return False
        cuts = (self._root({**self.start, key: index}) for index in (0, 1))
        first, second = (told.prompts(self.writer.recipe(cut).graph)[0] for cut in cuts)
        return first != second

    def _frame(self, cell: cells.Cell, made: FrameRecipe, prompt: int) -> Frame:
        """The frame that a cell's recipe makes, as far as the graph alone tells. Its seed is the
        one that varies, if there is just one; what else is told does not depend on seeds."""
        form = tuple(index for key, index in cell.place.items() if key not in self.seeds)
        if form not in self.prompts:
            self.said[form] = made.graph
            self.prompts[form] = told.prompts(made.graph)
        if len(self.seeds) == 1:
            [key] = self.seeds
            seed = self.cuts.sources[key].axis.values[cell.place[key]]
        else:
            seed = told.seed(made.graph)
        positive, negative = self.prompts[form]
        return Frame(
            id=made.id,
            number=cell.number,
            seed=seed,
            positive=positive,
            negative=negative,
            prompt=prompt,
            values=cell.values,
            exact=made.exact,
            volatile=made.volatile,
            inputs=self.inputs,
        )
