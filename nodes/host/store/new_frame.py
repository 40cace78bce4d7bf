"""A frame on its way into the store: its files, and the texts of its PNG."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...core.plan.frame_texts import VERSION, Facts, Making
from . import encoding, images, latents


@dataclass(frozen=True)
class NewFrame:
    """`pictures` are uint8 [H, W, C], the first is the frame's own. The id is that of the recipe
    with the fingerprints among the facts, or, where there is no recipe, of the picture."""

    id: str
    pictures: Sequence[images.Pixels]
    latent: Mapping[str, Any] | None
    recipe: Mapping[str, Any]
    parameters: str
    facts: Making = field(default_factory=Making)

    def files(self) -> dict[str, bytes]:
        """What lies beside its PNG, by ending: the latent and further pictures."""
        further = {f".{n}.png": encoding.png(p) for n, p in enumerate(self.pictures[1:], start=2)}
        latent = {} if self.latent is None else {".safetensors": latents.to_bytes(self.latent)}
        return {**latent, **further}

    def texts(self, thumb: str, files: dict[str, str]) -> dict[str, str]:
        """What its PNG will say. `thumb` and `files` are hashes."""
        facts = Facts(version=VERSION, id=self.id, thumb=thumb, **self.facts, files=files)
        recipe = {"prompt": json.dumps(self.recipe)} if self.recipe else {}
        parameters = {encoding.PARAMETERS: self.parameters} if self.parameters else {}
        return {**recipe, **parameters, "proofsheet": json.dumps(facts)}
