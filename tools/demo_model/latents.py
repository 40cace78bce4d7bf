"""Every picture of a set through the encoder, once, so that the denoiser need not do it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .dataset import Pictures
from .progress import Progress
from .runs import autocast, save_checkpoint

BATCH = 32


def to_tensor(pixels: np.ndarray, device: str) -> Tensor:
    """(n, height, width, 3) bytes to (n, 3, height, width) in 0..1."""
    picture = torch.from_numpy(np.array(pixels)).to(device)
    picture = picture.permute(0, 3, 1, 2).float().div(255)
    return picture.contiguous(memory_format=torch.channels_last)


@torch.inference_mode()
def encode(encoder: nn.Module, pictures: Pictures, device: str, name: str = "") -> Tensor:
    encoder.eval().to(memory_format=torch.channels_last)
    done: list[Tensor] = []
    progress = Progress(f"encode {name}")
    for start in range(0, len(pictures), BATCH):
        batch = to_tensor(pictures.pixels[start : start + BATCH], device)
        with autocast(device):
            latents = encoder(batch)
        done.append(latents.to("cpu", torch.float16).contiguous())
        progress.show(start / len(pictures))
    progress.done()
    return torch.cat(done)


def write(encoder: nn.Module, pictures: Pictures, device: str, path: Path) -> None:
    save_checkpoint(path, {"latents": encode(encoder, pictures, device, path.stem)})
