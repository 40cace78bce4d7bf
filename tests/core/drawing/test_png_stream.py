import io
import random

import pytest
from pack.nodes.core.drawing.png_stream import PngStream, ends_with
from PIL import Image


def noise(size, seed=1):
    return Image.frombytes("RGB", size, random.Random(seed).randbytes(3 * size[0] * size[1]))


def written(size, strips, texts=()):
    file = io.BytesIO()
    stream = PngStream(file, size, texts)
    for strip in strips:
        stream.add(strip)
    stream.close("digest", "12ab")
    return file.getvalue()


@pytest.mark.parametrize("heights", [(40,), (1, 39), (13, 1, 1, 25)])
def test_strips_one_below_another_are_the_picture(heights):
    whole = noise((23, 40))
    tops = [sum(heights[:i]) for i in range(len(heights))]
    strips = [whole.crop((0, t, 23, t + h)) for t, h in zip(tops, heights, strict=True)]
    found = Image.open(io.BytesIO(written(whole.size, strips)))
    assert found.mode == "RGB" and found.tobytes() == whole.tobytes()


def test_texts_are_in_it_and_the_last_is_compared_without_the_rest():
    data = written((8, 8), [noise((8, 8))], [("prompt", "{}" * 9000)])
    found = Image.open(io.BytesIO(data))
    found.load()
    assert found.text == {"prompt": "{}" * 9000, "digest": "12ab"}
    assert ends_with(io.BytesIO(data), "digest", "12ab")
    assert not ends_with(io.BytesIO(data), "digest", "12ac")
    assert not ends_with(io.BytesIO(data), "another", "12ab")


def test_a_file_cut_short_is_not_that_file():
    data = written((8, 8), [noise((8, 8))])
    assert not any(ends_with(io.BytesIO(data[:end]), "digest", "12ab") for end in range(len(data)))
