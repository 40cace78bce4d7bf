import io
import random

import pytest
from pack.nodes.core.drawing.png_stream import PngStream, first_text
from PIL import Image


def noise(size, seed=1):
    return Image.frombytes("RGB", size, random.Random(seed).randbytes(3 * size[0] * size[1]))


def written(size, strips, texts=()):
    file = io.BytesIO()
    stream = PngStream(file, size, texts)
    for strip in strips:
        stream.add(strip)
    stream.close()
    return file.getvalue()


@pytest.mark.parametrize("heights", [(40,), (1, 39), (13, 1, 1, 25)])
def test_strips_one_below_another_are_the_picture(heights):
    whole = noise((23, 40))
    tops = [sum(heights[:i]) for i in range(len(heights))]
    strips = [whole.crop((0, t, 23, t + h)) for t, h in zip(tops, heights, strict=True)]
    found = Image.open(io.BytesIO(written(whole.size, strips)))
    assert found.mode == "RGB" and found.tobytes() == whole.tobytes()


def test_texts_are_in_it_and_the_first_is_read_without_the_rest():
    texts = [("digest", "12ab"), ("prompt", "{}" * 9000)]
    data = written((8, 8), [noise((8, 8))], texts)
    assert Image.open(io.BytesIO(data)).text == dict(texts)
    assert first_text(io.BytesIO(data)) == ("digest", "12ab")


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture at all" * 9, written((8, 8), [noise((8, 8))])],
    ids=["empty", "other", "without texts"],
)
def test_a_file_without_that_text_has_none(data):
    assert first_text(io.BytesIO(data)) is None


def test_a_file_cut_short_has_none():
    data = written((8, 8), [noise((8, 8))], [("digest", "12ab")])
    assert all(first_text(io.BytesIO(data[:end])) is None for end in range(len(data)))
