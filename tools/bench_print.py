"""What a pick costs on a long sheet: until the node behind it starts, and in memory (Linux).

    python tools/bench_print.py                 1,000 frames of 512 x 512
    python tools/bench_print.py --frames 200 --output /tmp/frames      keeps the frames for later

    equal    a POST like the one before, without a client: the sheet is there
    redrawn  the same, and the sheet's file is gone
    pick     one frame more is picked; a page listens
    linked   the same, with the `sheet` output linked: what follows has to wait

`behind` is the time from the Contact Sheet's start to that of the node behind it, `memory` the most
that the server took beyond what it had before the run.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rig.host import chosen_host, host_options
from rig.server import Server, link_folder
from rig.usage import resident
from rig.websocket import EventStream
from speed.graphs import node

SEEDS = 20
QUICK = Path(__file__).with_name("speed") / "quick"
UNSAMPLED = '''"""Frames of smooth noise: it is not their making that is measured."""

import comfy.samplers

NODE_CLASS_MAPPINGS = {}
comfy.samplers.CFGGuider.sample = lambda self, noise, *args, **kwargs: noise
'''
SHEET, BEHIND = "8", "9"


def sweep(frames: int, size: int, picks: str = "") -> dict[str, Any]:
    prompts = "\n".join(f"a red boat, number {n}" for n in range(1, frames // SEEDS + 1))
    settings = {"steps": 1, "cfg": 1.0, "sampler_name": "euler", "scheduler": "simple"}
    return {
        "1": node("ProofsheetDemoModel"),
        "2": node("ProofsheetPromptBatch", prompts=prompts, negative="", template="{prompt}"),
        "3": node("CLIPTextEncode", text=["2", 0], clip=["1", 1]),
        "4": node("CLIPTextEncode", text=["2", 1], clip=["1", 1]),
        "5": node("EmptyLatentImage", width=size, height=size, batch_size=1),
        "6": node("ProofsheetSeedSweep", seed=1, count=SEEDS, mode="consecutive", list=""),
        "7": node(
            "ProofsheetSweepSampler",
            **{"model": ["1", 0], "positive": ["3", 0], "negative": ["4", 0], "vae": ["1", 2]},
            **{"latent_image": ["5", 0], "seed": ["6", 0], "denoise": 1.0, "batch_size": 0},
            **{"combine": "every combination", **settings},
        ),
        SHEET: node(
            "ProofsheetContactSheet",
            **{"frames": ["7", 0], "picks": picks, "when_empty": "hold"},
            **{"captions": "varying", "columns": 0, "cell_size": 256},
        ),
        BEHIND: node("PreviewImage", images=[SHEET, 1]),
    }


class Memory:
    """The most a process takes while this is entered, in MiB beyond what it had."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.base = self.most = 0.0
        self.ended = threading.Event()

    def _watch(self) -> None:
        while not self.ended.wait(0.01):
            self.most = max(self.most, resident(self.pid))

    def __enter__(self) -> Memory:
        self.base = self.most = resident(self.pid)
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()


@contextlib.contextmanager
def row(server: Server, name: str) -> Iterator[dict[str, float]]:
    """Measure one run, print its line."""
    times: dict[str, float] = {}
    began = time.perf_counter()
    with Memory(server.pid) as memory:
        yield times
    whole, behind = time.perf_counter() - began, times.get(BEHIND, 0) - times.get(SHEET, 0)
    waited = f"{behind:7.2f} s" if BEHIND in times else "        -"
    taken = f"{memory.most - memory.base:7.0f} MiB over {memory.base:5.0f}"
    print(f"  {name:8} {whole:7.2f} s {waited} {taken}", flush=True)


def listen(server: Server, prompt: dict[str, Any], times: dict[str, float]) -> None:
    """Run a graph as a page does; when each node started goes into `times`."""
    client = uuid.uuid4().hex
    with EventStream(server.port, client) as stream:
        prompt_id = server.queue(prompt, client_id=client)
        for event in stream:
            data = event["data"]
            if event["type"] == "executing" and data.get("node"):
                times.setdefault(data["node"], time.perf_counter())
            if event["type"] == "execution_success" and data["prompt_id"] == prompt_id:
                return


def measure(server: Server, frames: int, size: int) -> None:
    held = sweep(frames, size)
    print(f"  {'':8} {'whole run':>9} {'behind':>9} {'memory':>11}")
    with row(server, "first"):
        server.run(held, limit=7200)
    server.stop()
    server.start()  # what making the frames took is given back
    server.run(held)
    with row(server, "equal"):
        server.run(held)
    sheets = server.output / "proofsheet" / "sheets"
    print(f"  after three equal posts there is {len(list(sheets.iterdir()))} sheet", flush=True)
    for sheet in sheets.iterdir():
        sheet.unlink()
    with row(server, "redrawn"):
        server.run(held)
    for picks in ("1", "1, 2", "1, 2, 3"):
        with row(server, "pick") as times:
            listen(server, sweep(frames, size, picks), times)
    linked = sweep(frames, size, "4") | {"10": node("PreviewImage", images=[SHEET, 2])}
    with row(server, "linked") as times:
        listen(server, linked, times)
    [sheet] = sheets.iterdir()
    print(f"  {len(list(sheets.iterdir()))} sheet of {sheet.stat().st_size / 2**20:.0f} MiB")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=int, default=1000)
    parser.add_argument("--size", type=int, default=512, help="pixels, both edges")
    parser.add_argument("--output", type=Path, help="where the frames lie, or will")
    host_options(parser)
    options = parser.parse_args()
    host = chosen_host(options)
    print(f"{options.frames} frames of {options.size} x {options.size}, ComfyUI {host.version}")
    with tempfile.TemporaryDirectory() as base:
        packs = Path(base) / "custom_nodes"
        (packs / "unsampled").mkdir(parents=True)
        (packs / "unsampled" / "__init__.py").write_text(UNSAMPLED, encoding="utf-8")
        link_folder(packs / "quick", QUICK)
        with Server(host, Path(base), output=options.output) as server:
            measure(server, options.frames, options.size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
