r"""Many prompts from one text.

    a lighthouse at dusk                      one prompt a line
    a {red|blue} boat                         every combination of what the braces offer
    a {2$$red|blue|green} boat                every two of them; {0.5::a|3::b} has weights
    a __colors__ boat                         each line of the list of that name
    a cat --no hat, collar                    its own negative, added to the shared one
    # not read                                a comment; so are // and /* */

or, if a line is exactly ---, blocks between such lines:

    name: harbour
    negative: fog
    a quiet harbour
    with fishing boats
    ---
    a forest

The template is put around every prompt. Braces, lists and comments work in the template and in the
negatives as well. A backslash keeps a sign literal: \{ \} \| (in braces), \__name__, \--no, \//,
and \# \--- \name: \BREAK at the start of a line. Before anything else it is a backslash, so
\(as usual\) reaches the text encoder.

Of the variants all come, in the order written, or some that are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

from .. import limits
from ..errors import ProofsheetError
from ..limits import MAX_ITEMS, MAX_LONG_TEXT
from . import braces, comments, flags, prompt_blocks
from .braces import Wildcard, read_pattern
from .comments import without_comments
from .cursor import HOLE, Cursor, amount, check_text, choice, lines_of, over_limit, trim, whole
from .flags import check_flags, joined, split, without_kept
from .patterns import Choice, Pattern, factors_in_words
from .prompt_blocks import Unit, read_units
from .prompt_names import prompt_names
from .ways import Ways
from .wildcards import Lists, Wildcards

TEMPLATE = "{prompt}"
TEXTS = frozenset({"prompts", "negative", "template"})  # the widgets that take one
MAX_OUTPUT = 20_000_000  # characters of all prompts together
MAX_CHOICES = 2_000_000  # of prompts that are drawn; after so many none is passed over


class Prompt(NamedTuple):
    positive: str
    negative: str
    name: str


@dataclass(frozen=True)
class Names:
    """What names stand for. `holes`: a text for each hole of the template, `animal` for
    `{animal}`, in which no sign is read; `lists`: the lines of `colors` for `__colors__`."""

    holes: Mapping[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)


@dataclass(frozen=True)
class Variants:
    """Which prompts come: all, or at random `count` of them, by `seed`."""

    mode: str = "all"
    count: int = 8
    seed: int = 0

    @classmethod
    def of(cls, widgets: Mapping[str, Any]) -> Variants:
        """As the widgets say."""
        names = {"variants": "mode", "count": "count", "seed": "seed"}
        return cls(**{names[name]: value for name, value in widgets.items() if name in names})

    @property
    def are_drawn(self) -> bool:
        return self.mode == "random"

    def check(self) -> None:
        choice(self.mode, "variants", limits.VARIANTS.words)
        whole(self.count, "count", limits.PROMPT_COUNT.low, limits.PROMPT_COUNT.high)
        whole(self.seed, "seed", limits.SEED.low, limits.SEED.high)


NO_NAMES = Names()
ALL = Variants()


def prompt_lists(
    prompts: str = "",
    negative: str = "",
    template: str = TEMPLATE,
    names: Names = NO_NAMES,
    variants: Variants = ALL,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The positives, negatives and names of a Prompt Batch with these widgets."""
    found = parse(prompts, negative, template, names, variants)
    return (
        tuple(prompt.positive for prompt in found),
        tuple(prompt.negative for prompt in found),
        tuple(prompt.name for prompt in found),
    )


def parse(
    prompts: str,
    negative: str = "",
    template: str = TEMPLATE,
    names: Names = NO_NAMES,
    variants: Variants = ALL,
) -> tuple[Prompt, ...]:
    """Every prompt in the order written, each in every form of the template, each of these with
    every form of the shared negative; or those that are drawn, in the order drawn."""
    batch = _read((prompts, negative, template), names, variants)
    found = _drawn(batch, variants) if variants.are_drawn else list(batch.all())
    order = sorted(range(len(found)), key=lambda place: found[place][0])
    texts: list[list[tuple[str, str]]] = [[] for _ in batch.units]
    for unit, text in found:
        texts[unit].append(text)
    named = dict(zip(order, prompt_names([u.name for u in batch.units], texts), strict=True))
    return tuple(Prompt(*text, named[place]) for place, (_, text) in enumerate(found))


def count(
    prompts: str,
    negative: str = "",
    template: str = TEMPLATE,
    names: Names = NO_NAMES,
    variants: Variants = ALL,
) -> int:
    """How many prompts that makes; raises what parse would raise, but expands nothing."""
    batch = _read((prompts, negative, template), names, variants)
    return variants.count if variants.are_drawn else batch.count


def check_prompts(
    prompts: str | None = "",
    negative: str | None = "",
    template: str | None = TEMPLATE,
    names: Names = NO_NAMES,
    variants: Variants = ALL,
) -> None:
    """Raises what parse would; None is a text that another node will give."""
    texts = ("x" if prompts is None else prompts, negative or "", template or TEMPLATE)
    _read(texts, names, variants)


def has_hole(template: str, name: str) -> bool:
    """Whether the name stands in braces in a template. Raises GrammarError for a faulty one."""
    cursor, lines = _text(template, "template")
    pattern = read_pattern(cursor, lines, lambda *_: Choice((Pattern(),)), {name: HOLE})
    return pattern.total.holes > 0


def literal(text: str) -> str:
    """The line that stands for exactly this prompt of one line."""
    return prompt_blocks.kept(flags.kept(comments.kept(braces.literal(text))))


@dataclass(frozen=True)
class _Batch:
    units: list[Unit]
    template: Pattern
    negative: Pattern

    @property
    def count(self) -> int:
        around = (self.template.total * self.negative.total).count
        return sum(unit.count for unit in self.units) * around

    def check_amount(self, cursor: Cursor) -> None:
        """Raises if there are too many prompts, or they or their negatives are too long in all."""
        before = positives = negatives = 0
        around = self.template.total
        for unit in self.units:
            body, beside = unit.body.total, unit.negative.total * self.negative.total
            more = body.count * around.count * beside.count
            if before + more > MAX_ITEMS:
                patterns = (unit.body, unit.negative, self.template, self.negative)
                words = factors_in_words([factor for each in patterns for factor in each.factors])
                raise cursor.fail(over_limit(before, more, words, "prompts"), *unit.span)
            before += more
            positives += (around.size * body.count + around.holes * body.size) * beside.count
            negatives += beside.size * body.count * around.count
        _check_size(max(positives, negatives), before)

    def check_choices(self, count: int) -> None:
        """Raises if drawing so many prompts may take too long."""
        own = max(unit.body.choices + unit.negative.choices for unit in self.units)
        each = 1 + own + self.template.choices + self.negative.choices
        if each * count > MAX_CHOICES:
            made = f"{count:,} prompts of {amount(each)} choices"
            raise ProofsheetError(
                f"{made} = {amount(each * count)}; at most {MAX_CHOICES:,} choices"
            )

    def all(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """Every prompt, with the place of its line or block."""
        wraps, shared = list(map(split, self.template.forms())), self.negative.forms()
        for place, unit in enumerate(self.units):
            bodies = map(split, unit.body.forms())
            for parts in product(bodies, unit.negative.forms(), wraps, shared):
                yield place, _composed(*parts)

    def draw(self, ways: Ways) -> tuple[int, tuple[str, str]]:
        """One prompt: of each line or block alike, then what its own choices draw, those of its
        negative, of the template and of the shared negative."""
        place = ways.choose(range(1, len(self.units) + 1))
        unit = self.units[place]
        body, field = split(unit.body.draw(ways)), unit.negative.draw(ways)
        wrap, shared = split(self.template.draw(ways)), self.negative.draw(ways)
        return place, _composed(body, field, wrap, shared)


def _composed(
    body: tuple[str, str], field: str, wrap: tuple[str, str], shared: str
) -> tuple[str, str]:
    """A prompt and its negative."""
    (text, own), (around, everywhere) = body, wrap
    negatives = (without_kept(shared), everywhere.replace(HOLE, text), without_kept(field), own)
    return trim(around.replace(HOLE, text)), joined(negatives)


def _drawn(batch: _Batch, variants: Variants) -> list[tuple[int, tuple[str, str]]]:
    """A prompt that came before is passed over, until none is left that did not; then they may all
    come again. A longer list begins with the shorter one."""
    ways = Ways(variants.seed)
    found: list[tuple[int, tuple[str, str]]] = []
    came: set[tuple[str, str]] = set()
    positives = negatives = 0
    while len(found) < variants.count:
        place, text = batch.draw(ways)
        if text not in came or ways.choices > MAX_CHOICES:
            came.add(text)
            found.append((place, text))
            positives, negatives = positives + len(text[0]), negatives + len(text[1])
            _check_size(max(positives, negatives), len(found))
        if not ways.end():
            came.clear()
    return found


def _read(texts: tuple[str, str, str], names: Names, variants: Variants) -> _Batch:
    variants.check()
    prompts, negative, template = texts
    wildcard = Wildcards(names.lists).choice
    cursor = without_comments(Cursor(prompts, longest=MAX_LONG_TEXT))
    units = read_units(cursor, wildcard)
    if not units:
        raise cursor.fail("Expected a prompt", 0)
    around = _template(template, names.holes, wildcard)
    field, lines = _text(negative, "negative")
    for start, end in lines:
        check_flags(field, start, end, is_negative=True)
    batch = _Batch(units, around, read_pattern(field, lines, wildcard))
    if variants.are_drawn:
        batch.check_choices(variants.count)
    else:
        batch.check_amount(cursor)
    return batch


def _template(text: str, holes: Mapping[str, str], wildcard: Wildcard) -> Pattern:
    """template = text with at least one '{prompt}'; nothing at all is '{prompt}'"""
    cursor, lines = _text(text if trim(text) else TEMPLATE, "template")
    for name, filled in holes.items():
        check_text(filled, f"{{{name}}}")
    for start, end in lines:
        check_flags(cursor, start, end)
    pattern = read_pattern(cursor, lines, wildcard, {**holes, "prompt": HOLE})
    if not pattern.total.holes:
        raise cursor.fail("Expected {prompt}, the place of each prompt", len(text))
    return pattern


def _text(text: str, widget: str) -> tuple[Cursor, Sequence[tuple[int, int]]]:
    """A text of one prompt and its lines."""
    cursor = without_comments(Cursor(text, widget, MAX_LONG_TEXT))
    return cursor, list(lines_of(cursor))


def _check_size(size: int, count: int) -> None:
    if size > MAX_OUTPUT:
        made = f"{count:,} prompts of {size // count:,} characters"
        raise ProofsheetError(f"{made} = {amount(size)}; at most {MAX_OUTPUT:,} characters")
