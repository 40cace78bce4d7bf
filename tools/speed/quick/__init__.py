"""Decodes by enlarging the latent: it is not the making of pictures that is measured."""

from __future__ import annotations

from typing import Any

import comfy.sd
import torch

NODE_CLASS_MAPPINGS: dict[str, Any] = {}


def decode(_vae: Any, latent: torch.Tensor, *_args: Any, **_options: Any) -> torch.Tensor:
    size = [8 * edge for edge in latent.shape[-2:]]
    pictures = torch.nn.functional.interpolate(latent[:, :3].float(), size, mode="bilinear")
    return (pictures.movedim(1, -1) / 4 + 0.5).clamp(0, 1)


comfy.sd.VAE.decode = decode  # type: ignore[method-assign]
