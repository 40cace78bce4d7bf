"""Noise with a seed of its own for each row of a batch, drawn by the host's own generators.

A host batch draws all rows' noise from one generator, so only its first row is what a single run
with that seed makes. Here every row is drawn as its single run draws it, and stacked.
"""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import comfy.k_diffusion.sampling as k_sampling
import comfy.samplers
import torch


class StepNoise(enum.Enum):
    """How a sampler draws noise while it runs, which decides whether rows may share a call."""

    NONE = "none"
    DEFAULT = "default"  # default_noise_sampler: takes one seed, so one is built for each row
    TREE = "tree"  # BrownianTreeNoiseSampler: takes a list of seeds
    ALONE = "alone"  # rows would influence each other, or nothing is known of it


DETERMINISTIC = frozenset(
    (
        *("ddim", "deis", "dpm_2", "dpm_fast", "dpmpp_2m", "dpmpp_2m_cfg_pp", "euler"),
        *("euler_cfg_pp", "exp_heun_2_x0", "gradient_estimation", "gradient_estimation_cfg_pp"),
        *("heun", "heunpp2", "ipndm", "ipndm_v", "lms", "uni_pc", "uni_pc_bh2"),
    )
)
"""Samplers of ComfyUI 0.3.75 to 0.33 that draw nothing at the settings KSampler gives them."""

COUPLED = frozenset({"dpm_adaptive"})
"""One error norm over the whole batch decides the step size."""

DRAWING = frozenset({"s_churn", "noise_sampler"})
"""Options that make a sampler draw noise of its own, or by somebody else's generator."""


@functools.lru_cache(maxsize=256)
def step_noise(algorithm: str) -> StepNoise:
    if algorithm in COUPLED:
        return StepNoise.ALONE
    if algorithm in DETERMINISTIC:
        return StepNoise.NONE
    function = getattr(k_sampling, f"sample_{algorithm}", None)
    if function is None or inspect.unwrap(function).__module__ != k_sampling.__name__:
        return StepNoise.ALONE  # added by another pack
    if "noise_sampler" not in inspect.signature(function).parameters:
        return StepNoise.ALONE
    uses = _names_used(function)
    if "BrownianTreeNoiseSampler" in uses:
        return StepNoise.TREE
    return StepNoise.DEFAULT if "default_noise_sampler" in uses else StepNoise.ALONE


def _names_used(function: Callable) -> set[str]:
    """Every name used by a function of k_diffusion.sampling and by those it calls."""
    found: set[str] = set()
    pending = [function]
    while pending:
        for name in inspect.unwrap(pending.pop()).__code__.co_names:
            called = getattr(k_sampling, name, None)
            if name not in found and inspect.isfunction(called):
                pending.append(called)
            found.add(name)
    return found


def algorithm_of(sampler: object) -> str | None:
    """The name of the host's algorithm that a sampler object runs with plain options of its own;
    None if it is another pack's, or its options may couple rows."""
    if type(sampler) is not comfy.samplers.KSAMPLER:
        return None
    function, options = sampler.sampler_function, sampler.extra_options
    plain = all(isinstance(value, str | int | float | bool | None) for value in options.values())
    if not plain or DRAWING & options.keys():
        return None
    name = getattr(function, "__name__", "").removeprefix("sample_")
    return name if getattr(k_sampling, f"sample_{name}", None) is function else None


def batch_sampler(
    sampler: comfy.samplers.KSAMPLER, algorithm: str, seeds: Sequence[int]
) -> comfy.samplers.KSAMPLER:
    """The host's sampler, its step noise drawn for each row from that row's seed."""
    kind, function = step_noise(algorithm), sampler.sampler_function
    if kind is StepNoise.NONE:
        return sampler

    def rows(
        model: Any,
        x: torch.Tensor,
        sigmas: torch.Tensor,
        extra_args: dict[str, Any] | None = None,
        callback: Callable | None = None,
        disable: bool | None = None,
        **options: Any,
    ) -> Any:
        if kind is StepNoise.TREE:
            extra_args = {**(extra_args or {}), "seed": list(seeds)}
        else:
            options["noise_sampler"] = _row_noise(x, seeds)
        return function(
            model, x, sigmas, extra_args=extra_args, callback=callback, disable=disable, **options
        )

    return comfy.samplers.KSAMPLER(rows, sampler.extra_options, sampler.inpaint_options)


def _row_noise(x: torch.Tensor, seeds: Sequence[int]) -> Callable[[Any, Any], torch.Tensor]:
    rows = [
        k_sampling.default_noise_sampler(x[i : i + 1], seed=seed) for i, seed in enumerate(seeds)
    ]
    return lambda sigma, sigma_next: torch.cat([row(sigma, sigma_next) for row in rows])


@contextmanager
def global_rng_untouched() -> Iterator[None]:
    """The host seeds torch's global generator for every picture; put it back afterwards."""
    devices = range(torch.cuda.device_count()) if torch.cuda.is_available() else ()
    with torch.random.fork_rng(devices=list(devices)):
        yield
