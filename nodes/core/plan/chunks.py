"""In which order the cells of a run are made: those that can be sampled together, together.

A *stage* is one sampler node of the user's graph across the cells that need it. Which of its rows
really share a call is told by what arrives there (host/sampling); here only what the graph says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .graph import Literal, Node, Output
from .naming import SEEDS

STAGES = frozenset({"KSampler", "KSamplerAdvanced", "SamplerCustom", "SamplerCustomAdvanced"})
"""The stock samplers."""

SAME = frozenset({"model", "sampler", "sigmas"})
"""Inputs that rows of one call have in common."""

STEPS = 20
"""What is assumed of a schedule that the graph does not tell."""


def steps(node: Node) -> int:
    """About how many steps a sampler node takes."""
    sigmas = node.reads().get("sigmas")
    found = (sigmas.node if sigmas else node).literals().get("steps")
    return max(1, found) if isinstance(found, int) else STEPS


def sampler_name(node: Node) -> str | None:
    """The name behind the sampler of a custom stage; None if nobody knows."""
    sampler = node.reads().get("sampler")
    if sampler is None or sampler.node.class_type != "KSamplerSelect":
        return None
    name = sampler.node.literals().get("sampler_name")
    return name if isinstance(name, str) else None


class Stages:
    """The sampler nodes of a run's cuts. `origin`: the node of the user's, by a node's key."""

    def __init__(self, roots: Mapping[int, Node], origin: Mapping[str, str]) -> None:
        self.roots = roots
        self.origin = origin
        self._keys: dict[str, tuple[object, ...]] = {}
        self._forms: dict[str, str] = {}

    def of(self, cell: int) -> list[Node]:
        return [node for node in self.roots[cell].order if node.class_type in STAGES]

    def key(self, node: Node) -> tuple[object, ...]:
        """Nodes with equal keys are rows of one stage, and may be tried in one call."""
        if node.key not in self._keys:
            parts: list[object] = [node.class_type, self.origin.get(node.key)]
            for name, item in node.inputs.items():
                if isinstance(item, Literal):
                    parts.append((name, item.key) if name not in SEEDS else name)
                elif name in SAME:
                    parts.append((name, item.key))
                elif name == "guider":
                    model = item.node.inputs.get("model")
                    parts.append((item.node.class_type, model and model.key))
                    same = item.node.inputs.items()
                    parts.extend((n, i.key) for n, i in same if isinstance(i, Literal))
                elif name == "latent_image":
                    parts.append(self._form(item.node))
            self._keys[node.key] = tuple(parts)
        return self._keys[node.key]

    def _form(self, node: Node) -> str:
        """What tells the shape of a latent, as far as the graph does."""
        if node.key not in self._forms:
            parts = [node.class_type]
            for name, item in node.inputs.items():
                if isinstance(item, Output):
                    if node.class_type not in STAGES or name == "latent_image":
                        parts.append(self._form(item.node))
                elif node.class_type not in STAGES and not isinstance(item.value, str):
                    parts.append(f"{name}={item.key}")
            self._forms[node.key] = "(" + " ".join(parts) + ")"
        return self._forms[node.key]

    def chunks(self, cells: Sequence[int], size: int) -> list[list[int]]:
        """The cells in chunks of at most `size`, those of one model next to each other, so that
        each model is loaded once."""
        models: dict[object, dict[object, list[int]]] = {}
        for cell in cells:
            stages = self.of(cell)
            guiders = (node.reads().get("guider") for node in stages)
            holders = [g.node if g else n for g, n in zip(guiders, stages, strict=True)]
            model = tuple(h.inputs["model"].key for h in holders if "model" in h.inputs)
            together = tuple(self.key(node) for node in stages)
            models.setdefault(model, {}).setdefault(together, []).append(cell)
        groups = [group for of_model in models.values() for group in of_model.values()]
        return [group[i : i + size] for group in groups for i in range(0, len(group), size)]
