"""A long sheet that nobody sampled: its manifest, and thumbnails of its frames in a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

EDGE = 256  # of a thumbnail
SEEDS = 20  # columns


def manifest(count: int) -> dict[str, Any]:
    prompts = [f"prompt {number}" for number in range(1, count // SEEDS + 1)]
    axes = [
        {"name": "prompt", "labels": prompts, "values": [f"a {name}" for name in prompts]},
        {"name": "seed", "labels": [str(s) for s in range(SEEDS)], "values": list(range(SEEDS))},
    ]
    frames = [frame(number, prompts) for number in range(len(prompts) * SEEDS)]
    picks = {"text": "", "ids": [], "earlier": [], "gone": []}
    shape = {"rows": len(prompts), "columns": SEEDS, "constants": {"steps": 20}}
    return {"version": 1, "sweep": "bench", "axes": axes, "frames": frames, "picks": picks, **shape}


def frame(index: int, prompts: list[str]) -> dict[str, Any]:
    name, seed = prompts[index // SEEDS], index % SEEDS
    texts = {"positive": f"a {name}", "negative": "", "values": {"prompt": name, "seed": seed}}
    size = {"width": 2 * EDGE, "height": 2 * EDGE}
    return (
        {"number": index + 1, "id": f"{index:016x}", "status": "done", "seed": seed} | texts | size
    )


def fill(output: Path, count: int) -> None:
    """Thumbnails in the store; a few pictures, each in many files."""
    from PIL import Image

    pictures = []
    for shade in range(16):
        picture = Image.linear_gradient("L").rotate(shade * 20).resize((EDGE, EDGE))
        colours = Image.merge("RGB", (picture, picture.rotate(90), picture.rotate(180)))
        file = output / f"{shade}.webp"
        colours.save(file, quality=80)
        pictures.append(file.read_bytes())
    for index in range(count):
        name = f"{index:016x}"
        folder = output / "proofsheet" / "store" / name[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.webp").write_bytes(pictures[index % len(pictures)])
