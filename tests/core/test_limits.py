"""Words and numbers that inputs take, wherever they come from."""

from __future__ import annotations

import math

import pytest
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.limits import Numbers, Words, check, check_written, one

STEPS, CFG, MODE = Numbers(1, 10_000), Numbers(0, 100, whole=False), Words(("hold", "fail"))


@pytest.mark.parametrize(
    ("allowed", "values"),
    [
        (STEPS, [1, 10_000, 4.0]),
        (CFG, [0, 0.0, 7.5, 100]),
        (Numbers(0, 2**64 - 1), [0, 2**64 - 1]),
        (MODE, ["hold", "fail"]),
    ],
)
def test_what_is_allowed(allowed, values):
    check("x", values, allowed)


@pytest.mark.parametrize(
    ("allowed", "value", "says"),
    [
        (STEPS, 4.5, "x is 4.5; it must be a whole number from 1 to 10,000"),
        (STEPS, 0, "x is 0; it must be a whole number from 1"),
        (STEPS, "4", "x is '4'; it must be a whole number"),
        (STEPS, True, "x is True; it must be"),
        (STEPS, None, "x is None; it must be"),
        (STEPS, [4], "x is [4]; it must be"),
        (CFG, 100.1, "x is 100.1; it must be a number from 0 to 100"),
        (CFG, math.nan, "x is nan; it must be a number"),
        (CFG, math.inf, "x is inf; it must be a number"),
        (CFG, -math.inf, "x is -inf; it must be a number"),
        (MODE, "Hold", "x is 'Hold'; it must be one of hold, fail"),
        (MODE, {"a": 1}, "x is {'a': 1}; it must be one of"),
    ],
)
def test_what_is_not_says_what_was_given_and_what_is_allowed(allowed, value, says):
    with pytest.raises(ProofsheetError) as caught:
        check("x", [value], allowed)
    assert str(caught.value).startswith(says)


def test_an_empty_list_is_no_value():
    with pytest.raises(ProofsheetError, match="steps has no value"):
        check("steps", [], STEPS)


def test_before_the_run_a_link_is_not_known():
    check_written({"mode": [None], "other": ()}, {"mode": MODE, "other": MODE})
    with pytest.raises(ProofsheetError, match="mode is 'x'"):
        check_written({"mode": [None, "x"]}, {"mode": MODE})


@pytest.mark.parametrize("values", [[], ["a", "b"]])
def test_one_value_is_not_the_first_of_many(values):
    assert one("picks", ["a"]) == "a"
    with pytest.raises(ProofsheetError, match=f"picks takes one value.* has {len(values)}"):
        one("picks", values)
