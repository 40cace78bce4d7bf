from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import LINE_BREAK, GrammarError, ProofsheetError, fault
from pack.nodes.core.grammar import prompts
from pack.nodes.core.grammar.cursor import MAX_ITEMS, trim


def positives(*widgets):
    return [prompt.positive for prompt in prompts.parse(*widgets)]


def negatives(*widgets):
    return [prompt.negative for prompt in prompts.parse(*widgets)]


def names(*widgets):
    return [prompt.name for prompt in prompts.parse(*widgets)]


UNTOUCHED = [
    "(masterpiece:1.2), [x|y], (a, b:0.8)",
    "embedding:bad_hands, <lora:x:0.5>",
    "it's \"quoted\", 'twice'; a: b",
    r"\(traditional media\), \\server\share, C:\x\n, ¯\_(ツ)_/¯ \m/",
    "50% of 1/2 & <b>#1</b> a#b ---x --- y -- z a--b http://x.y//z",
    "夕暮れの灯台、波しぶき",
    "ένα σπίτι, дом у моря, بيت, घर, 🏳️‍🌈",
    "a | b || c",
    '{"scene": "a {big} cat", "tags": ["x", "y"]}',
    "embedding:name, fields: none",
    "two  spaces\tand a tab",
    "x" * 2000,
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_not_grammar_is_untouched(text):
    assert positives(text) == [text]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a\nb\nc", ["a", "b", "c"]),
        ("a\r\nb\rc\u2028d\u2029e\x85f\vg", ["a", "b", "c", "d", "e", "f", "g"]),
        ("\ufeffa\nb", ["a", "b"]),
        ("  a \n\t\n\u3000\n \u200b \n\tb\t", ["a", "b"]),
        ("# note\na\n  # note\nb # kept", ["a", "b # kept"]),
        ("\\# kept\n\\\\# kept", ["# kept", "\\# kept"]),
        ("a {red|blue} car", ["a red car", "a blue car"]),
        ("{a|b} {1|2}\nc", ["a 1", "a 2", "b 1", "b 2", "c"]),
        ("{a|{b|c}}", ["a", "b", "c"]),
        (r"\{a|b\}", ["{a|b}"]),
        (r"a\{b", ["a{b"]),
        ("{very |}big", ["very big", "big"]),
        ("a\na", ["a", "a"]),
        (r"\--- x" + "\n" + r"\---" + "\n" + r"\----", [r"\--- x", "---", "----"]),
        ("\\name: x\n\\Negative: y\n\\seed: 5", ["name: x", "Negative: y", "seed: 5"]),
        ("names: x", ["names: x"]),
    ],
)  # fmt: skip
def test_lines(text, expected):
    assert positives(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("---\na", [("a", "")]),
        ("a\n---\nb\n---", [("a", ""), ("b", "")]),
        ("a\n---\n\n---\n# x\n---\nb", [("a", ""), ("b", "")]),
        ("  ---  \r\na\r\n", [("a", "")]),
        ("\n\na\nb\n\nc\n\n---\nd", [("a\nb\n\nc", ""), ("d", "")]),
        ("negative: x, y\na\nb\n---\nc", [("a\nb", "x, y"), ("c", "")]),
        ("a\nNEGATIVE：x\n---", [("a", "x")]),
        ("a\n# x\nb\n---", [("a\nb", "")]),
        ("name: n\nnegative:\n---", [("", "")]),
        ("negative: {x|y}\n{a|b}\n---", [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]),
        ("a {b|\nc} d\n---", [("a b d", ""), ("a \nc d", "")]),
        ("a --no x\nb --no y\n---", [("a\nb", "x, y")]),
        (r"\name: a" + "\n" + r"\---" + "\n---", [("name: a\n---", "")]),
    ],
)
def test_blocks(text, expected):
    assert [prompt[:2] for prompt in prompts.parse(text)] == expected


@pytest.mark.parametrize(
    "text, shared, positive, negative",
    [
        ("a cat --no hat, collar", "", "a cat", "hat, collar"),
        ("a cat --no hat", "blurry", "a cat", "blurry, hat"),
        ("a cat --no hat", " blurry,\n", "a cat", "blurry, hat"),
        ("a cat", " blurry,\n", "a cat", "blurry,"),
        ("a cat", "one\r\ntwo", "a cat", "one\ntwo"),
        ("a cat --no x --no y", "", "a cat", "x, y"),
        ("a cat\t--no\tx", "", "a cat", "x"),
        ("--no x", "", "", "x"),
        (r"a cat \--no x", "", "a cat --no x", ""),
        (r"a cat \\--no x", "", r"a cat \--no x", ""),
        (r"\--no x --no y", "", "--no x", "y"),
        (r"a \--note b--no c", "", "a --note b--no c", ""),
        ("a cat --neg x --negative y --negative_prompt z", "", "a cat", "x, y, z"),
        ("a cat // --no x", "", "a cat", ""),
        ("a", r"\--no x // y", "a", "--no x"),
        ("a (x:1.2) --no (y:1.3)", "", "a (x:1.2)", "(y:1.3)"),
        ("a", r"(b:1.2), \{x\}, \(y\)", "a", r"(b:1.2), {x}, \(y\)"),
    ],
)
def test_negatives(text, shared, positive, negative):
    assert [prompt[:2] for prompt in prompts.parse(text, shared)] == [(positive, negative)]


def test_braces_may_reach_over_what_to_leave_out():
    assert negatives("cat --no {hat|}", "blurry") == ["blurry, hat", "blurry"]
    assert negatives("{photo --no grain|drawing --no photo}") == ["grain", "photo"]


def test_the_shared_negative_may_have_forms():
    assert negatives("a\nb --no c", "{x|y}") == ["x", "y", "x, c", "y, c"]


@pytest.mark.parametrize(
    "text, template, expected",
    [
        ("a\nb", "photo of {prompt}, 35mm", ["photo of a, 35mm", "photo of b, 35mm"]),
        ("a\nb", "{ prompt }!", ["a!", "b!"]),
        ("{a|b}", "{prompt}, {prompt}", ["a, a", "b, b"]),
        ("a\nb", "{oil|ink} {prompt}", ["oil a", "ink a", "oil b", "ink b"]),
        ("a", "{{prompt} at dusk|dawn}", ["a at dusk", "dawn"]),
        ("a", r"\{prompt\} {prompt} {other}", ["{prompt} a {other}"]),
        ("a", "", ["a"]),
        ("a", "  \n", ["a"]),
        ("a", "x\r\n{prompt}", ["x\na"]),
        ("{prompt}", "{prompt}", ["{prompt}"]),
        (r"\{x|y\} \--no z", "{prompt}, w", ["{x|y} --no z, w"]),
    ],
)  # fmt: skip
def test_templates(text, template, expected):
    assert positives(text, "", template) == expected


def test_a_template_has_a_negative_of_its_own():
    found = prompts.parse("a --no x", "s", "{prompt}, 35mm --no text")
    assert found[0][:2] == ("a, 35mm", "s, text, x")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a lighthouse at dusk\na harbour at dusk", ["lighthouse", "harbour"]),
        ("夕暮れの灯台\n夕暮れの港", ["灯台", "港"]),
        ("a cat", ["a cat"]),
        ("name: One  two\na\n---\nb", ["One two", "b"]),
        ("name: x\na {b|c}\n---\nname: x\na", ["x b", "x c", "x"]),
        ("a cat\na cat --no hat", ["a cat", "a cat --no hat"]),
        ("--no x\n--no x", ["1", "2"]),
    ],
)  # fmt: skip
def test_names(text, expected):
    assert names(text) == expected


TWOS = "2 x 2 x 2 x 2 x 2 x 2 x 2 x 2"
MANY = "… (40 braces) = 1,099,511,627,777"
TOO_MANY = "prompts; at most 10,000"
NEVER_CLOSED = r"This { is never closed; write \{ for a brace itself"
CLOSES_NOTHING = r"This } closes nothing; write \} for a brace itself"
NO_FIELD = r"name: belongs to a block; put --- between blocks, or write \name:"
UNKNOWN = r"Unknown field '{0}'; a block has name: and negative:; write \{0}: to keep it"
HALF = "Half of a character (U+DC01)"
NO_PLACE = "template: Expected {prompt}, the place of each prompt"
FORMS = "{a|b}{c|d|e}", "{x|y}", "{prompt}" + "{1|2|3|4}" * 5


@pytest.mark.parametrize(
    "widgets, message, start, end",
    [
        (("",), "Expected a prompt", 0, 0),
        (("\n # x\n",), "Expected a prompt", 0, 1),
        (("---\n---",), "Expected a prompt", 0, 1),
        (("a\nb {c|d",), NEVER_CLOSED, 4, 5),
        (("{a|\nb}",), NEVER_CLOSED, 0, 1),
        (("a } b",), CLOSES_NOTHING, 2, 3),
        (("a --no",), "Expected what to leave out after --no", 2, 6),
        (("a\n--no\n---",), "Expected what to leave out after --no", 2, 6),
        (("name: x\na",), NO_FIELD, 0, 6),
        (("a\n---\nName:",), "Expected a name", 11, 11),
        (("name: a\nname: b\n---",), "A second name: in this block", 8, 14),
        (("a\nNegative prompt: b",), UNKNOWN.format("Negative prompt"), 2, 17),
        (("Steps: 20, Sampler: Euler",), UNKNOWN.format("Steps"), 0, 5),
        (("a\n-----\nb",), r"The line between blocks is exactly ---; to keep this, \----", 2, 7),
        (("a", "{b"), f"negative: {NEVER_CLOSED}", 0, 1),
        (("a", "", "{prompt} }"), f"template: {CLOSES_NOTHING}", 9, 10),
        (("a", "", "photo"), NO_PLACE, 5, 5),
        (("a", "", r"\{prompt\}"), NO_PLACE, 10, 10),
        (("a", "", "\udc01{prompt}"), f"template: {HALF}", 0, 1),
        (("a", "", "{prompt}", prompts.Names({"x": "\udc01"})), f"{{x}}: {HALF}", 0, 1),
        (("a \udc00",), "Half of a character (U+DC00)", 2, 3),
        (("a\n" + "{b|c}" * 40,), f"1 + {TWOS} x {MANY} {TOO_MANY}", 2, 202),
        (FORMS, f"2 x 3 x 4 x 4 x 4 x 4 x 4 x 2 = 12,288 {TOO_MANY}", 0, 12),
        (("a\n" * 10_001,), f"10,000 + 1 = 10,001 {TOO_MANY}", 20_000, 20_001),
    ],
)  # fmt: skip
def test_faults(widgets, message, start, end):
    with pytest.raises(GrammarError) as caught:
        prompts.parse(*widgets)
    assert (caught.value.message, caught.value.start, caught.value.end) == (message, start, end)
    with pytest.raises(GrammarError):
        prompts.count(*widgets)


def test_a_size_that_fills_the_memory_is_refused():
    with pytest.raises(ProofsheetError, match="8,192 prompts of .* = .*; at most 20,000,000"):
        prompts.parse("{a|b}" * 13 + "x" * 100_000)


def test_counting_is_quick():
    before = time.process_time()
    assert prompts.count("{a|b}\n" * 5000) == 10_000
    with pytest.raises(GrammarError):
        prompts.count("{a|b}" * 40_000)
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    "widgets, expected",
    [
        ({"prompts": "a"}, (("a",), ("",), ("a",))),
        ({"prompts": "x a\nx b", "negative": "n"}, (("x a", "x b"), ("n", "n"), ("a", "b"))),
        ({"prompts": "a", "negative": "", "template": "{prompt}!"}, (("a!",), ("",), ("a!",))),
    ],
)
def test_the_widgets_of_the_node(widgets, expected):
    assert prompts.prompt_lists(**widgets) == expected


@pytest.mark.parametrize(
    "widgets, fine",
    [
        ({}, False),
        ({"prompts": None}, True),
        ({"prompts": "a", "negative": "b", "template": "{prompt}"}, True),
        ({"prompts": ""}, False),
        ({"prompts": None, "negative": "{"}, False),
        ({"prompts": None, "template": "x"}, False),
        ({"prompts": "{a"}, False),
    ],
)
def test_checking_leaves_open_what_another_node_will_give(widgets, fine):
    assert (fault(prompts.check_prompts, **widgets) is None) is fine


LINES = st.text().map(lambda text: trim(LINE_BREAK.sub(" ", text))).filter(bool)
SIGNS = st.sampled_from(
    [
        "--",
        "//",
        "/*",
        "*/",
        "__",
        "__a__",
        "2$$",
        "::",
        "<",
        ">",
        "BREAK",
        "--no",
        *"\\#-{}| noame:x,/_$",
    ]
)
TRICKY = st.lists(SIGNS, max_size=14).map("".join).map(trim).filter(bool)


@given(st.lists(st.one_of(LINES, TRICKY), min_size=1, max_size=6))
def test_any_lines_read_back_when_literal(lines):
    text = "\n".join(map(prompts.literal, lines))
    assert [prompt[:2] for prompt in prompts.parse(text)] == [(line, "") for line in lines]


@given(st.lists(st.one_of(LINES, TRICKY), min_size=1, max_size=4), st.data())
def test_any_blocks_read_back_when_literal(lines, data):
    text = "---\n" + "\n".join(map(prompts.literal, lines))
    assert positives(text) == ["\n".join(lines)]


WORDS = st.text(st.sampled_from("abc"), min_size=1, max_size=3)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=1, max_size=4), WORDS)
def test_combinations_come_in_order_and_have_different_names(choices, tail):
    choices = [sorted(set(options)) + ["zz"] for options in choices]
    text = " ".join("{" + "|".join(options) + "}" for options in choices) + " " + tail
    found = prompts.parse(text)
    rows = itertools.product(*choices)
    assert [prompt.positive for prompt in found] == [" ".join((*row, tail)) for row in rows]
    assert len({prompt.name for prompt in found}) == len(found) == prompts.count(text)


WORDING = [
    *("---\n", "name: x\n", "negative:", " --no ", " --neg ", "--x", "{a|b}", "{prompt}", "\n"),
    *("{2$$", "{1-2$$ or $$", "$$", "0.5::", "3::", "::", "__c__", "__", "#", "${", "BREAK\n"),
    *(" // ", " /* ", " */ ", " \\//", "//", *"a\\{}| "),
]
LISTS = {"c": ["x", "2::{y|z}", "# no", "w --no v"]}
GRAMMAR = st.one_of(
    st.text(st.sampled_from("\\#-{}|:, \n\tab\u2028灯"), max_size=40),
    st.lists(st.sampled_from(WORDING), max_size=12).map("".join),
)


@given(GRAMMAR, GRAMMAR, st.one_of(st.just("{prompt}"), GRAMMAR))
def test_any_text_gives_prompts_or_a_grammar_error(text, negative, template):
    names = prompts.Names(lists=LISTS)
    try:
        found = prompts.parse(text, negative, template, names)
    except GrammarError as error:
        assert 0 <= error.start <= error.end <= len(error.source)
        assert error.source in (text, negative, template, "{prompt}")
    else:
        assert len(found) == prompts.count(text, negative, template, names) <= MAX_ITEMS
        assert len({prompt.name.casefold() for prompt in found}) == len(found)
        assert all(prompt.name and prompt.name == trim(prompt.name) for prompt in found)


@pytest.mark.parametrize(
    "template, expected",
    [
        ("a {animal} {prompt}", True),
        ("{prompt} { animal }", True),
        ("{a|{animal}} {prompt}", True),
        ("{prompt}", False),
        (r"\{animal\} {prompt}", False),
        ("{animal|plant} {prompt}", False),
        ("an animal, {prompt}", False),
        ("{Animal} {prompt}", False),
        ("", False),
    ],
)
def test_the_holes_of_a_template(template, expected):
    assert prompts.has_hole(template, "animal") is expected


def test_a_faulty_template_has_no_holes_to_look_for():
    with pytest.raises(GrammarError, match="template: This { is never closed"):
        prompts.has_hole("{prompt} {animal", "animal")


@pytest.mark.parametrize(
    ("template", "text", "positives"),
    [
        ("a {animal}, {prompt}", "cat", ["a cat, x"]),
        ("a { animal }, {prompt}", "cat", ["a cat, x"]),
        ("{animal} and {animal}, {prompt}", "a|b", ["a|b and a|b, x"]),
        ("{the {animal}|none}, {prompt}", "a|b", ["the a|b, x", "none, x"]),
        ("{animal} {prompt}", "{a|b}", ["{a|b} x"]),
        (r"\{animal\} {prompt}", "cat", ["{animal} x"]),
        (r"\\{animal} {prompt}", "cat", [r"\cat x"]),
        (r"\\{animal} {prompt}", "{cat}", [r"\{cat} x"]),
        (r"{animal} {prompt}", r"C:\cat", [r"C:\cat x"]),
        ("{animal}{b} {prompt}", "C:\\", ["C:\\{b} x"]),
        ("{prompt} {animal}{red|blue}", "C:\\", ["x C:\\red", "x C:\\blue"]),
        (r"\{ {animal}, {prompt}", "a|b", ["{ a|b, x"]),
        (r"\\{animal} {prompt}", r"\foo", [r"\\foo x"]),
        ("{animal}\n{prompt}", "# 1", ["# 1\nx"]),
    ],
)
def test_a_hole_is_filled_with_the_text_itself(template, text, positives):
    assert (
        list(prompts.prompt_lists("x", "", template, prompts.Names({"animal": text}))[0])
        == positives
    )
