"""Setting text: lines of any script, measured and drawn with the fonts that really have them.

With Pillow's raqm engine (in its wheels for every platform; it needs FriBiDi, which some systems
lack) every script is shaped: kerning, Arabic joins, Indic syllables, emoji sequences. Without it
each character is set by itself: right-to-left runs are still put in their order, Arabic letters
take their joined forms, emoji sequences come emoji by emoji; Indic vowel signs stay in the order
they are stored. Nothing is ever left out: a character that no font has is drawn as its code
point in a small frame and kept in `missing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont, features

from ..sheet.typesetting import Line, Style
from ..text.arabic import joined
from ..text.bidi import mirrored, right_to_left, visual_runs
from ..text.graphemes import graphemes, invisible
from .font_choice import Face, bundled, code_point, face_for

SCALE = 4  # text is drawn this much larger and reduced: even spacing, no hinting, any platform
_TABULAR = ["tnum"]  # digits of equal width
_CODE = 0.62  # size of a code point against the text around it


@dataclass(frozen=True)
class _Run:
    """Characters of one direction that one face has; no face: their code points are drawn."""

    text: str
    face: Face | None
    rtl: bool


@dataclass
class Setter:
    """Measures and draws lines of text, and remembers what no font had."""

    raqm: bool = field(default_factory=lambda: bool(features.check("raqm")))
    system: bool = True  # whether the system's fonts may help out
    missing: set[str] = field(default_factory=set)
    borrowed: set[str] = field(default_factory=set)
    _widths: dict[tuple[str, Style], float] = field(default_factory=dict, repr=False)

    def width(self, text: str, style: Style) -> float:
        """How wide a line is, in pixels."""
        key = (text, style)
        if key not in self._widths:
            runs = self._runs(text, style, right_to_left(text))
            self._widths[key] = sum(self._advance(run, style) for run in runs) / SCALE
        return self._widths[key]

    def draw(self, page: Image.Image, line: Line) -> None:
        """Sets one line on a page."""
        style = line.style
        if not line.text.strip():
            return
        pad = style.size
        width = (int(self.width(line.text, style)) + 2 * pad + 1) * SCALE
        left, baseline = int(line.x), round(1.6 * style.size)
        mask = Image.new("L", (width, round(2.4 * style.size) * SCALE))
        pen = (pad + line.x - left) * SCALE
        *before, last = self._runs(line.text, style, line.rtl)
        for run in before:
            self._draw_run(mask, (pen, baseline * SCALE), run, style)
            pen += self._advance(run, style)
        self._draw_run(mask, (pen, baseline * SCALE), last, style)
        mask = mask.reduce(SCALE)
        page.paste(line.ink, (left - pad, line.y - baseline), mask)

    def _runs(self, text: str, style: Style, rtl: bool) -> Iterator[_Run]:
        """The runs of a line from left to right."""
        for part, part_rtl in visual_runs(text, rtl):
            runs = [
                _Run("".join(run for run, _ in group), face, part_rtl)
                for face, group in groupby(self._placed(part, style), key=lambda pair: pair[1])
            ]
            yield from reversed(runs) if part_rtl else runs

    def _placed(self, text: str, style: Style) -> Iterator[tuple[str, Face | None]]:
        """Every grapheme with its face; one that no face has whole goes character by character."""
        for grapheme in graphemes(text):
            face = face_for(grapheme, style.bold, self.system)
            if face or len(grapheme) == 1:
                yield grapheme, self._noted(grapheme, face)
                continue
            for char in grapheme:
                if not invisible(char):
                    face = face_for(char, style.bold, self.system)
                    yield char, self._noted(char, face)

    def _noted(self, text: str, face: Face | None) -> Face | None:
        if face is None:
            self.missing.update(text)
        elif not face.is_ours:
            self.borrowed.add(face.name)
        return face

    def _advance(self, run: _Run, style: Style) -> float:
        if run.face is None:
            return sum(self._code_width(char, style) for char in run.text)
        font = self._font(run.face, style.size * SCALE)
        direction, features = self._shaping(run)
        return font.getlength(self._set(run), direction=direction, features=features)

    def _draw_run(self, mask: Image.Image, pen: tuple[float, int], run: _Run, style: Style) -> None:
        draw = ImageDraw.Draw(mask)
        if run.face is None:
            self._draw_codes(draw, pen, run.text, style)
            return
        direction, features = self._shaping(run)
        # Our scripts beside Latin come in one weight: bold thickens their strokes a little.
        is_plain = style.bold and run.face not in bundled(bold=True)[:1]
        draw.text(
            pen,
            self._set(run),
            fill=255,
            font=self._font(run.face, style.size * SCALE),
            anchor="ls",
            direction=direction,
            features=features,
            stroke_width=round(style.size * SCALE / 56) if is_plain else 0,
        )

    def _shaping(self, run: _Run) -> tuple[str | None, list[str] | None]:
        return ("rtl" if run.rtl else "ltr", _TABULAR) if self.raqm else (None, None)

    def _set(self, run: _Run) -> str:
        """What is handed to the engine: without shaping, character after character."""
        if self.raqm:
            return run.text
        text = "".join(char for char in run.text if not invisible(char))
        return "".join(reversed(graphemes(mirrored(joined(text))))) if run.rtl else text

    def _font(self, face: Face, size: int) -> ImageFont.FreeTypeFont:
        return _font(face, size, self.raqm)

    def _code_font(self, style: Style) -> ImageFont.FreeTypeFont:
        face = face_for("U", style.bold, False)
        assert face is not None, "the bundled fonts have Latin letters"
        return self._font(face, round(style.size * SCALE * _CODE))

    def _code_width(self, char: str, style: Style) -> float:
        pad = style.size * SCALE * 0.5
        return self._code_font(style).getlength(code_point(char)) + pad

    def _draw_codes(
        self, draw: ImageDraw.ImageDraw, pen: tuple[float, int], text: str, style: Style
    ) -> None:
        """Code points in small frames, standing on the line."""
        em, x, y = style.size * SCALE, pen[0], pen[1]
        for char in text:
            width = self._code_width(char, style)
            box = (x + 0.08 * em, y - 0.78 * em, x + width - 0.08 * em, y + 0.16 * em)
            draw.rectangle(box, outline=255, width=max(SCALE, em // 16))
            middle = (x + width / 2, y - 0.31 * em)
            draw.text(middle, code_point(char), 255, self._code_font(style), "mm")
            x += width


@lru_cache(maxsize=64)
def _font(face: Face, size: int, raqm: bool) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if raqm else ImageFont.Layout.BASIC
    return ImageFont.truetype(face.path, size, face.index, layout_engine=engine)
