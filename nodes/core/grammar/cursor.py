"""Reading a text from left to right: what the grammars of this folder share.

Each rule of a grammar is one function that takes a Cursor; its docstring is the rule, with
`x*` for any number, `[x]` for at most one and `|` for a choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Generic, TypeVar

from ..errors import LINE_BREAK, GrammarError, ProofsheetError
from ..limits import MAX_ITEMS, MAX_TEXT

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
MAX_DIGITS = 60  # characters of a number

_SPACE = re.compile(r"\s*")
_GAP = re.compile(r"\s*,?\s*")
_RUN = re.compile(r"[^\s,]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
# str.strip takes the spaces; these are as invisible and come along with pasted text.
INVISIBLE = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000\u200b\u2060\ufeff"
# Halves of characters, which are in no text: what is not read, and where a template takes a prompt.
BLANK, HOLE = "\udc00", "\udc01"


class Cursor:
    """A place in a text. `take` moves it past what a pattern matches, `fail` points at it.

    With a name, of the widget, errors begin with that. `written` is the text that they show, where
    what is read has blanks in place of comments.
    """

    def __init__(self, source: str, name: str = "", longest: int = MAX_TEXT) -> None:
        self.source = self.written = check_text(source, name, longest)
        self.name = name
        self.position = 1 if source.startswith("\ufeff") else 0

    @property
    def done(self) -> bool:
        return self.position >= len(self.source)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.source, self.position)
        if found is not None:
            self.position = found.end()
        return found

    def expect(self, pattern: re.Pattern[str], expected: str) -> re.Match[str]:
        found = self.take(pattern)
        if found is None:
            raise self.fail(f"Expected {expected}")
        return found

    def fail(self, message: str, start: int | None = None, end: int | None = None) -> GrammarError:
        """The error to raise: points at start..end, or start..here, or at what stands here."""
        if start is None:
            found = _RUN.match(self.source, self.position)
            start, end = self.position, found.end() if found else self.position + 1
        end = end or max(self.position, start + 1)
        return GrammarError(_named(self.name, message), self.written, start, end)


def listed(cursor: Cursor, item: Callable[[Cursor], T]) -> Iterator[T]:
    """list = [item (separator item)* [separator]]; separator = ',' | a new line"""
    cursor.take(_SPACE)
    while not cursor.done:
        begin = cursor.position
        yield item(cursor)
        written = cursor.source[begin : cursor.position]
        gap = cursor.take(_GAP)
        separates = gap is not None and ("," in gap[0] or LINE_BREAK.search(gap[0]))
        if not cursor.done and not separates:
            raise cursor.fail(f"Expected ',' or a new line after {short(written)}")


@dataclass(frozen=True)
class Written(Generic[T_co]):
    """What an item of a list says, and where it stands."""

    value: T_co
    start: int
    end: int

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end


def placed(cursor: Cursor, item: Callable[[Cursor], T]) -> Iterator[Written[T]]:
    """The items of a list as `listed` reads them, with their places."""

    def read(cursor: Cursor) -> Written[T]:
        start = cursor.position
        value = item(cursor)
        written = cursor.source[start : cursor.position].rstrip()
        return Written(value, start, start + len(written))

    return listed(cursor, read)


def counted(
    cursor: Cursor, item: Callable[[Cursor], T], count: Callable[[T], int], what: str
) -> list[Written[T]]:
    """The items of a list with their places; all stand for at most MAX_ITEMS of `what`."""
    found: list[Written[T]] = []
    before = 0
    for each in placed(cursor, item):
        more = count(each.value)
        if before + more > MAX_ITEMS:
            raise cursor.fail(over_limit(before, more, amount(more), what), each.start)
        before += more
        found.append(each)
    return found


def lines_of(cursor: Cursor) -> Iterator[tuple[int, int]]:
    """line = [spaces] text [spaces]; one that is a comment and nothing else is none"""
    start = cursor.position
    breaks = (found.span() for found in LINE_BREAK.finditer(cursor.source))
    for end, following in chain(breaks, [(len(cursor.source), 0)]):
        line = cursor.source[start:end]
        text = trim(line)
        begin = cursor.source.index(text, start)
        if text or BLANK not in line:
            yield begin, begin + len(text)
        start = following


def check_text(text: str, name: str = "", longest: int = MAX_TEXT) -> str:
    """The text itself, if it is one that can be read, hashed and saved."""
    if not isinstance(text, str):
        raise ProofsheetError(_named(name, f"Expected a text, not {text!r}"))
    if len(text) > longest:
        message = f"A text of {len(text):,} characters; at most {longest:,}"
        raise ProofsheetError(_named(name, message))
    broken = _SURROGATE.search(text)
    if broken is not None:
        message = _named(name, f"Half of a character (U+{ord(broken[0]):04X})")
        raise GrammarError(message, text, broken.start(), broken.end())
    return text


def _named(name: str, message: str) -> str:
    return f"{name}: {message}" if name else message


def whole(value: int, name: str, low: int, high: int) -> int:
    """The number itself, if it is a whole one from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ProofsheetError(f"{name}: a whole number from {low:,} to {high:,}, not {value!r}")
    return value


def choice(value: str, name: str, options: Sequence[str]) -> str:
    """The word itself, if it is one of the options."""
    if value not in options:
        raise ProofsheetError(f"{name}: one of {', '.join(options)}, not {value!r}")
    return value


def trim(text: str) -> str:
    """Without the spaces around it, nor the invisible characters that come with pasted text."""
    return text.strip().strip(INVISIBLE + BLANK)


def one_line(text: str) -> str:
    """The text with one plain space for every run of spaces and new lines."""
    return " ".join(text.split())


def short(text: str, length: int = 40) -> str:
    """The text in quotes for a message, cut if long."""
    return repr(text if len(text) <= length else text[: length - 1] + "…")


def few(written: str, words: Sequence[str], most: int = 6) -> str:
    """A few of the words for a message, those first that are nearest to what is written."""
    known = dict.fromkeys(words)
    near = get_close_matches(written[:80], [word for word in known if len(word) <= 80], 3)
    shown = [short(word) for word in dict.fromkeys([*near, *known])][:most]
    return ", ".join(shown) + (f", … ({len(known):,})" if len(known) > most else "")


def amount(number: int) -> str:
    """A count for a message, however large."""
    return f"{number:,}" if number < 10**15 else "more than 10^15"


def over_limit(before: int, more: int, words: str, what: str) -> str:
    """The arithmetic of too many: 12 + 2 x 3 = 18 prompts; at most 10"""
    left, total = f"{before:,} + {words}" if before else words, amount(before + more)
    sum_ = left if left == total else f"{left} = {total}"
    return f"{sum_} {what}; at most {MAX_ITEMS:,}"


def unescape(text: str, signs: str) -> str:
    r"""Without the backslashes that keep one of the signs literal.

    Only backslashes right before a sign count, two of them for one: with the sign '{', `\{` is
    `{`, `\\{` is `\` and a live brace, and `\(` or `C:\models` stay as they are.
    """
    return re.sub(
        rf"(\\+)(?=[{re.escape(signs)}])", lambda found: found[1][: len(found[1]) // 2], text
    )


def escape(text: str, signs: str) -> str:
    """The text with every sign in it kept literal: unescape(escape(text)) is text."""
    return re.sub(rf"(\\*)([{re.escape(signs)}])", r"\1\1\\\2", text)
