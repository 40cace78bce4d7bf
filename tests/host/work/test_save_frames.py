"""Save Frames: what is there already stays, and one frame that is gone does not keep the others."""

from __future__ import annotations

import os
import sys

import folder_paths
import numpy as np
import pytest
import torch
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.frames import Frame, Frames
from pack.nodes.core.limits import FORMAT
from pack.nodes.host.store import store
from pack.nodes.host.store.store import NewFrame
from pack.nodes.host.work import save_frames

ONE, TWO = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def output(tmp_path, monkeypatch):
    monkeypatch.setattr(folder_paths, "get_output_directory", lambda: str(tmp_path))
    for number, frame_id in enumerate((ONE, TWO)):
        pixels = np.full((8, 8, 3), number, dtype=np.uint8)
        latent = {"samples": torch.zeros(1, 1, 1, 1)}
        store.default().write(NewFrame(frame_id, [pixels], latent, {}, "", {"rows": 4}))
    return tmp_path


def frames(*ids, status="done"):
    return Frames(tuple(Frame(i, n, 1, status=status) for n, i in enumerate(ids, start=1)))


def names(saved):
    return [file["filename"] for file in saved]


def test_nothing_that_is_there_is_written_over(output):
    (output / "a.png").write_bytes(b"mine")
    (output / "a_2.png").mkdir()
    if sys.platform != "win32":
        os.mkfifo(output / "a_3.png")
        (output / "a_4.png").symlink_to(output / "elsewhere")
    else:
        (output / "a_3.png").write_bytes(b"mine")
        (output / "a_4.png").write_bytes(b"mine")
    assert names(save_frames.save(frames(ONE), "a", "png")) == ["a_5.png"]
    assert names(save_frames.save(frames(ONE), "a", "png")) == ["a_5.png"]  # no second copy
    assert (output / "a.png").read_bytes() == b"mine"
    assert not (output / "elsewhere").exists()


@pytest.mark.parametrize("format", FORMAT.words)
def test_frames_that_are_gone_or_damaged_are_left_out(output, format):
    kept = store.default()
    before = store.losses()
    kept.path(ONE).write_bytes(kept.path(ONE).read_bytes()[:-20])
    assert names(save_frames.save(frames(ONE, TWO), "%id%", format)) == [f"{TWO}.{format}"]
    assert store.losses() > before  # the next run makes it again
    kept.remove(TWO)
    with pytest.raises(ProofsheetError, match="no finished frame to save"):
        save_frames.save(frames(ONE, TWO), "%id%", format)


@pytest.mark.parametrize("format", FORMAT.words)
def test_a_recipe_longer_than_a_jpg_holds_is_no_end(output, format):
    graph = {"1": {"class_type": "CLIPTextEncode", "inputs": {"text": "x" * 100_000}}}
    pixels = np.zeros((8, 8, 3), dtype=np.uint8)
    store.default().write(NewFrame("a" * 16, [pixels], None, graph, "y" * 100_000, {"rows": 1}))
    [file] = save_frames.save(frames("a" * 16), "long", format)
    data = (output / file["filename"]).read_bytes()
    assert (b"xxxx" in data) == (format != "jpg")


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_linked_folder_leads_nowhere(output, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (output / "out").symlink_to(outside, target_is_directory=True)
    with pytest.raises(ProofsheetError, match="outside the output folder"):
        save_frames.save(frames(ONE), "out/%id%", "png")
    assert not list(outside.iterdir())
