from __future__ import annotations

import pytest
from demo_model import prompts
from demo_model.runs import Budget
from demo_model.scene import COLOURS, KINDS, TIMES
from pack.nodes.core.demo_words import WORDS, word_ids

ENTRIES = prompts.load()


def test_the_list_is_the_one_that_its_seed_gives():
    assert prompts.make() == ENTRIES
    assert len(ENTRIES) >= 256
    assert len({entry["seed"] for entry in ENTRIES}) == len(ENTRIES)


def test_prompts_say_their_attributes_in_known_words():
    for entry in ENTRIES:
        ids, unknown = word_ids(entry["prompt"])
        said = [WORDS[index] for index in ids]
        assert not unknown
        assert {KINDS[entry["kind"]], COLOURS[entry["colour"]], TIMES[entry["time"]]} <= set(said)


def test_pictures_of_a_listed_combination_are_left_out():
    listed = {key: ENTRIES[0][key] for key in ("time", "weather", "place", "kind", "colour")}
    other = {**listed, "kind": -1}
    assert prompts.unseen([listed, other, {**listed, "count": 2}]) == [1]


@pytest.mark.parametrize(
    "budget, samples, seconds, share",
    [
        (Budget(samples=100), 25, 9999, 0.25),
        (Budget(minutes=10), 10**9, 300, 0.5),
        (Budget(samples=100, minutes=10), 25, 480, 0.8),
    ],
)
def test_a_budget_ends_with_whatever_is_spent_first(budget, samples, seconds, share):
    assert budget.share(samples, seconds) == share


def test_a_budget_of_nothing_is_refused():
    with pytest.raises(ValueError, match="samples or minutes"):
        Budget()
