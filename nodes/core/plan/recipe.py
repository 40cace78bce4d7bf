"""Recipes: the workflow, with none of our sweep nodes in it, that makes one frame alone.

A recipe is a graph in ComfyUI's API format. Node ids are given in a canonical order (every node
after the nodes it reads, inputs by name), and equal nodes are written once, so equal workflows
give equal recipes whatever their node ids were. A frame id hashes the recipe together with its
fingerprints: what the recipe reads from outside the graph, and the host's version, because the
same graph has made other noise in other versions.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from .. import node_ids
from ..errors import ProofsheetError
from .graph import Item, JsonValue, Literal, Node, Output, canonical, is_link, unwrap


class RecipeNode(TypedDict):
    """A node in ComfyUI's API format: an input is a value or a link, [node id, slot]."""

    inputs: dict[str, Any]
    class_type: str


Recipe = Mapping[str, RecipeNode]

RUN = "run"
"""Among the fingerprints of a volatile frame: the token of the run that made it."""

MAX_BYTES = 8 * 2**20  # of a recipe: written three times over, it still fits into a PNG's texts

SAMPLER_INPUTS = ("seed", "steps", "cfg", "sampler_name", "scheduler", "denoise")
"""KSampler's widgets, in its own order."""

TEXT_INPUTS = (
    *("text", "prompt", "t5xxl", "text_g", "clip_l", "text_l", "user_prompt", "text_prompt"),
    *("prompt_text", "clip_g", "llama", "bert", "mt5xl", "qwen25_7b", "tags", "caption", "lyrics"),
)
"""Under which names nodes take a prompt; where one takes several, the first says most."""


@dataclass(frozen=True)
class FrameRecipe:
    """A recipe, what it reads from outside (`fingerprints`), and the frame id both give."""

    graph: Recipe
    fingerprints: Mapping[str, JsonValue]
    exact: bool
    volatile: bool
    id: str


def frame_id(graph: Mapping[str, Any], fingerprints: Mapping[str, Any]) -> str:
    """The id of the frame that a recipe makes. Raises ProofsheetError if it is too long."""
    return _hashed(canonical({"recipe": graph, "fingerprints": fingerprints}))


def _hashed(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        raise ProofsheetError(
            f"The recipe of a frame has {len(data):,} bytes; at most {MAX_BYTES:,} fit into "
            "its file. A text this long, or a picture written out as text, belongs in a file"
        )
    return hashlib.sha256(data).hexdigest()[:16]


def planned_id(graph: Mapping[str, Any], fingerprints: Mapping[str, Any]) -> str:
    """The id of a frame's cell in a plan: of every run of a volatile cell the same."""
    return frame_id(graph, {name: of for name, of in fingerprints.items() if name != RUN})


@dataclass(frozen=True)
class Ending:
    """The stock node that saves what a recipe makes: the input it takes it by, and its widgets."""

    class_type: str
    input: str
    widgets: Mapping[str, JsonValue]


SAVE_IMAGE = Ending("SaveImage", "images", {"filename_prefix": "proofsheet"})


class RecipeWriter:
    """Writes the recipes of one sweep: what many of them share is written once. `extra` is what
    else tells their frames from others (the host's version)."""

    def __init__(self, ending: Ending, extra: Mapping[str, JsonValue]) -> None:
        self.ending = ending
        self.extra = extra
        self._nodes: dict[tuple[Any, ...], tuple[RecipeNode, str]] = {}
        self._read: dict[tuple[Any, ...], tuple[Mapping[str, JsonValue], str]] = {}

    def recipe(self, made: Output) -> FrameRecipe:
        """The recipe of the frame that holds this output. Raises ProofsheetError if it is too
        long."""
        nodes = made.node.order
        numbers = {node.key: str(number) for number, node in enumerate(nodes, start=1)}
        parts = [self._written(node, numbers) for node in nodes]
        parts.append(self._ended(numbers[made.node.key], made.slot))
        names = [str(number) for number in range(1, len(parts) + 1)]
        graph = {name: node for name, (node, _) in zip(names, parts, strict=True)}
        fingerprints, read = self._fingerprints(nodes, numbers)
        texts = sorted(f'"{n}":{text}' for n, (_, text) in zip(names, parts, strict=True))
        id = _hashed(f'{{"fingerprints":{read},"recipe":{{{",".join(texts)}}}}}')
        return FrameRecipe(graph, fingerprints, made.node.exact, made.node.volatile, id)

    def _ended(self, number: str, slot: int) -> tuple[RecipeNode, str]:
        known = (number, slot)
        if known not in self._nodes:
            inputs = {**self.ending.widgets, self.ending.input: [number, slot]}
            saved = RecipeNode(inputs=inputs, class_type=self.ending.class_type)
            self._nodes[known] = saved, canonical(saved)
        return self._nodes[known]

    def _written(self, node: Node, numbers: Mapping[str, str]) -> tuple[RecipeNode, str]:
        """A node in API format, and its canonical JSON."""
        known = (node.key, *[numbers[link.node.key] for link in node.links])
        if known not in self._nodes:
            inputs: dict[str, Any] = {}  # in the order of their names
            texts: list[str] = []
            for name, item in node.inputs.items():
                if isinstance(item, Output):
                    number = numbers[item.node.key]
                    inputs[name], text = [number, item.slot], f'["{number}",{item.slot}]'
                elif item.is_wrapped:
                    inputs[name], text = {"__value__": item.value}, f'{{"__value__":{item.key}}}'
                else:
                    inputs[name], text = item.value, item.key
                texts.append(f"{_quoted(name)}:{text}")
            text = f'{{"class_type":{_quoted(node.class_type)},"inputs":{{{",".join(texts)}}}}}'
            self._nodes[known] = RecipeNode(inputs=inputs, class_type=node.class_type), text
        return self._nodes[known]

    def _fingerprints(
        self, nodes: Sequence[Node], numbers: Mapping[str, str]
    ) -> tuple[Mapping[str, JsonValue], str]:
        reading = [node for node in nodes if node.fingerprints]
        known = tuple((numbers[node.key], node.key) for node in reading)
        if known not in self._read:
            read = {numbers[node.key]: dict(node.fingerprints) for node in reading}
            found = {**self.extra, **({"nodes": read} if read else {})}
            self._read[known] = found, canonical(found)
        return self._read[known]


@functools.lru_cache(maxsize=4096)
def _quoted(name: str) -> str:
    return canonical(name)


def parsed(graph: Recipe, fingerprints: Mapping[str, Any]) -> dict[str, Node]:
    """A written recipe as nodes again, by number: to build a further recipe upon it."""
    read = fingerprints.get("nodes", {})
    nodes: dict[str, Node] = {}
    for number, node in graph.items():  # every node stands after those it reads
        inputs: dict[str, Item] = {}
        for name, value in node["inputs"].items():
            is_node = is_link(value) and value[0] in nodes
            literal = Literal(unwrap(value), is_bare=isinstance(value, list))
            inputs[name] = Output(nodes[value[0]], value[1]) if is_node else literal
        nodes[number] = Node(node["class_type"], inputs, read.get(number, {}))
    return nodes


def model_name(recipe: Recipe) -> str | None:
    """The file the model came from, without folder and ending."""
    for node in recipe.values():
        if node["class_type"] == node_ids.DEMO_MODEL:
            return "Demo Model"
        for name in ("ckpt_name", "unet_name", "model_name"):
            value = node["inputs"].get(name)
            if isinstance(value, str):
                return value.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or value
    return None
