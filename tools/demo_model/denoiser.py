"""The denoiser (the host's MMDiT, small) and the text encoder, as one module to train."""

from __future__ import annotations

from typing import Any

import comfy.ops
import torch
from comfy.ldm.modules.diffusionmodules import mmdit as host
from pack.nodes.core.demo_words import WORDS, word_ids
from pack.nodes.host.demo.demo_text import LENGTH, TextEncoder
from torch import Tensor, nn

DEPTH = 3  # the host takes 64 x depth as width: 4 would be too large a file
WIDTH = 128  # of the text
CHANNELS = 16
LATENT = 16  # side of the latent of a training picture


class Denoiser(nn.Module):
    """Predicts noise minus picture (rectified flow) from a mixture, its noise level, word ids."""

    def __init__(self) -> None:
        super().__init__()
        self.text = TextEncoder(len(WORDS), LENGTH, WIDTH)
        self.mmdit = _build_mmdit()
        if not torch.cuda.is_available():
            host.optimized_attention = attend  # in the training process only
        nn.init.normal_(self.text.emb.weight, 0, 0.5)
        nn.init.normal_(self.text.pos, 0, 0.2)
        place = self.mmdit.cropped_pos_embed((LATENT, LATENT)).detach()
        self.register_buffer("place", place, persistent=False)
        # The host computes this at every call; in training the size is always the same.
        self.mmdit.cropped_pos_embed = lambda *_, **__: self.place

    def forward(self, mixture: Tensor, level: Tensor, ids: Tensor) -> Tensor:
        context, pooled = self.text(ids)
        return self.mmdit(mixture, level * 1000, y=pooled, context=context)


def attend(q: Tensor, k: Tensor, v: Tensor, heads: int, *_: Any, **__: Any) -> Tensor:
    """The plain formula. On CPUs its gradient takes a quarter of the time of the fused one."""
    batch, length, width = q.shape
    q, k, v = (t.view(batch, length, heads, width // heads).transpose(1, 2) for t in (q, k, v))
    shares = torch.softmax(q * (width // heads) ** -0.5 @ k.transpose(-1, -2), -1)
    return (shares.to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, width)


def _build_mmdit() -> host.MMDiT:
    widen = {"in_features": WIDTH, "out_features": 64 * DEPTH}
    mmdit = host.MMDiT(
        input_size=None,
        patch_size=2,
        in_channels=CHANNELS,
        depth=DEPTH,
        adm_in_channels=WIDTH,
        context_embedder_config={"target": "torch.nn.Linear", "params": widen},
        qk_norm="rms",
        operations=comfy.ops.disable_weight_init,
        dtype=torch.float32,
        device="cpu",
    )
    with torch.no_grad():
        for name, parameter in mmdit.named_parameters():
            _initialise(name, parameter)
    return mmdit


def _initialise(name: str, parameter: Tensor) -> None:
    """The host leaves its layers uninitialised: it only ever loads them."""
    if "ln_q" in name or "ln_k" in name:
        parameter.fill_(1)
    elif parameter.ndim == 1 or "adaLN" in name or "final_layer.linear" in name:
        parameter.zero_()
    elif "t_embedder" in name or "y_embedder" in name:
        parameter.normal_(0, 0.02)
    else:
        nn.init.xavier_uniform_(parameter.view(parameter.shape[0], -1))


def ids_of(captions: list[list[str]]) -> Tensor:
    """Padded word ids of every caption of every picture: (pictures, captions, length)."""
    rows = [[_padded(word_ids(text)[0]) for text in texts] for texts in captions]
    return torch.tensor(rows, dtype=torch.uint8)


def _padded(ids: list[int]) -> list[int]:
    return ids[:LENGTH] + [0] * (LENGTH - len(ids))
