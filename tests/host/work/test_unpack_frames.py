"""Unpack Frames: what a run gets for a kind that no frame is."""

from __future__ import annotations

import pytest
from comfy_execution.graph_utils import ExecutionBlocker
from pack.nodes.core.frames import DONE, Frame, Frames
from pack.nodes.frames import UnpackFrames
from pack.nodes.host.work import unpack_frames
from true_frames import id_of, recipe, sampled


@pytest.fixture
def frames(tmp_path, monkeypatch):
    import folder_paths
    from pack.nodes.host.store.store import Store

    monkeypatch.setattr(folder_paths, "output_directory", str(tmp_path))
    store = Store(tmp_path / "proofsheet" / "store")
    graphs = [recipe(seed) for seed in (1, 2)]
    for graph in graphs:
        store.write(sampled(graph))
    return Frames(
        tuple(
            Frame(id_of(graph, **{}), number, number, status=DONE)
            for number, graph in enumerate(graphs, start=1)
        )
    )


def test_outputs_are_only_appended():
    names = [output.display_name for output in UnpackFrames.GET_SCHEMA().outputs]
    assert names == [*unpack_frames.Unpacked._fields]
    assert names[:7] == ["image", "latent", "positive", "negative", "seed", "caption", "recipe"]
    assert names[7:] == ["video", "audio"]


def test_a_kind_that_no_frame_has_is_blocked_and_never_an_empty_list(frames):
    unpacked = unpack_frames.unpack(frames)
    assert len(unpacked.image) == 2
    for name, what in (("video", "a video"), ("audio", "sound")):
        [blocked] = getattr(unpacked, name)
        assert isinstance(blocked, ExecutionBlocker)
        assert blocked.message == f"None of these frames is {what}."
