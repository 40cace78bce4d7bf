"""How long a plan takes, and looking its frames up: 64 prompts x 64 seeds of a graph of 30 nodes.

    python tools/bench_plan.py                  processor seconds of both, in the host's own process
    python tools/bench_plan.py --profile        and where the plan's go

    plan     the cells, their recipes and their ids, from the graph alone
    first    finding every frame in the store, each checked: as after a start
    again    the same once more: as at every later run

The graph is a hires fix behind a chain of LoRA loaders; their files and the frames in the store are
stand-ins. Nothing is loaded, and no server runs.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from rig.host import chosen_host, host_options
from speed.graphs import SETTINGS, Graph, node
from speed.inside import enter, pack_module

T = TypeVar("T")

WANTED = 2.5
"""Seconds that a plan may take, and the first look-ups again."""

SIDE = 64  # prompts, and seeds
LORAS = 17
CHECKPOINT = "stand-in.safetensors"
SWEEP = "sweep"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    host_options(parser)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = parse()
    if options.inside:
        return inside(options)
    host = chosen_host(options)
    command = [host.python, __file__, "--inside", host.folder, *sys.argv[1:]]
    return subprocess.run([str(part) for part in command]).returncode


def inside(options: argparse.Namespace) -> int:
    enter(options.inside)
    import folder_paths

    with tempfile.TemporaryDirectory() as folder:
        folder_paths.set_output_directory(folder)
        put_files(Path(folder))
        put_nodes()
        return measure(options)


def put_files(folder: Path) -> None:
    """Models of no weights, where the host looks for them."""
    import folder_paths

    names = [("checkpoints", CHECKPOINT), *(("loras", lora(n)) for n in range(LORAS))]
    for kind, name in names:
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / name).write_bytes(struct.pack("<Q", 2) + b"{}" + name.encode())
        folder_paths.add_model_folder_path(kind, str(folder / kind), is_default=True)


def put_nodes() -> None:
    """Those of the pack, as the host knows them."""
    import nodes

    for name in ("sweep", "prompts", "seeds"):
        for each in pack_module(name).NODES:
            nodes.NODE_CLASS_MAPPINGS[each.GET_SCHEMA().node_id] = each


def lora(number: int) -> str:
    return f"stand-in {number}.safetensors"


def graph() -> Graph:
    """30 nodes, the Sweep among them."""
    listed = {"prompts": texts(), "negative": "fog", "template": "{prompt}"}
    counted = {"seed": 1, "count": SIDE, "mode": "consecutive", "list": ""}
    made = {
        "0": node("CheckpointLoaderSimple", ckpt_name=CHECKPOINT),
        "prompts": node("ProofsheetPromptBatch", **listed),
        "seeds": node("ProofsheetSeedSweep", **counted),
    }
    for number in range(LORAS):
        links = {"model": [str(number), 0], "clip": [str(number), 1]}
        strengths = {"strength_model": 0.5, "strength_clip": 0.5}
        made[str(number + 1)] = node("LoraLoader", lora_name=lora(number), **links, **strengths)
    last = str(LORAS)
    enlarged = {"upscale_method": "bicubic", "scale_by": 2.0}
    return {
        **made,
        "clip": node("CLIPSetLastLayer", clip=[last, 1], stop_at_clip_layer=-2),
        "positive": node("CLIPTextEncode", text=["prompts", 0], clip=["clip", 0]),
        "negative": node("CLIPTextEncode", text=["prompts", 1], clip=["clip", 0]),
        "empty": node("EmptyLatentImage", width=512, height=512, batch_size=1),
        "base": sampler(last, "empty", steps=20),
        "larger": node("LatentUpscaleBy", samples=["base", 0], **enlarged),
        "hires": sampler(last, "larger", steps=10, denoise=0.5),
        "decoded": node("VAEDecode", samples=["hires", 0], vae=["0", 2]),
        "end": node("ImageScaleBy", image=["decoded", 0], **enlarged),
        SWEEP: node("ProofsheetSweep", source=["end", 0]),
    }


def texts() -> str:
    told = "a lighthouse by the sea at sunset, soft light, long shadows, highly detailed, number"
    return "\n".join(f"{told} {number}" for number in range(SIDE))


def sampler(model: str, latent: str, **inputs: Any) -> Graph:
    links = {"model": [model, 0], "positive": ["positive", 0], "negative": ["negative", 0]}
    links |= {"latent_image": [latent, 0], "seed": ["seeds", 0]}
    return node("KSampler", **links, **{**SETTINGS, **inputs})


def measure(options: argparse.Namespace) -> int:
    prompt = graph()
    plan = timed("plan", lambda: planned(prompt), options.rounds, WANTED)
    print(f"  {len(plan.recipes):,} cells of a graph of {len(prompt)} nodes")
    if options.profile:
        with cProfile.Profile() as profile:
            planned(prompt)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    store = filled(plan)
    found = timed("first", lambda: look_up(store, plan), 1, WANTED)
    timed("again", lambda: look_up(store, plan), options.rounds, WANTED)
    return 0 if all(found) else 1


def look_up(store: Any, plan: Any) -> list[Any]:
    return [store.find(made.id) for made in plan.recipes]


def filled(plan: Any) -> Any:
    """A store that has every frame, of which this process knows nothing yet."""
    import folder_paths

    stores = pack_module("host.store.store")
    output = Path(folder_paths.get_output_directory())
    written = stores.Store(output / "written")
    for frame, made in zip(plan.frames.frames, plan.recipes, strict=True):
        written.write(stand_in(frame, made))
    return stores.Store((output / "written").rename(output / "store"))


def stand_in(frame: Any, made: Any) -> Any:
    import numpy
    import torch

    facts = {"exact": True, "rows": 4, "seconds": 1.0, "seed": frame.seed, "negative": "fog"}
    facts |= {"positive": frame.positive, "values": dict(frame.values)}
    facts["fingerprints"] = dict(made.fingerprints)
    told = pack_module("core.plan.told").parameters_text(made.graph, 64, 64, "")
    picture = numpy.full((64, 64, 3), frame.number % 256, dtype=numpy.uint8)
    latent = {"samples": torch.full((1, 4, 8, 8), float(frame.number))}
    new_frame = pack_module("host.store.new_frame").NewFrame
    return new_frame(frame.id, [picture], latent, made.graph, told, facts)


def planned(prompt: Graph) -> Any:
    """Everything anew, as at every run."""
    from comfy_execution.graph import DynamicPrompt

    sweep_plan, request = (pack_module(f"host.plan.{name}") for name in ("sweep_plan", "request"))
    store = pack_module("host.store.store").default_store()
    asked = request.Request(DynamicPrompt(prompt), SWEEP, dict(request.WIDGETS))
    return sweep_plan.plan(asked, store)


def timed(name: str, work: Callable[[], T], rounds: int, wanted: float) -> T:
    """Prints the least processor time of so many rounds."""
    seconds: list[float] = []
    for _ in range(rounds):
        started = time.process_time()
        found = work()
        seconds.append(time.process_time() - started)
    is_met = "yes" if min(seconds) <= wanted else "NO"
    shown = " ".join(f"{each:.2f}" for each in seconds)
    print(f"  {name:6} {shown} s; wanted at most {wanted} s: {is_met}", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
