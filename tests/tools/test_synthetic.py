"""The sheet that nobody sampled is told as a Contact Sheet tells its own."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from rig.synthetic import SEEDS, manifest

SCHEMA = Path(__file__).resolve().parents[2] / "web" / "docs" / "manifest.schema.json"


def test_its_manifest_is_one():
    told = manifest(3 * SEEDS)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    assert (told["rows"], told["columns"], len(told["frames"])) == (3, SEEDS, 3 * SEEDS)
