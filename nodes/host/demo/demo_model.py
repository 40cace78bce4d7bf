"""The demo model's weights as the host's own MODEL, CLIP and VAE objects."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import comfy.latent_formats
import comfy.sd
import comfy.supported_models_base
import comfy.taesd.taesd
import comfy.utils
import torch
from comfy.model_patcher import ModelPatcher
from comfy.sd import CLIP, VAE
from safetensors.torch import load_file
from torch import Tensor

from .demo_text import DemoText, DemoTokenizer

WEIGHTS = Path(__file__).with_name("demo_model.safetensors")

Weights = dict[str, Tensor]


def fingerprint(path: Path = WEIGHTS) -> str:
    """A hash of the file's content: other weights are another model."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_demo_model(path: Path = WEIGHTS) -> tuple[ModelPatcher, CLIP, VAE]:
    weights = load_file(path)
    # Ordinary tensors, so that what is loaded inside the executor also works outside of it.
    with torch.inference_mode(False), torch.no_grad():
        model: Any = comfy.sd.load_diffusion_model_state_dict(
            _under("model.diffusion_model.", weights), model_options={"dtype": torch.float32}
        )
        text = _under("text_encoders.demo.", weights)
        target = comfy.supported_models_base.ClipTarget(DemoTokenizer, DemoText)
        target.params = {"weights": text}
        clip = CLIP(target, parameters=comfy.utils.calculate_parameters(text))
        vae = VAE(sd=_widened(_under("vae.", weights)), dtype=torch.float32)
    if model is None:
        raise RuntimeError("this ComfyUI does not recognise the demo model's denoiser (SD3 MMDiT)")
    modules: tuple[Any, ...] = (model.model, clip.cond_stage_model, vae.first_stage_model)
    for module in modules:
        module.requires_grad_(False)
    return model, clip, vae


def _under(prefix: str, weights: Weights) -> Weights:
    """The tensors whose names begin with `prefix`, without it, in float32 (CPUs lack half)."""
    found = {
        key.removeprefix(prefix): value.float()
        for key, value in weights.items()
        if key.startswith(prefix)
    }
    if not found:
        raise ValueError(f"no tensors named {prefix}* in the demo model's weights")
    return found


def _widened(weights: Weights) -> Weights:
    """Pad thin layers with zeros to the host's widths; an absent block becomes the identity.

    Exact: a zero channel stays zero through every ReLU, and a block adds its (zero) convolutions
    to values that are already positive. Any widths up to the host's fit.
    """
    channels = weights["taesd_decoder.1.weight"].shape[1]
    with torch.device("meta"):
        shapes = comfy.taesd.taesd.TAESD(latent_channels=channels).state_dict()
    if stray := weights.keys() - shapes.keys():
        raise ValueError(f"tensors the host's TAESD does not have: {sorted(stray)}")
    wide = {key: torch.zeros(empty.shape) for key, empty in shapes.items()}
    for key, thin in weights.items():
        wide[key][tuple(slice(size) for size in thin.shape)] = thin
    # The denoiser works on the encoder's own values: undo the latent format's shift and scale.
    latents = comfy.latent_formats.SD3()
    wide["vae_scale"] = torch.tensor(latents.scale_factor)
    wide["vae_shift"] = torch.tensor(latents.shift_factor)
    return wide
