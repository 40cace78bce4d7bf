from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError
from pack.nodes.core.grammar import holes


@pytest.mark.parametrize(
    "template",
    [
        "{prompt}",
        "a {animal} at { place }, {prompt}",
        r"\{nothing\} {prompt}",
        r"\\\{nothing} {prompt}",
        '{"style": "ink", "text": "{prompt}"}',
        "{red|blue} {prompt}",
        "{ } {} {1} {a: b} {a, b} {prompt}",
        "{prompt} // not {this}",
        "# {this}\n{animal /* one */} {prompt} /* {or\nthis} */",
        "",
    ],
)
def test_what_is_filled_or_no_hole_passes(template):
    holes.check(template, {"animal": "cat", "place": "sea"})


@pytest.mark.parametrize(
    ("template", "hole"),
    [
        ("a {animal} at {plcae}, {prompt}", "{plcae}"),
        ("{prompt} { big cat }", "{ big cat }"),
        ("{a|{animals}} {prompt}", "{animals}"),
        (r"\\{nothing} {prompt}", "{nothing}"),
        ('{"subject": "{Animal}"} {prompt}', "{Animal}"),
        ("{動物} {prompt}", "{動物}"),
    ],
)
def test_a_hole_that_nothing_fills_is_pointed_at(template, hole):
    with pytest.raises(GrammarError) as caught:
        holes.check(template, {"animal": "cat", "place": "sea"})
    error = caught.value
    assert error.source[error.start : error.end] == hole
    assert error.message.startswith(f"template: Nothing fills {hole}: write {hole} = ")


@given(st.text(st.sampled_from("ab {}|\\\n")))
def test_a_template_without_names_is_searched_in_no_time(text):
    holes.check(text.replace("a", "1").replace("b", "2"), ())
