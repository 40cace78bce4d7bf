"""What goes wrong because of what somebody wrote, said so that they can mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

LINE_ENDS = "\n\v\f\r\x85\u2028\u2029"
"""The characters after which Unicode always breaks a line (UAX 14)."""

LINE_BREAK = re.compile(rf"\r\n|[{LINE_ENDS}]")
WINDOW = 36  # characters of a long line shown on each side of a fault


class ProofsheetError(ValueError):
    """Something the user asked for cannot be done; the message says what was allowed."""


class GrammarError(ProofsheetError):
    """A fault in a text: str() is the message, the line it is on and a caret under it."""

    def __init__(self, message: str, source: str, start: int, end: int | None = None) -> None:
        super().__init__(message, source, start, end)
        self.message = message
        self.source = source
        self.start = max(0, min(start, len(source)))
        self.end = max(self.start, min(start + 1 if end is None else end, len(source)))

    def __str__(self) -> str:
        breaks = [found.span() for found in LINE_BREAK.finditer(self.source)]
        before = [end for begin, end in breaks if begin < self.start]
        first = min(before[-1], self.start) if before else 0
        last = next((begin for begin, _ in breaks if begin >= self.start), len(self.source))
        head = f"{self.message} (line {len(before) + 1})" if breaks else self.message
        if first == last:
            return head
        low = first if self.start - first <= 2 * WINDOW else self.start - WINDOW
        high = last if last - low <= 4 * WINDOW else max(self.start + WINDOW, low + 2 * WINDOW)
        left = ("…" if low > first else "") + printable(self.source[low : self.start])
        right = printable(self.source[self.start : high]) + ("…" if high < last else "")
        under = printable(self.source[self.start : min(self.end, high)])
        caret = " " * columns(left) + "^" * max(1, columns(under))
        return f"{head}\n{left}{right}\n{caret}"


def fault(check: Callable[..., object], *args: object, **kwargs: object) -> str | None:
    """What the check finds wrong, in words; None if nothing."""
    try:
        check(*args, **kwargs)
    except ProofsheetError as error:
        return str(error)
    return None


def printable(text: str) -> str:
    """The text with nothing in it that moves a caret or cannot be encoded, length kept."""
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)


def columns(text: str) -> int:
    """How wide the text is in a terminal: East Asian characters take two columns, marks none."""
    seen = [char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf")]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in seen)
