"""A long sheet that nobody sampled: its manifest, and thumbnails of its frames in a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

EDGE = 256  # of a thumbnail
SEEDS = 20  # columns


def manifest(count: int) -> dict[str, Any]:
    """As web/docs/manifest.schema.json says a Contact Sheet's is."""
    prompts = [f"prompt {number}" for number in range(1, count // SEEDS + 1)]
    axes = [
        {"name": "prompt", "labels": prompts, "values": [f"a {name}" for name in prompts]},
        {"name": "seed", "labels": [str(s) for s in range(SEEDS)], "values": list(range(SEEDS))},
    ]
    return {
        "version": 1,
        "sweep": f"{count:016x}",
        "combine": "every combination",
        "axes": axes,
        "rows": len(prompts),
        "columns": SEEDS,
        "constants": {"steps": 20},
        "labels": {"steps": "20"},
        "frames": [frame(number, prompts) for number in range(len(prompts) * SEEDS)],
        "picks": {"text": "", "ids": [], "earlier": [], "gone": []},
        "estimate": None,
        "held": True,
        "sheet": None,
        "notice": "",
    }


def frame(index: int, prompts: list[str]) -> dict[str, Any]:
    (row, seed), frame_id = divmod(index, SEEDS), f"{index:016x}"
    folder = {"subfolder": f"proofsheet/store/{frame_id[:2]}", "type": "output"}
    return {
        "number": index + 1,
        "id": frame_id,
        "status": "done",
        "seed": seed,
        "prompt": row + 1,
        "positive": f"a {prompts[row]}",
        "negative": "",
        "caption": f"{prompts[row]} · seed {seed}",
        "values": {"prompt": prompts[row], "seed": seed},
        "labels": {},
        "width": 2 * EDGE,
        "height": 2 * EDGE,
        "exact": True,
        "volatile": False,
        "picked": None,
        "error": None,
        "row": row,
        "column": seed,
        "image": {"filename": f"{frame_id}.png", **folder},
        "thumb": {"filename": f"{frame_id}.webp", **folder},
        "latent": None,
    }


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
