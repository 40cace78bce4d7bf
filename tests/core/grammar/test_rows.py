"""Tables: what is read of them, and where what is none is pointed at."""

from __future__ import annotations

import csv
import io
import json
import time
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar import rows

TABLE = json.loads((Path(__file__).parents[2] / "data" / "rows.json").read_text("utf-8"))


def of_the_table(name):
    if name not in TABLE["files"]:
        raise ProofsheetError(f"no {name}")
    return TABLE["files"][name]


def no_file(name):
    raise ProofsheetError(f"no {name}")


def columns_of(found):
    return {name: [*found.values(index)] for index, name in enumerate(found.columns)}


@pytest.mark.parametrize(("text", "told"), [row for row in TABLE["read"] if "error" not in row[1]])
def test_tables_that_are_read(text, told):
    found = columns_of(rows.read(text, of_the_table))
    assert found == told
    kinds = [type(value) for values in found.values() for value in values]
    assert kinds == [type(value) for values in told.values() for value in values]


@pytest.mark.parametrize(("text", "told"), [row for row in TABLE["read"] if "error" in row[1]])
def test_tables_that_are_refused(text, told):
    with pytest.raises(ProofsheetError) as caught:
        rows.read(text, of_the_table)
    error = caught.value
    if "at" not in told:
        assert str(error) == told["error"]
        return
    assert isinstance(error, GrammarError)
    assert error.message == told["error"] or fnmatchcase(error.message, told["error"])
    assert told["at"] in ("*", error.source[error.start : error.end])


@pytest.mark.parametrize(
    ("text", "row", "column", "line", "at"),
    [
        ("a,b\n1,x\n2, long ", 1, 1, 3, "long"),
        ('a,b\n"two\nlines",x\n2,y', 0, 1, 3, "x"),
        ("a,b\n1,\n", 0, 1, 2, "\n"),
        ("a;b\n1;2", 0, 0, 2, "1"),
        ('[{"a": 1},\n {"b": 5, "a": "b"}]', 1, 1, 2, '"b"'),
        ('[{"a": 1},\n {"a": 2, "b": 5},\n {"a": 3}]', 2, 1, 3, '{"a": 3}'),
    ],
)
def test_a_value_that_does_not_fit_is_shown_where_it_stands(text, row, column, line, at):
    error = rows.read(text, no_file).fault(row, column, "no good")
    name = rows.read(text, no_file).columns[column]
    assert error.message == f"table: column {name}: no good"
    assert error.source[error.start : error.end] == at
    assert f"(line {line})" in str(error)


def test_a_fault_in_a_file_names_the_file():
    error = rows.read("@prompts.csv", of_the_table).fault(1, 2, "no good")
    assert str(error).startswith("@prompts.csv: column seed: no good (line 4)\n")


@pytest.mark.parametrize("text", ["@\na\n1", "a\n@file.csv", "@"])
def test_only_a_text_that_is_nothing_else_names_a_file(text):
    assert rows.file_named(text) == ""


NAMES = st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=8, unique=True)
CELLS = st.text(
    st.sampled_from("ab01.,;\t\"'\n\r |#{}山") | st.characters(exclude_categories=["Cs"])
)


@st.composite
def tables(draw):
    names = draw(NAMES)
    cell = CELLS.map(lambda text: rows.trim(text.replace("\x1f", "").replace("\0", "")))
    row = st.lists(cell, min_size=len(names), max_size=len(names)).filter(any)
    return names, draw(st.lists(row, min_size=1, max_size=5))


@given(tables(), st.sampled_from(",;\t"), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_the_csv_module_writes_is_read(table, sign, quoting):
    names, body = table
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=sign, quoting=quoting)
    writer.writerow(names)
    # A quote that begins a value goes in quotes, which the module forgets after a space.
    writer.writerows(body)
    found = rows.read(file.getvalue(), no_file)
    lines = [[cell.replace("\r\n", "\n") for cell in row] for row in body]
    assert [list(row) for row in found.rows] == lines
    for row, cells in enumerate(body):
        for column, (start, end) in enumerate(found.cells(row)[: len(names)]):
            written = file.getvalue()[start:end]
            as_read = written[1:-1].replace('""', '"') if written[:1] == '"' else written
            assert rows.trim(as_read) == cells[column] or not cells[column]


SCALARS = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
)


@given(NAMES, st.data(), st.booleans())
def test_what_the_json_module_writes_is_read(names, data, ascii):
    body = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, SCALARS)), min_size=1))
    try:
        found = rows.read(json.dumps(body, ensure_ascii=ascii), no_file)
    except ProofsheetError:  # a number of too many digits
        assert any(abs(v) > 1e308 for each in body for v in each.values() if type(v) is int)
        return
    assert [dict(zip(found.columns, row, strict=True)) for row in found.rows] == body
    assert all(type(v) is type(each[n]) for each, row in zip(body, found.rows, strict=True)
               for n, v in zip(found.columns, row, strict=True))  # fmt: skip


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_long_table_takes_a_moment(sign):
    prompt = 'a quiet harbour, with boats; and ""more"" ' * 45
    lines = [f'n{i}{sign}"{prompt}"{sign}{i}' for i in range(10_000)]
    before = time.process_time()
    found = rows.read("\n".join([f"name{sign}prompt{sign}seed", *lines]), no_file)
    assert len(found.rows) == 10_000 and found.values(2)[-1] == 9_999
    assert str(found.fault(9_999, 2, "no good")).startswith(
        "table: column seed: no good (line 10001)"
    )
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n" + "1\n" * 10_001, "More than 10,000 rows (line 10002)"),
        ('[{"a":1}' + ',{"a":1}' * 10_000 + "]", "More than 10,000 rows"),
        ("a\n" + "x" * 20_010_000, "A text of 20,010,002 characters; at most 20,010,000"),
        ('[{"a":' + "[" * 100_000, "Lists in each other, or a number of too many digits"),
        ('[{"a":' + "9" * 100_000 + "}]", "Lists in each other, or a number of too many digits"),
        ("a,b\n" + '"' + "x" * 200_000 + '",1', "cannot be read: field larger than field limit"),
        ("a,b\n" + '"' + "x" * 200_000 + ",1", "This quote is never closed"),
    ],
    ids=range(7),
)  # fmt: skip
def test_what_is_too_much_is_refused(text, message):
    before = time.process_time()
    with pytest.raises(ProofsheetError) as caught:
        rows.read(text, no_file)
    assert message in str(caught.value)
    assert time.process_time() - before < 5
