"""A row: a sampler node of somebody's graph, with the values that the host would call it with.

What is read here is what the host's own node does with its inputs before and after it samples:
`common_ksampler` for KSampler and KSamplerAdvanced, `execute` for the two custom ones. So one row
of `sample` is the node's own result, to the bit.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import comfy.sample
import comfy.samplers
import torch
from comfy.model_patcher import ModelPatcher
from torch import Tensor

from ..store.latents import Latent
from . import noise

KSAMPLER = "KSampler"
ADVANCED = "KSamplerAdvanced"
GUIDED = "SamplerCustomAdvanced"

Samples = Any
"""A tensor [rows, channels, ...], or a `comfy.nested_tensor.NestedTensor` of several."""

Outputs = tuple[Any, ...]
"""What a node returns, slot by slot."""


@dataclass(frozen=True, eq=False)
class Row:
    """`inputs` may hold more than the node declares; only what it declares is looked at.
    `sampler_name` is the name behind the `sampler` of a custom stage, None if nobody knows."""

    key: str
    class_type: str
    inputs: Mapping[str, Any]
    sampler_name: str | None = None

    @property
    def model(self) -> ModelPatcher:
        if self.class_type == GUIDED:
            return self.inputs["guider"].model_patcher
        return self.inputs["model"]

    @property
    def latent(self) -> Latent:
        return self.inputs["latent_image"]

    @property
    def seed(self) -> int:
        if self.class_type == GUIDED:
            return self.inputs["noise"].seed
        return self.inputs["seed" if self.class_type == KSAMPLER else "noise_seed"]

    @cached_property
    def samples(self) -> Samples:
        """The latent's samples with the channels the model wants."""
        hints = [self.latent.get(name) for name in latent_hints()]
        return comfy.sample.fix_empty_latent_channels(self.model, self.latent["samples"], *hints)

    @cached_property
    def guider(self) -> comfy.samplers.CFGGuider:
        """The guider it samples with: nodes without one build it from their conditionings."""
        if self.class_type == GUIDED:
            return self.inputs["guider"]
        guider = comfy.samplers.CFGGuider(self.inputs["model"])
        guider.set_conds(self.inputs["positive"], self.inputs["negative"])
        guider.set_cfg(self.inputs["cfg"])
        return guider

    @property
    def algorithm(self) -> str | None:
        """The name of the sampler it runs, None if nobody knows what that does."""
        if self.class_type in (KSAMPLER, ADVANCED):
            return self.inputs["sampler_name"]
        return self.sampler_name or noise.algorithm_of(self.inputs["sampler"])

    @property
    def sampler(self) -> Any:
        if self.class_type in (KSAMPLER, ADVANCED):
            return comfy.samplers.sampler_object(self.inputs["sampler_name"])
        return self.inputs["sampler"]

    @property
    def sigmas(self) -> Tensor:
        """None at all if there is nothing to do: the latent then stays as it is."""
        if self.class_type == KSAMPLER:
            return self._schedule(self.inputs["denoise"])
        if self.class_type == ADVANCED:
            return self._part(self._schedule(1.0))
        return self.inputs["sigmas"]

    def _schedule(self, denoise: float) -> Tensor:
        return comfy.samplers.KSampler(
            self.model,
            steps=self.inputs["steps"],
            device=self.model.load_device,
            sampler=self.inputs["sampler_name"],
            scheduler=self.inputs["scheduler"],
            denoise=denoise,
            model_options=self.model.model_options,
        ).sigmas

    def _part(self, sigmas: Tensor) -> Tensor:
        """As comfy.samplers.KSampler.sample cuts a schedule, which takes no sampler object."""
        start, end = self.inputs["start_at_step"], self.inputs["end_at_step"]
        if end < len(sigmas) - 1:
            sigmas = sigmas[: end + 1].clone()
            if self.inputs["return_with_leftover_noise"] != "enable":
                sigmas[-1] = 0
        return sigmas[start:] if start < len(sigmas) - 1 else sigmas[:0]

    def noise(self) -> Samples:
        """What it starts from, drawn as its node draws it."""
        if self.class_type == GUIDED:
            return self.inputs["noise"].generate_noise({**self.latent, "samples": self.samples})
        added = self.inputs.get("add_noise") if self.class_type != KSAMPLER else True
        if added in (False, "disable"):
            own, newer = self.samples, getattr(comfy.sample, "prepare_empty_noise", None)
            if newer is not None:  # knows nested latents
                return newer(own)
            return torch.zeros(own.size(), dtype=own.dtype, layout=own.layout, device="cpu")
        return comfy.sample.prepare_noise(self.samples, self.seed, self.latent.get("batch_index"))

    def outputs(self, samples: Samples, denoised: Samples | None) -> Outputs:
        """What its node returns. `denoised` is None if no step was taken."""
        # What an empty latent says of its scale does not outlive sampling.
        hints = latent_hints()
        kept = {k: v for k, v in self.latent.items() if k not in hints}
        output = {**kept, "samples": samples}
        if self.class_type in (KSAMPLER, ADVANCED):
            return (output,)
        if denoised is None:
            return (output, output)
        return (output, {**self.latent, "samples": denoised})


def latent_hints() -> list[str]:
    """The latent keys that the host reads the scale of an empty latent from: 0.11 and later."""
    return list(inspect.signature(comfy.sample.fix_empty_latent_channels).parameters)[2:]
