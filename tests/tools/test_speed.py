"""What the benchmarks say of what they measured, and what they post; no clock is looked at."""

from __future__ import annotations

import os
import subprocess

import pytest
from rig import usage
from speed import graphs, servers, turns, versions


class Clock:
    """Moves on only while something runs."""

    def __init__(self):
        self.now = 0.0
        self.ran = []

    def way(self, name, *costs):
        def run(turn):
            self.ran.append((name, turn))
            self.now += costs[turn]

        return turns.Way(run, lambda: self.now)


def test_ways_take_turns_and_the_warm_up_does_not_count(capsys):
    clock = Clock()
    ways = {"old": clock.way("old", 2, 6, 90), "new": clock.way("new", 1, 4, 80)}
    assert turns.take(ways, 2) == {"old": [2, 6], "new": [1, 4]}
    order = [("old", -1), ("new", -1), ("old", 0), ("new", 0), ("new", 1), ("old", 1)]
    assert clock.ran == order
    assert "median   4.00 s" in capsys.readouterr().out


COSTS = {"old": [2.0, 3.0, 6.0], "new": [1.0, 2.0, 6.0]}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (0, "new is 1.50 x (1.00 to 2.00) the speed of old"),
        (1.5, "new is 1.50 x (1.00 to 2.00) the speed of old; wanted 1.50 or more: yes"),
        (1.51, "new is 1.50 x (1.00 to 2.00) the speed of old; wanted 1.51 or more: NO"),
    ],
)
def test_speed_is_told_as_the_median_of_the_ratios(capsys, wanted, said):
    turns.compare("new", "old", COSTS, wanted)
    assert capsys.readouterr().out.strip() == said


@pytest.mark.parametrize(("most", "verdict"), [(0.67, "yes"), (0.66, "NO")])
def test_what_it_takes_is_told_the_other_way_round(capsys, most, verdict):
    turns.compare_cost("new", "old", COSTS, most)
    told = f"new takes 0.67 x (0.50 to 1.00) the processor time of old; wanted {most} at most: "
    assert capsys.readouterr().out.strip() == told + verdict


JOB = graphs.Job(("a boat", "a tent"), 3, 7, 128, 4, 8)


def test_one_by_one_is_the_same_pictures_as_swept():
    posted = graphs.singles(graphs.hires, JOB)
    assert len(posted) == JOB.frames == 6
    assert [each["2"]["inputs"]["text"] for each in posted] == ["a boat"] * 3 + ["a tent"] * 3
    assert [each["5"]["inputs"]["seed"] for each in posted] == [7, 8, 9] * 2
    assert all(each["10"]["inputs"]["seed"] == each["5"]["inputs"]["seed"] for each in posted)
    swept = graphs.swept(graphs.hires(JOB, graphs.TEXT, graphs.SEED), JOB)
    assert swept["11"]["inputs"]["prompts"].splitlines() == list(JOB.prompts)
    assert swept["12"]["inputs"] | {"seed": 7, "count": 3} == swept["12"]["inputs"]


@pytest.mark.parametrize("made", [graphs.sampled(JOB), graphs.singles(graphs.plain, JOB)[0]])
def test_every_link_leads_to_a_node(made):
    links = [value for node in made.values() for value in node["inputs"].values()]
    assert {link[0] for link in links if isinstance(link, list)} <= made.keys()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A clone that has one commit."""
    folder = tmp_path / "clone"
    folder.mkdir()

    def git(*command):
        who = ["-c", "user.name=a", "-c", "user.email=a@b"]
        done = subprocess.run(
            ["git", *who, *command], cwd=folder, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "-q")
    (folder / "file").write_text("then")
    git("add", "file")
    git("commit", "-qm", "then")
    monkeypatch.setenv("PROOFSHEET_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(versions, "PACK", folder)
    return git("rev-parse", "HEAD")


def test_a_version_is_checked_out_once_into_the_cache(repository, monkeypatch, tmp_path):
    found = versions.checked_out(repository)
    assert (found / "file").read_text() == "then"
    monkeypatch.setattr(versions, "PACK", tmp_path)  # no repository
    assert versions.checked_out(repository) == found
    assert {path.name for path in found.parent.iterdir()} == {found.name, "installing.lock"}


def test_a_shallow_clone_is_told_as_such(repository):
    with pytest.raises(versions.Unknown, match="no commit 0123456 here, as in a shallow clone"):
        versions.checked_out("0123456" + 33 * "0")


def test_packs_that_are_linked_are_there():
    assert all((pack / "__init__.py").is_file() for pack in servers.BARE_LOOP.values())
    assert all((pack / "__init__.py").is_file() for pack in servers.QUICKLY_DECODED.values())


@pytest.mark.skipif(not usage.CAN_TELL, reason="only Linux tells")
def test_what_a_process_takes():
    mine = os.getpid()
    assert 0 < usage.resident(mine) <= usage.most_resident(mine) + 1
    assert usage.cpu_seconds(mine) == pytest.approx(sum(os.times()[:2]), abs=0.5)
