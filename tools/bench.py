"""How fast a sweep is: three ways to the same pictures, by turns, in one run.

    python tools/bench.py                   a table with ratios
    python tools/bench.py --frames 32 --batch 8 --size 256 --steps 20 --rounds 3

    loop    the bare host: KSampler, VAEDecode and SaveImage called on batches with one seed
    sweep   ours on batches of the same size: exact noise, store, thumbnails, latents
    posts   one POST /prompt for each image, through a server, as without this pack
    post    one POST /prompt for the whole sweep, through the same server, with its sheet

Machines are noisy: compare within a run, not between runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rig.host import own_host, users_host
from rig.launcher import prepare
from rig.server import Server

ROOT = Path(__file__).resolve().parent.parent
PROMPT = "a white lighthouse by the sea at sunset"
SETTINGS = {"cfg": 3.0, "sampler_name": "euler", "scheduler": "simple", "denoise": 1.0}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=int, default=32)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256, help="pixels, both edges")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--comfyui", type=Path, help="the folder of your own ComfyUI")
    parser.add_argument("--python", type=Path, help="the Python that runs your own ComfyUI")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = parse()
    if options.inside:
        return calls_inside(options)
    host = users_host(options.comfyui, options.python) if options.comfyui else own_host()
    print(
        f"{options.frames} frames of {options.size} x {options.size}, {options.steps} steps, "
        f"batches of {options.batch}, {options.rounds} rounds, ComfyUI {host.version}"
    )
    command = [host.python, __file__, "--inside", host.folder, *sys.argv[1:]]
    subprocess.run([str(part) for part in command], check=True)
    with tempfile.TemporaryDirectory() as folder, Server(host, Path(folder)) as server:
        posts(server, options)
    return 0


def compare(name: str, base: str, ways: dict[str, Callable[[int], None]], rounds: int) -> None:
    """Run the ways by turns; print seconds and the ratio of `base` to `name` (above 1: faster)."""
    for run in ways.values():
        run(-1)  # warm up
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds):
        order = list(ways) if turn % 2 == 0 else list(ways)[::-1]
        for way in order:
            started = time.perf_counter()
            ways[way](turn)
            seconds[way].append(time.perf_counter() - started)
    for way, found in seconds.items():
        shown = " ".join(f"{second:6.2f}" for second in found)
        print(f"  {way:6} {shown}   median {statistics.median(found):6.2f} s")
    ratios = [b / n for b, n in zip(seconds[base], seconds[name], strict=True)]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(f"  {name} is {middle:.2f} x the speed of {base} ({low:.2f} to {high:.2f})", flush=True)


def calls_inside(options: argparse.Namespace) -> int:
    """In the host's own process: the bare loop against ours."""
    prepare()
    sys.path.insert(0, str(options.inside))
    sys.argv = [sys.argv[0]]  # the host reads it
    from comfy.cli_args import args

    args.cpu = not has_gpu()
    import folder_paths
    import torch

    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        folder_paths.set_output_directory(folder)
        ways = {"loop": bare_loop(options), "sweep": sweep_loop(options, Path(folder))}
        compare("sweep", "loop", ways, options.rounds)
    return 0


def has_gpu() -> bool:
    import torch

    return torch.cuda.is_available()


def pack_module(name: str) -> Any:
    import importlib
    import importlib.util

    if "pack" not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            "pack", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
        )
        assert spec is not None
        sys.modules["pack"] = importlib.util.module_from_spec(spec)
    return importlib.import_module(f"pack.nodes.{name}")


def conditioned() -> tuple[Any, Any, Any, Any]:
    model, clip, vae = pack_module("host.demo.demo_model").load_demo_model()
    positive, negative = (
        clip.encode_from_tokens_scheduled(clip.tokenize(text)) for text in (PROMPT, "")
    )
    return model, vae, positive, negative


def bare_loop(options: argparse.Namespace) -> Callable[[int], None]:
    import nodes
    import torch

    model, vae, positive, negative = conditioned()
    names = ("cfg", "sampler_name", "scheduler")
    settings = [SETTINGS[name] for name in names]
    save = nodes.SaveImage()

    def run(turn: int) -> None:
        for first in range(0, options.frames, options.batch):
            rows = min(options.batch, options.frames - first)
            latent = {"samples": torch.zeros(rows, 16, options.size // 8, options.size // 8)}
            seed = 1000 * (turn + 2) + first
            [made] = nodes.common_ksampler(
                model, seed, options.steps, *settings, positive, negative, latent
            )
            [images] = nodes.VAEDecode().decode(vae, made)
            save.save_images(images, f"loop{turn}", prompt={})

    return run


def sweep_loop(options: argparse.Namespace, folder: Path) -> Callable[[int], None]:
    import torch

    sampling, rows_of, writing = (
        pack_module(f"host.sampling.{name}") for name in ("run", "rows", "writers")
    )
    stores, images = (pack_module(f"host.store.{name}") for name in ("store", "images"))
    frame_id = pack_module("core.plan.recipe").frame_id
    model, vae, positive, negative = conditioned()
    latent = {"samples": torch.zeros(1, 16, options.size // 8, options.size // 8)}
    shared = {"model": model, "positive": positive, "negative": negative, "latent_image": latent}

    def true_frame(result: Any) -> Any:
        graph = {"1": {"class_type": "KSampler", "inputs": {"seed": result.row.seed}}}
        [made] = result.outputs
        pictures = [images.pixels(each) for each in vae.decode(made["samples"])]
        return stores.NewFrame(frame_id(graph, {}), pictures, made, graph, "")

    def run(turn: int) -> None:
        store = stores.Store(folder / f"store{turn}")
        rows = [
            rows_of.Row(
                str(number),
                "KSampler",
                {
                    **shared,
                    **SETTINGS,
                    "seed": 1000 * (turn + 2) + number,
                    "steps": options.steps,
                },
            )
            for number in range(1, options.frames + 1)
        ]
        with writing.Writers(store.write, lambda *_: None, fail) as writers:
            for result in sampling.made(
                rows, options.batch, lambda *_: writers.poll(), lambda _row: False
            ):
                writers.add(true_frame(result))

    return run


def fail(frame: Any, message: str) -> None:
    raise RuntimeError(f"frame {frame.id}: {message}")


def posts(server: Server, options: argparse.Namespace) -> None:
    """Through the server: one POST for each image against one for the sweep."""
    one = graph(options)

    def single(turn: int) -> None:
        ids = []
        for number in range(options.frames):
            prompt = json.loads(json.dumps(one))
            prompt["5"]["inputs"]["seed"] = 10_000 * (turn + 2) + number
            ids.append(server.queue(prompt))
        for prompt_id in ids:
            server.wait(prompt_id)

    def sweep(turn: int) -> None:
        server.run(swept(one, options, 50_000 + 10_000 * (turn + 2)))

    compare("post", "posts", {"posts": single, "post": sweep}, options.rounds)


def graph(options: argparse.Namespace) -> dict[str, Any]:
    def node(class_type: str, **inputs: Any) -> dict[str, Any]:
        return {"class_type": class_type, "inputs": inputs}

    size = {"width": options.size, "height": options.size, "batch_size": 1}
    links = {"model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0]}
    return {
        "1": node("ProofsheetDemoModel"),
        "2": node("CLIPTextEncode", text=PROMPT, clip=["1", 1]),
        "3": node("CLIPTextEncode", text="", clip=["1", 1]),
        "4": node("EmptyLatentImage", **size),
        "5": node("KSampler", latent_image=["4", 0], steps=options.steps, **links, **SETTINGS),
        "6": node("VAEDecode", samples=["5", 0], vae=["1", 2]),
        "7": node("SaveImage", images=["6", 0], filename_prefix="posts"),
    }


def swept(one: dict[str, Any], options: argparse.Namespace, seed: int) -> dict[str, Any]:
    """The same image as a sweep over seeds."""
    prompt = {number: one[number] for number in ("1", "2", "3", "4")}
    seeds = {"seed": seed, "count": options.frames, "mode": "consecutive", "list": ""}
    combine = {"combine": "every combination", "batch_size": options.batch}
    sampler = {**one["5"]["inputs"], "seed": ["8", 0], "vae": ["1", 2], **combine}
    sheet = {"frames": ["5", 0], "picks": "", "when_empty": "hold", "columns": 0}
    sheet |= {"cell_size": 256, "captions": "varying"}
    prompt["5"] = {"class_type": "ProofsheetSweepSampler", "inputs": sampler}
    prompt["8"] = {"class_type": "ProofsheetSeedSweep", "inputs": seeds}
    prompt["9"] = {"class_type": "ProofsheetContactSheet", "inputs": sheet}
    return prompt


if __name__ == "__main__":
    sys.exit(main())
