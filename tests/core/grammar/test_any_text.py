"""Any text at all in any of the widgets that take one: what it means is what is written, and what
means nothing is refused with the place. Texts with a meaning are made here from that meaning."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar import (
    addresses,
    braces,
    comments,
    file_pattern,
    flags,
    picks,
    prompts,
    rows,
    seeds,
    values,
)
from pack.nodes.core.grammar.input_types import InputType

# Digits, dashes, commas and spaces of other scripts, what cannot be seen, half a character.
STRANGE = "٣三３–−，、；\u00a0\u2028\u200b\u202e\ufeff\ud800\0\x7f"
ANYTHING = st.text(st.characters() | st.sampled_from(STRANGE + "0123456789,-.:#!={}|%\\/ \n"))
FRAMES = [
    SimpleNamespace(number=n, id=f"{n:016x}", seed=40 + n, prompt=1 + n % 2, values={"cfg": n / 2})
    for n in range(1, 9)
]
KINDS = [
    InputType("STRING"),
    InputType("INT", 1, 100),
    InputType("FLOAT", 0.0, 30.0),
    InputType("BOOLEAN"),
    InputType("COMBO", choices=("a.png", "b.png", 8)),
    InputType("*"),
]


def read_addresses(text):
    """Whole texts, and this one as the values of a line."""
    lines = [*addresses.parse(text), *addresses.parse(f"a = {text}".replace("\n", " "))]
    for kind in KINDS:
        for line in lines:
            line.values(kind)


def read_table(text):
    """A text as a table, in every way in which one begins."""
    for head in ("", "a;b\n", "a\n", "["):
        found = rows.read(head + text, lambda _name: "a,b\n1,2")
        for row in range(len(found.rows)):
            error = found.fault(row, len(found.columns) - 1, "no good")
            assert 0 <= error.start <= error.end and str(error)


def read_list(lines, variants):
    """Lines of a list, where one stands and where some are picked."""
    names = prompts.Names(lists={"a": lines, "b": ["x", "__a__ y"]})
    prompts.parse("__a__ {1-2$$__b__}", "", "{prompt}", names, variants)


READERS = {
    "picks": lambda text: picks.resolve(picks.parse(text), FRAMES),
    "seeds": seeds.parse_list,
    "floats": values.floats,
    "ints": values.whole_numbers,
    "texts": values.texts,
    "booleans": values.truths,
    "axes": addresses.parse,
    "values of axes": read_addresses,
    "prompts": prompts.parse,
    "negative": lambda text: prompts.parse("a boat", text),
    "template": lambda text: prompts.parse("a boat", "", text),
    "table": lambda text: read_table(text),
    "a table's rows": lambda text: read_table(f"a;b\n{text}"),
    "a list": lambda text: read_list(text.split("\n"), prompts.ALL),
    "an item": lambda text: read_list([text], prompts.Variants("random", 20)),
    "pattern": lambda text: file_pattern.expand(text, {"name": "x"}),
}


@pytest.mark.parametrize("widget", READERS)
@given(text=ANYTHING)
def test_any_text_is_read_or_refused_with_the_place(widget, text):
    try:
        READERS[widget](text)
    except GrammarError as error:
        assert 0 <= error.start <= error.end
        assert str(error)
    except ProofsheetError as error:
        assert str(error)


@pytest.mark.parametrize("widget", ["seeds", "floats", "ints"])
@given(text=ANYTHING)
def test_only_plain_digits_are_numbers(widget, text):
    try:
        READERS[widget](text)
    except ProofsheetError:
        return
    written = [char for char in text if not char.isspace() and char != "\ufeff"]
    assert all(char.isascii() for char in written)


@st.composite
def pick_items(draw):
    """An item as it is written, and the frames it names."""
    kind = draw(st.sampled_from(("number", "range", "id", "seed", "prompt", "cfg", "all")))
    first, last = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    if kind == "number":
        return f"{'0' * draw(st.integers(0, 2))}{first}", [first]
    if kind == "range":
        step = 1 if last >= first else -1
        dash = draw(st.sampled_from(("-", " - ", "- ")))
        return f"{first}{dash}{last}", list(range(first, last + step, step))
    if kind == "id":
        return f"#{first:016x}", [first]
    if kind == "seed":
        return f"seed={40 + first}", [first]
    if kind == "prompt":
        return f"prompt={1 + first % 2}", [n for n in range(1, 9) if n % 2 == first % 2]
    return (f"cfg={first / 2}", [first]) if kind == "cfg" else ("all", list(range(1, 9)))


COMMAS = st.sampled_from((",", ", ", " ,", "\n", ",\r\n"))


@given(st.lists(st.tuples(pick_items(), st.booleans()), max_size=8), COMMAS)
def test_picks_are_what_is_written_in_the_order_written(items, comma):
    items = [(item, removes and place > 0) for place, (item, removes) in enumerate(items)]
    text = comma.join("!" * removes + written for (written, _), removes in items)
    expected: list[int] = []
    for (_, named), removes in items:
        expected = [n for n in expected if n not in named] if removes else expected
        expected += [] if removes else [n for n in named if n not in expected]
    assert [int(i, 16) for i in picks.resolve(picks.parse(text), FRAMES).ids] == expected


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(-5, 5)), min_size=1, max_size=6))
def test_seeds_are_what_is_written(runs):
    runs = [(first, min(max(first + more, 0), 2**64 - 1)) for first, more in runs]
    text = ", ".join(f"{first}-{last}" if last != first else f"{first}" for first, last in runs)
    steps = [(first, last, 1 if last >= first else -1) for first, last in runs]
    expected = [seed for first, last, step in steps for seed in range(first, last + step, step)]
    assert list(seeds.parse_list(text)) == expected


WORDS = st.text("abc {}|\\:()-#", max_size=8)


@given(WORDS, st.text("abc", min_size=1, max_size=4), WORDS)
def test_a_literal_template_is_put_around_every_prompt(before, word, after):
    """Whatever signs stand in it: none of them comes to life, and none is lost."""
    template = before_a_sign(braces.literal(before)) + "{prompt}" + braces.literal(after)
    template = flags.kept(comments.kept(template))
    found = prompts.parse(f"{word}1\n{word}2", "", template)
    expected = [f"{before}{word}{number}{after}".strip() for number in (1, 2)]
    assert [each.positive for each in found] == expected


SPACES = st.sampled_from((" ", "\t", "\u3000", " \t"))
COMMENT = st.text("abc #/*-{}|\\:", max_size=8).map(lambda text: text.replace("*/", ""))
COMMENTED = st.tuples(st.text("abc{}/:-", min_size=1, max_size=5), SPACES, COMMENT)


@given(st.lists(COMMENTED, min_size=1, max_size=4), st.booleans())
def test_a_comment_is_as_if_it_were_not_there(lines, is_block):
    """Behind a word, on lines of its own, between two words."""
    text = ""
    for word, spaces, comment in lines:
        signs = f"/*{comment.rstrip('*')}*/" if is_block else f"//{comment}"
        text += f"{prompts.literal(word)}{spaces}{signs}\n{spaces}{signs}\n#{spaces}{comment}\n"
    assert [each.positive for each in prompts.parse(text)] == [word for word, *_ in lines]


def before_a_sign(text):
    """Backslashes right before a sign count two for one."""
    return text + "\\" * (len(text) - len(text.rstrip("\\")))
