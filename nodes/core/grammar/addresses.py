r"""Axes by address: a line for each input that varies.

seed = 7, 40-43                      every seed and noise_seed
cfg = 4, 5.5, 7..9:0.5               every input of that name
KSampler.cfg = 4, 7                  of the nodes with this title, or else of this class
"Second pass".denoise = 0.4, 0.6     quotes for a title with a dot or an equals sign
#12:3.strength = 0.5, 1              of one node, by its id
{animal} = cat, dog                  a hole in the template of a Prompt Batch
# not read                           a comment
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import GrammarError, ProofsheetError
from ..limits import MAX_ITEMS
from .cursor import Cursor, Written, lines_of, trim, unescape
from .input_types import TEXT, WIDGETS, InputType, Scalar, meant
from .prompts import TEMPLATE
from .seeds import placed_seeds
from .values import placed_numbers, placed_texts

WIDGET = "axes"
EXAMPLE = "seed = 7, 40-43"

_COMMENT = re.compile(r"#(?:[\s#]|$)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*')


@dataclass(frozen=True)
class Address:
    """What a line names: the `hole` of a template; `path`, a node id with an input after it; an
    `input` of the nodes with the title or of the class `word`; every input called `name`. One with
    a dot may be either of the last two."""

    hole: str = ""
    path: str = ""
    word: str = ""
    input: str = ""
    name: str = ""


@dataclass(frozen=True)
class AddressLine:
    """A line of the text `source`: what it names and its values, each with its place."""

    source: str
    address: Address
    target: Written[str]
    text: Written[str]

    def values(self, kind: InputType, is_seed: bool = False, where: str = "") -> tuple[Scalar, ...]:
        """The values for an input of this type; in quotes they are texts where any type is allowed.
        Raises GrammarError, with the caret under the faulty value; the message begins with `where`,
        what the input is called."""
        text, head = self.text.value, f"{where}: " if where else ""
        written = placed_numbers if kind.type in ("INT", "FLOAT") else placed_texts
        found: list[Scalar] = []
        place = (0, 0)
        try:
            for item in placed_seeds(text) if is_seed else written(text):
                place = item.place
                is_kept = kind.type not in WIDGETS and text.startswith('"', item.start)
                values = [item.value] if isinstance(item.value, str) else item.value
                for value in values:
                    found += meant(value, TEXT if is_kept else kind)
                if len(found) > MAX_ITEMS:
                    raise ProofsheetError(f"More than {MAX_ITEMS:,} values")
        except GrammarError as error:
            raise self.wrong_value(head + error.message, error.start, error.end) from None
        except ProofsheetError as error:
            raise self.wrong_value(head + str(error), *place) from None
        return tuple(found)

    def wrong_target(self, message: str) -> GrammarError:
        """The error to raise for what the line names."""
        return GrammarError(f"{WIDGET}: {message}", self.source, *self.target.place)

    def wrong_value(self, message: str, start: int = 0, end: int | None = None) -> GrammarError:
        """The error to raise for its values, or for those from start to end."""
        first = self.text.start
        last = self.text.end if end is None else first + end
        return GrammarError(f"{WIDGET}: {message}", self.source, first + start, last)


def parse(text: str) -> tuple[AddressLine, ...]:
    """text = (line | comment | nothing)*; comment = '#' space anything"""
    cursor = Cursor(text, WIDGET)
    return tuple(
        _line(cursor, start, end)
        for start, end in lines_of(cursor)
        if start < end and not _COMMENT.match(text, start, end)
    )


def _line(cursor: Cursor, start: int, end: int) -> AddressLine:
    """line = target '=' values; a title in quotes may have an equals sign"""
    quoted = None
    if cursor.source.startswith('"', start):
        quoted = _QUOTED.match(cursor.source, start, end)
        if quoted is None:
            raise cursor.fail(r"This quote is never closed; write \" for a quote itself", start)
    equals = cursor.source.find("=", quoted.end() if quoted else start, end)
    if equals < 0:
        raise cursor.fail(f"Expected a target, = and values, such as {EXAMPLE}", start, end)
    target = _trimmed(cursor.source, start, equals)
    address = _quoted(cursor, target, quoted[1]) if quoted else _address(cursor, target)
    return AddressLine(cursor.source, address, target, _trimmed(cursor.source, equals + 1, end))


def _trimmed(source: str, start: int, end: int) -> Written[str]:
    text = trim(source[start:end])
    first = source.index(text, start)
    return Written(text, first, first + len(text))


def _quoted(cursor: Cursor, target: Written[str], written: str) -> Address:
    """target = '"' title '"' '.' input | '"' input '"'"""
    title = unescape(written + '"', '"')[:-1]
    rest = target.value[len(written) + 2 :].lstrip()
    word, input = trim(title), trim(rest[1:])
    if not word or rest and not (rest.startswith(".") and input):
        raise cursor.fail('Expected "title".input, or "input"', *target.place)
    return Address(word=title, input=input) if rest else Address(name=title)


def _address(cursor: Cursor, target: Written[str]) -> Address:
    """target = '{' hole '}' | '#' id '.' input | word '.' input | input"""
    written = target.value
    if written.startswith("{"):
        name = trim(written[1:-1])
        if not written.endswith("}") or not name or not {*"{}|"}.isdisjoint(name):
            raise cursor.fail("A hole is one name in braces: {animal}", *target.place)
        if name == TEMPLATE[1:-1]:
            message = f"{TEMPLATE} is the place of each prompt: write these into the Prompt Batch"
            raise cursor.fail(message, *target.place)
        return Address(hole=name)
    if written.startswith("#"):
        if not re.fullmatch(r"#.+\..+", written):
            raise cursor.fail("Expected #id.input, such as #12.seed", *target.place)
        return Address(path=written[1:])
    word, dot, input = map(trim, written.partition("."))
    if not word or dot and not input:
        raise cursor.fail("Expected input, or title.input", *target.place)
    return Address(word=word, input=input, name=written) if dot else Address(name=written)
