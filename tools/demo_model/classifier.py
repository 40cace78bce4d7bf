"""A small network that names a picture's attributes. Trained on drawn pictures, never on made ones.

It judges the model: see evaluate.py.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .dataset import Pictures
from .latents import to_tensor
from .progress import Progress
from .runs import Budget, autocast, load_checkpoint, save_checkpoint
from .scene import COUNTED, HEADS

SIZES = {**{head: len(names) for head, names in HEADS.items()}, "count": len(COUNTED)}
BATCH, RATE = 64, 2e-3


def _layer(inside: int, outside: int, stride: int) -> nn.Sequential:
    layer = nn.Conv2d(inside, outside, 3, stride, 1)
    return nn.Sequential(layer, nn.BatchNorm2d(outside), nn.ReLU())


class Classifier(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            _layer(3, 32, 2),
            _layer(32, 64, 2),
            _layer(64, 128, 1),
            _layer(128, 128, 2),
            _layer(128, 192, 1),
            _layer(192, 192, 2),
        )
        self.heads = nn.ModuleDict({name: nn.Linear(384, size) for name, size in SIZES.items()})

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """Pictures in 0..1, at half size."""
        found = self.features(pictures * 2 - 1)
        found = torch.cat([found.mean((2, 3)), found.amax((2, 3))], 1)
        return {name: head(found) for name, head in self.heads.items()}


def halved(pictures: Tensor) -> Tensor:
    return F.avg_pool2d(pictures, 2)


def roughened(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Noise, blur and brightness, so that it looks at shapes rather than at single pixels."""
    pictures = pictures + torch.randn_like(pictures) * float(rng.random()) * 0.05
    if rng.random() < 0.5:
        pictures = F.avg_pool2d(F.pad(pictures, (1, 1, 1, 1), mode="replicate"), 3, 1)
    return pictures * (1 + 0.1 * (torch.rand(len(pictures), 1, 1, 1, device=pictures.device) - 0.5))


def targets(attributes: list[dict[str, int]]) -> dict[str, Tensor]:
    return {name: torch.tensor([each[name] for each in attributes]) for name in SIZES}


def classification_loss(found: dict[str, Tensor], wanted: dict[str, Tensor]) -> Tensor:
    """-1 means that it cannot be told; such pictures do not count for that head."""
    losses = [
        F.cross_entropy(found[name], wanted[name], ignore_index=-1)
        for name in SIZES
        if (wanted[name] >= 0).any()
    ]
    return torch.stack(losses).sum()


def fit(folder: Path, train: Pictures, budget: Budget, device: str, seed: int = 1) -> Classifier:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Classifier().to(device)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    wanted, progress = targets(train.attributes), Progress("classifier")
    started, samples = time.monotonic(), 0
    while (done := budget.share(samples, time.monotonic() - started)) < 1:
        optimiser.param_groups[0]["lr"] = RATE * (1 - done)
        rows = np.sort(rng.integers(0, len(train), BATCH))
        pictures = roughened(halved(to_tensor(train.pixels[rows], device)), rng)
        here = {name: column[rows].to(device) for name, column in wanted.items()}
        with autocast(device):
            loss = classification_loss(net(pictures), here)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        samples += BATCH
        progress.show(done, f"loss {loss.item():.3f}")
    save_checkpoint(folder / "classifier.pt", {"net": net.state_dict()})
    progress.done(f"{samples} samples")
    return net.eval()


def load(folder: Path, device: str = "cpu") -> Classifier:
    state = load_checkpoint(folder / "classifier.pt", device)
    if state is None:
        raise SystemExit(f"no classifier in {folder}: run the step `classifier` first")
    net = Classifier().to(device)
    net.load_state_dict(state["net"])
    return net.eval()


@torch.no_grad()
def name_attributes(net: Classifier, pictures: Tensor) -> dict[str, Tensor]:
    """The index of each attribute of full-size pictures (n, 3, height, width) in 0..1."""
    rows = [net(halved(part)) for part in pictures.split(128)]
    return {name: torch.cat([row[name].argmax(1) for row in rows]) for name in SIZES}


def rights(found: dict[str, Tensor], wanted: dict[str, Tensor]) -> dict[str, float]:
    """The share of right answers for each head, among those that can be told."""
    shares = {}
    for name, column in wanted.items():
        told = column >= 0
        shares[name] = (found[name][told] == column[told]).float().mean().item()
    return shares
