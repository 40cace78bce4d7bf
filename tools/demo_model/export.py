"""Checkpoints to the one file that the pack loads: half precision, the host's names."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from .runs import load_checkpoint

LARGEST = 12_000_000


def collect(autoencoder: dict[str, Tensor], denoiser: dict[str, Tensor]) -> dict[str, Tensor]:
    named = {f"vae.taesd_{key}": value for key, value in autoencoder.items()}
    for key, value in denoiser.items():
        part, rest = key.split(".", 1)
        prefix = {"mmdit": "model.diffusion_model.", "text": "text_encoders.demo."}[part]
        named[prefix + rest] = value
    return {
        key: value.detach().to("cpu", torch.float16).contiguous() for key, value in named.items()
    }


def _autoencoder(folder: Path) -> dict[str, Tensor]:
    """With the decoder that was trained further, where there is one."""
    if further := load_checkpoint(folder / "decoder.pt"):
        return further["whole"]
    state = load_checkpoint(folder / "autoencoder.pt")
    if state is None:
        raise SystemExit(f"no trained autoencoder in {folder}")
    return state["net"]


def export(folder: Path, target: Path) -> int:
    """Write the weights file; returns its size in bytes."""
    denoiser = load_checkpoint(folder / "denoiser.pt")
    if denoiser is None:
        raise SystemExit(f"no trained denoiser in {folder}")
    weights = collect(_autoencoder(folder), denoiser["average"])
    save_file(weights, target, metadata={"format": "pt"})
    size = target.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{target} has {size} bytes, allowed are {LARGEST}")
    return size
