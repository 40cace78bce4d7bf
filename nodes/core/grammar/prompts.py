r"""Many prompts from one text.

    a lighthouse at dusk                      one prompt a line
    a {red|blue} boat                         every combination of what the braces offer
    a cat --no hat, collar                    its own negative, added to the shared one
    # not read                                a comment

or, if a line is exactly ---, blocks between such lines:

    name: harbour
    negative: fog
    a quiet harbour
    with fishing boats
    ---
    a forest

The template is put around every prompt. Braces work in the template and in the negatives as well.
A backslash keeps a sign literal: \{ \} \| (in braces), \--no, and \# \--- \name: at the start of
a line. Before anything else it is a backslash, so \(as usual\) reaches the text encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from ..errors import ProofsheetError
from ..limits import MAX_ITEMS
from .braces import SIGNS, Pattern, factors_in_words, read_pattern
from .cursor import Cursor, amount, escape, over_limit, trim
from .prompt_blocks import Unit, kept, lines_of, read_units
from .prompt_names import prompt_names

TEMPLATE = "{prompt}"
NO_HOLES: Mapping[str, str] = {}
MAX_OUTPUT = 20_000_000  # characters of all prompts together

_HOLE = "\0"  # where the template takes the prompt
_NO = re.compile(r"(?:^|\s)--no(?=\s|$)")
_KEPT_NO = re.compile(r"(^|\s)\\(?=\\*--no(?:\s|$))", re.MULTILINE)
_NO_TO_KEEP = re.compile(r"(^|\s)(?=\\*--no(?:\s|$))", re.MULTILINE)


class Prompt(NamedTuple):
    positive: str
    negative: str
    name: str


def prompt_lists(
    prompts: str = "",
    negative: str = "",
    template: str = TEMPLATE,
    holes: Mapping[str, str] = NO_HOLES,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The positives, negatives and names of a Prompt Batch with these widgets. `holes`: a text for
    each hole of the template, `animal` for `{animal}`, in which no sign is read."""
    found = parse(prompts, negative, template, holes)
    return (
        tuple(prompt.positive for prompt in found),
        tuple(prompt.negative for prompt in found),
        tuple(prompt.name for prompt in found),
    )


def parse(
    prompts: str, negative: str = "", template: str = TEMPLATE, holes: Mapping[str, str] = NO_HOLES
) -> tuple[Prompt, ...]:
    """Every prompt in the order written, each in every form of the template, each of these with
    every form of the shared negative."""
    batch = _read(prompts, negative, template, holes)
    texts = [list(batch.texts(unit)) for unit in batch.units]
    labels = iter(prompt_names([unit.name for unit in batch.units], texts))
    return tuple(Prompt(*text, next(labels)) for unit in texts for text in unit)


def count(prompts: str, negative: str = "", template: str = TEMPLATE) -> int:
    """How many prompts that makes; raises what parse would raise, but expands nothing."""
    return _read(prompts, negative, template).count


def check_prompts(
    prompts: str | None = "", negative: str | None = "", template: str | None = TEMPLATE
) -> None:
    """Raises what parse would; None is a text that another node will give."""
    count("x" if prompts is None else prompts, negative or "", template or TEMPLATE)


def has_hole(template: str, name: str) -> bool:
    """Whether the name stands in braces in a template. Raises GrammarError for a faulty one."""
    cursor = Cursor(template, "template")
    pattern = read_pattern(cursor, list(lines_of(cursor)), {name: _HOLE})
    return any(_HOLE in piece for piece in pattern.texts())


def literal(text: str) -> str:
    """The line that stands for exactly this prompt of one line."""
    return kept(_NO_TO_KEEP.sub(r"\1\\", escape(text, SIGNS)))


@dataclass(frozen=True)
class _Batch:
    units: list[Unit]
    template: Pattern
    negative: Pattern

    @property
    def around(self) -> int:
        """How many prompts each form of a line or block makes."""
        return self.template.count * self.negative.count

    @property
    def count(self) -> int:
        return sum(unit.count for unit in self.units) * self.around

    def texts(self, unit: Unit) -> Iterator[tuple[str, str]]:
        """The positives and negatives of a line or block."""
        bodies = [_split(form) for form in unit.body.forms()]
        wraps = [_split(form) for form in self.template.forms()]
        forms = product(bodies, unit.negative.forms(), wraps, self.negative.forms())
        for (text, own), field, (wrap, everywhere), shared in forms:
            negatives = (shared, everywhere.replace(_HOLE, text), field, own)
            yield trim(wrap.replace(_HOLE, text)), _joined(negatives)


def _read(
    prompts: str, negative: str, template: str, holes: Mapping[str, str] = NO_HOLES
) -> _Batch:
    cursor = Cursor(prompts)
    units = read_units(cursor)
    if not units:
        raise cursor.fail("Expected a prompt", 0)
    around = _template(template, holes)
    field = Cursor(negative, "negative")
    batch = _Batch(units, around, read_pattern(field, list(lines_of(field))))
    braces = max(1, template.count("{"))
    length = len(template) + braces * sum(map(len, holes.values()))
    _check_amount(cursor, batch, length + len(negative), braces)
    return batch


def _template(text: str, holes: Mapping[str, str]) -> Pattern:
    """template = text with at least one '{prompt}'; nothing at all is '{prompt}'"""
    cursor = Cursor(text if trim(text) else TEMPLATE, "template")
    for each in (text, *holes.values()):
        if _HOLE in each:
            raise cursor.fail("A character that is no text", max(0, text.find(_HOLE)))
    pattern = read_pattern(cursor, list(lines_of(cursor)), {**holes, "prompt": _HOLE})
    if not any(_HOLE in piece for piece in pattern.texts()):
        raise cursor.fail("Expected {prompt}, the place of each prompt", len(text))
    return pattern


def _split(text: str) -> tuple[str, str]:
    """line = positive (' --no' negative)*"""
    lines = [_NO.split(line) for line in text.split("\n")]
    positive = "\n".join(line[0].rstrip() if line[1:] else line[0] for line in lines)
    own = _joined([negative for line in lines for negative in line[1:]])
    return trim(_KEPT_NO.sub(r"\1", positive)), _KEPT_NO.sub(r"\1", own)


def _joined(negatives: Sequence[str]) -> str:
    written = [negative for negative in map(trim, negatives) if negative]
    return ", ".join([*(negative.rstrip(", ") for negative in written[:-1]), *written[-1:]])


def _check_amount(cursor: Cursor, batch: _Batch, around: int, holes: int) -> None:
    """Raises if there are too many prompts, or they are too long in all: `around` characters
    stand around each line or block, which is put into so many `holes`."""
    before = size = 0
    for unit in batch.units:
        more = unit.count * batch.around
        if before + more > MAX_ITEMS:
            patterns = (unit.body, unit.negative, batch.template, batch.negative)
            words = factors_in_words([factor for each in patterns for factor in each.factors])
            raise cursor.fail(over_limit(before, more, words, "prompts"), *unit.span)
        before += more
        size += more * (around + holes * (unit.span[1] - unit.span[0]))
    if size > MAX_OUTPUT:
        made = f"{batch.count:,} prompts of {size // batch.count:,} characters"
        raise ProofsheetError(f"{made} = {amount(size)}; at most {MAX_OUTPUT:,} characters")
