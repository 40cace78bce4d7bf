"""The VAE: the host's TAESD, thinner. Names and places of its layers are the host's.

The pack pads the widths with zeros to the host's when it loads; a block left out here is an
nn.Identity, and there becomes a block of zeros, which is the same.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

CHANNELS = 16
WIDE, MIDDLE, DEEP = 32, 48, 64  # widths at full, half, and a quarter and an eighth of the size


def conv(inside: int, outside: int, **options: object) -> nn.Conv2d:
    return nn.Conv2d(inside, outside, 3, padding=1, **options)


class Clamp(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.tanh(x / 3) * 3


class Block(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        layers = [conv(width, width), nn.ReLU(), conv(width, width), nn.ReLU(), conv(width, width)]
        self.conv = nn.Sequential(*layers)
        with torch.no_grad():
            layers[-1].weight.mul_(0.3)
            layers[-1].bias.zero_()

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.conv(x) + x)


def _blocks(width: int, number: int) -> list[nn.Module]:
    """Three places, `number` of them filled."""
    return [Block(width) if place < number else nn.Identity() for place in range(3)]


def _down(inside: int, outside: int) -> nn.Module:
    return conv(inside, outside, stride=2, bias=False)


def _up(inside: int, outside: int) -> list[nn.Module]:
    return [nn.Upsample(scale_factor=2), conv(inside, outside, bias=False)]


def encoder() -> nn.Sequential:
    return nn.Sequential(
        *(conv(3, WIDE), Block(WIDE)),
        *(_down(WIDE, MIDDLE), *_blocks(MIDDLE, 2)),
        *(_down(MIDDLE, DEEP), *_blocks(DEEP, 2)),
        *(_down(DEEP, DEEP), *_blocks(DEEP, 2)),
        conv(DEEP, CHANNELS),
    )


def decoder() -> nn.Sequential:
    return nn.Sequential(
        *(Clamp(), conv(CHANNELS, DEEP), nn.ReLU(), *_blocks(DEEP, 3)),
        *(*_up(DEEP, DEEP), *_blocks(DEEP, 3)),
        *(*_up(DEEP, MIDDLE), *_blocks(MIDDLE, 2)),
        *(*_up(MIDDLE, WIDE), Block(WIDE), conv(WIDE, 3)),
    )


class Autoencoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.decoder = encoder(), decoder()

    def weights(self) -> dict[str, Tensor]:
        """Under the host's names."""
        return {f"taesd_{key}": value for key, value in self.state_dict().items()}


def adopt(module: nn.Module, weights: dict[str, Tensor]) -> None:
    """Take over thinner weights without changing what they compute.

    The new channels of a layer start at random but nothing reads them yet; a block that is new
    ends in zeros, so it starts as the identity.
    """
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            thin = weights.get(name)
            if thin is None:
                _silence(name, parameter)
                continue
            place = tuple(slice(size) for size in thin.shape)
            if parameter.ndim == 4:
                parameter[:, thin.shape[1] :] = 0
                parameter[thin.shape[0] :] *= 0.5
            else:
                parameter[thin.shape[0] :] = 0
            parameter[place] = thin


def _silence(name: str, parameter: Tensor) -> None:
    """Zero the last convolution of a new block."""
    if name.split(".")[-2] == "4":
        parameter.zero_()
