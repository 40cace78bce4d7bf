"""A frame's PNG dropped on ComfyUI is the plain workflow of that one picture, ready to run."""

from __future__ import annotations

import base64
import io

import numpy as np
from desk import two_pages
from PIL import Image

DROP = """async data => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    await window.app.handleFile(new File([bytes], 'frame.png', { type: 'image/png' }));
}"""
KINDS = "() => (window.app.rootGraph ?? window.app.graph).nodes.map((node) => node.type).sort()"


def pixels(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


@two_pages
def test_a_dropped_frame_opens_its_own_workflow_and_makes_its_picture_again(desk, workflow):
    prompts = "a red house\na 白い boat"
    desk.load(workflow(9100, count=2, prompts=prompts))
    frames = desk.finish()["outputs"]["8"]["proofsheet"][0]["frames"]
    check_drop(desk, frames[1])
    check_drop(desk, frames[3])


def check_drop(desk, frame):
    picture = desk.server.view(frame["image"])
    desk.page.evaluate(DROP, base64.b64encode(picture).decode())
    desk.page.wait_for_function(f"() => ({KINDS})().includes('KSampler')")
    assert desk.page.evaluate(KINDS) == [
        *("CLIPTextEncode", "CLIPTextEncode", "EmptyLatentImage", "KSampler"),
        *("ProofsheetDemoModel", "SaveImage", "VAEDecode"),
    ]
    outputs = desk.finish()["outputs"]
    [saved] = [image for output in outputs.values() for image in output["images"]]
    assert abs(pixels(desk.server.view(saved)) - pixels(picture)).max() <= 1
