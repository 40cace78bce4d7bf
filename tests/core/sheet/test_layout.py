from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.axes import Axis
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.sheet.grid import arrange, near_square
from pack.nodes.core.sheet.layout import (
    MAX_EDGE,
    MAX_PIXELS,
    Heights,
    Metrics,
    Rect,
    SheetLayout,
    fit,
    too_large,
)


def overlap(a, b):
    across = a.x < b.right and b.x < a.right
    return across and a.y < b.bottom and b.y < a.bottom


def holds(outer, inner):
    across = outer.x <= inner.x and inner.right <= outer.right
    return across and outer.y <= inner.y and inner.bottom <= outer.bottom


def axes(*sizes):
    return [Axis(f"a{n}", tuple(range(n)), tuple(map(str, range(n)))) for n in sizes]


@pytest.mark.parametrize(
    "count, columns",
    [
        (1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4), (9, 3), (10, 5), (12, 4),
        (15, 5), (16, 4), (18, 6), (20, 5), (24, 6), (25, 5), (30, 6), (36, 6), (100, 10),
    ],
)  # fmt: skip
def test_near_square(count, columns):
    assert near_square(count) == columns


@pytest.mark.parametrize(
    "sizes, columns, rows, across",
    [
        ((), 0, 1, 1),
        ((1,), 0, 1, 1),
        ((24,), 0, 4, 6),
        ((24,), 8, 3, 8),
        ((24,), 5, 5, 5),
        ((5,), 9, 1, 5),
        ((3, 6), 0, 3, 6),
        ((1, 24), 0, 4, 6),
        ((24, 1), 0, 4, 6),
        ((3, 6), 4, 6, 4),
        ((3, 6), 99, 3, 6),
        ((3, 2, 6), 0, 6, 6),
        ((3, 1, 6), 0, 3, 6),
        ((3, 2, 6), 5, 12, 5),
        ((2, 3, 4, 5), 0, 24, 5),
    ],
)
def test_rows_and_columns(sizes, columns, rows, across):
    grid = arrange(axes(*sizes), columns)
    assert (grid.rows, grid.columns) == (rows, across)


@pytest.mark.parametrize(
    "sizes, columns, index, place",
    [
        ((3, 6), 0, 0, (0, 0)),
        ((3, 6), 0, 7, (1, 1)),
        ((24,), 0, 6, (1, 0)),
        ((3, 2, 4), 0, 23, (5, 3)),
        ((3, 6), 4, 4, (1, 0)),
        ((3, 6), 4, 6, (2, 0)),
    ],
)
def test_place(sizes, columns, index, place):
    assert arrange(axes(*sizes), columns).place(index) == place


def test_row_headers_span_the_rows_of_the_axes_inside_them():
    grid = arrange(axes(3, 2, 4))
    assert [(s.value, s.row, s.rows) for s in grid.spans(0)] == [(0, 0, 2), (1, 2, 2), (2, 4, 2)]
    assert [(s.value, s.row, s.rows) for s in grid.spans(1)] == [
        (i % 2, i, 1) for i in range(6)
    ]  # fmt: skip


def test_columns_have_headers_only_if_each_stands_for_one_value():
    assert arrange(axes(3, 6)).has_column_headers
    assert not arrange(axes(3, 6), 4).has_column_headers
    assert not arrange(axes(24)).has_column_headers


@pytest.mark.parametrize(
    "picture, box, size",
    [
        ((512, 512), (256, 256), (256, 256)),
        ((1344, 768), (256, 256), (256, 146)),
        ((832, 1216), (256, 256), (175, 256)),
        ((64, 64), (256, 256), (256, 256)),
        ((4096, 8), (256, 256), (256, 1)),
        ((100, 50), (300, 100), (200, 100)),
    ],
)
def test_fit(picture, box, size):
    assert fit(picture, box) == size


def layout(sizes, columns=0, cell=(160, 120), captions=40, headers=70):
    grid = arrange(axes(*sizes), columns)
    heights = Heights(
        cell=cell,
        head=50,
        column_header=20 if grid.has_column_headers else 0,
        row_headers=(headers,) * (len(grid.sizes) - 1),
        captions=(captions,) * grid.rows,
        foot=60,
    )
    return SheetLayout(grid, Metrics(max(cell)), heights)


sizes = st.lists(st.integers(1, 5), max_size=4).map(tuple)


@given(sizes, st.integers(0, 7))
def test_place_is_a_bijection(sizes, columns):
    grid = arrange(axes(*sizes), columns)
    places = [grid.place(i) for i in range(grid.count)]
    assert len(set(places)) == grid.count
    assert all(0 <= r < grid.rows and 0 <= c < grid.columns for r, c in places)


@given(
    sizes,
    st.integers(0, 7),
    st.tuples(st.integers(32, 700), st.integers(32, 700)),
    st.integers(0, 90),
    st.integers(1, 300),
)
def test_nothing_overlaps_and_everything_is_on_the_page(sizes, columns, cell, captions, headers):
    sheet = layout(sizes, columns, cell, captions, headers)
    grid = sheet.grid
    places = [grid.place(i) for i in range(grid.count)]
    rects = [sheet.head, sheet.foot, *sheet.separators]
    rects += [sheet.picture(*place) for place in places]
    rects += [sheet.caption(*place) for place in places]
    for level in range(len(grid.sizes) - 1):
        rects += [sheet.row_header(level, span) for span in grid.spans(level)]
    if grid.has_column_headers:
        rects += [sheet.corner, *map(sheet.column_header, range(grid.columns))]
    margin = sheet.metrics.margin
    page = Rect(0, 0, sheet.width, sheet.height)
    assert all(holds(page.grown(-margin), rect) for rect in rects)
    assert not any(overlap(a, b) for a, b in combinations(rects, 2))


@given(sizes, st.integers(0, 7))
def test_the_ring_of_a_pick_touches_no_other_picture(sizes, columns):
    sheet = layout(sizes, columns)
    ring = sheet.metrics.px(2) + sheet.metrics.px(3)
    pictures = [sheet.picture(*sheet.grid.place(i)) for i in range(sheet.grid.count)]
    for picture, other in combinations(pictures, 2):
        assert not overlap(picture.grown(ring), other)


def test_row_headers_are_as_tall_as_the_pictures_they_head():
    sheet = layout((3, 2, 4))
    assert sheet.row_header(1, sheet.grid.spans(1)[0]).height == 120
    tall = sheet.row_header(0, sheet.grid.spans(0)[0])
    assert tall.bottom == sheet.picture(1, 0).bottom


def test_a_narrow_sheet_keeps_room_for_its_texts():
    assert layout((1,), cell=(64, 64)).inner_width >= Metrics(64).least_width


@pytest.mark.parametrize(
    "count, cell, fits",
    [
        (1000, 128, True),
        (1000, 240, True),
        (1000, 256, False),
        (4096, 96, True),
        (4096, 160, False),
    ],
)
def test_the_limits(count, cell, fits):
    assert layout((count,), cell=(cell, cell)).fits is fits


def test_one_edge_may_be_too_long_by_itself():
    sheet = layout((2, 200), cell=(100, 10))
    assert sheet.width > MAX_EDGE and sheet.width * sheet.height < MAX_PIXELS
    assert not sheet.fits


def test_the_refusal_says_the_arithmetic():
    sheet = layout((2, 200), cell=(100, 100))
    error = too_large(sheet, 77)
    assert isinstance(error, ProofsheetError)
    for said in ("200 columns x 2 rows", f"{sheet.width:,} x ", "16,383", "89 meg", "is 77."):
        assert said in str(error)


def test_rect():
    rect = Rect(2, 3, 4, 5)
    assert (rect.right, rect.bottom) == (6, 8)
    assert not overlap(rect, Rect(6, 3, 1, 1)) and overlap(rect, Rect(5, 7, 9, 9))
    assert rect.grown(1) == Rect(1, 2, 6, 7) and holds(rect.grown(1), rect)
