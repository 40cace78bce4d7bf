"""How fast a sweep is and what it takes: ways to the same pictures, by turns, in one run.

    python tools/bench.py                       every part, about 20 minutes on two cores
    python tools/bench.py --only hires,cells    some of them
    python tools/bench.py --frames 32 --batch 8 --size 256 --steps 20 --rounds 3

    loop     without a server: the bare host's KSampler, VAEDecode and SaveImage on batches with one
             seed, against ours on batches of that size: exact noise, store, thumbnails, latents
    posts    through one server: one POST /prompt for each image, as without this pack, against one
             for the whole sweep, with its sheet
    before   a plain graph, a server each: the Sweep Sampler of 0.1 against the Sweep
    hires    hires fix, a server each: one POST /prompt for each image on the bare host against one
             Sweep
    cells    a long sweep, a server each: the processor time of the bare host's loop against that of
             the Sweep (Linux)
    memory   a new server each: the most that it takes for a sweep, and for one ten times as long
             (Linux)

Machines are noisy: compare within a run, not between runs, and count processor time where there is
other work (`--busy`). A line that says what is wanted ends in yes or NO.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rig.host import Host, chosen_host, host_options
from rig.usage import CAN_TELL
from speed import servers
from speed.inside import inside


def loop(host: Host, _options: argparse.Namespace) -> None:
    """Without a server: batches with one seed and saved, against exact ones into the store."""
    command = [host.python, __file__, "--inside", host.folder, *sys.argv[1:]]
    subprocess.run([str(part) for part in command], check=True)


PARTS: dict[str, Callable[[Host, argparse.Namespace], None]] = {
    "loop": loop,
    "posts": servers.posts,
    "before": servers.before,
    "hires": servers.hires,
    "cells": servers.cells,
    "memory": servers.memory,
}
ON_LINUX = ("cells", "memory")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="parts, separated by commas")
    parser.add_argument("--frames", type=int, default=32)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--size", type=int, default=256, help="pixels, both edges")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--small", type=int, default=128, help="pixels, both edges, of `hires` and `cells`"
    )
    parser.add_argument("--cells", type=int, default=1000, help="frames of the part `cells`")
    parser.add_argument("--cell-rounds", type=int, default=1)
    parser.add_argument("--few", type=int, default=64, help="frames of the part `memory`")
    parser.add_argument("--many", type=int, default=640, help="frames of its longer sweep")
    parser.add_argument("--pixels", type=int, default=512, help="pixels, both edges, of `memory`")
    parser.add_argument(
        "--decode", action="store_true", help="`memory` with the true decoder: 15 minutes"
    )
    parser.add_argument(
        "--busy",
        action="store_true",
        help="processor time counts, not the clock: where the machine has other work (Linux)",
    )
    host_options(parser)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = parse()
    if options.inside:
        return inside(options)
    chosen = [name for name in options.only.split(",") if name] or list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        sys.exit(f"There is no part {', '.join(unknown)}: there are {', '.join(PARTS)}.")
    host = chosen_host(options)
    print(
        f"{options.frames} frames of {options.size} x {options.size}, {options.steps} steps, "
        f"batches of {options.batch}, {options.rounds} rounds, ComfyUI {host.version}"
    )
    for name in chosen:
        started = time.monotonic()
        print(f"{name}: {PARTS[name].__doc__}", flush=True)
        if name in ON_LINUX and not CAN_TELL:
            print("  skipped: only Linux tells what a process takes")
            continue
        PARTS[name](host, options)
        print(f"  ({time.monotonic() - started:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
