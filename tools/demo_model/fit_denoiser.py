"""Trains the denoiser and the text encoder on latents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from . import prompts
from .dataset import load_listing
from .denoiser import Denoiser, ids_of
from .runs import autocast, load_checkpoint
from .training import Trainer

UNSAID = 0.1  # share of samples without a prompt, for classifier-free guidance
AVERAGE = 0.998


@dataclass(frozen=True)
class Samples:
    latents: Tensor  # (pictures, 16, 16, 16), half precision
    ids: Tensor  # (pictures, captions, length)

    def pick(self, size: int, source: torch.Generator, device: str) -> tuple[Tensor, Tensor]:
        number, captions = self.ids.shape[:2]
        rows = torch.randint(number, (size,), generator=source)
        said = self.ids[rows, torch.randint(captions, (size,), generator=source)].long()
        said[torch.rand(size, generator=source) < UNSAID] = 0
        return self.latents[rows].float().to(device), said.to(device)


def load_samples(folder: Path, name: str) -> Samples:
    """Latents and word ids of a set, without what the fixed prompts ask for."""
    state = load_checkpoint(folder / f"{name}_latents.pt")
    if state is None:
        raise SystemExit(f"no latents of {name} in {folder}: run the step `latents` first")
    captions, shown = load_listing(folder, name)
    rows = prompts.unseen(shown)
    return Samples(state["latents"][rows], ids_of([captions[row] for row in rows]))


@dataclass(frozen=True)
class Settings:
    batch: int = 64
    rate: float = 1e-3
    muon_rate: float = 2e-3
    warm_up: int = 150
    hold: float = 0.4  # share of the budget before the rate begins to fall
    compiled: bool = False


def noise_levels(size: int, source: torch.Generator) -> Tensor:
    """Logit-normal levels moved towards noise; a tenth uniform, so that the ends are seen."""
    levels = torch.sigmoid(torch.randn(size, generator=source))
    levels = 2 * levels / (1 + levels)
    uniform = torch.rand(size, generator=source).clamp(min=1e-3)
    return torch.where(torch.rand(size, generator=source) < 0.1, uniform, levels)


def flow_loss(
    net: torch.nn.Module, latents: Tensor, ids: Tensor, source: torch.Generator
) -> Tensor:
    level = noise_levels(len(latents), source).to(latents.device)
    noise = torch.randn(latents.shape, generator=source).to(latents.device)
    share = level[:, None, None, None]
    with autocast(latents.device.type):
        flow = net((1 - share) * latents + share * noise, level, ids)
    return F.mse_loss(flow.float(), noise - latents)


def optimisers(net: Denoiser, settings: Settings) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks, AdamW for everything else."""
    named = list(net.named_parameters())
    matrices = [p for n, p in named if p.ndim == 2 and "joint_blocks" in n and "adaLN" not in n]
    inside = {id(parameter) for parameter in matrices}
    others = [p for _, p in named if p.ndim >= 2 and id(p) not in inside]
    vectors = [p for _, p in named if p.ndim < 2]
    groups = [{"params": others, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
    adam = torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98))
    muon = torch.optim.Muon(
        matrices, lr=settings.muon_rate, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"
    )
    return [adam, muon]


def rate_share(step: int, done: float, settings: Settings) -> float:
    """Up over the first steps, flat, then straight down to nothing."""
    return min(1, (step + 1) / settings.warm_up, max(0.0, 1 - done) / (1 - settings.hold))


class DenoiserTrainer(Trainer):
    name = "denoiser"

    def __init__(self, folder: Path, device: str, settings: Settings, seed: int = 1) -> None:
        torch.manual_seed(seed)
        super().__init__(folder / "denoiser.pt", Denoiser(), device)
        self.settings = settings
        self.train = load_samples(folder, "train")
        self.held_out = load_samples(folder, "held_out")
        self.average = [p.detach().clone() for p in self.net.parameters()]
        self.optimisers = optimisers(self.net, settings)
        self.remember_peaks()
        self.resume()
        self.source = torch.Generator().manual_seed(seed * 1_000_003 + self.run.steps)
        self.forward = torch.compile(self.net) if settings.compiled else self.net

    def state(self) -> dict[str, Any]:
        names = [name for name, _ in self.net.named_parameters()]
        return {**super().state(), "average": dict(zip(names, self.average, strict=True))}

    def restore(self, state: dict[str, Any]) -> None:
        super().restore(state)
        self.average = [tensor.clone() for tensor in state["average"].values()]

    def step(self, done: float) -> float:
        settings = self.settings
        latents, ids = self.train.pick(settings.batch, self.source, self.device)
        loss = flow_loss(self.forward, latents, ids, self.source)
        self.update(loss, rate_share(self.run.steps, done, settings))
        self.run.steps += 1
        self.run.samples += settings.batch
        return loss.item()

    def follow(self, weights: list[Tensor]) -> None:
        """Move the running average, quickly at first."""
        keep = min(AVERAGE, (1 + self.run.steps) / (10 + self.run.steps))
        current = [weight.detach().to(self.device) for weight in weights]
        torch._foreach_lerp_(self.average, current, 1 - keep)

    @torch.no_grad()
    def check(self) -> str:
        """The loss of the average on held-out pictures, always with the same noise."""
        source, losses = torch.Generator().manual_seed(5), []
        kept = [p.detach().clone() for p in self.net.parameters()]
        self._set(self.average)
        for start in range(0, min(512, len(self.held_out.latents)), 128):
            latents = self.held_out.latents[start : start + 128].float().to(self.device)
            ids = self.held_out.ids[start : start + 128, 0].long().to(self.device)
            losses.append(flow_loss(self.net, latents, ids, source))
        self._set(kept)
        return f"held out {torch.stack(losses).mean().item():.4f},"

    @torch.no_grad()
    def _set(self, values: list[Tensor]) -> None:
        for parameter, value in zip(self.net.parameters(), values, strict=True):
            parameter.copy_(value)
