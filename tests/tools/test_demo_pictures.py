from __future__ import annotations

from random import Random

import numpy as np
import pytest
from demo_model import dataset
from demo_model.picture import _spots, draw
from demo_model.scene import (
    COLOURS,
    KINDS,
    PLACES,
    WEATHERS,
    Scene,
    Thing,
    attributes,
    caption,
    draw_scene,
)
from demo_model.things import COLOUR_VALUES
from pack.nodes.core.demo_words import word_ids

RED_HOUSE = (Thing("house", "red"),)


def test_a_seed_always_draws_the_same_picture():
    first, again, other = (dataset.one(seed) for seed in (5, 5, 6))
    assert np.array_equal(first[0], again[0]) and first[1:] == again[1:]
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_every_thing_shows_its_colour_in_every_place(kind, place):
    scene = Scene("noon", "clear", place, things=(Thing(kind, "purple", size="big"),))
    picture = np.asarray(draw(scene, Random(1))).astype(int)
    assert picture.shape == (128, 128, 3)
    near = np.abs(picture - COLOUR_VALUES["purple"]).max(-1) < 12
    assert near.mean() > 0.01


@pytest.mark.parametrize("weather", WEATHERS)
@pytest.mark.parametrize("style", ["plain", "pastel", "vintage", "monochrome"])
def test_every_weather_and_style_draws(weather, style):
    scene = Scene("night", weather, "city", style, RED_HOUSE, frozenset({"moon", "stars"}))
    picture = np.asarray(draw(scene, Random(1))).astype(int)
    if style == "monochrome":
        assert np.ptp(picture, axis=-1).max() == 0


@pytest.mark.parametrize("count", [1, 2, 3])
def test_things_stand_apart_on_whole_cells(count):
    for seed in range(20):
        spots = [spot for _, spot in _spots((Thing("castle", "blue", count),), Random(seed))]
        columns = sorted(spot.x for spot in spots)
        assert all(spot.x == int(spot.x) and spot.y == int(spot.y) for spot in spots)
        assert all(after - before >= 5 for before, after in zip(columns, columns[1:], strict=False))


def test_captions_use_known_words_only_and_fit():
    for seed in range(300):
        rng = Random(seed)
        ids, unknown = word_ids(caption(draw_scene(rng), rng))
        assert not unknown
        assert len(ids) <= 12  # what the text encoder takes


@pytest.mark.parametrize(
    "style, things, expected",
    [
        ("plain", RED_HOUSE, {"kind": 0, "colour": 0, "count": 0}),
        ("plain", (Thing("boat", "white", 3),), {"kind": 6, "colour": 7, "count": 2}),
        ("monochrome", RED_HOUSE, {"kind": 0, "colour": -1, "count": 0}),
        ("plain", (*RED_HOUSE, Thing("tree", "green")), {"kind": -1, "colour": -1, "count": -1}),
        ("plain", (), {"kind": -1, "colour": -1, "count": -1}),
    ],
)
def test_attributes_are_told_only_where_they_can_be(style, things, expected):
    found = attributes(Scene("dawn", "fog", "sea", style, things))
    assert found == {"time": 0, "weather": 4, "place": 2, **expected}


def test_every_kind_and_colour_is_drawn():
    things = [thing for seed in range(400) for thing in draw_scene(Random(seed)).things]
    assert {thing.kind for thing in things} == set(KINDS)
    assert {thing.colour for thing in things} == set(COLOURS)


def test_a_set_is_drawn_once(tmp_path):
    dataset.build(tmp_path, "held_out", 6, workers=1)
    before = (tmp_path / "held_out.npy").stat().st_mtime_ns
    dataset.build(tmp_path, "held_out", 6, workers=1)
    pictures = dataset.load(tmp_path, "held_out")
    assert (tmp_path / "held_out.npy").stat().st_mtime_ns == before
    assert len(pictures) == 6 and len(pictures.captions[0]) == dataset.CAPTIONS
    seed = dataset.FIRST_SEED["held_out"] + 3
    assert np.array_equal(pictures.pixels[3], dataset.one(seed)[0])
