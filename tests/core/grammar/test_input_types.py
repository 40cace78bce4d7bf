from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.grammar.input_types import InputType, as_text, label, typed

TEXT, ANY, BOOLEAN = InputType("STRING"), InputType("*"), InputType("BOOLEAN")
STEPS, CFG = InputType("INT", 1, 10_000), InputType("FLOAT", 0.0, 100.0)
SEED = InputType("INT", 0, 2**64 - 1)
SAMPLERS = InputType("COMBO", choices=("euler", "heun", "8", "*.pt"))
SIZES = InputType("COMBO", choices=(8, 16.0, 0.5, True))
PICTURES = InputType("COMBO", choices=("a.png",), is_open=True)
EMPTY = InputType("COMBO")


@pytest.mark.parametrize(
    "value, kind, expected",
    [
        (" as written ", TEXT, " as written "),
        ("", TEXT, ""),
        (7, TEXT, "7"),
        (7.0, TEXT, "7"),
        (7.25, TEXT, "7.25"),
        (True, TEXT, "true"),
        ("20", STEPS, 20),
        (" 20\n", STEPS, 20),
        ("2e1", STEPS, 20),
        (20.0, STEPS, 20),
        (2**53 + 1, SEED, 2**53 + 1),
        (str(2**64 - 1), SEED, 2**64 - 1),
        (7, CFG, 7.0),
        ("7", CFG, 7.0),
        ("+.5", CFG, 0.5),
        (-3, InputType("INT"), -3),
        (10**30, InputType("INT"), 10**30),
        (1.5, InputType("FLOAT", 1), 1.5),
        (150, InputType("FLOAT", 0, 100, is_open=True), 150.0),
        ("true", BOOLEAN, True),
        ("True", BOOLEAN, True),
        ("false", BOOLEAN, False),
        (False, BOOLEAN, False),
        ("heun", SAMPLERS, "heun"),
        (8, SAMPLERS, "8"),
        (8.0, SAMPLERS, "8"),
        ("*.pt", SAMPLERS, "*.pt"),
        ("8", SIZES, 8),
        (8.0, SIZES, 8),
        (16, SIZES, 16.0),
        ("0.50", SIZES, 0.5),
        ("true", SIZES, True),
        ("b.png [output]", PICTURES, "b.png [output]"),
        ("anything", EMPTY, "anything"),
        (3, EMPTY, 3),
        ("1.5", ANY, 1.5),
        ("-12", ANY, -12),
        ("9007199254740993", ANY, 2**53 + 1),
        ("true", ANY, True),
        ("True", ANY, "True"),
        ("007", ANY, "007"),
        (".5", ANY, ".5"),
        ("nan", ANY, "nan"),
        ("1" * 61, ANY, "1" * 61),
        ("a cat", ANY, "a cat"),
        (2.5, ANY, 2.5),
        ("7", InputType("BOUNDS"), 7),
    ],
)
def test_values_have_the_type_of_the_input_they_reach(value, kind, expected):
    found = typed(value, kind)
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    "value, kind, message",
    [
        ("a", STEPS, "Expected a whole number from 1 to 10,000, not 'a'"),
        (0, STEPS, "Expected a whole number from 1 to 10,000, not 0"),
        ("20.5", STEPS, "Expected a whole number from 1 to 10,000, not '20.5'"),
        (True, STEPS, "Expected a whole number from 1 to 10,000, not True"),
        (2**64, SEED, f"Expected a whole number from 0 to {2**64 - 1:,}, not {2**64}"),
        ("", CFG, "Expected a number from 0 to 100, not ''"),
        (100.5, CFG, "Expected a number from 0 to 100, not 100.5"),
        (math.nan, CFG, "Expected a number from 0 to 100, not nan"),
        ("nan", CFG, "Expected a number from 0 to 100, not 'nan'"),
        ("1e-999", CFG, "Expected a number from 0 to 100, not '1e-999'"),
        (-0.5, InputType("FLOAT", 0.25), "Expected a number from 0.25, not -0.5"),
        (9, InputType("INT", high=8), "Expected a whole number up to 8, not 9"),
        ("x", InputType("INT"), "Expected a whole number, not 'x'"),
        (math.inf, TEXT, "Expected a text, not inf"),
        (None, TEXT, "Expected a text, not None"),
        ("yes", BOOLEAN, "Expected true or false, not 'yes'"),
        ("TRUE", BOOLEAN, "Expected true or false, not 'TRUE'"),
        (1, BOOLEAN, "Expected true or false, not 1"),
        ("", BOOLEAN, "Expected true or false, not ''"),
        ("hein", SAMPLERS, "Expected one of 'heun', 'euler', '8', '*.pt', not 'hein'"),
        (9, SIZES, "Expected one of '8', '16', '0.5', 'true', not 9"),
        (1, SIZES, "Expected one of '8', '16', '0.5', 'true', not 1"),
        ("1e999", ANY, "Expected a number, true, false or a text, not '1e999'"),
        ([1], ANY, "Expected a number, true, false or a text, not [1]"),
    ],
)
def test_what_an_input_does_not_take_is_refused(value, kind, message):
    with pytest.raises(ProofsheetError) as caught:
        typed(value, kind)
    assert str(caught.value) == message


def test_a_number_that_python_does_not_write_is_refused():
    with pytest.raises(ProofsheetError, match="Expected a text, not a number of too many digits"):
        typed(10**5000, TEXT)


def test_of_many_choices_the_nearest_are_told():
    kind = InputType("COMBO", choices=tuple(f"model {n}" for n in range(1, 4001)))
    with pytest.raises(ProofsheetError) as caught:
        typed("model 3999x", kind)
    assert "'model 3999'" in str(caught.value) and "(4,000)" in str(caught.value)


@pytest.mark.parametrize(
    "value, text, name",
    [
        (True, "true", "true"),
        (7.0, "7", "7.0"),
        (1e-9, "1e-09", "1e-09"),
        ("a/b.png", "a/b.png", "a/b.png"),
    ],
)
def test_texts_and_labels(value, text, name):
    assert as_text(value) == text and label(value) == name


@pytest.mark.parametrize(
    "type, takes",
    [
        ("STRING", True), ("COMBO", True), ("*", True), ("None", True), ("INT,FLOAT", True),
        ("COMFY_DYNAMICCOMBO_V3", True), ("MODEL", False), ("IMAGE", False), ("IMAGE,MASK", False),
    ],
)  # fmt: skip
def test_what_may_take_the_place_of_a_link(type, takes):
    assert InputType(type).takes_values is takes


SCALARS = (
    st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
)
KINDS = st.sampled_from([TEXT, STEPS, CFG, SEED, SAMPLERS, SIZES, PICTURES, EMPTY, BOOLEAN, ANY])


@given(SCALARS, KINDS)
def test_what_is_typed_stays_as_it_is(value, kind):
    """A value of an address, a link or a table, and the recipe's literal, are one and the same."""
    try:
        found = typed(value, kind)
    except ProofsheetError:
        return
    assert typed(found, kind) == found and type(typed(found, kind)) is type(found)
    assert json.loads(json.dumps(found)) == found


@given(st.integers(-(2**70), 2**70))
def test_whole_numbers_keep_every_digit_however_they_arrive(number):
    for kind in (InputType("INT"), ANY):
        assert typed(number, kind) == typed(str(number), kind) == number
    assert typed(number, TEXT) == str(number)


@given(st.floats(-1e6, 1e6))
def test_numbers_are_the_same_as_a_text(number):
    assert typed(repr(number), InputType("FLOAT")) == typed(number, InputType("FLOAT")) == number
