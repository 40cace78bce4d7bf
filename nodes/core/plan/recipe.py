"""Recipes: the single-image workflow, of stock nodes only, that makes one frame alone.

A recipe is a graph in ComfyUI's API format. Node ids are given in a canonical order (every node
after the nodes it reads, inputs by name), and equal nodes are written once, so equal workflows
give equal recipes whatever their node ids were. A frame id hashes the recipe together with its
fingerprints: what the recipe reads from outside the graph, and the host's version, because the
same graph has made other noise in other versions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", frame_id(self.graph, self.fingerprints))


def frame_id(graph: Mapping[str, Any], fingerprints: Mapping[str, Any]) -> str:
    """The id of the frame that a recipe makes. Raises ProofsheetError if it is too long."""
    written = canonical({"recipe": graph, "fingerprints": fingerprints})
    data = written.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        raise ProofsheetError(
            f"The recipe of a frame has {len(data):,} bytes; at most {MAX_BYTES:,} fit into "
            "its file. A text this long, or a picture written out as text, belongs in a file"
        )
    return hashlib.sha256(data).hexdigest()[:16]


def planned_id(graph: Mapping[str, Any], fingerprints: Mapping[str, Any]) -> str:
    """The id of a frame's cell in a plan: of every run of a volatile cell the same."""
    return frame_id(graph, {name: of for name, of in fingerprints.items() if name != RUN})


def frame_recipe(inputs: Mapping[str, Item], extra: Mapping[str, JsonValue]) -> FrameRecipe:
    """The recipe of one cell. `inputs` holds the Sweep Sampler's inputs for it, `extra` what
    else tells its frame from others (host version, position in a list that cannot be sliced)."""
    latent = sampled(inputs)
    picture = Output(Node("VAEDecode", {"samples": latent, "vae": inputs["vae"]}), 0)
    prefix = Literal("proofsheet")
    saved = Node("SaveImage", {"images": picture, "filename_prefix": prefix})
    nodes = ordered(saved)
    numbers = {node.key: str(number) for number, node in enumerate(nodes, start=1)}
    graph = {numbers[node.key]: written(node, numbers) for node in nodes}
    read = {numbers[node.key]: dict(node.fingerprints) for node in nodes if node.fingerprints}
    fingerprints = {**extra, **({"nodes": read} if read else {})}
    return FrameRecipe(graph, fingerprints, saved.exact, saved.volatile)


def written(node: Node, numbers: Mapping[str, str]) -> RecipeNode:
    """A node in API format; `numbers` are those of the nodes it reads, by key."""
    inputs: dict[str, Any] = {}
    for name in sorted(node.inputs):
        item = node.inputs[name]
        if isinstance(item, Output):
            inputs[name] = [numbers[item.node.key], item.slot]
        else:
            inputs[name] = {"__value__": item.value} if isinstance(item.value, list) else item.value
    return {"inputs": inputs, "class_type": node.class_type}


def sampled(inputs: Mapping[str, Item]) -> Output:
    """The latent that a stock KSampler makes of a Sweep Sampler's inputs for one cell."""
    names = ("model", "positive", "negative", "latent_image", *SAMPLER_INPUTS)
    return Output(Node("KSampler", {name: inputs[name] for name in names}), 0)


LAST_ROW = 63  # the highest row that LatentFromBatch takes from a workflow


def row_of(latent: Item, row: int) -> Output:
    """One row of a latent batch, as the stock LatentFromBatch cuts it: it keeps the row's own
    noise (`batch_index`), so row 2 alone is what row 2 of the batch would have been."""
    inputs = {"samples": latent, "batch_index": Literal(row), "length": Literal(1)}
    return Output(Node("LatentFromBatch", inputs, exact=row <= LAST_ROW), 0)


def ordered(root: Node) -> list[Node]:
    """Every node below `root` once, each after the nodes it reads."""
    done: dict[str, Node] = {}
    stack: list[tuple[Node, Iterator[Node]]] = [(root, _reads(root))]
    while stack:
        node, reads = stack[-1]
        below = next((child for child in reads if child.key not in done), None)
        if below is not None:
            stack.append((below, _reads(below)))
            continue
        done[node.key] = node
        stack.pop()
    return list(done.values())


def _reads(node: Node) -> Iterator[Node]:
    for name in sorted(node.inputs):
        item = node.inputs[name]
        if isinstance(item, Output):
            yield item.node


def parsed(graph: Recipe, fingerprints: Mapping[str, Any]) -> dict[str, Node]:
    """A written recipe as nodes again, by number: to build a further recipe upon it."""
    read = fingerprints.get("nodes", {})
    nodes: dict[str, Node] = {}
    for number, node in graph.items():  # every node stands after those it reads
        inputs: dict[str, Item] = {}
        for name, value in node["inputs"].items():
            is_node = is_link(value) and value[0] in nodes
            inputs[name] = Output(nodes[value[0]], value[1]) if is_node else Literal(unwrap(value))
        nodes[number] = Node(node["class_type"], inputs, read.get(number, {}))
    return nodes


def find(recipe: Recipe, class_type: str) -> RecipeNode | None:
    """The last node of a class (the one nearest the picture)."""
    nodes = [node for node in recipe.values() if node.get("class_type") == class_type]
    return nodes[-1] if nodes else None


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
