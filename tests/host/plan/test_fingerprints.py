"""Files count by content, and only files that the host itself would find."""

from __future__ import annotations

import os

import folder_paths
import pytest
from pack.nodes.host.plan import fingerprints


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A folder of models of its own for the host, and an input folder."""
    for name in ("loras", "embeddings", "input"):
        (tmp_path / name).mkdir()
    known = {name: ([str(tmp_path / name)], {".safetensors"}) for name in ("loras", "embeddings")}
    monkeypatch.setattr(folder_paths, "folder_names_and_paths", known)
    monkeypatch.setattr(folder_paths, "input_directory", str(tmp_path / "input"))
    return tmp_path


def put(path, data=b"weights"):
    path.write_bytes(data)
    return path


def test_two_machines_agree_on_a_file_whatever_its_name_and_time(models):
    first, second = put(models / "loras" / "a.safetensors"), put(models / "loras" / "b.safetensors")
    os.utime(second, (1, 1))
    assert fingerprints.file_fingerprint(str(first)) == fingerprints.file_fingerprint(str(second))


@pytest.mark.parametrize("at", [0, 30_000_000, 59_999_999])
def test_large_files_are_sampled_from_end_to_end(models, at):
    data = bytearray(60_000_000)
    path = put(models / "loras" / "big.safetensors", bytes(data))
    before = fingerprints.file_fingerprint(str(path))
    data[max(0, at - 600_000) : at + 600_000] = b"\1" * len(
        data[max(0, at - 600_000) : at + 600_000]
    )
    path.write_bytes(data)
    os.utime(path, ns=(5, 5))
    assert fingerprints.file_fingerprint(str(path)) != before


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("style.safetensors", ["name"]),
        ("missing.safetensors", []),
        ("a cat, embedding:face, night", ["name face"]),
        ("(embedding:face.safetensors:1.2)", ["name face.safetensors"]),
        ("picture.png", ["name"]),
        ("picture.png [input]", ["name"]),
        ("../secret.png", []),
        ("euler", []),
        ("a sentence. And more.", []),
        (7, []),
    ],
)
def test_which_inputs_name_files(models, value, expected):
    put(models / "loras" / "style.safetensors")
    put(models / "embeddings" / "face.safetensors")
    put(models / "input" / "picture.png")
    put(models / "secret.png")
    found, is_certain = fingerprints.file_fingerprints({"name": value})
    assert list(found) == expected
    assert is_certain


def test_a_file_that_changes_is_uncertain_from_then_on(models, caplog):
    path = put(models / "loras" / "mine.safetensors")
    found = []
    for data, time in ((b"one", 1), (b"two", 2), (b"one", 3)):
        path.write_bytes(data)
        os.utime(path, (time, time))
        found.append(fingerprints.file_fingerprints({"name": "mine.safetensors"})[1])
    assert found == [True, False, False]
    assert len([r for r in caplog.records if "has changed since ComfyUI started" in r.message]) == 1
