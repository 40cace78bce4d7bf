"""Whether the rows of a call could influence each other through what a guider or a model carries.

Known are the host's own guiders and noises, and what its own nodes put on a model. What other
packs put there may look at the whole batch, or draw from the one global generator: in doubt, no.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import comfy.samplers
import torch

GUIDERS = frozenset({"Guider_Basic", "Guider_DualCFG"})
NOISES = frozenset({"Noise_RandomNoise", "Noise_EmptyNoise"})
CUSTOM_SAMPLING = "nodes_custom_sampler"

COUPLING = {
    "context_windows": "mixes noise by the one seed of the call, and may take rows for frames",
    "nodes_easycache": "one change over the whole batch decides what is skipped",
    "nodes_hypertile": "draws from the global generator",
    "nodes_mahiro": "one similarity over the whole batch",
    "nodes_perpneg": "one projection over the whole batch",
    "nodes_slg": "one deviation over the whole batch",
    "nodes_tomesd": "draws from the global generator",
}
"""The host's own files whose additions to a model couple rows, and how."""

ONE_ROW = frozenset({"MiniMaxH3Model"})
"""Models of the host that take one row a call."""

HOST = frozenset({"comfy", "comfy_api", "comfy_api_nodes", "comfy_extras", "comfy_execution"})
LIBRARIES = frozenset({"builtins", "torch", "functools", "uuid", "numpy", "collections"})


def is_stock_guider(guider: object) -> bool:
    if type(guider) is comfy.samplers.CFGGuider:
        return True
    return type(guider).__name__ in GUIDERS and _file_of(type(guider)) == CUSTOM_SAMPLING


def is_stock_noise(noise: object) -> bool:
    return type(noise).__name__ in NOISES and _file_of(type(noise)) == CUSTOM_SAMPLING


def is_coupled(guider: comfy.samplers.CFGGuider) -> bool:
    """True if the guider's model, or anything in its options, looks at more than a row, or may."""
    network = getattr(guider.model_patcher.model, "diffusion_model", None)
    files = {_file_of(value) for value in _carried(guider.model_options)}
    return type(network).__name__ in ONE_ROW or None in files or bool(files & COUPLING.keys())


def _carried(value: object) -> Iterator[object]:
    """The functions and objects that model options hold, at any depth."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _carried(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _carried(each)
    elif isinstance(value, functools.partial):
        yield from _carried((value.func, value.args, value.keywords))
    elif not isinstance(value, str | int | float | bool | torch.Tensor | None):
        yield value


def _file_of(value: object) -> str | None:
    """The last name of the module that its code is in, None if that is another pack's."""
    module = getattr(value, "__module__", None) or type(value).__module__
    parts = re.split(r"[/\\]", module)
    if len(parts) > 1:  # the host names the modules of its node files by their path
        return parts[-1] if parts[-2] == "comfy_extras" else None
    names = module.split(".")
    return names[-1] if names[0] in HOST | LIBRARIES else None
