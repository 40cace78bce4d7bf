"""A sweep as POST /prompt takes it, and what came of it: shared by the tests of this folder."""

from __future__ import annotations

import io
import json
import time
import uuid
from collections import Counter

import numpy as np
from PIL import Image
from rig.websocket import EventStream

SEEDS = {"seed": 500, "count": 3, "mode": "consecutive", "list": ""}
SAMPLER = {
    "model": ["1", 0],
    "positive": ["3", 0],
    "negative": ["4", 0],
    "latent_image": ["5", 0],
    "vae": ["1", 2],
    "seed": ["6", 0],
    "steps": 4,
    "cfg": 3.0,
    "sampler_name": "euler",
    "scheduler": "simple",
    "denoise": 1.0,
    "combine": "every combination",
    "batch_size": 0,
}
SHEET = {
    "frames": ["7", 0],
    "picks": "",
    "when_empty": "hold",
    "columns": 0,
    "cell_size": 128,
    "captions": "varying",
}


def node(class_type, **inputs):
    return {"class_type": class_type, "inputs": inputs}


def of_ksampler(inputs):
    """Of a Sweep Sampler's inputs, those of the KSampler that it stands for."""
    own = ("vae", "combine", "batch_size")
    return {name: value for name, value in inputs.items() if name not in own}


def sweep(prompts, **changes):
    """Two prompts x three seeds; `changes` go to the Sweep Sampler or the Contact Sheet."""
    sheet = {**SHEET, **{name: changes.pop(name) for name in list(changes) if name in SHEET}}
    return {
        "1": node("ProofsheetDemoModel"),
        "2": node("ProofsheetPromptBatch", prompts=prompts, negative="", template="{prompt}"),
        "3": node("CLIPTextEncode", text=["2", 0], clip=["1", 1]),
        "4": node("CLIPTextEncode", text=["2", 1], clip=["1", 1]),
        "5": node("EmptyLatentImage", width=128, height=128, batch_size=1),
        "6": node("ProofsheetSeedSweep", **SEEDS),
        "7": node("ProofsheetSweepSampler", **{**SAMPLER, **changes}),
        "8": node("ProofsheetContactSheet", **sheet),
    }


class Calls:
    """What the probe pack logged since this object was made."""

    def __init__(self, server):
        self.server, self.start = server, len(server.log())

    @property
    def lines(self):
        log = self.server.log()[self.start :]
        return [
            line.split("probe: ", 1)[1].strip() for line in log.splitlines() if "probe: " in line
        ]

    @property
    def samples(self):
        """How many rows each sampling had."""
        return [int(line.split()[1]) for line in self.lines if line.startswith("sample ")]

    @property
    def rows(self):
        return sum(self.samples)

    @property
    def kinds(self):
        return Counter(line.split()[0] for line in self.lines)


def manifest_of(entry, sheet="8"):
    return entry["outputs"][sheet]["proofsheet"][0]


def run(server, prompt):
    calls = Calls(server)
    manifest = manifest_of(server.run(prompt))
    return manifest, calls


def pixels(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def onward(prompt, folder="kept"):
    """Picked frames through Unpack Frames into a stock Preview Image, and saved."""
    return {
        **prompt,
        "20": node("ProofsheetUnpackFrames", frames=["8", 0]),
        "21": node("PreviewImage", images=["20", 0]),
        "22": node("LatentUpscaleBy", samples=["20", 1], upscale_method="bilinear", scale_by=2.0),
        "23": node("VAEDecode", samples=["22", 0], vae=["1", 2]),
        "24": node("SaveImage", images=["23", 0], filename_prefix="upscaled"),
        "25": node(
            "ProofsheetSaveFrames",
            frames=["8", 0],
            filename_prefix=f"{folder}/%number%",
            format="png",
        ),
    }


def events_of(server, prompt):
    """Every event that the queueing client hears of its prompt."""
    client = uuid.uuid4().hex
    heard = []
    with EventStream(server.port, client) as stream:
        prompt_id = server.queue(prompt, client_id=client)
        for event in stream:
            heard.append((event["type"], event["data"]))
            if event["type"] == "execution_success" and event["data"]["prompt_id"] == prompt_id:
                return heard
    raise AssertionError("the stream ended")


def values(text, kind):
    return node("ProofsheetValues", values=text, type=kind)


def recipe_of(server, frame):
    return json.loads(Image.open(io.BytesIO(server.view(frame["image"]))).text["prompt"])


def assert_recipe_runs(server, frame, on=None):
    """And gives the same picture, on a host with the packs that the recipe is of: the server's own
    if no other is given."""
    host = on or server
    [saved] = [o["images"][0] for o in host.run(recipe_of(server, frame))["outputs"].values()]
    difference = pixels(host.view(saved)) - pixels(server.view(frame["image"]))
    assert abs(difference).max() <= 1


def wait_for_frames(server, count, limit=120):
    """Until so many frames lie in the store; how many they are."""
    store = server.output / "proofsheet" / "store"
    deadline = time.monotonic() + limit
    while (found := len(list(store.glob("*/*.png")))) < count:
        assert time.monotonic() < deadline, f"{found} frames after {limit} s"
        time.sleep(0.02)
    return found
