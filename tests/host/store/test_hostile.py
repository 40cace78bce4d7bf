"""A store in which somebody else has put files: nothing is believed unchecked, nothing outside is
touched, nothing hangs."""

from __future__ import annotations

import json
import os
import struct
import sys
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.host.store import integrity, pick_lookup, store
from pack.nodes.host.store.atomic_files import StorageError
from pack.nodes.host.store.store import Store
from PIL import Image, PngImagePlugin
from true_frames import id_of, recipe, sampled

RECIPE = recipe()
ID = id_of(RECIPE)
GOOD = {"version": 1, "id": ID, "files": {}}
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")


def write(kept):
    return kept.write(sampled(RECIPE))


@pytest.fixture
def kept(tmp_path):
    found = Store(tmp_path / "output" / "store")
    found.path(ID).parent.mkdir(parents=True)
    return found


def png(path, **texts):
    info = PngImagePlugin.PngInfo()
    for name, text in {"prompt": json.dumps(RECIPE), **texts}.items():
        info.add_text(name, text)
    Image.new("RGB", (8, 8)).save(path, pnginfo=info)


def facts(**changes):
    return json.dumps({**GOOD, **changes})


def unusable(kept):
    """Not found, and in no more than a few seconds."""
    started = time.monotonic()
    found = kept.find(ID)
    assert time.monotonic() - started < 10
    return found is None


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PROMPT = chunk(b"tEXt", b"prompt\0" + json.dumps(RECIPE).encode())


def bomb(width, height, *chunks):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return integrity.SIGNATURE + head + PROMPT + b"".join(chunks) + body + chunk(b"IEND", b"")


def text(value, kind=b"tEXt"):
    between = b"\0\0" if kind == b"zTXt" else b"\0"
    return chunk(kind, b"proofsheet" + between + value)


@pytest.mark.parametrize(
    "data",
    [
        bomb(60_000, 60_000, text(facts().encode())),  # 10 GB of pixels, it says
        bomb(2**31 - 1, 2**31 - 1, text(facts().encode())),
        bomb(0, 0, text(facts().encode())),
        bomb(8, 8, *[text(b"x" * 2**20)] * 70),  # 70 MB of texts
        bomb(8, 8, text(zlib.compress(bytes(2**28), 9), b"zTXt")),  # 256 MB of text in 256 KB
        bomb(8, 8, *[chunk(b"junk", b"")] * 70_000),
        bomb(8, 8, text(facts(positive="x" * 50_000_000).encode()))[:-1000],
        integrity.SIGNATURE + b"\xff\xff\xff\xffIHDR",
        b"GIF89a" + bytes(100),
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
    ids=range(10),
)
def test_bombs_do_not_go_off(kept, data):
    kept.path(ID).write_bytes(data)
    assert unusable(kept)
    write(kept)
    assert kept.find(ID)


@pytest.mark.parametrize("read", ["picture", "pictures", "thumb", "latent"])
def test_what_cannot_be_decoded_is_not_found_again_until_it_is_made_anew(kept, read):
    """Every checksum is right, so somebody made it so."""
    latent = kept.path(ID, ".safetensors")
    latent.write_bytes(b"no latent")
    files = {".safetensors": integrity.file_hash(latent)}
    pixels = b"\0" if read != "latent" else zlib.compress(bytes(8 * 25))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    body = PROMPT + text(facts(files=files).encode()) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    kept.path(ID).write_bytes(integrity.SIGNATURE + head + body)
    with pytest.raises(OSError, match="cannot be decoded|is gone"):
        getattr(kept, read)(ID)
    assert unusable(kept)
    write(kept)
    assert kept.find(ID) and getattr(kept, read)(ID)


def test_a_huge_file_is_not_read(kept):
    with kept.path(ID).open("wb") as file:
        file.write(bomb(8, 8, text(facts().encode())))
        file.truncate(integrity.MAX_FILE + 1)  # sparse: it takes no room
    assert unusable(kept)
    png(kept.path(ID), proofsheet=facts(files={".safetensors": "0" * 16}))
    with kept.path(ID, ".safetensors").open("wb") as file:
        file.truncate(integrity.MAX_LATENT + 1)
    assert unusable(kept)


def test_a_frame_with_too_long_a_recipe_is_not_written(kept, monkeypatch):
    monkeypatch.setattr("pack.nodes.host.store.encoding.MAX_TEXT", 100)
    with pytest.raises(ValueError, match="at most 100 fit into a frame"):
        write(kept)
    assert not list(kept.root.rglob("*.png"))


@posix
@pytest.mark.parametrize("ending", [".png", ".safetensors", ".webp"])
def test_links_are_neither_followed_nor_written_through(kept, tmp_path, ending):
    write(kept)
    outside = tmp_path / "outside"
    kept.path(ID, ending).rename(outside)
    before = outside.read_bytes(), outside.stat().st_mtime_ns
    kept.path(ID, ending).symlink_to(outside)
    assert unusable(kept) == (ending != ".webp")
    kept.touch([ID])
    write(kept)
    assert kept.find(ID)
    assert (outside.read_bytes(), outside.stat().st_mtime_ns) == before


@posix
def test_nothing_is_protected_through_links(kept, tmp_path):
    write(kept)
    kept.path(ID, ".picked").symlink_to(tmp_path / "made")
    kept.protect([ID])
    assert not (tmp_path / "made").exists()


@posix
def test_a_linked_folder_in_the_store_takes_nothing_and_loses_nothing(kept, tmp_path, monkeypatch):
    outside = tmp_path / "outside"
    kept.path(ID).parent.rmdir()
    outside.mkdir()
    kept.path(ID).parent.symlink_to(outside, target_is_directory=True)
    with pytest.raises(StorageError, match="is a link out of the store; remove it"):
        write(kept)
    (outside / f"{ID}.png").write_bytes(b"mine")
    assert unusable(kept)
    monkeypatch.setenv("PROOFSHEET_STORE_GIB", "0.000000001")
    kept.evict()
    assert [path.name for path in outside.iterdir()] == [f"{ID}.png"]


@posix
def test_a_linked_store_is_the_users_own_choice(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "store").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    kept = Store(tmp_path / "store")
    write(kept)
    assert kept.find(ID)


@posix
@pytest.mark.parametrize("ending", [".png", ".safetensors", ".webp"])
def test_pipes_do_not_hang(kept, ending):
    write(kept)
    kept.path(ID, ending).unlink()
    os.mkfifo(kept.path(ID, ending))
    assert unusable(kept) == (ending != ".webp")
    write(kept)
    assert kept.find(ID)


@pytest.mark.parametrize("ending", [".safetensors", ".webp"])
def test_folders_where_files_belong_are_no_end(kept, ending):
    kept.path(ID, ending).mkdir()
    if ending == ".webp":
        with pytest.raises(OSError, match="a folder stands where the file .* belongs; remove it"):
            write(kept)
    else:
        write(kept)
        assert kept.find(ID)


def test_a_folder_for_a_picture_is_said(kept):
    kept.path(ID).mkdir()
    assert unusable(kept)
    with pytest.raises(OSError, match="a folder stands where the file .* belongs; remove it"):
        write(kept)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
SAID = ("files", "values", "positive", "negative", "seed", "rows", "exact", "thumb", "seconds")
FACTS = st.fixed_dictionaries(
    {"version": JSON | st.just(1), "id": JSON | st.just(ID)}, optional=dict.fromkeys(SAID, JSON)
)


@given(FACTS, JSON | st.just(RECIPE))
def test_whatever_a_png_says_a_frame_is_a_keeper_or_none(tmp_path_factory, said, recipe):
    """Read, shown as a keeper and made anew: no facts end in anything but a frame or no frame."""
    kept = Store(tmp_path_factory.getbasetemp() / "fuzzed")
    kept.path(ID).parent.mkdir(parents=True, exist_ok=True)
    png(kept.path(ID), proofsheet=json.dumps(said), prompt=json.dumps(recipe))
    frame = pick_lookup.keeper(ID, kept)
    assert frame is None or (frame.id, frame.width) == (ID, 8)


@given(st.data())
def test_any_bytes_in_place_of_a_frame_are_no_frame(tmp_path_factory, data):
    """A whole frame with some bytes changed, cut off or put in."""
    kept = Store(tmp_path_factory.getbasetemp() / "bytes")
    if not kept.find(ID):
        kept.remove(ID)
        write(kept)
    ending = data.draw(st.sampled_from((".png", ".safetensors")))
    path = kept.path(ID, ending)
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    end = data.draw(st.integers(at, min(len(good), at + 40)))
    path.write_bytes(bad := good[:at] + data.draw(st.binary(max_size=40)) + good[end:])
    try:
        assert (kept.find(ID) is None) == (bad != good)
    finally:
        path.write_bytes(good)


def test_the_store_is_a_folder_of_the_output_folder():
    assert store.SUBFOLDER == "proofsheet/store"
