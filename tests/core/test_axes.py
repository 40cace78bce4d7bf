from __future__ import annotations

from pack.nodes.core.axes import Axis, one_after_another, together

LORA = Axis("lora", ("ink", "oil"), ("ink", "oil"))
STRENGTH = Axis("strength", (0.8, 1), ("0.8", "1"))
SEED = Axis("seed", (7, 9), ("7", "9"))


def test_axes_that_vary_together_are_one():
    both = together([LORA, STRENGTH])
    assert (both.name, both.values) == ("lora · strength", (["ink", 0.8], ["oil", 1]))
    assert both.labels == ("ink · 0.8", "oil · 1") and both.parts == (LORA, STRENGTH)


def test_columns_stay_columns_when_more_is_put_beside_them():
    named = together([LORA, STRENGTH], ["soft", "hard"])
    whole = together([named, SEED])
    assert whole.name == "lora · strength · seed" and whole.labels == ("soft · 7", "hard · 9")
    assert whole.values == (["ink", 0.8, 7], ["oil", 1, 9])
    assert whole.parts == (LORA, STRENGTH, SEED)


def test_a_single_column_is_no_list():
    assert together([LORA]) == Axis("lora", ("ink", "oil"), ("ink", "oil"), (LORA,))


def test_an_axis_without_columns_is_its_own_part():
    assert LORA.parts == (LORA,)


def test_what_is_empty_is_not_said_in_a_label():
    assert together([Axis("a", ("", "x"), ("", "x")), SEED]).labels == ("7", "x · 9")


def test_one_axis_after_another_has_the_columns_of_both():
    twice = one_after_another([together([LORA, STRENGTH]), together([LORA, STRENGTH])])
    assert twice.values == (["ink", 0.8], ["oil", 1]) * 2
    assert [part.labels for part in twice.parts] == [("ink", "oil") * 2, ("0.8", "1") * 2]
