"""What somebody changes in a store, and what is said of it. No tampered frame is found: it is made
again; a tampered thumbnail is drawn again."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from pack.nodes.core.plan import frame_texts
from pack.nodes.host.store import integrity, pick_lookup
from pack.nodes.host.store.store import Store
from PIL import Image, PngImagePlugin
from true_frames import from_picture, id_of, pixels, recipe, sampled

FINGERPRINTS = {"host": "0.3.75", "nodes": {"1": {"ckpt_name": "12-ab"}}}
FACTS = {"seed": 1, "positive": "a red boat", "values": {"seed": 1}, "fingerprints": FINGERPRINTS}


def swept(seed: int):
    """A frame of a sweep, as a video model makes one: two pictures and a latent."""
    return sampled(recipe(seed), pixels(seed), pixels(10 + seed), **FACTS)


GOOD, OTHER = swept(1), swept(2)
PICTURE, OTHER_PICTURE = from_picture(pixels(5)), from_picture(pixels(6))


class Files(NamedTuple):
    """The files of one frame, in the hands of somebody who knows the format."""

    store: Store
    id: str
    other: str

    def path(self, ending: str = ".png"):
        return self.store.path(self.id, ending)

    def others(self, ending: str = ".png") -> bytes:
        return self.store.path(self.other, ending).read_bytes()

    def texts(self, **changes: str | None) -> None:
        """Change texts of the PNG; None takes one out. Its checksums are right."""
        with Image.open(self.path()) as picture:
            picture.load()
        texts = {**picture.text, **changes}
        self.draw(picture, {name: text for name, text in texts.items() if text is not None})

    def draw(self, picture: Image.Image, texts: dict[str, str]) -> None:
        info = PngImagePlugin.PngInfo()
        for name, text in texts.items():
            info.add_text(name, text)
        picture.save(self.path(), "PNG", pnginfo=info)

    def facts(self, **changes: object) -> None:
        with Image.open(self.path()) as picture:
            said = json.loads(picture.text["proofsheet"])
        self.texts(proofsheet=json.dumps({**said, **changes}))


Tamper = Callable[[Files], object]


def text(value: str | None) -> Tamper:
    return lambda files: files.texts(proofsheet=value)


def facts(**changes: object) -> Tamper:
    return lambda files: files.facts(**changes)


def graph(value: object) -> Tamper:
    return lambda files: files.texts(prompt=value if isinstance(value, str) else json.dumps(value))


def flip(ending: str, at: int = -200) -> Tamper:
    def change(files: Files) -> None:
        data = bytearray(files.path(ending).read_bytes())
        data[at] ^= 4
        files.path(ending).write_bytes(data)

    return change


def truncate(ending: str) -> Tamper:
    return lambda files: files.path(ending).write_bytes(files.path(ending).read_bytes()[:-100])


def remove(ending: str) -> Tamper:
    return lambda files: os.unlink(files.path(ending))


def another(ending: str) -> Tamper:
    """The same file of another frame."""
    return lambda files: files.path(ending).write_bytes(files.others(ending))


def forged(files: Files) -> None:
    """Every file of another frame, and the facts say that they are this one's."""
    for ending in (".safetensors", ".2.png", ".webp", ".png"):
        if files.store.path(files.other, ending).exists():
            another(ending)(files)
    files.facts(id=files.id)


def repainted(files: Files) -> None:
    """The texts as they are, over the picture of another frame."""
    with Image.open(files.path()) as picture, Image.open(files.store.path(files.other)) as other:
        other.load()
        files.draw(other, dict(picture.text))


def moving(files: Files) -> None:
    """An APNG whose first picture is the frame's own."""
    head, picture = 33, files.path().read_bytes()  # the signature and IHDR
    control = b"acTL" + struct.pack(">II", 2, 0)
    chunk = struct.pack(">I", 8) + control + struct.pack(">I", zlib.crc32(control))
    files.path().write_bytes(picture[:head] + chunk + picture[head:])


NEWER = {**FINGERPRINTS, "host": "0.33.0"}
LORA = {**FINGERPRINTS, "nodes": {"1": {"ckpt_name": "12-cd"}}}
DEEP = '{"1": {"class_type": "x", "inputs": {"a": ' + "[" * 600 + "]" * 600 + "}}}"
STRANGER = "its recipe makes frame #[0-9a-f]{16}, not this one"
WRONG_KIND = "its {} are of the wrong kind"

OF_A_SWEEP = [
    # the text `proofsheet`
    ("facts: none", text(None), "its text 'proofsheet' is missing"),
    ("facts: empty", text(""), "its text 'proofsheet' is no JSON"),
    ("facts: cut off", text("{"), "its text 'proofsheet' is no JSON"),
    ("facts: null", text("null"), "its text 'proofsheet' is no object"),
    ("facts: a list", text("[]"), "its text 'proofsheet' is no object"),
    ("facts: a text", text('"x"'), "its text 'proofsheet' is no object"),
    ("facts: a number", text("7"), "its text 'proofsheet' is no object"),
    ("facts: NaN", text("NaN"), "its text 'proofsheet' is no object"),
    ("facts: deep lists", text("[" * 200_000), "its text 'proofsheet' is (nested too|no JSON)"),
    ("facts: deep", text('{"a":' * 100_000), "its text 'proofsheet' is (nested too|no JSON)"),
    ("version: none", text("{}"), "it does not say its format"),
    ("version: a text", facts(version="1"), "it does not say its format"),
    ("version: true", facts(version=True), "it does not say its format"),
    ("id: another", facts(id=OTHER.id), f"it says it is {OTHER.id}"),
    ("id: in capitals", facts(id=GOOD.id.upper()), f"it says it is {GOOD.id.upper()}"),
    ("id: a list", facts(id=[GOOD.id]), r"it says it is \['"),
    ("files: a list", facts(files=[]), WRONG_KIND.format("files")),
    ("files: none", facts(files={".2.png": "0" * 16}), "2.png is damaged"),
    ("files: /etc/passwd", facts(files={"/../../../../etc/passwd": "x"}), "a frame has no file '/"),
    ("files: beside it", facts(files={"/../x.png": "x"}), "a frame has no file '/../x.png'"),
    ("files: through it", facts(files={".2.png/../../x.png": "x"}), "a frame has no file '.2.png/"),
    ("files: no hash", facts(files={".safetensors": 7}), "a frame has no file '.safetensors'"),
    ("values: a list", facts(values=[]), WRONG_KIND.format("values")),
    ("values: an object", facts(values={"cfg": {"a": 1}}), "its values are none"),
    ("values: deep lists", facts(values={"cfg": [[1]]}), "its values are none"),
    ("positive: a number", facts(positive=7), WRONG_KIND.format("positive")),
    ("negative: a number", facts(negative=7), WRONG_KIND.format("negative")),
    ("seed: a text", facts(seed="7"), WRONG_KIND.format("seed")),
    ("seed: below 0", facts(seed=-1), "its seed is none"),
    ("seed: above 64 bits", facts(seed=2**64), "its seed is none"),
    ("exact: a text", facts(exact="yes"), WRONG_KIND.format("exact")),
    ("rows: true", facts(rows=True), WRONG_KIND.format("rows")),
    ("seconds: a text", facts(seconds="7"), WRONG_KIND.format("seconds")),
    ("seconds: true", facts(seconds=True), WRONG_KIND.format("seconds")),
    ("seconds: null", facts(seconds=None), WRONG_KIND.format("seconds")),
    ("seconds: below 0", facts(seconds=-0.5), "its seconds are none"),
    ("seconds: NaN", facts(seconds=float("nan")), "its seconds are none"),
    ("seconds: infinite", facts(seconds=float("inf")), "its seconds are none"),
    ("seconds: more than a float", facts(seconds=10**400), "its seconds are none"),
    ("thumb: a number", facts(thumb=7), WRONG_KIND.format("thumb")),
    ("fingerprints: a number", facts(fingerprints=7), WRONG_KIND.format("fingerprints")),
    ("fingerprints: of no node", facts(fingerprints={"nodes": 7}), "its fingerprints are none"),
    ("fingerprints: no file", facts(fingerprints={"nodes": {"1": 7}}), "its fingerprints are none"),
    ("fingerprints: another host", facts(fingerprints=NEWER), STRANGER),
    ("fingerprints: another file", facts(fingerprints=LORA), STRANGER),
    ("fingerprints: none", facts(fingerprints={}), STRANGER),
    # the text `prompt`
    ("recipe: another seed", graph(recipe(7)), STRANGER),
    ("recipe: another prompt", graph(recipe(1, "a blue boat")), STRANGER),
    ("recipe: another node", graph({**recipe(1), "3": recipe(1)["1"]}), STRANGER),
    ("recipe: of another frame", graph(recipe(2)), f"its recipe makes frame #{OTHER.id}, not this"),
    ("recipe: none", graph({}), "it has no recipe, and a latent or further pictures"),
    ("recipe: cut off", graph("{"), "its text 'prompt' is no JSON"),
    ("recipe: a list", graph([]), "its text 'prompt' is no object"),
    ("recipe: a number", graph(7), "its text 'prompt' is no object"),
    ("recipe: deep lists", graph("[" * 200_000), "its text 'prompt' is (nested too deep|no JSON)"),
    ("recipe: no node", graph({"1": 7}), "its recipe is no graph"),
    ("recipe: no class", graph({"1": {"class_type": 7, "inputs": {}}}), "its recipe is no graph"),
    ("recipe: no inputs", graph({"1": {"class_type": "x"}}), "its recipe is no graph"),
    ("recipe: a list", graph({"1": {"class_type": "x", "inputs": []}}), "its recipe is no graph"),
    ("recipe: deep values", graph(DEEP), "its recipe is nested too deep"),
    ("recipe: too long", graph(recipe(1, "x" * 9_000_000)), "The recipe of a frame has 9,000,"),
    # the picture
    ("picture: truncated", truncate(".png"), "it does not end as a PNG does"),
    ("picture: a bit", flip(".png"), "broken PNG file|bad header checksum"),
    ("picture: empty", lambda files: files.path().write_bytes(b""), "it is no PNG"),
    ("picture: foreign", lambda f: Image.new("RGB", (8, 8)).save(f.path()), "'proofsheet' is miss"),
    ("picture: another frame", another(".png"), f"it says it is {OTHER.id}"),
    ("all of another frame", forged, f"its recipe makes frame #{OTHER.id}, not this one"),
    # the files beside it
    ("latent: a bit", flip(".safetensors", -2), ".safetensors is damaged"),
    ("latent: truncated", truncate(".safetensors"), ".safetensors is damaged"),
    ("latent: none", remove(".safetensors"), "No such file"),
    ("latent: another frame", another(".safetensors"), ".safetensors is damaged"),
    ("second picture: a bit", flip(".2.png"), ".2.png is damaged"),
    ("second picture: none", remove(".2.png"), "No such file"),
    ("second picture: another frame", another(".2.png"), ".2.png is damaged"),
]

OF_A_PICTURE = [
    ("picture: moves", moving, "it moves"),
    ("picture: another", repainted, f"its picture makes frame #{OTHER_PICTURE.id}, not this one"),
    ("all of another", forged, f"its picture makes frame #{OTHER_PICTURE.id}, not this one"),
    ("picture: another frame", another(".png"), f"it says it is {OTHER_PICTURE.id}"),
    ("recipe: put in", graph(recipe(1)), STRANGER),
    ("files: a latent", facts(files={".safetensors": "0" * 16}), "it has no recipe, and a latent"),
    ("files: a picture", facts(files={".2.png": "0" * 16}), "it has no recipe, and a latent"),
    ("values: a list", facts(values=[]), WRONG_KIND.format("values")),
    ("picture: truncated", truncate(".png"), "it does not end as a PNG does"),
]

ROWS = [pytest.param(GOOD, OTHER, *row[1:], id=row[0]) for row in OF_A_SWEEP] + [
    pytest.param(PICTURE, OTHER_PICTURE, *row[1:], id=f"of a picture, {row[0]}")
    for row in OF_A_PICTURE
]


def copied(store: Store) -> Store:
    """The same files in a folder of which nothing is known."""
    return Store(shutil.copytree(store.root, store.root.with_name("copied"), dirs_exist_ok=True))


def tampered(store, good, other, tamper, is_known) -> Store:
    """The store with one frame tampered with; it has seen the frame whole, or never before."""
    for frame in (good, other):
        store.write(frame)
    assert store.find(good.id)
    tamper(Files(store, good.id, other.id))
    return store if is_known else copied(store)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "unseen"])
@pytest.mark.parametrize(("good", "other", "tamper", "said"), ROWS)
def test_a_tampered_frame_is_said_once_and_made_again(
    store, caplog, good, other, tamper, said, is_known
):
    store = tampered(store, good, other, tamper, is_known)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert store.find(good.id) is None
        assert pick_lookup.keeper(good.id, store) is None
        for read in (store.picture, store.pictures, store.thumb, store.latent):
            with pytest.raises(OSError, match="is gone from the store"):
                read(good.id)
    [told] = caplog.messages
    assert re.search(f"is damaged and will be made again: .*({said})", told)
    store.write(good)
    assert store.find(good.id)
    assert (np.asarray(store.picture(good.id)) == good.pictures[0]).all()
    assert len(store.pictures(good.id)) == len(good.pictures)
    assert store.find(other.id)


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "unseen"])
@pytest.mark.parametrize("good", [GOOD, PICTURE], ids=["of a sweep", "of a picture"])
@pytest.mark.parametrize(
    "tamper",
    [flip(".webp", -20), truncate(".webp"), remove(".webp"), another(".webp")],
    ids=["a bit", "truncated", "none", "another frame"],
)
def test_a_tampered_thumbnail_is_drawn_again(store, caplog, good, tamper, is_known):
    other = OTHER if good is GOOD else OTHER_PICTURE
    store = tampered(store, good, other, tamper, is_known)
    with caplog.at_level(logging.WARNING):
        assert store.find(good.id)
        drawn = np.asarray(store.thumb(good.id))
    assert not caplog.messages
    path = store.path(good.id, ".webp")
    assert integrity.file_hash(path) == store.find(good.id).facts["thumb"]
    assert (drawn == np.asarray(integrity.decoded(path, "WEBP"))).all()


def test_a_thumbnail_that_cannot_be_drawn_again_is_not_shown(store, monkeypatch):
    store = tampered(store, GOOD, OTHER, another(".webp"), is_known=False)

    def refuse(_path, _data):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pack.nodes.host.store.store.put", refuse)
    assert (np.asarray(store.thumb(GOOD.id)) == GOOD.pictures[0]).all()


def test_a_frame_of_a_newer_version_is_named_so(store, caplog):
    newer = facts(version=frame_texts.VERSION + 1)
    store = tampered(store, GOOD, OTHER, newer, is_known=False)
    assert store.find(GOOD.id) is None
    assert "newer Proofsheet (format 2; this one reads up to 1): update the pack" in caplog.text
    assert "damaged" not in caplog.text


def test_seed_and_prompts_are_those_of_the_recipe_whatever_is_said_beside_it(store):
    lies = facts(seed=7, positive="a blue boat", negative="fog")
    store = tampered(store, GOOD, OTHER, lies, is_known=False)
    keeper = pick_lookup.keeper(GOOD.id, store)
    assert (keeper.seed, keeper.positive, keeper.negative) == (1, "a red boat", "")
    store = tampered(store, PICTURE, OTHER_PICTURE, lies, is_known=True)
    keeper = pick_lookup.keeper(PICTURE.id, store)
    assert (keeper.seed, keeper.positive, keeper.negative) == (None, "", "")


@pytest.mark.parametrize("seed", ["7", -1, 2**64, True, ["1", 0], None, 1.5])
def test_a_seed_that_is_none_is_not_told(store, seed):
    """Somebody's own frame: its id is right, its recipe is nonsense."""
    store.write(sampled(recipe(seed)))
    assert pick_lookup.keeper(id_of(recipe(seed)), store).seed is None


def test_a_frame_that_would_not_be_believed_is_not_written(store):
    """It would be made again at every run."""
    for frame in (GOOD, PICTURE):
        with pytest.raises(ValueError, match="makes frame #.*, not this one"):
            store.write(frame.__class__(**{**frame.__dict__, "id": "0123456789abcdef"}))
    assert not list(store.root.rglob("01*.png"))


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_pictures_of_every_kind_keep_their_id(store, channels):
    frame = from_picture(pixels(1, (5, 7), channels))
    store.write(frame)
    store = copied(store)
    assert store.find(frame.id)
