"""Trains the decoder further on fixed latents, with more noise: it learns to draw clean outlines
from what the denoiser gets slightly wrong."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .autoencoder import Autoencoder
from .dataset import load
from .fit_autoencoder import Settings, picture_loss
from .latents import to_tensor
from .runs import autocast, load_checkpoint
from .training import Trainer

NOISE = 0.25
WHOLE = 4  # pictures of a batch where the settings say 16 crops


class DecoderTrainer(Trainer):
    """Keeps the whole autoencoder in its checkpoint, so that this replaces the earlier one."""

    name = "decoder"

    def __init__(self, folder: Path, device: str, settings: Settings, seed: int = 1) -> None:
        torch.manual_seed(seed)
        self.whole = _trained(folder, device)
        decoder = self.whole.decoder.to(memory_format=torch.channels_last)
        super().__init__(folder / "decoder.pt", decoder, device)
        self.settings = settings
        self.train, self.held_out = load(folder, "train"), load(folder, "held_out")
        self.latents = _latents(folder, "train")
        self.held_latents = _latents(folder, "held_out")
        adam = torch.optim.AdamW(
            decoder.parameters(), lr=settings.rate, betas=(0.9, 0.98), weight_decay=1e-4
        )
        self.optimisers = [adam]
        self.remember_peaks()
        self.resume()
        self.rng = np.random.default_rng((seed, self.run.steps))
        self.source = torch.Generator(device).manual_seed(seed * 1_000_003 + self.run.steps)

    def state(self) -> dict[str, Any]:
        return {**super().state(), "whole": self.whole.state_dict()}

    def step(self, done: float) -> float:
        number = max(1, self.settings.batch * WHOLE // 16)
        rows = np.sort(self.rng.integers(0, len(self.latents), number))
        latents = self.latents[rows].float().to(self.device)
        options = {"generator": self.source, "device": self.device}
        strength = torch.randn(number, 1, 1, 1, **options).abs() * NOISE
        noisy = latents + torch.randn(latents.shape, **options) * strength
        with autocast(self.device):
            made = self.net(noisy.contiguous(memory_format=torch.channels_last))
        loss = picture_loss(made.float(), to_tensor(self.train.pixels[rows], self.device))
        rise = min(1, (self.run.steps + 1) / self.settings.warm_up)
        self.update(loss, rise * (0.5 * (1 + math.cos(math.pi * min(done, 1))) + 0.004))
        self.run.steps += 1
        self.run.samples += number
        return loss.item()

    @torch.inference_mode()
    def check(self) -> str:
        """PSNR from clean latents and from latents with a fixed amount of noise."""
        number = min(64, len(self.held_latents))
        real = to_tensor(self.held_out.pixels[:number], self.device)
        latents = self.held_latents[:number].float().to(self.device)
        source = torch.Generator().manual_seed(5)
        noise = torch.randn(latents.shape, generator=source).to(self.device)
        shares = []
        for strength in (0, 0.3):
            with autocast(self.device):
                made = self.net(latents + strength * noise).float().clamp(0, 1)
            error = (made - real).square().mean((1, 2, 3))
            shares.append((-10 * torch.log10(error)).mean().item())
        return "held out {:.2f} dB, from noisy latents {:.2f} dB,".format(*shares)


def _trained(folder: Path, device: str) -> Autoencoder:
    state = load_checkpoint(folder / "autoencoder.pt", device)
    if state is None:
        raise SystemExit("no autoencoder yet: run the step `autoencoder` first")
    net = Autoencoder()
    net.load_state_dict(state["net"])
    return net.to(device)


def _latents(folder: Path, name: str) -> torch.Tensor:
    state = load_checkpoint(folder / f"{name}_latents.pt")
    if state is None:
        raise SystemExit(f"no latents of {name}: run the step `latents` first")
    return state["latents"]
