"""The official templates, and stand-ins for the files that they name."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from typing import Any

from PIL import Image
from rig.host import unpacked

PACKAGE = "comfyui-workflow-templates-json==0.1.123"
INSIDE = "comfyui_workflow_templates_json/templates/"

MODELS = ("checkpoints", "diffusion_models", "text_encoders", "vae", "loras", "clip_vision")
FILE = re.compile(r'"([^"/\\]+\.(?:safetensors|sft|ckpt|pt|pth))"')
PICTURE = re.compile(r'"([^"/\\]+\.(?:png|jpe?g|webp))"')


def template(name: str) -> dict[str, Any]:
    file = unpacked(PACKAGE, INSIDE) / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8"))


def stand_in(base: Path, workflow: dict[str, Any]) -> None:
    """Files of no content, by the names that the workflow has."""
    text = json.dumps(workflow, ensure_ascii=False)
    for name in set(FILE.findall(text)):
        for folder in MODELS:
            file = base / "models" / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(struct.pack("<Q", 2) + b"{}")
    for name in set(PICTURE.findall(text)):
        Image.new("RGB", (64, 64), "teal").save(base / "input" / name)
