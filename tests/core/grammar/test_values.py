from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError, fault
from pack.nodes.core.grammar.cursor import MAX_ITEMS, escape
from pack.nodes.core.grammar.values import (
    LARGEST,
    SMALLEST,
    TYPES,
    check_values,
    floats,
    texts,
    value_list,
    whole_numbers,
)

EMPTY = "Expected values, for example 4, 5.5, 7..9:0.5"
NO_INT = "is not a whole number, and type is int"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("4, 5.5, 7..9:0.5", (4.0, 5.5, 7.0, 7.5, 8.0, 8.5, 9.0)),
        ("0.1..0.5:0.1", (0.1, 0.2, 0.3, 0.4, 0.5)),
        ("0..1:0.3", (0.0, 0.3, 0.6, 0.9)),
        ("9..7:0.5", (9.0, 8.5, 8.0, 7.5, 7.0)),
        ("9..7:-1", (9.0, 8.0, 7.0)),
        ("1..-1", (1.0, 0.0, -1.0)),
        ("-1..-3", (-1.0, -2.0, -3.0)),
        ("2..2", (2.0,)),
        ("1..1.5", (1.0,)),
        ("1 .. 2 : 0.5", (1.0, 1.5, 2.0)),
        ("1...5", (1.0,)),
        (".5, +2, 1e3, 2E-2", (0.5, 2.0, 1000.0, 0.02)),
        ("1\n2\r\n3,", (1.0, 2.0, 3.0)),
        ("3, 3", (3.0, 3.0)),
        ("-0", (0.0,)),
        ("0.1000000000000000055511151231257827", (0.1,)),
    ],
)
def test_numbers_are_exact_and_ranges_inclusive(text, expected):
    assert floats(text) == expected
    assert all(type(value) is float for value in floats(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("20, 30..50:10", (20, 30, 40, 50)),
        ("3..1", (3, 2, 1)),
        ("4.0, 1e3", (4, 1000)),
        ("-5", (-5,)),
        (f"{SMALLEST}, {LARGEST}", (SMALLEST, LARGEST)),
    ],
)
def test_whole_numbers(text, expected):
    assert whole_numbers(text) == expected
    assert all(type(value) is int for value in whole_numbers(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("euler, dpmpp_2m", ("euler", "dpmpp_2m")),
        ("euler\ndpmpp_2m\n", ("euler", "dpmpp_2m")),
        ('"red, big", blue', ("red, big", "blue")),
        (r"red\, big, blue", ("red, big", "blue")),
        ('"two\nlines"', ("two\nlines",)),
        (r'"say \"hi\""', ('say "hi"',)),
        ("5\" tall, it's", ('5" tall', "it's")),
        (r"\"quoted\", b", ('"quoted"', "b")),
        (r"styles\ink.safetensors", (r"styles\ink.safetensors",)),
        (r'"C:\out\\", C:\out\\, C:\out\\', ("C:\\out\\", "C:\\out\\", r"C:\out\\")),
        ('"", " a "', ("", " a ")),
        ("7..9, (x:1.2), {a|b}", ("7..9", "(x:1.2)", "{a|b}")),
        ("夕暮れ、港, 🐈", ("夕暮れ、港", "🐈")),
        ("a\u2028b", ("a", "b")),
    ],
)
def test_texts(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text, type, message, start, end",
    [
        ("", "float", EMPTY, 0, 0),
        (" , ", "text", 'Expected a value; write "" for an empty one', 1, 2),
        ("", "text", EMPTY, 0, 0),
        ("4, x", "float", "Expected a number", 3, 4),
        ("4; 5", "float", "Expected ',' or a new line after '4'", 1, 2),
        ("5-7", "float", "Write a range of values with two dots: 7..9", 0, 2),
        ("7..", "float", "Expected the number that ends the range", 3, 3),
        ("7..9:", "float", "Expected the step of the range", 5, 5),
        ("7..9:0", "float", "A step of 0 never arrives", 5, 6),
        ("7..9:-1", "float", "This step leads away from the end of the range", 5, 7),
        ("1e999", "float", "Too large for a floating point number", 0, 5),
        ("1e-999", "float", "Too small for a floating point number", 0, 6),
        ("1e9999", "float", "Too large for a floating point number", 0, 5),
        ("4, 5.5", "int", f"'5.5' {NO_INT}", 3, 6),
        ("1..2:0.5", "int", f"'0.5' {NO_INT}", 5, 8),
        ("1e30", "int", f"'1e30' is not between {SMALLEST} and {LARGEST}", 0, 4),
        ("1" * 61, "int", "A number of 61 characters; at most 60", 0, 61),
        ("3, 0..1:1e-6", "float", "1 + 1,000,001 = 1,000,002 values; at most 10,000", 3, 12),
        ("0..1e300", "float", "more than 10^15 values; at most 10,000", 0, 8),
        ("nan", "float", "Expected a number", 0, 3),
        ("٣", "int", "Expected a number", 0, 1),
        ('"a, b', "text", r"This quote is never closed; write \" for a quote itself", 0, 1),
        ('"a" b', "text", """Expected ',' or a new line after '"a"'""", 4, 5),
        ("true, yes", "boolean", "Expected true or false, not 'yes'", 6, 9),
        ("1 , true", "boolean", "Expected true or false, not '1'", 0, 1),
        ("", "boolean", EMPTY, 0, 0),
        ("a,,b", "text", 'Expected a value; write "" for an empty one', 2, 3),
        ("a," * 10_001, "text", "More than 10,000 values", 20_001, 20_002),
    ],
)
def test_faults(text, type, message, start, end):
    with pytest.raises(GrammarError) as caught:
        value_list(text, type)
    assert (caught.value.message, caught.value.start, caught.value.end) == (message, start, end)


@pytest.mark.parametrize(
    "widgets, expected",
    [
        ({}, (4.0, 5.5, 7.0, 7.5, 8.0, 8.5, 9.0)),
        ({"values": "1..3"}, (1.0, 2.0, 3.0)),
        ({"values": "1..3", "type": "int"}, (1, 2, 3)),
        ({"values": "1..3", "type": "text"}, ("1..3",)),
        ({"values": "true, false", "type": "boolean"}, (True, False)),
    ],
)
def test_the_widgets_of_the_node(widgets, expected):
    assert value_list(**widgets) == expected


def test_an_unknown_type_is_refused():
    with pytest.raises(ProofsheetError, match="type: one of float, int, text, boolean, not 'bool'"):
        value_list("1", "bool")


@pytest.mark.parametrize(
    "widgets, fine",
    [
        ({}, True),
        ({"values": "1", "type": "int"}, True),
        ({"values": "x", "type": None}, True),
        ({"values": None, "type": "int"}, True),
        ({"values": "x", "type": "int"}, False),
        ({"values": "x"}, False),
        ({"type": "x"}, False),
    ],
)
def test_checking_leaves_open_what_another_node_will_give(widgets, fine):
    assert (fault(check_values, **widgets) is None) is fine


def quoted(value):
    return '"' + escape(value + '"', '"')[: -len(r"\"")] + '"'


@given(st.lists(st.text(), min_size=1, max_size=8))
def test_any_texts_read_back_when_quoted(values):
    assert texts(", ".join(map(quoted, values))) == tuple(values)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8))
def test_any_floats_read_back(values):
    assert floats(", ".join(map(repr, values))) == tuple(values)


@given(
    st.decimals(-100, 100, places=2),
    st.decimals(-100, 100, places=2),
    st.decimals("0.05", 10, places=2),
)
def test_ranges_run_from_end_to_end(first, last, step):
    values = floats(f"{first}..{last}:{step}")
    assert values[0] == float(first) and abs(float(last) - values[-1]) < float(step) + 1e-9
    assert values == tuple(sorted(values, reverse=last < first))
    assert all(value == float(f"{value:.2f}") for value in values)


@given(st.text(st.sampled_from('0123456789.,:-+e \n"\\ax')), st.sampled_from(TYPES))
def test_any_text_gives_values_or_a_grammar_error(text, type):
    try:
        values = value_list(text, type)
    except GrammarError as error:
        assert 0 <= error.start <= error.end <= len(text)
    else:
        assert 0 < len(values) <= MAX_ITEMS
