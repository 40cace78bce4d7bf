"""What every training step shares: budgets, checkpoints, precision."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch


@dataclass(frozen=True)
class Budget:
    """When to stop: after so many samples, or minutes of training, whichever comes first."""

    samples: int = 0
    minutes: float = 0.0

    def __post_init__(self) -> None:
        if self.samples <= 0 and self.minutes <= 0:
            raise ValueError("a budget needs samples or minutes")

    def share(self, samples: int, seconds: float) -> float:
        by_samples = samples / self.samples if self.samples > 0 else 0.0
        by_minutes = seconds / 60 / self.minutes if self.minutes > 0 else 0.0
        return max(by_samples, by_minutes)


def autocast(device: str) -> Any:
    """bfloat16 where it is quick: every GPU in use, and processors with AVX-512 BF16."""
    return torch.autocast(device, torch.bfloat16)


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Written aside and renamed: a kill leaves the previous one whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".tmp")
    torch.save(state, aside)
    os.replace(aside, path)


def load_checkpoint(path: Path, device: str = "cpu") -> dict[str, Any] | None:
    if not path.exists():
        return None
    return torch.load(path, map_location=device, weights_only=True)
