"""The ground that faults are tried on: a real server, its sweep, and what became of the frames."""

from __future__ import annotations

import io
import json
import math
import random
import re
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from rig.host import Host
from rig.server import PACK, Server, link_folder
from rig.websocket import EventStream

PACKS = PACK / "tests" / "server" / "packs"
SUBJECTS = ("boat", "house", "tent", "castle", "windmill", "balloon", "lighthouse", "tree")
NEAR = 1  # of 255: another batch adds in another order
SWEEP, SHEET = "7", "8"
STAGES = {"Sweep Sampler": 1, "Sweep": 2}
"""What sweeps, and how many samplers a frame goes through there: the Sweep stands behind a hires
fix."""
# The host has tracebacks of its own: its database in memory, when Python tidies up.
OURS_IN_TRACEBACK = re.compile(r'File "[^"]*[/\\]custom_nodes[/\\]proofsheet[/\\]')

Ids = set[str]


@dataclass(frozen=True)
class Outcome:
    """What a fault did. `notes` say what else was not as it should be."""

    finished: int
    lost: int
    wrong: int
    resampled: int
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.finished, self.lost, self.wrong, self.resampled

    def __str__(self) -> str:
        finished, *rest = self.counts
        lost, wrong, resampled = rest
        return f"{finished} finished before, {lost} lost, {wrong} wrong, {resampled} resampled"


@dataclass
class Heard:
    """The frames that the server told its client were done, as it told it."""

    ids: Ids = field(default_factory=set)

    def listen(self, stream: EventStream) -> None:
        for event in stream:
            if event["type"] == "proofsheet.frame" and event["data"]["frame"]["status"] == "done":
                self.ids.add(event["data"]["frame"]["id"])


class Ground:
    """What sweeps is `through`, one of STAGES: 8 frames for each of `prompts`, each with a picture
    made in peace, by `reference`."""

    def __init__(
        self,
        host: Host,
        folder: Path,
        chance: random.Random,
        prompts: int = 8,
        through: str = "Sweep Sampler",
    ):
        self.host, self.folder, self.chance = host, folder, chance
        self.prompts, self.stages = prompts, STAGES[through]
        self.server = self.new_server("server")
        self.reference: dict[str, np.ndarray] = {}
        self.second: Server | None = None
        self.seconds = 0.0
        self.last_sizes: dict[Server, int] = {}

    def new_server(self, name: str, output: Path | None = None) -> Server:
        server = Server(self.host, self.folder / name, output=output)
        # Two servers that each take every core wait for one another most of the time.
        server.environment = {"OMP_NUM_THREADS": "1"}
        for pack in ("probe", "faults"):
            (server.base / "custom_nodes").mkdir(parents=True, exist_ok=True)
            link_folder(server.base / "custom_nodes" / pack, PACKS / pack)
        return server

    def __enter__(self) -> Ground:
        self.server.start()
        self.run()  # warms up
        self.wipe()
        started, start = time.monotonic(), len(self.server.log())
        manifest = self.run()
        self.seconds = time.monotonic() - started
        self.reference = {f["id"]: self.pixels(f["id"]) for f in manifest["frames"]}
        if len(self.reference) != self.prompts * 8:
            raise RuntimeError("two frames of the sweep have one id")
        if self.frames_sampled(start) != len(self.reference):
            raise RuntimeError("the frames that are sampled are miscounted")
        return self

    def __exit__(self, *_: object) -> None:
        for server in (self.server, self.second):
            if server is not None:
                server.kill()

    # -- the sweep

    def prompt(
        self, batch: int | None = None, server: Server | None = None, **sheet: Any
    ) -> dict[str, Any]:
        """The same 8 x n frames every time. The batch size is drawn anew, so that the server does
        not take the run for one that it remembers."""
        server = server or self.server
        sizes = [size for size in range(2, 9) if size != self.last_sizes.get(server)]
        size = self.last_sizes[server] = batch or self.chance.choice(sizes)
        texts = "\n".join(f"a red {subject} at dusk" for subject in SUBJECTS[: self.prompts])
        sweep = {"combine": "every combination", "batch_size": size}
        return {
            "1": _node("ProofsheetDemoModel"),
            "2": _node("ProofsheetPromptBatch", prompts=texts, negative="", template="{prompt}"),
            "3": _node("CLIPTextEncode", text=["2", 0], clip=["1", 1]),
            "4": _node("CLIPTextEncode", text=["2", 1], clip=["1", 1]),
            "5": _node("EmptyLatentImage", width=64, height=64, batch_size=1),
            "6": _node("ProofsheetSeedSweep", seed=41, count=8, mode="consecutive", list=""),
            **(_sampled(**sweep) if self.stages == 1 else _in_two_stages(**sweep)),
            SHEET: _node(
                "ProofsheetContactSheet",
                **{"frames": [SWEEP, 0], "picks": "", "when_empty": "hold", "columns": 0},
                **{"cell_size": 64, "captions": "varying", **sheet},
            ),
        }

    def run(self) -> dict[str, Any]:
        return manifest_of(self.server.run(self.prompt()))

    def heard(self, during: Callable[[str], None]) -> Heard:
        """Queue the sweep, let `during(prompt_id)` happen, and say which frames were told of."""
        heard, client = Heard(), uuid.uuid4().hex
        with EventStream(self.server.port, client) as stream:
            listener = threading.Thread(target=heard.listen, args=(stream,), daemon=True)
            listener.start()
            during(self.server.queue(self.prompt(), client_id=client))
            time.sleep(0.1)
            stream.socket.shutdown(2) if self.server.alive else None
            listener.join(5)
        return heard

    def moment(self, most: float = 1.0) -> None:
        """A random moment of a sweep: so many frames are there, and a bit more than that."""
        wanted, limit = (
            int(self.chance.uniform(0, most) * len(self.reference)),
            time.monotonic() + 120,
        )
        while len(self.on_disk()) < wanted and time.monotonic() < limit:
            time.sleep(0.01)
        time.sleep(self.chance.uniform(0, 4 * self.seconds / len(self.reference)))

    def order(self, *faults: dict[str, Any], server: Server | None = None) -> None:
        """What shall go wrong from now on (tests/server/packs/faults)."""
        base = (server or self.server).base
        (base / "user" / "faults.json").write_text(json.dumps(faults))

    # -- the store

    @property
    def own(self) -> Path:
        return self.server.output / "proofsheet"

    @property
    def store(self) -> Path:
        return self.own / "store"

    def wipe(self) -> None:
        for name in ("store", "sheets"):
            shutil.rmtree(self.own / name, ignore_errors=True)

    def path(self, frame_id: str, ending: str = ".png") -> Path:
        return self.store / frame_id[:2] / (frame_id + ending)

    def pixels(self, frame_id: str) -> np.ndarray:
        """Read with nothing of the pack, so that its errors are not shared."""
        data = self.path(frame_id).read_bytes()
        Image.open(io.BytesIO(data)).verify()
        return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)

    def on_disk(self) -> Ids:
        return {path.stem for path in self.store.glob("??/*.png")}

    def is_wrong(self, frame_id: str) -> bool:
        """Not the picture that was made in peace, or none that can be read."""
        try:
            found = self.pixels(frame_id)
        except (OSError, SyntaxError, ValueError):
            return True
        want = self.reference[frame_id]
        return found.shape != want.shape or bool(abs(found - want).max() > NEAR)

    def settle(self, finished: Iterable[str], notes: Iterable[str] = ()) -> Outcome:
        """After the fault: what was finished must be there still; the rest is made, once."""
        before, notes = set(finished), list(notes)
        lost = {frame for frame in before if self.is_wrong(frame)}
        start = len(self.server.log())
        manifest = self.run()
        resampled = self.frames_sampled(start) - (len(self.reference) - len(before))
        statuses = [frame["status"] for frame in manifest["frames"]]
        if statuses != ["done"] * len(self.reference):
            notes.append(f"not all frames came in the end: {sorted(set(statuses))}")
        if OURS_IN_TRACEBACK.search(self.server.log()[start:]):
            notes.append("a traceback in the log of the run after it")
        if not is_picture(self.server, manifest["sheet"]):
            notes.append("the sheet cannot be read")
        wrong = sum(self.is_wrong(frame) for frame in self.reference)
        return Outcome(len(before), len(lost), wrong, max(0, resampled), tuple(notes))

    def frames_sampled(self, start: int, server: Server | None = None) -> int:
        """As many as were sampled, whole or in part, since that place of the log."""
        log = (server or self.server).log()[start:]
        return math.ceil(rows_sampled(log) / self.stages)


def _node(class_type: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": class_type, "inputs": inputs}


def _stage(class_type: str, latent: str, **inputs: Any) -> dict[str, Any]:
    links = {"model": ["1", 0], "positive": ["3", 0], "negative": ["4", 0], "seed": ["6", 0]}
    settings = {"cfg": 3.0, "sampler_name": "euler_ancestral", "scheduler": "simple"}
    return _node(class_type, latent_image=[latent, 0], **links, **settings, **inputs)


def _sampled(**sweep: Any) -> dict[str, Any]:
    sampler = {"steps": 4, "denoise": 1.0, "vae": ["1", 2]}
    return {SWEEP: _stage("ProofsheetSweepSampler", "5", **sampler, **sweep)}


def _in_two_stages(**sweep: Any) -> dict[str, Any]:
    return {
        "first": _stage("KSampler", "5", steps=4, denoise=1.0),
        "larger": _node(
            "LatentUpscaleBy", samples=["first", 0], upscale_method="bilinear", scale_by=1.5
        ),
        "second": _stage("KSampler", "larger", steps=4, denoise=0.5),
        "decoded": _node("VAEDecode", samples=["second", 0], vae=["1", 2]),
        SWEEP: _node("ProofsheetSweep", source=["decoded", 0], axes="", **sweep),
    }


def manifest_of(entry: dict[str, Any]) -> dict[str, Any]:
    return entry["outputs"][SHEET]["proofsheet"][0]


def rows_sampled(log: str) -> int:
    found = [
        line.split("probe: sample ", 1)[1] for line in log.splitlines() if "e: sample " in line
    ]
    return sum(int(rows) for rows in found)


def is_picture(server: Server, file: dict[str, str] | None) -> bool:
    try:
        Image.open(io.BytesIO(server.view(file or {}))).verify()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
