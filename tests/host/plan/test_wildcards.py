"""Lists of `__name__`: which files they are, what is in them, and that their content counts."""

from __future__ import annotations

import os
import sys

import folder_paths
import pytest
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.grammar.prompts import Names, prompt_lists
from pack.nodes.host.plan import wildcards
from pack.nodes.host.plan.wildcards import WildcardLists
from pack.nodes.prompts import PromptBatch


@pytest.fixture
def put(tmp_path, monkeypatch):
    """Writes a file of a ComfyUI of its own."""
    known = {"custom_nodes": ([str(tmp_path / "custom_nodes")], set())}
    monkeypatch.setattr(folder_paths, "folder_names_and_paths", known)
    monkeypatch.setattr(folder_paths, "base_path", str(tmp_path))
    monkeypatch.setattr(folder_paths, "models_dir", str(tmp_path / "models"))

    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_in_impact_pack_the_users_own_come_before_its_samples(put):
    put("custom_nodes/ComfyUI-Impact-Pack/wildcards/colors.txt", "a sample")
    put("custom_nodes/ComfyUI-Impact-Pack/custom_wildcards/colors.txt", "the user's")
    assert WildcardLists()["colors"] == ["the user's"]


@pytest.mark.parametrize("folder", [
    "wildcards", "models/wildcards", "custom_nodes/some-pack/wildcards",
    "custom_nodes/ComfyUI-Impact-Pack/custom_wildcards",
])  # fmt: skip
def test_lists_of_comfyui_and_of_packs(put, folder):
    put(f"{folder}/animals/cats.txt", "tabby\r\ncalico\n")
    assert WildcardLists()["animals/cats"] == ["tabby", "calico", ""]


def test_a_registered_folder_counts(put, tmp_path):
    put("elsewhere/colors.txt", "red")
    folder_paths.folder_names_and_paths["wildcards"] = ([str(tmp_path / "elsewhere")], set())
    assert [*WildcardLists()] == ["colors"]


def test_the_users_own_come_before_those_of_packs(put):
    put("custom_nodes/a-pack/wildcards/colors.txt", "of the first pack")
    put("custom_nodes/b-pack/wildcards/colors.txt", "of the second pack")
    put("custom_nodes/b-pack/wildcards/more.txt", "x")
    assert WildcardLists()["colors"] == ["of the first pack"]
    put("wildcards/colors.txt", "the user's")
    assert WildcardLists()["colors"] == ["the user's"]
    assert sorted(WildcardLists()) == ["colors", "more"] and len(WildcardLists()) == 2


def test_a_disabled_pack_brings_none(put):
    put("custom_nodes/pack.disabled/wildcards/colors.txt", "red")
    assert [*WildcardLists()] == []


TREE = """
animals:
  cats: [tabby, calico]
  # a comment
  dogs:
    - poodle   # one more
    - "3::great dane"
    - no
    - 1.10
    - sky: blue
    - >-
      one
      two
colors: |-
  red or so
none:
"""


def test_the_lists_of_a_yaml_file(put):
    put("wildcards/tree.yaml", TREE)
    lists = WildcardLists()
    assert lists["animals/cats"] == lists["tree/animals/cats"] == ["tabby", "calico"]
    dogs = ["poodle", "3::great dane", "no", "1.10", "sky: blue", "one two"]
    assert lists["animals/dogs"] == dogs
    assert lists["colors"] == ["red or so"]
    assert "none" not in lists and "animals" not in lists


def test_a_yaml_file_that_is_a_list(put):
    put("wildcards/places/towns.yml", "- Ulm\n- Bern\n")
    assert WildcardLists()["places/towns"] == ["Ulm", "Bern"]


def test_a_text_file_comes_before_a_yaml_file(put):
    put("custom_nodes/pack/wildcards/colors.txt", "text")
    put("wildcards/colors.yaml", "- yaml")
    assert WildcardLists()["colors"] == ["text"]


def test_capitals_do_not_matter_unless_there_are_both(put):
    put("wildcards/Colors.txt", "red")
    assert WildcardLists()["colors"] == ["red"]
    put("wildcards/colors.yaml", "- blue")
    assert WildcardLists()["colors"] == ["red"]


@pytest.mark.parametrize(
    "file, content, message",
    [
        ("x.txt", b"caf\xe9", "x.txt is not in UTF-8: save it so"),
        ("x.txt", "cafe".encode("utf-16-le"), "x.txt is not in UTF-8: save it so"),
        ("bad.yaml", "a: b: c", "No list 'x'; bad.yaml is no YAML (line 1)"),
        ("bad.yaml", "&a [*a]", "No list 'x'; bad.yaml is no YAML"),
        ("x.yaml", "- fine\n- [a, b]", "Item 2 of 'x' is no text: put it in quotes"),
        ("x.yaml", "- a: b\n  c: d", "Item 1 of 'x' is no text: put it in quotes"),
        *(
            ("x.yaml", f"- {item}", "Item 1 of 'x' is no text: put it in quotes")
            for item in ("{red|blue}", "{2::red|blue}", "{__a__|__b__}", "{sky: blue|grey}")
        ),
        ("bad.yaml", "a: " + "[" * 3000 + "]" * 3000, "No list 'x'; bad.yaml is no YAML"),
    ],
)
def test_files_that_cannot_be_read(put, file, content, message):
    put(f"wildcards/{file}", content)
    with pytest.raises(ProofsheetError) as caught:
        WildcardLists()["x"]
    assert str(caught.value).startswith(message)


def test_nothing_in_a_yaml_file_is_run(put, tmp_path):
    put("wildcards/x.yaml", f"!!python/object/apply:os.mkdir ['{tmp_path}/made']")
    assert WildcardLists()["x"] == [f"{tmp_path}/made"]
    assert not (tmp_path / "made").exists()


def test_a_bad_file_takes_nothing_from_the_others(put):
    put("wildcards/bad.yaml", "a: [")
    put("wildcards/colors.yaml", "warm: [red]")
    assert WildcardLists()["warm"] == ["red"]


def test_doubling_aliases_end(put):
    lines = [
        "a0: &a0 {x: [y]}",
        *(f"a{n}: &a{n} {{l: *a{n - 1}, r: *a{n - 1}}}" for n in range(1, 60)),
    ]
    put("wildcards/bomb.yaml", "\n".join(lines))
    with pytest.raises(ProofsheetError, match="bomb.yaml has more than 100,000 lists"):
        WildcardLists()["x"]


def test_too_large_a_file_is_refused(put, monkeypatch):
    monkeypatch.setattr(wildcards, "MAX_LONG_TEXT", 10)
    put("wildcards/x.txt", "a line that is long")
    with pytest.raises(ProofsheetError, match="x.txt is larger than 10 bytes"):
        WildcardLists()["x"]


@pytest.mark.parametrize("name", ["../secret", "..\\secret", "/etc/hostname", "a/../../secret"])
def test_names_stay_in_the_folder(put, name):
    put("secret.txt", "secret")
    put("wildcards/a/b.txt", "fine")
    assert name not in WildcardLists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_that_lead_out_of_the_folder_are_not_followed(put, tmp_path):
    secret = put("secret/x.txt", "secret")
    put("wildcards/y.txt", "fine")
    (tmp_path / "wildcards/x.txt").symlink_to(secret)
    (tmp_path / "wildcards/sub").symlink_to(secret.parent)
    assert [*WildcardLists()] == ["y"]


def test_a_file_is_read_once_for_a_plan(put):
    path = put("wildcards/x.txt", "one")
    lists = WildcardLists()
    assert lists["x"] == ["one"]
    path.write_text("two")
    assert lists["x"] == ["one"] and WildcardLists()["x"] == ["two"]


def test_a_yaml_file_that_changes_is_read_again(put):
    path = put("wildcards/x.yaml", "- one")
    assert WildcardLists()["x"] == ["one"]
    times = path.stat()
    path.write_text("- two")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert WildcardLists()["x"] == ["two"]


def test_prompts_come_from_files(put):
    put("wildcards/colors.txt", "# warm\n2::red\n{light|dark} blue\n")
    found = prompt_lists("a __colors__ boat", names=Names(lists=WildcardLists()))
    assert found[0] == ("a red boat", "a light blue boat", "a dark blue boat")
    assert PromptBatch.execute(prompts="a __colors__ boat").args[0] == [*found[0]]
    assert PromptBatch.validate_inputs(prompts="a __colors__ boat") is True
    assert "a __colours__ boat\n  ^^^" in str(
        PromptBatch.validate_inputs(prompts="a __colours__ boat")
    )


def test_the_content_counts_of_lists_that_are_named_and_no_other(put):
    put("wildcards/colors.txt", "__more__")
    put("wildcards/more.txt", "red")
    other = put("wildcards/other.txt", "x")
    said = PromptBatch.fingerprint_inputs(prompts="a __colors__ boat")
    assert said == PromptBatch.fingerprint_inputs(prompts="__colors__", count=9)
    other.write_text("y")
    assert said == PromptBatch.fingerprint_inputs(prompts="a __colors__ boat")
    put("wildcards/more.txt", "blue")
    assert said != PromptBatch.fingerprint_inputs(prompts="a __colors__ boat")


def test_with_a_text_that_is_linked_every_list_counts(put):
    assert PromptBatch.fingerprint_inputs(prompts=None) == ""
    put("wildcards/colors.txt", "red")
    said = PromptBatch.fingerprint_inputs(prompts=None)
    put("wildcards/colors.txt", "blue")
    assert said and said != PromptBatch.fingerprint_inputs(prompts=None)


def test_every_byte_of_a_long_list_counts(put):
    lines = ["a word of a long list"] * 400_000
    put("wildcards/long.txt", "\n".join(lines))
    said = PromptBatch.fingerprint_inputs(prompts=None)
    lines[101_003] = "a wood of a long list"
    put("wildcards/long.txt", "\n".join(lines))
    assert said != PromptBatch.fingerprint_inputs(prompts=None)


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_a_link_to_a_file_that_went_is_no_list(put):
    put("wildcards/colors.txt", "red\nblue")
    (put("wildcards/gone.yaml", "a: [b]").parent / "link.yaml").symlink_to("nowhere.yaml")
    assert PromptBatch.execute(prompts="a __colors__ boat").args[0] == ["a red boat", "a blue boat"]
    assert PromptBatch.fingerprint_inputs(prompts=None)


def test_without_a_name_nothing_counts(put):
    put("wildcards/colors.txt", "red")
    assert PromptBatch.fingerprint_inputs(prompts="a red boat") == ""
    assert PromptBatch.fingerprint_inputs(prompts=r"a \__colors__ boat") == ""
