"""Official templates, turned into prompts by the page, are planned as they are."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

from PIL import Image
from rig.host import unpacked

PACKAGE = "comfyui-workflow-templates-json==0.1.123"
INSIDE = "comfyui_workflow_templates_json/templates/"
NAMES = (
    "image_sdxl_simple",
    "sdxl_refiner_prompt_example",
    "image_z_image_turbo",  # in a subgraph
    "image_flux2_klein_text_to_image",  # sampler, guider and sigmas apart
    "flux_fill_outpaint_example",
    "video_wan2_2_14B_fun_inpaint",  # two models in a row, and a clip
)

MODELS = ("checkpoints", "diffusion_models", "text_encoders", "vae", "loras", "clip_vision")
FILE = re.compile(r'"([^"/\\]+\.(?:safetensors|sft|ckpt|pt|pth))"')
PICTURE = re.compile(r'"([^"/\\]+\.(?:png|jpe?g|webp))"')
SAVERS = ("SaveImage", "SaveVideo", "SaveWEBM", "SaveAnimatedWEBP", "PreviewImage")
PROMPT = """async (workflow) => {
    await window.app.loadGraphData(workflow);
    return (await window.app.graphToPrompt()).output;
}"""


def test_official_templates_are_planned_as_they_are(newest):
    """One page for all of them: opening it takes longest."""
    folder = unpacked(PACKAGE, INSIDE)
    for name in NAMES:
        text = (folder / f"{name}.json").read_text(encoding="utf-8")
        stand_in(newest.server.base, text)
        prompt = newest.page.evaluate(PROMPT, json.loads(text))
        entry = newest.server.run(swept(prompt))
        frames = entry["outputs"]["sheet"]["proofsheet"][0]["frames"]
        told = [(frame["seed"], frame["status"]) for frame in frames]
        assert told == [(11, "missing"), (12, "missing")], name
        assert len({frame["id"] for frame in frames}) == 2, name
        assert frames[0]["positive"], name


def stand_in(base: Path, text: str) -> None:
    """Files of no content, by the names that the workflow has."""
    for name in set(FILE.findall(text)):
        for folder in MODELS:
            file = base / "models" / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(struct.pack("<Q", 2) + b"{}")
    for name in set(PICTURE.findall(text)):
        Image.new("RGB", (64, 64), "teal").save(base / "input" / name)


def swept(prompt):
    """With a Sweep in place of what saves it."""
    savers = [number for number, each in prompt.items() if each["class_type"] in SAVERS]
    ends = [prompt.pop(number)["inputs"] for number in savers]
    source = next(ends[-1][name] for name in ("images", "video") if name in ends[-1])
    planned = {"source": source, "axes": "seed = 11, 12", "make": "none"}
    shown = {"frames": ["sweep", 0], "picks": "", "when_empty": "hold", "columns": 0}
    shown |= {"cell_size": 128, "captions": "none"}
    return {
        **prompt,
        "sweep": {"class_type": "ProofsheetSweep", "inputs": planned},
        "sheet": {"class_type": "ProofsheetContactSheet", "inputs": shown},
    }
