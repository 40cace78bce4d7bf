"""Through servers: what a person or a program waits for, and what a server takes for it."""

from __future__ import annotations

import argparse
import contextlib
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rig.host import Host
from rig.server import PACK, Server, link_folder
from rig.usage import cpu_seconds, most_resident, resident

from . import graphs, versions
from .graphs import PROMPT, SEED, SHEET, TEXT, Graph, Job, node
from .turns import Way, compare, compare_cost, take

Packs = dict[str, Path]
"""By the names of their folders."""

HERE = Path(__file__).parent
OURS: Packs = {"proofsheet": PACK}
BARE: Packs = {"demo_model_alone": PACK / "tests" / "server" / "packs" / "demo_model_alone"}
BARE_LOOP: Packs = {**BARE, "loop": HERE / "loop"}
QUICKLY_DECODED: Packs = {**OURS, "quick": HERE / "quick"}
ONE_THREAD = {"OMP_NUM_THREADS": "1"}
"""Threads that wait for one another take processor time, too."""

PROMPTS = (PROMPT, "a red boat on a lake at night", "a tent in the snow", "a castle on a hill")
RATIO_TO_BEFORE, RATIO_TO_POSTS, MOST_TO_LOOP, MOST_MIB = 0.95, 1.3, 1.1, 100
"""What is wanted."""


def job(options: argparse.Namespace, turn: int, prompts: int = 2, **changes: int) -> Job:
    """Frames that no other turn has asked for; to warm up, a batch."""
    sizes = {name: getattr(options, name) for name in ("frames", "batch", "size", "steps")}
    sizes |= changes
    frames = sizes.pop("frames")
    seeds = max(1, (frames if turn >= 0 else options.batch) // prompts)
    return Job(PROMPTS[:prompts], seeds, 10_000 * (turn + 2), **sizes)


@contextlib.contextmanager
def serving(host: Host, packs: Packs, **environment: str) -> Iterator[Server]:
    """A new server with these packs and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(host, Path(folder), pack=False)
        server.environment = environment
        (server.base / "custom_nodes").mkdir()
        for name, pack in packs.items():
            link_folder(server.base / "custom_nodes" / name, pack)
        with server:
            yield server


def sweep(server: Server, graph: Graph, job: Job) -> None:
    """Raises RuntimeError unless every frame was made: one that failed costs nothing."""
    entry = server.run(graph, limit=3600, pause=0.05 if job.frames < 100 else 0.5)
    manifest = entry["outputs"][SHEET]["proofsheet"][0]
    found = [frame["status"] for frame in manifest["frames"]]
    if found != ["done"] * job.frames:
        raise RuntimeError(f"{job.frames} frames were wanted and became {found}")
    if manifest["sheet"] is None:
        print(f"  without a sheet: {manifest['notice']}")


def one_by_one(server: Server, posted: list[Graph]) -> None:
    for prompt_id in [server.queue(graph) for graph in posted]:
        server.wait(prompt_id)


def way(run: Callable[[int], None], server: Server, is_busy: bool) -> Way:
    """Measured in processor time of the server where the machine is busy."""
    return Way(run, lambda: cpu_seconds(server.pid)) if is_busy else Way(run)


def posts(host: Host, options: argparse.Namespace) -> None:
    """One server: a POST an image, against one for the sweep."""

    def single(turn: int) -> None:
        one_by_one(server, graphs.singles(graphs.plain, job(options, turn, 1)))

    def post(turn: int) -> None:
        wanted = job(options, turn, 1)
        sweep(server, graphs.sampled(wanted), wanted)

    runs = {"posts": single, "post": post}
    with serving(host, OURS) as server:
        ways = {name: way(run, server, options.busy) for name, run in runs.items()}
        costs = take(ways, options.rounds)
    compare("post", "posts", costs)


def before(host: Host, options: argparse.Namespace) -> None:
    """A plain graph: the Sweep Sampler of 0.1 against the Sweep, a server each."""
    try:
        folder = versions.checked_out(versions.VERSION_0_1)
    except versions.Unknown as error:
        print(f"  skipped: {error}")
        return

    def then(turn: int) -> None:
        wanted = job(options, turn)
        sweep(old, graphs.sampled(wanted), wanted)

    def now(turn: int) -> None:
        wanted = job(options, turn)
        sweep(new, graphs.swept(graphs.plain(wanted, TEXT, SEED), wanted), wanted)

    with serving(host, {"proofsheet": folder}) as old, serving(host, OURS) as new:
        ways = {"0.1": way(then, old, options.busy), "sweep": way(now, new, options.busy)}
        costs = take(ways, options.rounds)
    compare("sweep", "0.1", costs, RATIO_TO_BEFORE)


def hires(host: Host, options: argparse.Namespace) -> None:
    """Hires fix: a POST an image on the bare host, against one Sweep."""
    print(f"  {options.small // 2} to {options.small} pixels")

    def single(turn: int) -> None:
        wanted = job(options, turn, size=options.small)
        one_by_one(bare, graphs.singles(graphs.hires, wanted))

    def now(turn: int) -> None:
        wanted = job(options, turn, size=options.small)
        sweep(new, graphs.swept(graphs.hires(wanted, TEXT, SEED), wanted), wanted)

    with serving(host, BARE) as bare, serving(host, OURS) as new:
        ways = {"posts": way(single, bare, options.busy), "sweep": way(now, new, options.busy)}
        costs = take(ways, options.rounds)
    compare("sweep", "posts", costs, RATIO_TO_POSTS)


def cells(host: Host, options: argparse.Namespace) -> None:
    """A long sweep: the processor time of its server, against that of the bare host's own loop."""

    sizes = {"frames": options.cells, "size": options.small, "steps": max(1, options.steps // 2)}
    print(f"  {options.cells} of {options.small} x {options.small}, {sizes['steps']} steps")

    def wanted(turn: int) -> Job:
        return job(options, turn, len(PROMPTS), **sizes)

    def loop(turn: int) -> None:
        bare.run(looped(wanted(turn)), limit=3600, pause=0.5)

    def now(turn: int) -> None:
        graph = graphs.plain(wanted(turn), TEXT, SEED)
        sweep(new, graphs.swept(graph, wanted(turn)), wanted(turn))

    with (
        serving(host, BARE_LOOP, **ONE_THREAD) as bare,
        serving(host, OURS, **ONE_THREAD) as new,
    ):
        ways = {"loop": way(loop, bare, True), "sweep": way(now, new, True)}
        costs = take(ways, options.cell_rounds)
    each = {name: statistics.median(found) / options.cells for name, found in costs.items()}
    print("  a cell: " + ", ".join(f"{name} {1000 * cost:.1f} ms" for name, cost in each.items()))
    compare_cost("sweep", "loop", costs, MOST_TO_LOOP)


def looped(job: Job) -> Graph:
    sizes = {"seed": job.seed, "batch": job.batch, "size": job.size, "steps": job.steps}
    model = {"model": ["1", 0], "clip": ["1", 1], "vae": ["1", 2]}
    prompts = "\n".join(job.prompts)
    return {
        "1": node("ProofsheetDemoModel"),
        "2": node("BareLoop", prompts=prompts, frames=job.seeds, **model, **sizes),
    }


def memory(host: Host, options: argparse.Namespace) -> None:
    """The most that a new server takes for a sweep, and for one of many more frames."""
    packs = OURS if options.decode else QUICKLY_DECODED
    print(
        f"  {options.pixels} x {options.pixels}, 1 step" + ", decoded quickly" * (packs is not OURS)
    )
    most: list[float] = []
    for frames in (options.few, options.many):
        sizes = {"frames": frames, "size": options.pixels, "steps": 1}
        wanted = job(options, 0, len(PROMPTS), **sizes)
        with serving(host, packs) as server:
            base = resident(server.pid)
            sweep(server, graphs.swept(graphs.plain(wanted, TEXT, SEED), wanted), wanted)
            most.append(most_resident(server.pid))
            after = resident(server.pid)
        told = f"{base:.0f} MiB before, {most[-1]:.0f} at most, {after:.0f} after"
        print(f"  {wanted.frames:6} frames: {told}", flush=True)
    verdict = "yes" if most[1] - most[0] <= MOST_MIB else "NO"
    print(f"  {most[1] - most[0]:+.0f} MiB; wanted {MOST_MIB} at most: {verdict}")
