import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.axes import Axis
from pack.nodes.core.drawing.printer import MAT, RULE, check, fitted, plain, reduced, render
from pack.nodes.core.drawing.text_setter import Setter
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.sheet.contents import Sheet, SheetFrame
from pack.nodes.core.sheet.page import MIN_CELL, Page, plan
from PIL import Image

INK, WHITE, RED = (26, 26, 26), (255, 255, 255), (200, 0, 0)
LONG = "eine weiße Windmühle zwischen sanften Hügeln, Hochsommerlandschaftspanorama, " * 30
CONSTANTS = {"steps": 20, "cfg": 7.0, "sampler_name": "euler", "negative": "blurry, text"}


def axis(name, *values):
    return Axis(name, values, tuple(map(str, values)))


def prompts(*texts):
    return Axis("prompt", texts, tuple(f"p{i}" for i in range(len(texts))))


def seeds(count, first=1001):
    return axis("seed", *range(first, first + count))


def sheet_of(*axes, size=(64, 64), marks=None, **options):
    count = 1
    for one in axes:
        count *= len(one.values)
    frames = tuple(
        replace(SheetFrame(i + 1, width=size[0], height=size[1]), **(marks or {}).get(i + 1, {}))
        for i in range(count)
    )
    return Sheet(axes, frames, CONSTANTS, **{"cell_size": 64, **options})


def red(frame):
    return Image.new("RGB", (frame.width or 64, frame.height or 64), RED)


def offline():
    return Setter(system=False)


def page_of(sheet):
    return Page(sheet, offline().width)


def picture_at(sheet, index):
    page = page_of(sheet)
    return page.layout.picture(*page.grid.place(index))


# ---- pictures


@pytest.mark.parametrize(
    "size, shown",
    [
        ((512, 512), (64, 64)),
        ((1344, 768), (64, 37)),
        ((256, 1024), (16, 64)),
        ((8, 8), (64, 64)),
        ((1, 1), (64, 64)),
        ((5000, 10), (64, 1)),
    ],
)
def test_pictures_of_any_size_are_brought_in_undistorted(size, shown):
    assert reduced(Image.new("RGB", size), (64, 64)).size == shown


@given(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), st.integers(32, 256))
def test_the_aspect_is_kept_within_a_pixel(size, cell):
    width, height = reduced(Image.new("L", size), (cell, cell)).size
    assert max(width, height) == cell
    scale = cell / max(size)
    assert abs(width - size[0] * scale) <= 1 and abs(height - size[1] * scale) <= 1


@pytest.mark.parametrize(
    "picture, mode, pixel",
    [
        (Image.new("1", (2, 2), 1), "RGB", (255, 255, 255)),
        (Image.new("L", (2, 2), 90), "RGB", (90, 90, 90)),
        (Image.new("LA", (2, 2), (90, 255)), "RGB", (90, 90, 90)),
        (Image.new("LA", (2, 2), (90, 10)), "RGBA", (90, 90, 90, 10)),
        (Image.new("RGBA", (2, 2), (1, 2, 3, 255)), "RGB", (1, 2, 3)),
        (Image.new("RGBA", (2, 2), (1, 2, 3, 9)), "RGBA", (1, 2, 3, 9)),
        (Image.new("P", (2, 2)), "RGB", (0, 0, 0)),
        (Image.new("CMYK", (2, 2)), "RGB", (255, 255, 255)),
        (Image.new("I;16", (2, 2), 32896), "RGB", (128, 128, 128)),
        (Image.new("I", (2, 2), 65535), "RGB", (255, 255, 255)),
        (Image.new("F", (2, 2), 0.5), "RGB", (128, 128, 128)),
    ],
    ids=lambda value: value.mode if isinstance(value, Image.Image) else None,
)
def test_any_mode(picture, mode, pixel):
    found = plain(picture)
    assert (found.mode, found.getpixel((1, 1))) == (mode, pixel)


def test_mixed_sizes_stand_in_the_middle_of_cells_of_one_size():
    sizes = [(64, 64), (64, 32), (32, 64)]
    frames = tuple(SheetFrame(i + 1, width=w, height=h) for i, (w, h) in enumerate(sizes))
    sheet = Sheet((seeds(3),), frames, cell_size=64)
    image = render(sheet, red, offline()).image
    for index, (width, height) in enumerate(sizes):
        cell = picture_at(sheet, index)
        found = image.crop((cell.x, cell.y, cell.right, cell.bottom))
        reds = found.point(lambda v: 255 if v in RED else 0).getchannel("R").getbbox()
        assert reds is not None and (reds[2] - reds[0], reds[3] - reds[1]) == (width, height)
        assert abs(reds[0] - (64 - reds[2])) <= 1 and abs(reds[1] - (64 - reds[3])) <= 1


def test_cells_take_the_shape_of_the_pictures():
    cell = picture_at(sheet_of(seeds(4), size=(1344, 768), cell_size=256), 0)
    assert (cell.width, cell.height) == (256, 146)


def test_transparent_parts_show_a_checked_ground():
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    sheet = sheet_of(seeds(1))
    image = render(sheet, lambda frame: clear, offline()).image
    cell = picture_at(sheet, 0)
    colours = image.crop((cell.x, cell.y, cell.right, cell.bottom)).getcolors()
    assert {colour for _, colour in colours} == {WHITE, (228, 228, 228)}


def test_pictures_are_asked_for_one_by_one_in_order():
    asked = []
    render(sheet_of(seeds(5)), lambda frame: asked.append(frame.number) or red(frame), offline())
    assert asked == [1, 2, 3, 4, 5]


# ---- what stands in for a picture, marks


def test_only_done_frames_are_loaded():
    states = ("failed", "gone", "waiting", "missing")
    marks = {number: {"status": status} for number, status in enumerate(states, start=1)}
    asked = []
    render(sheet_of(seeds(5), marks=marks), lambda f: asked.append(f.number), offline())
    assert asked == [5]


@pytest.mark.parametrize(
    "mark", [{"status": "failed", "error": "out of memory"}, {"status": "gone"}]
)
def test_failed_and_gone_cells_are_empty_frames(mark):
    sheet = sheet_of(seeds(2), marks={1: mark}, cell_size=160)
    image = render(sheet, red, offline()).image
    cell = picture_at(sheet, 0)
    assert image.getpixel((cell.x, cell.y)) == (138, 138, 138)
    assert image.getpixel((cell.x + 3, cell.y + 3)) == WHITE
    inside = image.crop((cell.x + 8, cell.y + 8, cell.right - 8, cell.bottom - 8))
    assert min(inside.convert("L").getextrema()) < 130


def test_a_picture_that_cannot_be_had_is_gone():
    sheet = sheet_of(seeds(1))
    assert render(sheet, lambda frame: None, offline()).image.getpixel(
        (picture_at(sheet, 0).x, picture_at(sheet, 0).y)
    ) == (138, 138, 138)


def test_a_waiting_cell_is_an_empty_mat():
    sheet = sheet_of(seeds(1), marks={1: {"status": "waiting"}})
    cell = picture_at(sheet, 0)
    colour = render(sheet, red, offline()).image.getpixel((cell.x + 9, cell.y + 9))
    assert "#{:02x}{:02x}{:02x}".format(*colour) == MAT


def test_a_missing_cell_is_an_empty_mat_with_a_hairline_and_its_caption():
    """It is not lost and has not failed: no word stands in it."""
    sheet = sheet_of(seeds(2), marks={1: {"status": "missing"}}, cell_size=160)
    image, cell = render(sheet, red, offline()).image, picture_at(sheet, 0)
    colours = image.crop((cell.x, cell.y, cell.right, cell.bottom)).getcolors()
    named = {"#{:02x}{:02x}{:02x}".format(*colour): count for count, colour in colours}
    assert set(named) == {MAT, RULE} and named[MAT] > named[RULE]
    page = page_of(sheet)
    caption = page.layout.caption(*page.grid.place(0))
    said = image.crop((caption.x, caption.y, caption.right, caption.bottom)).convert("L")
    assert min(said.getextrema()) < 130


def test_a_pick_has_a_ring_and_a_tag():
    sheet = sheet_of(seeds(6), marks={2: {"pick": 1}}, cell_size=160)
    image = render(sheet, red, offline()).image
    cell, page = picture_at(sheet, 1), page_of(sheet)
    assert image.getpixel((cell.x - 4, cell.y + 50)) == INK
    assert image.getpixel((cell.x - 1, cell.y + 50)) == WHITE
    tag = page.captions.tag(1, page.layout.caption(*page.grid.place(1)))
    assert tag is not None and image.getpixel((tag.x + 3, tag.y + 3)) == INK
    assert page.captions.tag(0, page.layout.caption(0, 0)) is None


# ---- texts


SHEETS = {
    "3x6": sheet_of(prompts("a red boat", "a blue boat", "a cat"), seeds(6), cell_size=160),
    "1x24": sheet_of(seeds(24), marks={10: {"pick": 1}}),
    "one": sheet_of(),
    "two": sheet_of(seeds(2), cell_size=300),
    "nested": sheet_of(prompts("a", "b"), axis("cfg", 4.0, 7.0), seeds(3)),
    "deep": sheet_of(prompts("a", "b"), axis("cfg", 4.0, 7.0), axis("x", 1, 2), seeds(2)),
    "folded": sheet_of(prompts("a", "b"), seeds(9), columns=4),
    "long": sheet_of(prompts(LONG + "a", LONG[5:] + "b"), seeds(3), cell_size=128),
    "cjk": sheet_of(
        prompts("夕暮れの海辺に立つ赤い灯台" * 9, "黎明时分群山之间的紫色城堡"), seeds(2)
    ),
    "arabic": sheet_of(prompts("منارة حمراء بجانب البحر عند الغروب", "a cat"), seeds(2)),
    "tiny": sheet_of(seeds(12, 10**15), cell_size=32, marks={3: {"pick": 12}}),
    "picked": sheet_of(seeds(4), cell_size=40, marks={i: {"pick": i} for i in range(1, 5)}),
    "texts": sheet_of(prompts(*(f"{LONG[:90]} {i}" for i in range(5)))),
    "full": sheet_of(prompts(LONG + "a", "b"), seeds(3), captions="full"),
    "none": sheet_of(seeds(7), captions="none"),
    "huge": sheet_of(seeds(2), cell_size=1500),
    "failed": sheet_of(seeds(4), marks={i: {"status": "failed", "error": LONG} for i in (1, 2)}),
    "tall": sheet_of(prompts("a", LONG), seeds(2), size=(8, 512)),
    "flat": sheet_of(prompts("a", LONG), seeds(2), size=(512, 8)),
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_every_line_stays_on_the_page_and_off_the_pictures(sheet):
    setter = offline()
    page = Page(sheet, setter.width)
    layout = page.layout
    pictures = [layout.picture(*page.grid.place(i)) for i in range(page.grid.count)]
    lines = list(page.lines())
    assert lines
    for line in lines:
        right = line.x + setter.width(line.text, line.style)
        top, bottom = line.y - 0.73 * line.style.size, line.y + 0.2 * line.style.size
        assert line.x >= layout.metrics.margin - 1 and top >= layout.metrics.margin - 1
        assert right <= layout.width - layout.metrics.margin + 2, line.text
        assert bottom <= layout.height - layout.metrics.margin + 2
        for place in pictures:
            across = line.x < place.right and place.x < right
            assert not (across and top < place.bottom and place.y < bottom), line.text


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_lines_do_not_run_into_each_other(sheet):
    setter = offline()
    boxes = [
        (
            line.x,
            line.y - 0.6 * line.style.size,
            line.x + setter.width(line.text, line.style),
            line.y,
        )
        for line in Page(sheet, setter.width).lines()
    ]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (a, b)


def test_every_frame_number_stands_under_its_picture():
    page = page_of(SHEETS["1x24"])
    for index in range(24):
        place = page.layout.caption(*page.grid.place(index))
        first = next(page.captions.lines(index, place))
        assert first.text == str(index + 1) and first.x == place.x
        assert place.y < first.y < place.bottom


def test_row_labels_are_at_most_as_tall_as_the_picture():
    page = page_of(SHEETS["long"])
    span = page.grid.spans(0)[0]
    place = page.layout.row_header(0, span)
    lines = list(page.row_headers[0].lines(span, place))
    assert lines[-1].text.endswith("…")
    assert all(place.y < line.y <= place.bottom for line in lines)


def test_short_captions_stand_beside_the_number_only_if_all_fit():
    wide, narrow = page_of(sheet_of(seeds(6), cell_size=160)), page_of(sheet_of(seeds(6)))
    assert len(set(wide.captions.heights)) == 1
    assert wide.captions.heights[0] < wide.typesetter.px(8) + 2 * wide.typesetter.high
    assert narrow.captions.heights[0] == narrow.typesetter.px(8) + 2 * narrow.typesetter.high


def test_right_to_left_labels_stand_at_the_right():
    page = page_of(SHEETS["arabic"])
    span = page.grid.spans(0)[0]
    lines = list(page.row_headers[0].lines(span, page.layout.row_header(0, span)))
    assert lines[1].rtl and lines[1].x + page.width(lines[1].text, lines[1].style) > lines[0].x


# ---- the whole


def png(rendered):
    file = io.BytesIO()
    rendered.image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("name", ["3x6", "nested", "cjk", "picked"])
def test_equal_inputs_give_equal_bytes(name):
    assert png(render(SHEETS[name], red, offline())) == png(render(SHEETS[name], red, offline()))


def test_paper_is_white_to_the_edge():
    image = render(SHEETS["3x6"], red, offline()).image
    margin = 20
    for box in [(0, 0, image.width, margin), (0, 0, margin, image.height)]:
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), WHITE)]


def test_missing_characters_are_reported():
    sheet = sheet_of(prompts("a \U0001e900 sign", "b"), seeds(2))
    found = render(sheet, red, offline())
    assert found.missing == {"\U0001e900"} and found.borrowed == frozenset()


def test_too_large_a_sheet_is_refused_before_any_picture_is_asked_for():
    asked = []
    with pytest.raises(ProofsheetError, match=r"largest cell_size that fits is (\d+)") as caught:
        render(sheet_of(seeds(2000), cell_size=512), asked.append, offline())
    assert not asked
    best = int(str(caught.value).split("fits is ")[1].rstrip("."))
    setter = offline()
    assert plan(sheet_of(seeds(2000), cell_size=best), setter.width).fits
    assert not Page(sheet_of(seeds(2000), cell_size=best + 1), setter.width).fits


def test_a_sheet_that_no_cell_size_makes_fit_is_refused_too():
    flat = sheet_of(prompts("a", "b"), seeds(400), cell_size=MIN_CELL)
    with pytest.raises(ProofsheetError, match="No cell_size makes it fit"):
        check(flat)


@given(
    st.lists(st.text(max_size=30), min_size=1, max_size=3),
    st.integers(1, 4),
    st.integers(0, 3),
    st.sampled_from(["varying", "full", "none"]),
    st.sampled_from([32, 64, 100, 200]),
)
def test_any_sheet_prints(texts, count, columns, captions, cell):
    sheet = sheet_of(
        prompts(*texts), seeds(count), columns=columns, captions=captions, cell_size=cell
    )
    image = render(sheet, red, offline()).image
    assert image.size == (page_of(sheet).layout.width, page_of(sheet).layout.height)


def test_a_sheet_that_is_too_large_is_printed_smaller_and_says_so():
    values = tuple(range(1000))
    seeds = Axis("seed", values, tuple(map(str, values)))
    prompts = Axis("prompt", ("a cat", "a dog"), ("cat", "dog"))
    wide = Sheet((prompts, seeds), tuple(SheetFrame(n) for n in range(1, 2001)), cell_size=128)
    smaller, notice = fitted(wide)
    check(smaller)
    assert "too large" in notice and f"Printed with {smaller.cell_size} in" in notice
    small = Sheet((prompts,), (SheetFrame(1), SheetFrame(2)))
    assert fitted(small) == (small, "")
