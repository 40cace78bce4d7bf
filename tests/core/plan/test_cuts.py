"""Any graph of axis nodes and other nodes: a cut is the graph with one value for each axis."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from on_paper import Prompt, alone, cuts_of, node
from pack.nodes.core.axes import Axis
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar.prompts import NO_NAMES
from pack.nodes.core.plan.axis_nodes import AXIS_NODES
from pack.nodes.core.plan.graph import Literal, Output, is_link
from pack.nodes.core.plan.recipe import SAVE_IMAGE, RecipeWriter, parsed
from pack.nodes.core.plan.sources import Link, Source, Unread

PROMPTS = node("ProofsheetPromptBatch", prompts="a cat\na dog\na fox", negative="fog")
VALUES = node("ProofsheetValues", values="1, 2", type="int")


@st.composite
def axis_nodes(draw):
    length, start = draw(st.integers(1, 4)), draw(st.integers(0, 9))
    kind = draw(st.sampled_from(("seeds", "prompts", "values", "rows")))
    if kind == "seeds":
        return node("ProofsheetSeedSweep", seed=start, count=length)
    if kind == "prompts":
        lines = (f"a {word} --no {word}s" for word in ("cat", "dog", "fox", "owl")[:length])
        return node("ProofsheetPromptBatch", prompts="\n".join(lines))
    if kind == "rows":
        body = (f"row {start + n},{start + n},{n}.5" for n in range(length))
        return node("ProofsheetRows", table="\n".join(("name,seed,cfg", *body)))
    return node("ProofsheetValues", values=f"{start}..{start + length - 1}", type="int")


@st.composite
def prompts(draw):
    """Axis nodes, then nodes that read from those before them. A link reads any output."""
    nodes = {str(n): draw(axis_nodes()) for n in range(draw(st.integers(1, 4)))}
    for number in range(len(nodes), len(nodes) + draw(st.integers(1, 6))):
        inputs = {name: draw(values(nodes)) for name in draw(st.sampled_from(("a", "ab", "abc")))}
        kind = draw(st.sampled_from(("X", "Y", "TheirBatch", "Preview", "PrimitiveInt", "Switch")))
        if kind in ("Preview", "PrimitiveInt"):
            inputs = {"images" if kind == "Preview" else "value": inputs["a"]}
        elif kind == "Switch":
            inputs = {name: draw(values(nodes)) for name in ("no", "yes")}
            inputs["use"] = draw(st.booleans())
        nodes[str(number)] = node(kind, **inputs)
    return nodes


@st.composite
def values(draw, nodes):
    if draw(st.integers(0, 3)) == 0:
        return draw(st.integers(0, 3))
    source = draw(st.sampled_from(sorted(nodes)))
    several = ("ProofsheetPromptBatch", "ProofsheetRows")
    slots = 3 if nodes[source]["class_type"] in several else 1
    return [source, draw(st.integers(0, slots - 1))]


def by_hand(nodes, value, place):
    """What one run makes of a link, with these values for the axes. A branch that is not taken
    gets the one that is, if it is a link."""
    if not is_link(value):
        return value
    source, slot = value
    class_type, inputs = nodes[source]["class_type"], dict(nodes[source]["inputs"])
    if class_type in AXIS_NODES:
        return AXIS_NODES[class_type](inputs, NO_NAMES, Prompt(nodes)).outputs[slot][place[source]]
    if class_type in ("PrimitiveInt", "Preview"):
        return by_hand(nodes, *inputs.values(), place)
    if class_type == "Switch":
        taken, other = ("yes", "no") if inputs["use"] else ("no", "yes")
        is_node = not isinstance(by_hand(nodes, inputs[other], place), str | int)
        if is_link(inputs[other]) and is_node:
            inputs[other] = inputs[taken]
    made = ((name, by_hand(nodes, each, place)) for name, each in sorted(inputs.items()))
    return class_type, slot, tuple(made)


@given(prompts(), st.data())
def test_every_cut_is_what_one_run_with_its_values_makes(nodes, data):
    link = data.draw(values(nodes))
    cuts = cuts_of(nodes, link)
    lengths = {key: range(source.length) for key, source in cuts.sources.items()}
    for choice in itertools.islice(itertools.product(*lengths.values()), 50):
        place = dict(zip(lengths, choice, strict=True))
        assert alone(cuts.item(link, place)) == by_hand(nodes, link, place)


def test_lists_that_meet_are_multiplied():
    """A host would zip them, and repeat the last value of the shorter one."""
    nodes = {"1": PROMPTS, "2": VALUES, "3": node("Both", text=["1", 0], amount=["2", 0])}
    cuts = cuts_of(nodes, ["3", 0])
    assert [source.length for source in cuts.sources.values()] == [3, 2]
    item = cuts.item(["3", 0], {"1": 2, "2": 0})
    assert alone(item) == ("Both", 0, (("amount", 1), ("text", "a fox")))


def test_an_axis_counts_where_it_is_first_met():
    nodes = {
        "1": PROMPTS,
        "2": VALUES,
        "3": node("Patch", amount=["2", 0]),
        "4": node("Encode", clip=["3", 0], text=["1", 0]),
    }
    assert list(cuts_of(nodes, ["4", 0]).sources) == ["2", "1"]
    assert cuts_of(nodes, ["4", 0]).targets == {"2": [("3", "amount")], "1": [("4", "text")]}


def test_primitives_are_their_value():
    nodes = {
        "1": node("PrimitiveInt", value=5),
        "2": node("ProofsheetSeedSweep", seed=["1", 0], count=2, mode="consecutive", list=""),
    }
    assert [item.value for item in cuts_of(nodes, ["2", 0]).sources["2"].items[0]] == [5, 6]


@pytest.mark.parametrize(
    ("nodes", "wanted"),
    [
        ({"1": node("TheirList"), "2": node("Use", x=["1", 0])}, Link("1", 0)),
        (
            {"1": node("TheirText"), "2": node("ProofsheetPromptBatch", prompts=["1", 0])},
            Link("1", 0),
        ),
    ],
)
def test_what_only_the_host_can_tell_is_asked_for(nodes, wanted):
    with pytest.raises(Unread) as unread:
        cuts_of(nodes, ["2", 0])
    assert unread.value.links == (wanted,)


def test_a_text_that_is_computed_counts_as_if_it_were_typed():
    nodes = {"1": node("TheirText"), "2": node("ProofsheetPromptBatch", prompts=["1", 0])}
    read = {Link("1", 0): ["a red boat\na blue house"]}
    cuts = cuts_of(nodes, ["2", 0], read=read)
    assert [item.value for item in cuts.sources["2"].items[0]] == ["a red boat", "a blue house"]
    assert cuts.item(["2", 0], {"2": 1}) == Literal("a blue house")


def test_a_list_of_texts_is_an_axis_as_if_typed():
    nodes = {"1": node("TheirList"), "2": node("Use", x=["1", 0])}
    cuts = cuts_of(nodes, ["2", 0], read={Link("1", 0): ["a", 7.0]})
    item = cuts.item(["2", 0], {"1": 1})
    assert alone(item) == ("Use", 0, (("x", 7),)) and item.node.exact


def test_a_list_of_other_values_is_told_apart_by_position():
    nodes = {"1": node("TheirList"), "2": node("Use", x=["1", 0])}
    cuts = cuts_of(nodes, ["2", 0], read={Link("1", 0): [object(), object()]})
    items = [cuts.item(["2", 0], {"1": index}) for index in (0, 1)]
    assert not any(item.node.exact for item in items)
    assert items[0].key != items[1].key
    elements = cuts.sources["1"].elements
    assert elements[items[1].node.inputs["x"].key] == (Link("1", 0), 1)


def test_a_list_that_is_collected_again_is_no_axis():
    nodes = {
        "1": node("TheirList"),
        "2": node("Each", x=["1", 0]),
        "3": node("TheirBatch", all=["2", 0]),
    }
    cuts = cuts_of(nodes, ["3", 0])
    assert not cuts.sources
    item = cuts.item(["3", 0], {})
    assert alone(item) == ("TheirBatch", 0, (("all", ("Each", 0, (("x", ("TheirList", 0, ())),))),))
    assert item.node.exact


def test_an_axis_is_one_value_even_where_lists_are_collected():
    nodes = {"1": VALUES, "2": node("TheirBatch", all=["1", 0])}
    cuts = cuts_of(nodes, ["2", 0])
    assert alone(cuts.item(["2", 0], {"1": 1})) == ("TheirBatch", 0, (("all", 2),))


def test_a_list_fed_twice_by_lists_would_be_zipped_by_the_host():
    nodes = {
        "1": VALUES,
        "2": node("ProofsheetPromptBatch", prompts=["9", 0], template=["8", 0]),
        "8": node("TheirText"),
        "9": node("TheirText"),
    }
    read = {Link("8", 0): ["a {prompt}", "b {prompt}"], Link("9", 0): ["x", "y"]}
    with pytest.raises(ProofsheetError, match="prompts and template are both linked to lists"):
        cuts_of(nodes, ["2", 0], read=read)


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ({"s": node("Switch", use=True, no=["a", 0], yes=["b", 0])}, {"no": "B", "yes": "B"}),
        ({"s": node("Switch", use=["1", 0], no=["a", 0], yes=["b", 0])}, {"no": "A", "yes": "A"}),
        ({"s": node("Optional", use=True, no=["a", 0], yes=["b", 0])}, {"yes": "B"}),
        ({"s": node("Switch", use=["a", 0], no=["a", 0], yes=["b", 0])}, {"no": "A", "yes": "B"}),
        ({"s": node("Switch", use=True, no=["a", 0], yes=["5", 0])}, {"no": 5, "yes": 5}),
        ({"s": node("Switch", use=False, no=["a", 0], yes=["5", 0])}, {"no": "A", "yes": "A"}),
        ({"s": node("Optional", use=True, no=["a", 0], yes=["5", 0])}, {"yes": 5}),
    ],
)
def test_branches_that_are_not_taken_are_no_part_of_a_cut(nodes, expected):
    """One that may be empty is left out; else it gets the branch that is taken. In doubt it
    stays."""
    nodes |= {"a": node("A"), "b": node("B"), "1": node("PrimitiveBoolean", value=False)}
    nodes["5"] = node("PrimitiveInt", value=5)
    inputs = cuts_of(nodes, ["s", 0]).item(["s", 0], {}).node.inputs
    taken = ((name, inputs[name]) for name in ("no", "yes") if name in inputs)
    assert {
        name: item.node.class_type if isinstance(item, Output) else item.value
        for name, item in taken
    } == expected


def test_an_axis_in_a_branch_that_is_never_taken_multiplies_nothing():
    nodes = {"1": VALUES, "a": node("A", x=["1", 0]), "b": node("B")}
    nodes["s"] = node("Switch", use=True, no=["a", 0], yes=["b", 0])
    assert not cuts_of(nodes, ["s", 0]).sources


def test_a_switch_on_an_axis_takes_another_branch_in_another_cell():
    nodes = {"1": node("ProofsheetValues", values="true, false", type="boolean")}
    nodes |= {"2": VALUES, "a": node("A", x=["2", 0]), "b": node("B")}
    nodes["s"] = node("Switch", use=["1", 0], no=["a", 0], yes=["b", 0])
    cuts = cuts_of(nodes, ["s", 0])
    assert list(cuts.sources) == ["1", "2"]
    keys = {
        (flag, value): cuts.item(["s", 0], {"1": flag, "2": value}).key
        for flag in (0, 1)
        for value in (0, 1)
    }
    assert keys[0, 0] == keys[0, 1]  # true: the other branch is no part of it
    assert len(set(keys.values())) == 3


def test_what_is_addressed_takes_the_value_instead_of_its_link():
    axis = Axis("x", ("p", "q"), ("p", "q"))
    lines = {"line 1": Source(axis, {("2", "x"): [Literal("p"), Literal("q")]})}
    nodes = {"1": VALUES, "2": node("Use", x=["3", 0], y=4), "3": node("Only", z=["1", 0])}
    cuts = cuts_of(nodes, ["2", 0], lines=lines)
    assert list(cuts.sources) == ["line 1"]  # what stood above only for it falls out
    assert alone(cuts.item(["2", 0], {"line 1": 1})) == ("Use", 0, (("x", "q"), ("y", 4)))


def test_two_words_in_one_prompt_are_two_axes():
    batch = node(
        "ProofsheetPromptBatch", prompts="ink\noil", template="a {animal} at {place}, {prompt}"
    )
    nodes = {"1": batch, "2": node("Encode", text=["1", 0])}
    words = {"animal": ("cat", "dog"), "place": ("sea", "home")}
    lines = {
        f"line {name}": Source(
            Axis(name, each, each), {("1", f"{{{name}}}"): [*map(Literal, each)]}
        )
        for name, each in words.items()
    }
    cuts = cuts_of(nodes, ["2", 0], lines=lines)
    assert {key: source.length for key, source in cuts.sources.items()} == {
        "1": 2,
        "line animal": 2,
        "line place": 2,
    }
    made = alone(cuts.item(["2", 0], {"1": 1, "line animal": 0, "line place": 1}))
    assert made == ("Encode", 0, (("text", "a cat at home, oil"),))
    with pytest.raises(GrammarError, match="template: Nothing fills {place}"):
        cuts_of(nodes, ["2", 0], lines={"line animal": lines["line animal"]})


def test_nodes_that_no_axis_reaches_are_known():
    nodes = {"1": VALUES, "2": node("Loader"), "3": node("Use", model=["2", 0], x=["1", 0])}
    cuts = cuts_of(nodes, ["3", 0])
    item = cuts.item(["3", 0], dict.fromkeys(cuts.sources, 0))
    loader = item.node.inputs["model"].node
    assert cuts.fixed == {loader.key: "2"}
    assert cuts.origin[item.node.key] == "3"


def test_what_changes_at_every_run_is_volatile_all_the_way_down():
    nodes = {"1": node("Camera", changed="NaN"), "2": node("Use", image=["1", 0])}
    assert cuts_of(nodes, ["2", 0]).item(["2", 0], {}).node.volatile


def test_shared_graphs_are_walked_once():
    """A ladder of forty nodes that each read the one before twice: 2^40 paths, forty nodes."""
    nodes = {"0": node("Start")}
    for i in range(1, 41):
        nodes[str(i)] = node("Merge", a=[str(i - 1), 0], b=[str(i - 1), 0])
    item = cuts_of(nodes, ["40", 0]).item(["40", 0], {})
    assert isinstance(item, Output) and len(item.node.order) == 41


def test_a_list_that_an_axis_changes_stays_inside_its_cells():
    """What one run makes of it is one frame, of several pictures."""
    nodes = {"1": VALUES, "2": node("TheirList", x=["1", 0]), "3": node("Use", y=["2", 0])}
    cuts = cuts_of(nodes, ["3", 0])
    assert list(cuts.sources) == ["1"]
    assert alone(cuts.item(["3", 0], {"1": 1})) == (
        "Use",
        0,
        (("y", ("TheirList", 0, (("x", 2),))),),
    )


@pytest.mark.parametrize(
    ("class_type", "value", "handed"),
    [
        ("Known", [[1], 2], [[1], 2]),  # the host has taken its wrapping off
        ("Known", {"__value__": [[1], 2]}, [[1], 2]),
        ("Rows", [[1], 2], [[1], 2]),
        ("Rows", {"__value__": [[1], 2]}, {"__value__": [[1], 2]}),
    ],
)
def test_a_list_is_handed_and_written_as_the_class_declares_it(class_type, value, handed):
    """Undeclared inputs are handed what is posted, so the wrapping of a list must stay."""
    item = cuts_of({"1": node(class_type, a=value)}, ["1", 0]).item(["1", 0], {})
    assert item.node.inputs["a"].value == handed
    [posted] = RecipeWriter(SAVE_IMAGE, {}).recipe(item).graph["1"]["inputs"].values()
    expected = {"__value__": [[1], 2]} if class_type == "Known" else value
    assert posted == expected
    again = Output(parsed(RecipeWriter(SAVE_IMAGE, {}).recipe(item).graph, {})["1"], 0)
    assert RecipeWriter(SAVE_IMAGE, {}).recipe(again).graph["1"]["inputs"]["a"] == expected
