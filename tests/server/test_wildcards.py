"""Lists of wildcards on a running host: another content makes other prompts, with nothing in the
graph changed."""

from __future__ import annotations

import pytest
from graphs import SEED, TEXT, plain, swept
from sweeps import run

PROMPTS = "ProofsheetPromptBatch"


@pytest.fixture
def put(server):
    def write(name, text):
        path = server.base / "wildcards" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


def shown(inputs):
    return {
        "1": {"class_type": PROMPTS, "inputs": inputs},
        "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 0]}},
    }


def test_another_content_makes_other_prompts(server, put):
    graph = shown({"prompts": "a __server/colors__ boat"})
    put("server/colors.txt", "red\nblue\n")
    assert server.run(graph)["outputs"]["2"]["text"] == ["a red boat", "a blue boat"]
    put("server/colors.txt", "green\n")
    assert server.run(graph)["outputs"]["2"]["text"] == ["a green boat"]


def test_so_it_does_where_the_text_is_linked(server, put):
    text = {"class_type": "PrimitiveString", "inputs": {"value": "a __linked__ boat"}}
    graph = {**shown({"prompts": ["3", 0]}), "3": text}
    put("linked.yaml", "- red\n")
    assert server.run(graph)["outputs"]["2"]["text"] == ["a red boat"]
    put("linked.yaml", "- blue one\n")
    assert server.run(graph)["outputs"]["2"]["text"] == ["a blue one boat"]


def test_a_sweep_makes_the_prompts_that_are_new(server, put):
    prompt = swept(plain(TEXT, SEED, "euler"), "a __swept__ boat", "1")
    put("swept.txt", "red\nblue")
    first, calls = run(server, prompt)
    assert [frame["positive"] for frame in first["frames"]] == ["a red boat", "a blue boat"]
    put("swept.txt", "green\nred")
    second, calls = run(server, prompt)
    assert [frame["positive"] for frame in second["frames"]] == ["a green boat", "a red boat"]
    assert calls.rows == 1 and second["frames"][1]["id"] == first["frames"][0]["id"]
