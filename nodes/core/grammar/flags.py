r"""Flags in a prompt: what stands behind --no is to be left out of the picture.

a cat --no hat, collar        --neg, --negative and --negative_prompt are the same
a cat \--no hat               kept as it is written
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cursor import BLANK, Cursor, trim

LEAVE_OUT = ("no", "neg", "negative", "negative_prompt")

_WORDS = rf"(?:{'|'.join(LEAVE_OUT)})(?=\s|$)"
_LEAVE_OUT = rf"--{_WORDS}"
_NO = re.compile(rf"(?:^|\s){_LEAVE_OUT}")
_EMPTY = re.compile(rf"(?:.*[\s{BLANK}])?({_LEAVE_OUT})$", re.DOTALL)
_BEGINS = rf"(?:(?<![^\s{{|{BLANK}])|(?<=::)|(?<=\$\$))"
_FLAG = re.compile(rf"{_BEGINS}--[A-Za-z][\w-]*")
_OTHER = re.compile(rf"{_BEGINS}(?!{_LEAVE_OUT})--[A-Za-z][\w-]*")
_DASH = rf"[—–]{_WORDS}"  # what phones and word processors make of --no
_DASHED = re.compile(_BEGINS + _DASH)
_KEPT = re.compile(rf"{_BEGINS}\\(?=\\*(?:--[A-Za-z]|{_DASH}))")
_TO_KEEP = re.compile(rf"{_BEGINS}(?=\\*(?:--[A-Za-z]|{_DASH}))")


def check_flags(cursor: Cursor, start: int, end: int, is_negative: bool = False) -> None:
    """Raises GrammarError for a flag that is not read, and for one with nothing behind it."""
    has_dash = any(cursor.source.find(dash, start, end) >= 0 for dash in "—–")
    if has_dash and (dashed := _DASHED.search(cursor.source, start, end)):
        message = rf"Expected two hyphens, --{dashed[0][1:]}; write \{dashed[0]} to keep it"
        raise cursor.fail(message, *dashed.span())
    if cursor.source.find("--", start, end) < 0:
        return
    if not is_negative and (empty := _EMPTY.match(cursor.source, start, end)):
        raise cursor.fail(f"Expected what to leave out after {empty[1]}", *empty.span(1))
    found = (_FLAG if is_negative else _OTHER).search(cursor.source, start, end)
    if found is None:
        return
    flag = found[0]
    message = rf"Only --no is read here, not {flag}: leave it out, or write \{flag} to keep it"
    if flag[2:] in LEAVE_OUT:
        message = rf"Expected a space behind {flag}; write \{flag} to keep it"
        if is_negative:
            message = rf"All of this is left out: write it without {flag}, or \{flag} to keep it"
    raise cursor.fail(message, *found.span())


def split(text: str) -> tuple[str, str]:
    """The prompt and what to leave out: line = positive (' --no' negative)*"""
    if "--" not in text:
        return trim(without_kept(text)), ""
    lines = [_NO.split(line) for line in text.split("\n")]
    positive = "\n".join(line[0].rstrip() if line[1:] else line[0] for line in lines)
    own = joined([negative for line in lines for negative in line[1:]])
    return trim(without_kept(positive)), without_kept(own)


def joined(negatives: Sequence[str]) -> str:
    written = [negative for negative in map(trim, negatives) if negative]
    return ", ".join([*(negative.rstrip(", ") for negative in written[:-1]), *written[-1:]])


def kept(text: str) -> str:
    """The text with a backslash before each flag."""
    return _TO_KEEP.sub(r"\\", text)


def without_kept(text: str) -> str:
    return _KEPT.sub("", text) if "\\" in text else text
