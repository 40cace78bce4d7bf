"""Texts of the input folder: of no other, and anew when they change."""

from __future__ import annotations

import os
import sys

import folder_paths
import pytest
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.limits import MAX_LONG_TEXT
from pack.nodes.host.plan import input_files
from pack.nodes.rows import SweepRows


@pytest.fixture
def folder(tmp_path, monkeypatch):
    found = tmp_path / "input"
    found.mkdir()
    (tmp_path / "secret.csv").write_text("a\n1")
    monkeypatch.setattr(folder_paths, "get_input_directory", lambda: str(found))
    return found


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("prompt;n\n山;1".encode(), "prompt;n\n山;1"),
        ("\ufeffprompt\n山".encode(), "prompt\n山"),
        ("prompt\n山".encode("utf-16"), "prompt\n山"),
        (b"\xfe\xff" + "prompt".encode("utf-16-be"), "prompt"),
        (b"", ""),
    ],
)
def test_a_text_is_read_as_spreadsheets_save_it(folder, data, text):
    (folder / "set").mkdir()
    (folder / "set" / "a.csv").write_bytes(data)
    assert input_files.text("set/a.csv") == input_files.text("set\\a.csv") == text


@pytest.mark.parametrize(
    "name",
    ["../secret.csv", "set/../../secret.csv", "/etc/passwd", "..", "a/../..", "..\\secret.csv"],
)
def test_nothing_outside_the_folder_is_read(folder, name):
    with pytest.raises(ProofsheetError, match="is outside the input folder"):
        input_files.text(name)
    with pytest.raises(ProofsheetError, match="is outside the input folder"):
        input_files.text(str(folder.parent / "secret.csv"))


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_no_link_leads_out_and_nothing_but_a_file_is_read(folder):
    (folder / "out.csv").symlink_to(folder.parent / "secret.csv")
    with pytest.raises(ProofsheetError, match="is outside the input folder"):
        input_files.text("out.csv")
    os.mkfifo(folder / "pipe.csv")
    for name in ("pipe.csv", ".", "none.csv", "a\0b", "x" * 5000):
        with pytest.raises(ProofsheetError):
            input_files.text(name)


def test_what_is_there_is_said_of_what_is_not(folder):
    for name in ("prompts.csv", "other.json", "picture.png"):
        (folder / name).write_text("a\n1")
    with pytest.raises(ProofsheetError) as caught:
        input_files.text("promts.csv")
    there = "there are 'prompts.csv', 'other.json'"
    assert str(caught.value) == f"There is no file 'promts.csv' in the input folder: {there}"


def test_what_is_no_text_is_refused(folder):
    (folder / "latin.csv").write_bytes("prompt\ncafé".encode("cp1252"))
    with pytest.raises(
        ProofsheetError, match=r"'latin.csv' is no text in UTF-8 \(byte 10\): save it"
    ):
        input_files.text("latin.csv")
    (folder / "unmarked.csv").write_bytes("prompt".encode("utf-16-le"))
    with pytest.raises(ProofsheetError, match=r"'unmarked.csv' is no text in UTF-8 \(byte 1\)"):
        input_files.text("unmarked.csv")
    with (folder / "huge.csv").open("wb") as file:
        file.truncate(4 * MAX_LONG_TEXT + 1)
    with pytest.raises(
        ProofsheetError, match="'huge.csv' has 80,040,001 bytes; at most 80,040,000"
    ):
        input_files.text("huge.csv")


def test_another_text_is_another_answer(folder):
    file = folder / "a.csv"
    file.write_text("a\n1")
    first = SweepRows.fingerprint_inputs("@a.csv")
    assert SweepRows.fingerprint_inputs(" @a.csv ") == first
    times = file.stat()
    file.write_text("a\n2")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert SweepRows.fingerprint_inputs("@a.csv") != first
    assert SweepRows.execute("@a.csv").args[0] == [2]
    assert SweepRows.fingerprint_inputs("a\n1") == SweepRows.fingerprint_inputs(None) == ""
    file.unlink()
    assert "no file" in SweepRows.fingerprint_inputs("@a.csv")
