"""A frame that somebody else put into the store, picked and carried on: whatever its file says
and holds, the sheet and the manifest stay whole, or an error says what to do."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import folder_paths
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.frames import DONE, Frame, Frames
from pack.nodes.core.grammar.picks import format_ids
from pack.nodes.host.store import integrity
from pack.nodes.host.store.images import picture_id
from pack.nodes.host.store.store import Store
from pack.nodes.host.work import contact_sheet, save_frames, unpack_frames
from true_frames import id_of, recipe, sampled

RECIPE = {"1": {"class_type": "KSampler", "inputs": {"seed": 2, "positive": ["1", 0]}}}
SCHEMA = Path(__file__).resolve().parents[3] / "web" / "docs" / "manifest.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
TEXT = st.text(max_size=12) | st.sampled_from(("\ud800", "\0", "\u202e", " · ", "../x", "a\nb"))
NUMBERS = st.integers() | st.floats() | st.sampled_from((10**400, 2**64, -0.0, 1e308))
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        **{"values": st.dictionaries(TEXT, JSON, max_size=3), "positive": TEXT, "negative": TEXT},
        **{"seed": st.none() | st.booleans() | st.integers() | st.just(10**400)},
        **{"exact": st.booleans(), "rows": st.integers(), "thumb": TEXT, "seconds": NUMBERS},
        **{"fingerprints": st.dictionaries(TEXT, JSON, max_size=2) | st.just({"nodes": 7})},
    },
)
INPUTS = st.dictionaries(st.sampled_from(("positive", "text", "seed", "steps")), JSON, max_size=3)
NODES = st.fixed_dictionaries(
    {"class_type": st.sampled_from(("KSampler", "CLIPTextEncode", "VAEDecode")), "inputs": INPUTS}
)
RECIPES = st.just(RECIPE) | st.dictionaries(st.sampled_from("123"), NODES, max_size=3)


GOOD = sampled(recipe(), rows=1)
OURS = GOOD.id


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The host's own store, in an output folder of its own, with one good frame."""
    output, before = tmp_path_factory.mktemp("foreign"), folder_paths.get_output_directory()
    folder_paths.set_output_directory(str(output))
    found = Store(output / "proofsheet" / "store")
    found.write(GOOD)
    yield found
    folder_paths.set_output_directory(before)


def chunk(kind, data, good=True):
    check = zlib.crc32(kind + data) if good else 7
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def text(name, value):
    return chunk(b"iTXt", name + b"\0\0\0\0\0" + value.encode("utf-8", "replace"))


BLACK = picture_id(np.zeros((8, 8, 3), dtype=np.uint8))
HEAD = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
PIXELS = chunk(b"IDAT", zlib.compress(bytes(8 * 25)))
END = chunk(b"IEND", b"")


def carried_on(kept, said, recipe, *chunks, pixels=PIXELS):
    """Picked by its id on a sheet of one good frame, unpacked, and saved."""
    foreign = id_of(recipe, **said.get("fingerprints", {})) if recipe else BLACK
    facts = json.dumps({"version": 1, "id": foreign, **said})
    texts = text(b"proofsheet", facts) + text(b"prompt", json.dumps(recipe))
    kept.path(foreign).parent.mkdir(parents=True, exist_ok=True)
    data = integrity.SIGNATURE + HEAD + texts + b"".join(chunks) + pixels + END
    kept.path(foreign).write_bytes(data)
    frames = Frames((Frame(OURS, 1, 5, status=DONE),))
    options = contact_sheet.Options(format_ids([OURS, foreign]), "hold", 0, 64, "full")
    shown = contact_sheet.show([frames], options, {})
    shown.drawing.draw(lambda: None)
    manifest = shown.manifest
    VALIDATOR.validate(json.loads(json.dumps(manifest, allow_nan=False)))
    assert OURS in manifest["picks"]["ids"]
    for use in (
        unpack_frames.unpack,
        contact_sheet.full_images,
        lambda f: save_frames.save(f, "x/%id%", "jpg"),
    ):
        try:
            use(shown.picked)
        except ProofsheetError as error:
            assert str(error)
    again = contact_sheet.show([shown.picked], options, {})  # as a sheet of picks
    VALIDATOR.validate(json.loads(json.dumps(again.manifest, allow_nan=False)))
    return {frame["id"] for frame in manifest["picks"]["earlier"]}


def test_the_foreign_frame_here_is_one(kept):
    assert carried_on(kept, {"values": {"cfg": 7}}, RECIPE) == {id_of(RECIPE)}
    assert carried_on(kept, {}, {}) == {BLACK}


@given(FACTS, RECIPES)
def test_whatever_it_says(kept, said, recipe):
    carried_on(kept, said, recipe)


KINDS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"pHYs", b"gAMA", b"tRNS", b"PLTE", b"acTL")
MORE = (b"fcTL", b"fdAT", b"IDAT", b"IHDR", b"cHRM", b"sRGB", b"juNK", b"IEND")
DATA = st.binary(max_size=40) | st.sampled_from(
    [
        b"proofsheet\0{}",
        b"prompt\0[]",
        b"parameters\0x",
        b"Exif\0\0II*\0",
        bytes(26),
        b"a\0\1\0b\0c\0d",
    ]
)
CHUNKS = st.lists(
    st.builds(chunk, st.sampled_from(KINDS + MORE), DATA, st.sampled_from((True, True, False))),
    max_size=4,
)
BODIES = st.sampled_from((PIXELS, b"", PIXELS * 2, chunk(b"IDAT", b"x"), chunk(b"IDAT", b"")))


@pytest.mark.filterwarnings("ignore")  # what Pillow says of an odd PNG
@given(CHUNKS, BODIES | st.binary(max_size=30).map(lambda data: chunk(b"IDAT", data)))
def test_whatever_it_holds(kept, chunks, pixels):
    carried_on(kept, {}, RECIPE, *chunks, pixels=pixels)
