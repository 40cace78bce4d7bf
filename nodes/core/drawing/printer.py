"""Drawing the printed sheet: white paper, black ink, no theme and no date.

Equal sheets with equal pictures give equal bytes. A page is printed in strips, one for each row of
pictures, and these are asked for one by one and reduced at once: memory is one strip and one
picture, however many frames there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from PIL import Image, ImageDraw

from ..errors import ProofsheetError
from ..frames import DONE, GONE, MISSING, WAITING
from ..sheet.contents import Sheet, SheetFrame
from ..sheet.grid import near_square
from ..sheet.layout import Rect, fit
from ..sheet.page import Page, largest_cell, plan
from ..sheet.typesetting import INK, PAPER, QUIET, Line
from .text_setter import SCALE, Setter

Load = Callable[[SheetFrame], "Image.Image | None"]

RULE, MAT, EDGE, CHECK = "#d9d9d9", "#f2f2f2", "#8a8a8a", "#e4e4e4"
_WHITE, _BLACK = 2, 3  # the ring around a pick, from its picture outwards
_CRISP = 8  # times: enlarged that much, pixels are shown as the squares they are


@dataclass(frozen=True)
class Rendered:
    """A sheet's picture; the characters no font had, and the system fonts that helped out."""

    image: Image.Image
    missing: frozenset[str]
    borrowed: frozenset[str]


def render(sheet: Sheet, load: Load, setter: Setter | None = None) -> Rendered:
    """The whole page of a sheet in memory."""
    setter = setter or Setter()
    printing = Printing(sheet, setter)
    image = Image.new("RGB", printing.size)
    top = 0
    for strip in printing.strips(load):
        image.paste(strip, (0, top))
        top += strip.height
    return Rendered(image, frozenset(setter.missing), frozenset(setter.borrowed))


def fitted(sheet: Sheet) -> tuple[Sheet, str]:
    """The sheet as it can be printed, and what had to give, in words ("": nothing).

    Too large a sheet gets the largest cells that fit; if none do, its rows are folded as well.
    """
    try:
        check(sheet)
    except ProofsheetError as error:
        width = Setter().width
        folded = replace(sheet, columns=near_square(len(sheet.frames)))
        for one in (sheet, folded):
            if size := largest_cell(replace(one, cell_size=one.cell_size + 1), width):
                turns = f" in {one.columns} columns" if one is folded else ""
                return replace(one, cell_size=size), f"{error} Printed with {size}{turns}."
        raise
    return sheet, ""


def check(sheet: Sheet) -> None:
    """Raises ProofsheetError if a sheet would be too large to print; costs no picture."""
    plan(sheet, Setter().width)


class Printing:
    """A sheet being printed. Raises ProofsheetError, before anything is drawn, if its page would
    be too large. The characters that no font had are then in `setter.missing`."""

    def __init__(self, sheet: Sheet, setter: Setter) -> None:
        self.page, self.setter = plan(sheet, setter.width), setter

    @property
    def size(self) -> tuple[int, int]:
        return self.page.layout.width, self.page.layout.height

    def strips(self, load: Load) -> Iterator[Image.Image]:
        """The page from top to bottom. `load` gives the picture of a frame; None: it is gone."""
        page, layout = self.page, self.page.layout
        foot = page.foot.rule(layout.foot)
        rules = [*layout.separators, *([foot] if foot else [])]
        inked = [(page.head.rule(layout.head), INK), *((rule, RULE) for rule in rules)]
        lines = list(page.lines())
        frames: dict[int, list[int]] = {}
        for index in range(page.grid.count):
            frames.setdefault(page.grid.place(index)[0], []).append(index)
        # A strip begins above the ring that a pick has around its picture.
        ring = page.typesetter.px(_WHITE) + page.typesetter.px(_BLACK)
        edges = [0, *(top - ring for top in layout.tops[1 : page.grid.rows]), layout.height]
        for row, (top, bottom) in enumerate(pairwise(edges)):
            strip = _Strip(page, self.setter, top, bottom)
            for rule, ink in inked:
                strip.fill(rule, ink)
            for index in frames.get(row, ()):
                strip.print_frame(index, load)
            strip.print_lines(lines)
            yield strip.paper


class _Strip:
    """A strip of a page, from `top` to `bottom`; what is printed on it is given in the page's
    own places."""

    def __init__(self, page: Page, setter: Setter, top: int, bottom: int) -> None:
        self.page, self.setter, self.layout = page, setter, page.layout
        self.top = top
        self.paper = Image.new("RGB", (self.layout.width, bottom - top), PAPER)

    def px(self, units: float) -> int:
        return self.page.typesetter.px(units)

    def fill(self, rect: Rect, ink: str) -> None:
        top = rect.y - self.top
        self.paper.paste(ink, (rect.x, top, rect.right, top + rect.height))

    def print_line(self, line: Line) -> None:
        self.setter.draw(self.paper, replace(line, y=line.y - self.top))

    def print_lines(self, lines: Sequence[Line]) -> None:
        """Those that reach into this strip."""
        bottom = self.top + self.paper.height
        for line in lines:
            if line.y + line.style.size > self.top and line.y - 2 * line.style.size < bottom:
                self.print_line(line)

    def print_frame(self, index: int, load: Load) -> None:
        """The picture or what stands in for it, the ring and the tag; its texts come later."""
        frame, (row, column) = self.page.sheet.frames[index], self.page.grid.place(index)
        cell = self.layout.picture(row, column)
        picture = load(frame) if frame.status == DONE else None
        if picture is not None:
            self._print_picture(picture, cell)
        elif frame.status == WAITING:
            self.fill(cell, MAT)
        elif frame.status == MISSING:
            self.fill(cell, RULE)
            self.fill(cell.grown(-self.px(1)), MAT)
        else:
            self._print_empty(frame, cell)
        if tag := self.page.captions.tag(index, self.layout.caption(row, column)):
            self._print_pick(cell, tag)

    def _print_picture(self, picture: Image.Image, cell: Rect) -> None:
        picture = reduced(picture, (cell.width, cell.height))
        if picture.size != (cell.width, cell.height):
            self.fill(cell, MAT)
        left = cell.x + (cell.width - picture.width) // 2
        top = cell.y + (cell.height - picture.height) // 2
        if picture.mode != "RGBA":
            self.paper.paste(picture, (left, top - self.top))
            return
        # Checks shine through where it is transparent.
        place, step = Rect(left, top, *picture.size), self.px(8)
        self.fill(place, PAPER)
        for y in range(place.y, place.bottom, step):
            odd = (y - place.y) // step % 2
            for x in range(place.x + odd * step, place.right, 2 * step):
                width, height = min(step, place.right - x), min(step, place.bottom - y)
                self.fill(Rect(x, y, width, height), CHECK)
        self.paper.paste(picture, (left, top - self.top), picture)

    def _print_pick(self, cell: Rect, tag: Rect) -> None:
        """A black ring with a little white between it and the picture, and a black tag with
        smooth round corners."""
        white, black = self.px(_WHITE), self.px(_BLACK)
        ring, inner = cell.grown(white + black), cell.grown(white)
        for strip in (
            Rect(ring.x, ring.y, ring.width, black),
            Rect(ring.x, inner.bottom, ring.width, black),
            Rect(ring.x, inner.y, black, inner.height),
            Rect(inner.right, inner.y, black, inner.height),
        ):
            self.fill(strip, INK)
        size = (tag.width * SCALE, tag.height * SCALE)
        mask = Image.new("L", size)
        corners = (0, 0, size[0] - 1, size[1] - 1)
        ImageDraw.Draw(mask).rounded_rectangle(corners, self.px(2) * SCALE, 255)
        self.paper.paste(INK, (tag.x, tag.y - self.top), mask.reduce(SCALE))

    def _print_empty(self, frame: SheetFrame, cell: Rect) -> None:
        """An empty frame with the word for it, and why."""
        word = GONE if frame.status == DONE else frame.status
        top = cell.y - self.top
        corners = (cell.x, top, cell.right - 1, top + cell.height - 1)
        ImageDraw.Draw(self.paper).rectangle(corners, outline=EDGE, width=self.px(1))
        # The word stands in the middle of the cell, and under it as much of the message as fits.
        typesetter, place = self.page.typesetter, cell.grown(-self.px(8))
        most = max(0, place.height // typesetter.high - 1)
        wrapped = (
            typesetter.wrap(frame.error or "", place.width, typesetter.body, most) if most else []
        )
        texts = [(word, typesetter.strong), *((text, typesetter.body) for text in wrapped)]
        middle = place.y + (place.height - len(texts) * typesetter.high) // 2
        for i, (text, style) in enumerate(texts):
            x = place.x + (place.width - typesetter.width(text, style)) / 2
            self.print_line(typesetter.line(text, (x, middle + i * typesetter.high), style, QUIET))


def reduced(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    """A picture brought into a box, undistorted, as RGB, or RGBA if it has see-through parts."""
    picture = plain(picture)
    size = fit(picture.size, box)
    if size == picture.size:
        return picture
    if size[0] >= _CRISP * picture.width:
        return picture.resize(size, Image.Resampling.NEAREST)
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def plain(picture: Image.Image) -> Image.Image:
    """Any mode as 8-bit RGB, or RGBA if something shines through."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16-bit integers by their upper byte, floats from 0 to 1 (or to 255, if they are larger).
        floats = picture.convert("F")
        high = _range(floats)[1]
        top = 255.0 if 1 < high <= 255 else 65535.0
        if picture.mode == "F" and high <= 1:
            top = 1.0
        elif picture.mode.startswith("I;16"):
            top = 65535.0
        picture = floats.point(lambda value: value * (255.0 / top) + 0.5).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        return picture if _range(picture.getchannel("A"))[0] < 255 else picture.convert("RGB")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _range(band: Image.Image) -> tuple[float, float]:
    """The lowest and the highest value in a picture of one band."""
    return cast("tuple[float, float]", band.getextrema())
