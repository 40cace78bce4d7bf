"""Makes pictures of the fixed prompts in the host and counts what they show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import comfy.sample
import numpy as np
import torch
from pack.nodes.host.demo.demo_model import load_demo_model
from PIL import Image
from torch import Tensor

from . import prompts
from .classifier import Classifier, name_attributes, rights, targets
from .dataset import Pictures
from .latents import to_tensor
from .picture import draw
from .progress import Progress
from .scene import COLOURS, HEADS, KINDS, PLACES, TIMES, WEATHERS, Scene, draw_scene

BATCH = 32
SEEDS = 12  # of each prompt, to see how much they differ
DIVERSITY_PROMPTS = 16


@dataclass(frozen=True)
class Sampling:
    steps: int = 16
    cfg: float = 3.0
    sampler: str = "euler"
    scheduler: str = "normal"


class Maker:
    """The model as a user has it: the pack's loader and the host's sampler."""

    def __init__(self, weights: Path, sampling: Sampling) -> None:
        self.model, self.clip, self.vae = load_demo_model(weights)
        self.sampling = sampling

    @torch.inference_mode()
    def make(self, texts: list[str], seeds: list[int]) -> Tensor:
        """(n, 3, 128, 128) in 0..1."""
        parts = [
            self._batch(texts[start : start + BATCH], seeds[start : start + BATCH])
            for start in range(0, len(texts), BATCH)
        ]
        return torch.cat(parts)

    def _batch(self, texts: list[str], seeds: list[int]) -> Tensor:
        empty = torch.zeros(len(texts), 16, 16, 16)
        noise = [comfy.sample.prepare_noise(empty[:1], seed) for seed in seeds]
        latents = comfy.sample.sample(
            self.model,
            torch.cat(noise),
            self.sampling.steps,
            self.sampling.cfg,
            self.sampling.sampler,
            self.sampling.scheduler,
            self._conditioning(texts),
            self._conditioning([""] * len(texts)),
            empty,
            seed=seeds[0],
            disable_pbar=True,
        )
        return self.vae.decode(latents).permute(0, 3, 1, 2).float()

    def _conditioning(self, texts: list[str]) -> list[list[Any]]:
        tokens = {"demo": [self.clip.tokenize(text)["demo"][0] for text in texts]}
        return self.clip.encode_from_tokens_scheduled(tokens)


def judge(maker: Maker, net: Classifier, entries: list[dict]) -> tuple[dict[str, float], Tensor]:
    """Shares of right attributes, `all five` among them, and the pictures."""
    made = maker.make([each["prompt"] for each in entries], [each["seed"] for each in entries])
    found, wanted = name_attributes(net, made), targets(entries)
    five = torch.stack([found[head] == wanted[head] for head in HEADS]).all(0)
    return {"all five": five.float().mean().item(), **rights(found, wanted)}, made


def spread(pictures: Tensor) -> float:
    """Mean L1 distance between every two pictures."""
    flat = pictures.flatten(1)
    return torch.pdist(flat, p=1).mean().item() / flat.shape[1]


def diversity(maker: Maker, entries: list[dict]) -> float:
    """How much seeds differ within a prompt, as a share of what drawn pictures do."""
    chosen = [entry for entry in entries if entry["count"] == 0][:DIVERSITY_PROMPTS]
    shares = []
    for entry in chosen:
        made = maker.make([entry["prompt"]] * SEEDS, list(range(1000, 1000 + SEEDS)))
        shares.append((spread(made), spread(drawn(entry))))
    return sum(made for made, _ in shares) / sum(real for _, real in shares)


def drawn(entry: dict) -> Tensor:
    """Pictures with the attributes of the entry; what it leaves unsaid is free."""
    found: list[np.ndarray] = []
    rng = Random(entry["seed"])
    while len(found) < SEEDS:
        found.append(np.asarray(draw(_scene(entry, rng), rng)))
    return to_tensor(np.stack(found), "cpu")


def _scene(entry: dict, rng: Random) -> Scene:
    """A random scene, until one has the right time, weather and a single thing."""
    while True:
        scene = draw_scene(rng)
        fits = scene.time == TIMES[entry["time"]] and scene.weather == WEATHERS[entry["weather"]]
        if fits and scene.style == "plain" and len(scene.things) == 1:
            break
    thing = scene.things[0]
    named = {"kind": KINDS[entry["kind"]], "colour": COLOURS[entry["colour"]]}
    size = thing.size if entry["count"] == 0 else ""
    thing = type(thing)(**named, count=entry["count"] + 1, size=size)
    return type(scene)(
        time=scene.time,
        weather=scene.weather,
        place=PLACES[entry["place"]],
        things=(thing,),
        extras=scene.extras,
    )


def reference(maker: Maker, net: Classifier, held_out: Pictures) -> dict[str, float]:
    """The classifier on drawn pictures that went through the VAE: what it can tell at best."""
    pictures, shown = held_out.pixels[:384], held_out.attributes[:384]
    real = to_tensor(pictures, "cpu")
    with torch.inference_mode():
        parts = real.permute(0, 2, 3, 1).split(BATCH)
        again = torch.cat([maker.vae.decode(maker.vae.encode(part)) for part in parts])
    again = again.permute(0, 3, 1, 2).float()
    error = (again - real).square().mean((1, 2, 3))
    shares = rights(name_attributes(net, again), targets(shown))
    return {**shares, "psnr": (-10 * torch.log10(error)).mean().item()}


def evaluate(
    weights: Path, net: Classifier, held_out: Pictures, how: tuple[Sampling, Path]
) -> dict:
    """Writes `<target>.json` with all numbers and `<target>.png` with the first 60 pictures."""
    sampling, target = how
    progress, maker = Progress("evaluate"), Maker(weights, sampling)
    shares, made = judge(maker, net, prompts.load())
    progress.show(0.6, force=True)
    result = {
        "weights": weights.name,
        "sampling": vars(sampling),
        "prompts": len(made),
        "right": shares,
        "seeds differ": diversity(maker, prompts.load()),
        "drawn pictures through the VAE": reference(maker, net, held_out),
    }
    target.with_suffix(".json").write_text(json.dumps(result, indent=2) + "\n")
    contact_sheet(made[:60]).save(target.with_suffix(".png"))
    progress.done(", ".join(f"{name} {share:.3f}" for name, share in shares.items()))
    return result


def contact_sheet(pictures: Tensor, columns: int = 10) -> Image.Image:
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * 132, rows * 132), "white")
    for index, picture in enumerate(pictures):
        pixels = (picture.clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()
        place = (index % columns * 132 + 2, index // columns * 132 + 2)
        sheet.paste(Image.fromarray(pixels), place)
    return sheet
