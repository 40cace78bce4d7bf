"""Save Frames: what is there already stays, and one frame that is gone does not keep the others."""

from __future__ import annotations

import os
import sys

import folder_paths
import pytest
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.frames import Frame, Frames
from pack.nodes.core.limits import FORMAT
from pack.nodes.host.store.store import NewFrame, default_store
from pack.nodes.host.work import save_frames
from true_frames import id_of, pixels, recipe, sampled

ONE, TWO = (id_of(recipe(seed)) for seed in (1, 2))


@pytest.fixture
def output(tmp_path, monkeypatch):
    monkeypatch.setattr(folder_paths, "get_output_directory", lambda: str(tmp_path))
    for seed in (1, 2):
        default_store().write(sampled(recipe(seed), pixels(seed)))
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
    kept = default_store()
    before = kept.losses
    kept.path(ONE).write_bytes(kept.path(ONE).read_bytes()[:-20])
    assert names(save_frames.save(frames(ONE, TWO), "%id%", format)) == [f"{TWO}.{format}"]
    assert kept.losses > before  # the next run makes it again
    kept.remove(TWO)
    with pytest.raises(ProofsheetError, match="no finished frame to save"):
        save_frames.save(frames(ONE, TWO), "%id%", format)


@pytest.mark.parametrize("format", FORMAT.words)
def test_a_recipe_longer_than_a_jpg_holds_is_no_end(output, format):
    graph = {"1": {"class_type": "CLIPTextEncode", "inputs": {"text": "x" * 100_000}}}
    long = NewFrame(id_of(graph), [pixels()], None, graph, "y" * 100_000, {"rows": 1})
    default_store().write(long)
    [file] = save_frames.save(frames(long.id), "long", format)
    data = (output / file["filename"]).read_bytes()
    assert (b"xxxx" in data) == (format != "jpg")


@pytest.mark.parametrize(
    "folder", ["proofsheet/store/", "proofsheet/sheets/", "Proofsheet/STORE/aa/"]
)
def test_what_the_store_removes_by_age_takes_no_other_files(output, folder):
    with pytest.raises(ProofsheetError, match="filename_prefix: proofsheet/s.* own folder"):
        save_frames.save(frames(ONE), f"{folder}mine", "png")
    saved = save_frames.save(frames(ONE), "proofsheet/stored/mine", "png")
    assert [file["subfolder"] for file in saved] == ["proofsheet/stored"]


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_linked_folder_leads_nowhere(output, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (output / "out").symlink_to(outside, target_is_directory=True)
    with pytest.raises(ProofsheetError, match="outside the output folder"):
        save_frames.save(frames(ONE), "out/%id%", "png")
    assert not list(outside.iterdir())
