"""Many pictures with captions and attributes, on disk: `<name>.npy` and `<name>.json`."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from .picture import draw
from .progress import Progress
from .scene import attributes, caption, draw_scene

SIDE = 128
CAPTIONS = 4  # of each picture: what is left unsaid changes
CHUNK = 256
# Seeds of one set never meet those of another.
FIRST_SEED = {"train": 0, "held_out": 900_000_000}


@dataclass(frozen=True)
class Pictures:
    pixels: np.ndarray  # (number, 128, 128, 3) uint8, read from disk as needed
    captions: list[list[str]]
    attributes: list[dict[str, int]]

    def __len__(self) -> int:
        return len(self.captions)


def one(seed: int) -> tuple[np.ndarray, list[str], dict[str, int]]:
    rng = Random(seed)
    scene = draw_scene(rng)
    pixels = np.asarray(draw(scene, rng))
    return pixels, [caption(scene, rng) for _ in range(CAPTIONS)], attributes(scene)


def build(folder: Path, name: str, number: int, workers: int) -> None:
    """Draw a set, unless it is already there in that size."""
    listing = folder / f"{name}.json"
    if listing.exists() and len(json.loads(listing.read_text())["captions"]) == number:
        return
    folder.mkdir(parents=True, exist_ok=True)
    shape = (number, SIDE, SIDE, 3)
    pixels = np.lib.format.open_memmap(folder / f"{name}.npy", "w+", np.uint8, shape)
    said: list[list[str]] = []
    told: list[dict[str, int]] = []
    progress, seeds = Progress(f"draw {name}"), range(number)
    with ProcessPoolExecutor(workers) as pool:
        shifted = (FIRST_SEED[name] + seed for seed in seeds)
        for index, drawn in enumerate(pool.map(one, shifted, chunksize=CHUNK)):
            pixels[index] = drawn[0]
            said.append(drawn[1])
            told.append(drawn[2])
            progress.show(index / number, f"{index} pictures")
    pixels.flush()
    listing.write_text(json.dumps({"captions": said, "attributes": told}))
    progress.done(f"{number} pictures")


def load_listing(folder: Path, name: str) -> tuple[list[list[str]], list[dict[str, int]]]:
    """Captions and attributes."""
    listing = json.loads((folder / f"{name}.json").read_text())
    return listing["captions"], listing["attributes"]


def load(folder: Path, name: str) -> Pictures:
    pixels = np.load(folder / f"{name}.npy", mmap_mode="r")
    return Pictures(pixels, *load_listing(folder, name))
