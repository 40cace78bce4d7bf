"""Trains the VAE on crops, at the end on whole pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .autoencoder import Autoencoder
from .dataset import SIDE, Pictures, load
from .latents import to_tensor
from .runs import autocast
from .training import Trainer

CROP, CELL = 64, 8
WHOLE_FROM = 0.8  # share of the budget after which whole pictures are shown
NOISE = 0.18  # on latents, so that the denoiser's small errors do no harm


@dataclass(frozen=True)
class Settings:
    batch: int = 16  # crops; whole pictures are four times as large, so a quarter as many
    rate: float = 1.5e-3
    warm_up: int = 100


def crops(pictures: Pictures, number: int, whole: bool, rng: np.random.Generator) -> np.ndarray:
    """Random places on the grid of cells: things are drawn on it, and the encoder counts by it."""
    rows = np.sort(rng.integers(0, len(pictures), number))
    if whole:
        return pictures.pixels[rows]
    places = rng.integers(0, (SIDE - CROP) // CELL + 1, (number, 2)) * CELL
    return np.stack(
        [
            pictures.pixels[row, y : y + CROP, x : x + CROP]
            for row, (y, x) in zip(rows, places, strict=True)
        ]
    )


def picture_loss(made: Tensor, real: Tensor) -> Tensor:
    """Colours, and the differences between neighbours, which are the outlines."""
    error = made - real
    across = (error[..., 1:] - error[..., :-1]).abs().mean()
    down = (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    return error.abs().mean() + 2 * error.square().mean() + 0.5 * (across + down)


def unit_penalty(latents: Tensor) -> Tensor:
    """Keeps each channel near mean 0 and variance 1 without the statistics of a batch."""
    mean, square = latents.mean((0, 2, 3)), latents.square().mean((0, 2, 3))
    return mean.square().mean() + (square - 1).abs().mean()


class AutoencoderTrainer(Trainer):
    name = "autoencoder"

    def __init__(self, folder: Path, device: str, settings: Settings, seed: int = 1) -> None:
        torch.manual_seed(seed)
        net = Autoencoder().to(memory_format=torch.channels_last)
        super().__init__(folder / "autoencoder.pt", net, device)
        self.settings = settings
        self.train, self.held_out = load(folder, "train"), load(folder, "held_out")
        adam = torch.optim.AdamW(
            net.parameters(), lr=settings.rate, betas=(0.9, 0.98), weight_decay=1e-4
        )
        self.optimisers = [adam]
        self.remember_peaks()
        self.resume()
        self.rng = np.random.default_rng((seed, self.run.steps))
        self.source = torch.Generator(device).manual_seed(seed * 1_000_003 + self.run.steps)

    def step(self, done: float) -> float:
        whole = done > WHOLE_FROM
        number = max(1, self.settings.batch // 4) if whole else self.settings.batch
        pixels = crops(self.train, number, whole, self.rng)
        if self.rng.random() < 0.5:
            pixels = pixels[:, :, ::-1]
        loss = self._loss(to_tensor(pixels, self.device))
        self.update(loss, self._rate_share(done))
        self.run.steps += 1
        self.run.samples += number
        return loss.item()

    def check(self) -> str:
        return f"held out {fidelity(self.net, self.held_out, self.device):.2f} dB,"

    def _loss(self, real: Tensor) -> Tensor:
        with autocast(self.device):
            latents = self.net.encoder(real)
            made = self.net.decoder(latents + self._noise(latents))
        return picture_loss(made.float(), real) + 3e-3 * unit_penalty(latents.float())

    def _noise(self, latents: Tensor) -> Tensor:
        """Of another strength for each picture."""
        options = {"generator": self.source, "device": latents.device}
        strength = torch.randn(len(latents), 1, 1, 1, **options).abs() * NOISE
        return torch.randn(latents.shape, **options) * strength

    def _rate_share(self, done: float) -> float:
        rise = min(1, (self.run.steps + 1) / self.settings.warm_up)
        return rise * (0.5 * (1 + math.cos(math.pi * min(done, 1))) + 0.004)


@torch.inference_mode()
def fidelity(net: Autoencoder, pictures: Pictures, device: str, number: int = 128) -> float:
    """PSNR in dB on the first `number` pictures."""
    found: list[Tensor] = []
    for start in range(0, min(number, len(pictures)), 32):
        real = to_tensor(pictures.pixels[start : start + 32], device)
        with autocast(device):
            made = net.decoder(net.encoder(real))
        error = (made.float().clamp(0, 1) - real).square().mean((1, 2, 3))
        found.append(-10 * torch.log10(error))
    return torch.cat(found).mean().item()
