from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar.addresses import Address, parse
from pack.nodes.core.grammar.cursor import MAX_TEXT, escape, trim
from pack.nodes.core.grammar.input_types import InputType, fits

TEXT, ANY, BOOLEAN = InputType("STRING"), InputType("*"), InputType("BOOLEAN")
STEPS, CFG = InputType("INT", 1, 10_000), InputType("FLOAT", -10.0, 100.0)
SEED = InputType("INT", 0, 2**64 - 1)
NAMES = ("ink_2.png", "a, b.png", "ink_1.png", "x.jpg", "*.webp", "ink_*")
PICTURES = InputType("COMBO", choices=NAMES)
UPLOADS = InputType("COMBO", choices=NAMES, is_open=True)
SIZES = InputType("COMBO", choices=(8, 16, 32))


@pytest.mark.parametrize(
    "target, address",
    [
        ("seed", Address(name="seed")),
        ("cfg ", Address(name="cfg")),
        ("KSampler.cfg", Address(word="KSampler", input="cfg", name="KSampler.cfg")),
        ("Load Image.image", Address(word="Load Image", input="image", name="Load Image.image")),
        ("a.b.c", Address(word="a", input="b.c", name="a.b.c")),
        ('"Second pass".denoise', Address(word="Second pass", input="denoise")),
        ('"v1.5 = new" . ckpt', Address(word="v1.5 = new", input="ckpt")),
        (r'"say \"hi\"".text', Address(word='say "hi"', input="text")),
        ('"a.b"', Address(name="a.b")),
        ('5" pipe.width', Address(word='5" pipe', input="width", name='5" pipe.width')),
        ("#12:3.strength", Address(path="12:3.strength")),
        ("#4.0.2.text", Address(path="4.0.2.text")),
        ("{animal}", Address(hole="animal")),
        ("{ big cat }", Address(hole="big cat")),
        ("動物.大きさ", Address(word="動物", input="大きさ", name="動物.大きさ")),
    ],
)
def test_targets(target, address):
    (line,) = parse(f"  {target} = 1")
    assert line.address == address
    assert line.target.value == target.strip() and line.text.value == "1"


def test_lines_comments_and_places():
    source = "# cfg = 1\n\n#\n  # x\r\nseed = 7 \r\n#12:3.steps = 4 # 5\u2028text = a = b\n## = 2\n"
    lines = parse(source)
    assert [line.target.value for line in lines] == ["seed", "#12:3.steps", "text"]
    assert [line.text.value for line in lines] == ["7", "4 # 5", "a = b"]
    for line in lines:
        for part in (line.target, line.text):
            assert source[slice(*part.place)] == part.value


@pytest.mark.parametrize("text", ["", " \n", "# none", "\ufeff"])
def test_nothing_is_no_line(text):
    assert parse(text) == ()


EXPECTED = "Expected a target, = and values, such as seed = 7, 40-43"
TITLED = 'Expected "title".input, or "input"'


@pytest.mark.parametrize(
    "text, message, start, end",
    [
        ("seed", EXPECTED, 0, 4),
        ("cfg = 1\n  steps 4", EXPECTED, 10, 17),
        ("#12:3", EXPECTED, 0, 5),
        ("= 4", "Expected input, or title.input", 0, 1),
        (".seed = 4", "Expected input, or title.input", 0, 5),
        ("KSampler. = 4", "Expected input, or title.input", 0, 9),
        ("#12 = 4", "Expected #id.input, such as #12.seed", 0, 3),
        ("#12. = 4", "Expected #id.input, such as #12.seed", 0, 4),
        ('"a.b = 4', r"This quote is never closed; write \" for a quote itself", 0, 1),
        ('"a" b = 4', TITLED, 0, 5),
        ('"a". = 4', TITLED, 0, 4),
        ('"".b = 4', TITLED, 0, 4),
        ("{animal = 4", "A hole is one name in braces: {animal}", 0, 7),
        ("{} = 4", "A hole is one name in braces: {animal}", 0, 2),
        ("{a|b} = 4", "A hole is one name in braces: {animal}", 0, 5),
        ("{animal}.b = 4", "A hole is one name in braces: {animal}", 0, 10),
        (
            "{prompt} = a",
            "{prompt} is the place of each prompt: write these into the Prompt Batch",
            0,
            8,
        ),
        ("a = 1\n\ud800", "Half of a character (U+D800)", 6, 7),
    ],
)
def test_faulty_lines(text, message, start, end):
    with pytest.raises(GrammarError) as caught:
        parse(text)
    found = caught.value
    assert (found.message, found.start, found.end) == (f"axes: {message}", start, end)
    assert found.source == text


def test_what_is_no_text_and_a_text_too_long_are_refused():
    for text in (None, 7, "x" * (MAX_TEXT + 1)):
        with pytest.raises(ProofsheetError, match="axes: "):
            parse(text)


def values(written, kind, is_seed=False):
    (line,) = parse(f"x = {written}")
    return line.values(kind, is_seed)


@pytest.mark.parametrize(
    "written, kind, expected",
    [
        ("4, 5.5, 7..9:0.5", CFG, (4.0, 5.5, 7.0, 7.5, 8.0, 8.5, 9.0)),
        ("-3..-1", CFG, (-3.0, -2.0, -1.0)),
        ("20, 30..50:10, 1e3", STEPS, (20, 30, 40, 50, 1000)),
        ("9007199254740993", SEED, (2**53 + 1,)),
        ('a cat, "red, big", ""', TEXT, ("a cat", "red, big", "")),
        (r"7.50, 1..3, a\, b", TEXT, ("7.50", "1..3", "a, b")),
        ("true, False", BOOLEAN, (True, False)),
        ("32, 8", SIZES, (32, 8)),
        ("x.jpg, ink_1.png", PICTURES, ("x.jpg", "ink_1.png")),
        ('"a, b.png"', PICTURES, ("a, b.png",)),
        ("*.png", PICTURES, ("ink_2.png", "a, b.png", "ink_1.png")),
        ("x*, *_1*", PICTURES, ("x.jpg", "ink_1.png")),
        ("*.webp, ink_*", PICTURES, ("*.webp", "ink_*")),
        ("*_*", PICTURES, ("ink_2.png", "ink_1.png", "ink_*")),
        ("x*, new.png [output]", UPLOADS, ("x.jpg", "new.png [output]")),
        ("*", SIZES, (8, 16, 32)),
        ("*2", SIZES, (32,)),
        ("*.png", InputType("COMBO"), ("*.png",)),
        ('7, 1.5, true, x, "8", -3..-1', ANY, (7, 1.5, True, "x", "8", "-3..-1")),
    ],
)
def test_values_in_the_type_of_the_input(written, kind, expected):
    found = values(written, kind)
    assert found == expected
    assert list(map(type, found)) == list(map(type, expected))


def test_seeds_are_written_as_in_a_seed_sweep():
    assert values("7, 40-43", SEED, is_seed=True) == (7, 40, 41, 42, 43)
    assert values("3-1", SEED, is_seed=True) == (3, 2, 1)


@pytest.mark.parametrize(
    "written, kind, message, start, end",
    [
        ("", CFG, "Expected values, for example 4, 5.5, 7..9:0.5", 0, 0),
        ("4, x", CFG, "Expected a number", 3, 4),
        ("4, 500, 5", CFG, "Expected a number from -10 to 100, not 500", 3, 6),
        ("1, 90..110:10 , 5", CFG, "Expected a number from -10 to 100, not 110", 3, 13),
        ("4; 5", CFG, "Expected ',' or a new line after '4'", 1, 2),
        ("4, 5.5", STEPS, "Expected a whole number from 1 to 10,000, not 5.5", 3, 6),
        ("1..2:0.5", STEPS, "Expected a whole number from 1 to 10,000, not 1.5", 0, 8),
        ("true, yes", BOOLEAN, "Expected true or false, not 'yes'", 6, 9),
        ('x.jpg,  "y.jpg"', PICTURES, None, 8, 15),
        ("x.jpg, *.gif", PICTURES, None, 7, 12),
        ("b*, *.png", UPLOADS, None, 0, 2),
        ("9", SIZES, "Expected one of '8', '16', '32', not '9'", 0, 1),
        ('a, "b', TEXT, r"This quote is never closed; write \" for a quote itself", 3, 4),
        ("nan", CFG, "Expected a number", 0, 3),
        ("1e999", ANY, "Expected a number, true, false or a text, not '1e999'", 0, 5),
    ],
)
def test_faulty_values_are_shown_in_the_whole_text(written, kind, message, start, end):
    before = "cfg = 1\nsteps = "
    source = f"{before}{written}\nseed = 7"
    line = parse(source)[1]
    with pytest.raises(GrammarError) as caught:
        line.values(kind, where="steps of KSampler (node 3)")
    found = caught.value
    head = "axes: steps of KSampler (node 3): "
    assert found.message.startswith(head)
    assert message is None or found.message == head + message
    assert found.source == source and str(found).startswith(f"{found.message} (line 2)\n")
    shift = len(before) - (0 if written else 1)
    assert (found.start, found.end) == (start + shift, end + shift)


def test_what_a_pattern_might_have_fitted_is_told():
    with pytest.raises(GrammarError) as caught:
        values("ink_?.png*", PICTURES)
    assert caught.value.message.startswith("axes: 'ink_?.png*' fits none of 'ink_2.png', ")


@pytest.mark.parametrize(
    "written, is_seed, message",
    [
        ("-1", True, "Expected a seed, a whole number from 0 to"),
        ("40..43", True, "Write a range of seeds with a dash: 40-43"),
        ("0-10000", True, "10,001 seeds; at most 10,000"),
        ("1..10001", False, "10,001 values; at most 10,000"),
    ],
)
def test_faulty_lists_of_numbers(written, is_seed, message):
    with pytest.raises(GrammarError, match=message):
        values(written, SEED, is_seed)


def test_patterns_stand_for_no_more_than_a_sweep_may_have():
    kind = InputType("COMBO", choices=tuple(f"{n}.png" for n in range(6000)))
    assert len(values("*.png", kind)) == 6000
    with pytest.raises(GrammarError, match="More than 10,000 values") as caught:
        values("*.png, 7.png, *, x", kind)
    assert caught.value.start == len("x = *.png, 7.png, ")


@given(st.lists(st.text("ab", max_size=3), min_size=2, max_size=5), st.data())
def test_a_pattern_fits_whatever_its_stars_stand_for(pieces, data):
    stars = [data.draw(st.text("ab*.", max_size=4)) for _ in pieces[1:]]
    text = pieces[0] + "".join(star + piece for star, piece in zip(stars, pieces[1:], strict=True))
    assert fits("*".join(pieces), text)


@pytest.mark.parametrize(
    "pattern, text",
    [("a*a", "a"), ("*b", "abc"), ("b*", "abc"), ("a*x*c", "abc"), ("*ab*ba*", "aba"), ("A*", "a")],
)
def test_what_does_not_fit(pattern, text):
    assert not fits(pattern, text)


def test_a_pattern_of_many_stars_is_told_at_once():
    assert not fits("*a" * 10_000 + "*b", "a" * 20_000)


TITLES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))).filter(trim)


@given(TITLES, st.sampled_from(["cfg", "a.b"]))
def test_any_title_can_be_written_in_quotes(title, input):
    written = '"' + escape(title + '"', '"')[: -len(r"\"")] + '"'
    (line,) = parse(f"# none\n{written}.{input} = 1")
    assert line.address == Address(word=title, input=input)


@given(st.text(st.sampled_from('#"{}.= \\ab1:\n*,')))
def test_any_text_is_lines_with_their_places_or_refused_with_the_place(text):
    try:
        lines = parse(text)
    except GrammarError as error:
        assert 0 <= error.start <= error.end <= len(text)
        return
    for line in lines:
        assert text[slice(*line.target.place)] == line.target.value
        assert text[slice(*line.text.place)] == line.text.value
        assert "=" in text[line.target.end : line.text.start]
