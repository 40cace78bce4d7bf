"""The faults. Each is tried on an empty store, says what it did, and leaves the server running."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, PngImagePlugin
from rig.server import RunFailed, Server

from .disk import can_mount, remount, small_disk
from .ground import Ground, Ids, Outcome, is_picture, manifest_of


def kill(ground: Ground) -> Outcome:
    """kill -9 at a random moment, restart, queue again."""
    ground.wipe()

    def during(_prompt_id: str) -> None:
        ground.moment()
        ground.server.kill()

    heard = ground.heard(during)
    finished = heard.ids | ground.on_disk()
    ground.server.start()
    return ground.settle(finished)


def cancel(ground: Ground) -> Outcome:
    """POST /interrupt at a random moment, queue again."""
    ground.wipe()
    notes: list[str] = []

    def during(prompt_id: str) -> None:
        ground.moment()
        ground.server.interrupt()
        status = ground.server.wait(prompt_id)["status"]
        kinds = [kind for kind, _ in status["messages"]]
        if not {"execution_interrupted", "execution_success"} & set(kinds):
            notes.append(f"a cancelled run ended with {kinds[-1]}")

    heard = ground.heard(during)
    return ground.settle(heard.ids | ground.on_disk(), notes)


def no_memory(ground: Ground) -> Outcome:
    """Memory runs out in up to three batches: they are tried smaller, and nothing is missing."""
    ground.wipe()
    batches = 2 * ground.prompts * ground.stages
    first, count = ground.chance.randint(1, batches), ground.chance.randint(1, 3)
    ground.order({"at": "sample", "first": first, "count": count, "kind": "memory"})
    return _through(ground, failures=count, says="out of memory")


def no_memory_to_decode(ground: Ground) -> Outcome:
    """Once: it is tried again. Two and three times: that frame fails, and says what to do."""
    ground.wipe()
    first, count = ground.chance.randint(1, 8 * ground.prompts - 3), ground.chance.randint(1, 3)
    ground.order({"at": "decode", "first": first, "count": count, "kind": "memory"})
    return _through(ground, failures=count // 2, says="out of memory")


def _through(ground: Ground, failures: int, says: str) -> Outcome:
    """A run under orders to fail, which must not fail as a whole."""
    manifest = ground.run()
    ground.order()
    return ground.settle(_done(manifest), _complaints(ground, manifest, says, failures))


def _done(manifest: dict[str, Any]) -> Ids:
    return {frame["id"] for frame in manifest["frames"] if frame["status"] == "done"}


def _complaints(ground: Ground, manifest: dict[str, Any], says: str, most: int) -> list[str]:
    """What the manifest should have said and did not."""
    failed = [frame for frame in manifest["frames"] if frame["status"] == "failed"]
    others = {f["status"] for f in manifest["frames"]} - {"done", "failed"}
    mute = [f"a frame failed saying {f['error']!r}" for f in failed if says not in f["error"]][:1]
    lying = [frame for frame in _done(manifest) if ground.is_wrong(frame)]
    return [
        *mute,
        *([f"{len(failed)} frames failed, not {most} at most"] if len(failed) > most else []),
        *([f"frames are {sorted(others)}"] if others else []),
        *([f"{len(lying)} frames called done are not"] if lying else []),
        *_sheet_complaints(ground, manifest, says),
    ]


def _sheet_complaints(ground: Ground, manifest: dict[str, Any], says: str) -> list[str]:
    """It lies somewhere, or the notice says why it does not."""
    if manifest["sheet"] is None:
        return [] if says in manifest["notice"] else [f"no sheet: {manifest['notice']!r}"]
    return [] if is_picture(ground.server, manifest["sheet"]) else ["the sheet cannot be read"]


def full_disk(ground: Ground) -> Outcome:
    """The disk is full after a random number of frames; later there is room again."""
    ground.wipe()
    every = 8 * ground.prompts
    if not can_mount():
        first = ground.chance.randint(4, 3 * every)
        ground.order({"at": "write", "first": first, "count": 10**9, "kind": "full"})
        return _refused(ground, "the disk is full", ground.order)
    with small_disk(ground.own, ground.chance.randint(30, 20 * every)):
        return _refused(ground, "the disk is full", lambda: remount(ground.own, "size=1g"))


def read_only(ground: Ground) -> Outcome:
    """The store cannot be written to after a random moment; later it can."""
    ground.wipe()
    if not can_mount():
        first = ground.chance.randint(4, 24 * ground.prompts)
        ground.order({"at": "write", "first": first, "count": 10**9, "kind": "closed"})
        return _refused(ground, "cannot be written to", ground.order)
    with small_disk(ground.own, 2**20):
        _part_of_it(ground)
        _close(ground.own)
        return _refused(ground, "cannot be written to", lambda: remount(ground.own, "rw"))


def _part_of_it(ground: Ground) -> None:
    prompt_id = ground.server.queue(ground.prompt())
    ground.moment()
    ground.server.interrupt()
    ground.server.wait(prompt_id)


def _close(folder: Path) -> None:
    for _ in range(100):
        with contextlib.suppress(subprocess.CalledProcessError):
            return remount(folder, "ro")
        time.sleep(0.05)
    raise RuntimeError(f"{folder} stays busy")


def _refused(ground: Ground, says: str, mend: Callable[[], None]) -> Outcome:
    """A run whose frames cannot all be kept; then the disk is mended."""
    before = ground.on_disk()
    try:
        manifest = ground.run()
    except RunFailed as failure:  # not one frame could be kept
        notes = [] if says in str(failure) else [f"the run failed saying {failure}"]
        finished = before
    else:
        notes = _complaints(ground, manifest, says, 8 * ground.prompts)
        finished = before | _done(manifest)
    mend()
    return ground.settle(finished, notes)


def damage(ground: Ground) -> Outcome:
    """A third of the frames cut off, bit-flipped, empty, foreign, exchanged, forged, half gone."""
    ground.wipe()
    ground.run()
    frames = sorted(ground.reference)
    hurt = set(ground.chance.sample(frames, len(frames) // 3))
    for frame in hurt:
        ground.chance.choice(DAMAGES)(ground, frame)
    start = len(ground.server.log())
    manifest = manifest_of(ground.server.run(ground.prompt(cell_size=80)))
    notes = _complaints(ground, manifest, "", 0)
    if _done(manifest) != set(frames):
        notes.append("damaged frames were not made again")
    # They are made by now; what was not hurt must not have been sampled again.
    made = ground.frames_sampled(start)
    outcome = ground.settle(frames, notes)
    return replace(outcome, finished=len(frames) - len(hurt), resampled=max(0, made - len(hurt)))


def _truncate(ground: Ground, frame: str) -> None:
    path = _either(ground, frame)
    path.write_bytes(path.read_bytes()[: -ground.chance.randint(1, 400)])


def _flip(ground: Ground, frame: str) -> None:
    path = _either(ground, frame)
    data = bytearray(path.read_bytes())
    data[ground.chance.randrange(len(data))] ^= 1 << ground.chance.randrange(8)
    path.write_bytes(data)


def _either(ground: Ground, frame: str) -> Path:
    return ground.path(frame, ground.chance.choice((".png", ".safetensors")))


def _empty(ground: Ground, frame: str) -> None:
    _either(ground, frame).write_bytes(b"")


def _foreign(ground: Ground, frame: str) -> None:
    Image.new("RGB", (64, 64), "orange").save(ground.path(frame))


def _another(ground: Ground, frame: str) -> None:
    others = sorted(ground.on_disk() - {frame})  # one that lost its picture has none to give
    ground.path(frame).write_bytes(ground.path(ground.chance.choice(others)).read_bytes())


def _forged(ground: Ground, frame: str) -> None:
    """Every file of another frame, which say that they are this one's."""
    whole = [one for one in sorted(ground.on_disk() - {frame}) if not ground.is_wrong(one)]
    other = ground.chance.choice(whole)
    with Image.open(ground.path(other)) as picture:
        texts = dict(picture.text)
        texts["proofsheet"] = json.dumps({**json.loads(texts["proofsheet"]), "id": frame})
        info = PngImagePlugin.PngInfo()
        for name, text in texts.items():
            info.add_text(name, text)
        picture.save(ground.path(frame), pnginfo=info)
    for ending in (".safetensors", ".webp"):
        with contextlib.suppress(FileNotFoundError):  # of one that was hurt before
            shutil.copyfile(ground.path(other, ending), ground.path(frame, ending))


def _half(ground: Ground, frame: str) -> None:
    _either(ground, frame).unlink()


DAMAGES = (_truncate, _flip, _flip, _empty, _foreign, _another, _forged, _half)


def two_servers(ground: Ground) -> Outcome:
    """Two servers sweep the same cells into one folder at once; at times one of them strictly."""
    ground.wipe()
    with _second(ground) as other:
        sizes = (None,) if ground.last_sizes.get(other) == 1 else (None, 1)
        strictly = ground.chance.choice(sizes)
        start = (len(ground.server.log()), len(other.log()))
        heard: list[dict[str, Any]] = []
        jobs = [(ground.server, ground.prompt()), (other, ground.prompt(strictly, other))]
        threads = [
            threading.Thread(
                target=lambda server, prompt: heard.append(manifest_of(server.run(prompt))),
                args=job,
            )
            for job in jobs
        ]
        for thread in threads:
            thread.start()
            ground.moment(most=0.3)
        for thread in threads:
            thread.join()
        made = ground.frames_sampled(start[0]) + ground.frames_sampled(start[1], other)
    notes = [note for manifest in heard for note in _complaints(ground, manifest, "", 0)]
    twice = made - len(ground.reference)
    outcome = ground.settle(ground.reference, [*notes, *(["one ended badly"] * (len(heard) < 2))])
    return replace(outcome, resampled=twice)


@contextlib.contextmanager
def _second(ground: Ground) -> Iterator[Server]:
    """Another server on the same output folder; it is kept for the next time."""
    if ground.second is None:
        ground.second = ground.new_server("second", ground.server.output)
        ground.second.start()
    yield ground.second


def clock(ground: Ground) -> Outcome:
    """The clock was set back, or forth: half the sweep is stamped with years to come or gone."""
    ground.wipe()
    _part_of_it(ground)
    finished = ground.on_disk()
    stamp = ground.chance.choice((0, 4_102_444_800))  # 1970, 2100
    for path in [*ground.own.rglob("*"), ground.own]:
        os.utime(path, (stamp, stamp))
    return ground.settle(finished)


def deleted(ground: Ground) -> Outcome:
    """Frames are deleted while their sheet is shown; the sheet is looked at, then queued again."""
    ground.wipe()
    ground.run()
    frames = sorted(ground.reference)
    gone = set(ground.chance.sample(frames, ground.chance.randint(1, 8)))
    for frame in gone:
        ground.path(frame).unlink()
    # As the page does on Continue: nothing but the sheet has changed, the sweep is remembered.
    seen = manifest_of(
        ground.server.run(ground.prompt(ground.last_sizes[ground.server], cell_size=96))
    )
    named = {frame["id"] for frame in seen["frames"] if frame["status"] == "gone"}
    notes = [] if named == gone else [f"{len(gone)} deleted, {len(named)} told of as gone"]
    return ground.settle(set(frames) - gone, notes)


class Fault(NamedTuple):
    run: Callable[[Ground], Outcome]
    times: int


FAULTS = {
    "kill -9": Fault(kill, 20),
    "cancel": Fault(cancel, 20),
    "no memory": Fault(no_memory, 15),
    "decode: no memory": Fault(no_memory_to_decode, 10),
    "full disk": Fault(full_disk, 8),
    "read-only": Fault(read_only, 8),
    "damaged files": Fault(damage, 10),
    "two servers": Fault(two_servers, 8),
    "clock set": Fault(clock, 6),
    "deleted": Fault(deleted, 8),
}
