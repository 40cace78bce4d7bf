"""Drawing the printed sheet: white paper, black ink, no theme and no date.

Equal sheets with equal pictures give equal bytes. Pictures are asked for one by one and reduced at
once, so memory is the page and one picture, however many frames there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from PIL import Image, ImageDraw

from ..errors import ProofsheetError
from ..frames import DONE, GONE, WAITING
from ..sheet.contents import Sheet, SheetFrame
from ..sheet.layout import Rect, fit, near_square
from ..sheet.page import Page, largest_cell, plan
from ..sheet.typesetting import INK, PAPER, QUIET, Line
from .text_setter import SCALE, Setter

Load = Callable[[SheetFrame], "Image.Image | None"]

RULE, MAT, EDGE, CHECK = "#d9d9d9", "#f2f2f2", "#8a8a8a", "#e4e4e4"
_CRISP = 8  # times: enlarged that much, pixels are shown as the squares they are


@dataclass(frozen=True)
class Rendered:
    """A sheet's picture; the characters no font had, and the system fonts that helped out."""

    image: Image.Image
    missing: frozenset[str]
    borrowed: frozenset[str]


def render(sheet: Sheet, load: Load, setter: Setter | None = None) -> Rendered:
    """Prints a sheet. `load` gives the picture of one frame, or None if it is gone.

    Raises ProofsheetError, before a page is made, if it would be too large.
    """
    setter = setter or Setter()
    printer = _Printer(plan(sheet, setter.width), setter)
    printer.print_rules()
    for index, frame in enumerate(sheet.frames):
        printer.print_frame(index, frame, load)
    printer.print_lines()
    return Rendered(printer.paper, frozenset(setter.missing), frozenset(setter.borrowed))


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


class _Printer:
    """One page being printed."""

    def __init__(self, page: Page, setter: Setter) -> None:
        self.page, self.setter, self.layout = page, setter, page.layout
        self.paper = Image.new("RGB", (self.layout.width, self.layout.height), PAPER)
        self.pen = ImageDraw.Draw(self.paper)

    def px(self, units: float) -> int:
        return self.page.writer.px(units)

    def fill(self, rect: Rect, ink: str) -> None:
        self.paper.paste(ink, (rect.x, rect.y, rect.right, rect.bottom))

    def print_rules(self) -> None:
        page = self.page
        self.fill(page.head.rule(self.layout.head), INK)
        for rule in self.layout.separators:
            self.fill(rule, RULE)
        if rule := page.foot.rule(self.layout.foot):
            self.fill(rule, RULE)

    def print_lines(self) -> None:
        for line in self.page.lines():
            self.setter.draw(self.paper, line)

    def print_frame(self, index: int, frame: SheetFrame, load: Load) -> None:
        """The picture or what stands in for it, the ring and the tag; its texts come later."""
        row, column = self.page.grid.place(index)
        cell = self.layout.picture(row, column)
        picture = load(frame) if frame.status == DONE else None
        if picture is not None:
            self._print_picture(picture, cell)
        elif frame.status == WAITING:
            self.fill(cell, MAT)
        else:
            self._print_empty(frame, cell)
        if tag := self.page.captions.tag(index, self.layout.caption(row, column)):
            self._print_ring(cell)
            self._print_tag(tag)

    def _print_picture(self, picture: Image.Image, cell: Rect) -> None:
        picture = reduced(picture, (cell.width, cell.height))
        if picture.size != (cell.width, cell.height):
            self.fill(cell, MAT)
        left = cell.x + (cell.width - picture.width) // 2
        top = cell.y + (cell.height - picture.height) // 2
        if picture.mode == "RGBA":
            self._print_checks(Rect(left, top, *picture.size))
            self.paper.paste(picture, (left, top), picture)
        else:
            self.paper.paste(picture, (left, top))

    def _print_checks(self, place: Rect) -> None:
        """What shines through where a picture is transparent."""
        step = self.px(8)
        self.fill(place, PAPER)
        for y in range(place.y, place.bottom, step):
            odd = (y - place.y) // step % 2
            for x in range(place.x + odd * step, place.right, 2 * step):
                width, height = min(step, place.right - x), min(step, place.bottom - y)
                self.fill(Rect(x, y, width, height), CHECK)

    def _print_ring(self, cell: Rect) -> None:
        """Black, with a little white between it and the picture."""
        white, black = self.px(2), self.px(3)
        ring, inner = cell.grown(white + black), cell.grown(white)
        for strip in (
            Rect(ring.x, ring.y, ring.width, black),
            Rect(ring.x, inner.bottom, ring.width, black),
            Rect(ring.x, inner.y, black, inner.height),
            Rect(inner.right, inner.y, black, inner.height),
        ):
            self.fill(strip, INK)

    def _print_tag(self, tag: Rect) -> None:
        """A black tag with smooth round corners."""
        size = (tag.width * SCALE, tag.height * SCALE)
        mask = Image.new("L", size)
        corners = (0, 0, size[0] - 1, size[1] - 1)
        ImageDraw.Draw(mask).rounded_rectangle(corners, self.px(2) * SCALE, 255)
        self.paper.paste(INK, (tag.x, tag.y), mask.reduce(SCALE))

    def _print_empty(self, frame: SheetFrame, cell: Rect) -> None:
        """An empty frame with the word for it, and why."""
        word = GONE if frame.status == DONE else frame.status
        corners = (cell.x, cell.y, cell.right - 1, cell.bottom - 1)
        self.pen.rectangle(corners, outline=EDGE, width=self.px(1))
        for line in self._reasons(word, frame.error or "", cell.grown(-self.px(8))):
            self.setter.draw(self.paper, line)

    def _reasons(self, word: str, error: str, place: Rect) -> list[Line]:
        """The word in the middle of the cell, and under it as much of the message as fits."""
        writer = self.page.writer
        most = max(0, place.height // writer.high - 1)
        texts = [(word, writer.strong)]
        lines = writer.wrap(error, place.width, writer.body, most) if most else []
        texts += [(line, writer.body) for line in lines]
        top = place.y + (place.height - len(texts) * writer.high) // 2
        found = []
        for i, (text, style) in enumerate(texts):
            x = place.x + (place.width - writer.width(text, style)) / 2
            found.append(writer.line(text, (x, top + i * writer.high), style, QUIET))
        return found


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
        picture = _eight_bit(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        return picture if _range(picture.getchannel("A"))[0] < 255 else picture.convert("RGB")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _eight_bit(picture: Image.Image) -> Image.Image:
    """16-bit integers by their upper byte, floats from 0 to 1 (or to 255, if they are larger)."""
    floats = picture.convert("F")
    high = _range(floats)[1]
    top = 255.0 if 1 < high <= 255 else 65535.0
    if picture.mode == "F" and high <= 1:
        top = 1.0
    elif picture.mode.startswith("I;16"):
        top = 65535.0
    return floats.point(lambda value: value * (255.0 / top) + 0.5).convert("L")


def _range(band: Image.Image) -> tuple[float, float]:
    """The lowest and the highest value in a picture of one band."""
    return cast("tuple[float, float]", band.getextrema())
