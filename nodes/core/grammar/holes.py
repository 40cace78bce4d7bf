"""Named holes in the template of a Prompt Batch: a {animal} at {place}, {prompt}"""

from __future__ import annotations

import re
from collections.abc import Container

from ..limits import MAX_LONG_TEXT
from .comments import without_comments
from .cursor import BLANK, Cursor
from .prompts import TEMPLATE

_NAMED = re.compile(r"(?<!\\)(?:\\\\)*(\{\s*([^\W\d]\w*(?:[ -]\w+)*)\s*\})")


def check(template: str, filled: Container[str]) -> None:
    """Raises GrammarError for a hole that nothing fills: it would reach the model as it is. Other
    braces, such as those of JSON, are none."""
    cursor = without_comments(Cursor(template, "template", MAX_LONG_TEXT))
    for found in _NAMED.finditer(cursor.source.replace(BLANK, " ")):
        if found[2] != TEMPLATE[1:-1] and found[2] not in filled:
            line = f"write {found[1]} = ... into the axes of the Sweep"
            message = rf"Nothing fills {found[1]}: {line}, or \{{ for a brace itself"
            raise cursor.fail(message, *found.span(1))
