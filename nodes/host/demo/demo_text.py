"""The demo model's text side: a tokenizer of known words and a one-block encoder."""

from __future__ import annotations

import logging
from typing import Any

import comfy.model_management
import comfy.sd1_clip
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ...core.demo_words import WORDS, word_ids

LENGTH = 12
KEY = "demo"

log = logging.getLogger("proofsheet")


class TextEncoder(nn.Module):
    """Word ids (batch, length) to a context (batch, length, width) and a pooled (batch, width)."""

    heads = 4

    def __init__(self, words: int, length: int, width: int) -> None:
        super().__init__()
        self.emb = nn.Embedding(words, width)
        self.pos = nn.Parameter(torch.zeros(length, width))
        self.n1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.n2 = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 2 * width)
        self.fc2 = nn.Linear(2 * width, width)
        self.nf = nn.LayerNorm(width)

    def forward(self, ids: Tensor, weights: Tensor | None = None) -> tuple[Tensor, Tensor]:
        known = ids > 0
        x = self.emb(ids) + self.pos
        batch, length, width = x.shape
        split = self.qkv(self.n1(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = split.permute(2, 0, 3, 1, 4)
        # -1e4, not -inf: a prompt without a known word would otherwise give NaN.
        bias = torch.zeros(batch, 1, 1, length, dtype=q.dtype, device=q.device)
        bias = bias.masked_fill(~known[:, None, None, :], -1e4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = x + self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.nf(x + self.fc2(F.gelu(self.fc1(self.n2(x)))))
        if weights is not None:
            x = x * weights[..., None].to(x.dtype)
        mask = known[..., None].to(x.dtype)
        return x, (x * mask).sum(1) / mask.sum(1).clamp(min=1)


class DemoTokenizer:
    """The host's tokenizer interface over a fixed list of words; says once what it leaves out."""

    def __init__(self, embedding_directory: Any = None, tokenizer_data: dict | None = None) -> None:
        self._named: set[str] = set()

    def tokenize_with_weights(
        self, text: str, return_word_ids: bool = False, **options: Any
    ) -> dict[str, list[list[tuple]]]:
        segments = [(text, 1.0)]
        if not options.get("disable_weights", False):
            # `(word:1.3)` is emphasis as the host reads it, escaped brackets included.
            escaped = comfy.sd1_clip.escape_important(text)
            segments = [
                (comfy.sd1_clip.unescape_important(segment), weight)
                for segment, weight in comfy.sd1_clip.token_weights(escaped, 1.0)
            ]
        pairs: list[tuple[int, float]] = []
        unknown: list[str] = []
        for segment, weight in segments:
            ids, others = word_ids(segment)
            pairs += [(index, weight) for index in ids]
            unknown += others
        self._warn([*unknown, *(WORDS[index] for index, _ in pairs[LENGTH:])])
        row: list[tuple] = [*pairs[:LENGTH], *[(0, 1.0)] * (LENGTH - len(pairs))]
        if return_word_ids:
            row = [(*pair, place + 1) for place, pair in enumerate(row)]
        return {KEY: [row]}

    def untokenize(self, pairs: list[tuple]) -> list[tuple[tuple, str]]:
        return [(pair, WORDS[pair[0]]) for pair in pairs]

    def state_dict(self) -> dict:
        return {}

    def _warn(self, words: list[str]) -> None:
        fresh = [word for word in dict.fromkeys(words) if word not in self._named]
        if fresh:
            self._named.update(fresh)
            log.warning(
                "The demo model leaves out %s (unknown, or after %d known words).",
                ", ".join(fresh),
                LENGTH,
            )


class DemoText(nn.Module):
    """The host's text model interface. float32 whatever the host proposes: it weighs nothing."""

    def __init__(
        self,
        weights: dict[str, Tensor],
        device: Any = "cpu",
        dtype: torch.dtype | None = None,
        model_options: dict | None = None,
    ) -> None:
        super().__init__()
        self.dtypes = {torch.float32}
        words, width = weights["emb.weight"].shape
        if words != len(WORDS):
            raise ValueError(f"the weights know {words} words, the list has {len(WORDS)}")
        # On meta, so that no initialisation draws from the global random state.
        with torch.device("meta"):
            self.net = TextEncoder(words, LENGTH, width)
        ready = {key: value.to(device, torch.float32) for key, value in weights.items()}
        self.net.load_state_dict(ready, assign=True)

    def encode_token_weights(self, tokens: dict[str, list[list[tuple]]]) -> tuple[Tensor, Tensor]:
        rows, device = tokens[KEY], self.net.pos.device
        ids = torch.tensor([[token[0] for token in row] for row in rows], device=device)
        weights = torch.tensor([[float(token[1]) for token in row] for row in rows], device=device)
        target = comfy.model_management.intermediate_device()
        with torch.no_grad():
            context, pooled = self.net(ids, weights)
        return context.to(target), pooled.to(target)

    def set_clip_options(self, options: dict) -> None:
        """Layer choice and projection do not exist here."""

    def reset_clip_options(self) -> None:
        """See set_clip_options."""

    def load_sd(self, sd: dict[str, Tensor]) -> Any:
        return self.net.load_state_dict(sd)
