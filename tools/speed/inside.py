"""In the host's own process: the bare host's loop against sampling and storing as a sweep does."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rig.launcher import prepare

from .graphs import PROMPT, SETTINGS
from .turns import Way, compare, take

ROOT = Path(__file__).resolve().parent.parent.parent


def inside(options: argparse.Namespace) -> int:
    enter(options.inside)
    import folder_paths
    import torch

    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        folder_paths.set_output_directory(folder)
        clock = time.process_time if options.busy else time.perf_counter
        loop, sweep = bare_loop(options), sweep_loop(options, Path(folder))
        ways = {"loop": Way(loop, clock), "sweep": Way(sweep, clock)}
        compare("sweep", "loop", take(ways, options.rounds))
    return 0


def enter(host: Path) -> None:
    """Makes the host's modules those of this process."""
    prepare()
    sys.path.insert(0, str(host))
    sys.argv = [sys.argv[0]]  # the host reads it
    import utils.extra_config  # noqa: F401 - as main.py does: nodes.py hides `utils` behind another
    from comfy.cli_args import args

    args.cpu = not has_gpu()


def has_gpu() -> bool:
    import torch

    return torch.cuda.is_available()


def pack_module(name: str) -> Any:
    if "pack" not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            "pack", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
        )
        assert spec is not None
        sys.modules["pack"] = importlib.util.module_from_spec(spec)
    return importlib.import_module(f"pack.nodes.{name}")


def conditioned() -> tuple[Any, Any, Any, Any]:
    from . import loop

    model, clip, vae = pack_module("host.demo.demo_model").load_demo_model()
    return model, vae, loop.encoded(clip, PROMPT), loop.encoded(clip, "")


def bare_loop(options: argparse.Namespace) -> Callable[[int], None]:
    from . import loop

    model, vae, *sides = conditioned()
    job = {name: getattr(options, name) for name in ("batch", "size", "steps")}

    def run(turn: int) -> None:
        frames, seed = frames_of(options, turn), 1000 * (turn + 2)
        loop.make((model, vae), (sides[0], sides[1]), frames, seed=seed, **job)

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
    shared |= {**SETTINGS, "steps": options.steps}

    def true_frame(result: Any) -> Any:
        graph = {"1": {"class_type": "KSampler", "inputs": {"seed": result.row.seed}}}
        [made] = result.outputs
        pictures = [images.pixels(each) for each in vae.decode(made["samples"])]
        return stores.NewFrame(frame_id(graph, {}), pictures, made, graph, "")

    def run(turn: int) -> None:
        store = stores.Store(folder / f"store{turn}")
        first = 1000 * (turn + 2) + 1
        seeds = range(first, first + frames_of(options, turn))
        rows = [rows_of.Row(str(seed), "KSampler", {**shared, "seed": seed}) for seed in seeds]
        with writing.Writers(store.write, lambda *_: None, fail) as writers:
            for result in sampling.made(
                rows, options.batch, lambda *_: writers.poll(), lambda _row: False
            ):
                writers.add(true_frame(result))

    return run


def frames_of(options: argparse.Namespace, turn: int) -> int:
    """To warm up, a batch."""
    return options.frames if turn >= 0 else options.batch


def fail(frame: Any, message: str) -> None:
    raise RuntimeError(f"frame {frame.id}: {message}")
