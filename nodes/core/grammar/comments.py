r"""Comments in texts of prompts.

# to the end of the line, at its beginning: '#' alone, before a space or before another '#'
a cat // to the end of the line, at its beginning or after a space
a cat /* to the sign that ends it, some lines later too */ on a roof
a cat \// kept, \/* kept */, and \# kept where a line begins
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import LINE_ENDS
from .cursor import BLANK, INVISIBLE, Cursor

_INDENT = "".join(sign for sign in INVISIBLE if sign not in LINE_ENDS)
_BEGIN = rf"(?<![^{LINE_ENDS}])[{re.escape(_INDENT)}]*"
_OPENS = re.compile(
    rf"{_BEGIN}(?:(?P<line>\#)(?=[\s#]|\Z)|(?P<kept_line>\\)(?=\\*\#))"
    r"|(?<!\S)(?:(?P<rest>//)|(?P<block>/\*)|(?P<kept>\\)(?=\\*(?://|/\*)))"
)
_TO_KEEP = re.compile(rf"{_BEGIN}(?=\\*\#)|(?<!\S)(?=\\*(?://|/\*))")
_LINE = re.compile(rf"[^{LINE_ENDS}]*")
_SPACES = re.compile(r"[ \t]*")


def without_comments(cursor: Cursor) -> Cursor:
    """The cursor, with blanks where comments stand, and the spaces behind those, in its text."""
    source = cursor.source
    parts: list[str] = []
    before = 0
    for start, end in _comments(source):
        parts += [source[before:start], BLANK * (end - start)]
        before = end
    if parts:
        cursor.source = "".join([*parts, source[before:]])
    return cursor


def kept(text: str) -> str:
    """The text with a backslash before each sign that a comment begins with."""
    return _TO_KEEP.sub(r"\g<0>\\", text)


def _comments(source: str) -> Iterator[tuple[int, int]]:
    """Where each comment stands, and each backslash that keeps the sign of one."""
    position, last_end = 0, source.rfind("*/")
    while found := _OPENS.search(source, position):
        start, position = found.start(str(found.lastgroup)), found.end()
        if found["block"]:
            if position > last_end:
                continue
            end = _SPACES.match(source, source.index("*/", position) + 2)
        elif found["kept"] or found["kept_line"]:
            end = found
        else:
            end = _LINE.match(source, position)
        position = end.end() if end else position
        yield start, position
