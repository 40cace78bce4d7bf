"""What a cut-off or second installation finds."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rig import cache, environment
from rig.reports import Count, read_junit


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PROOFSHEET_CACHE", str(tmp_path))
    return tmp_path


def test_the_environment_variable_chooses_the_cache(folder):
    assert cache.cache_folder() == folder.resolve()


def test_a_cache_that_cannot_be_made_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("PROOFSHEET_CACHE", str(tmp_path / "file" / "inside"))
    with pytest.raises(cache.RigError, match="What to do: set PROOFSHEET_CACHE"):
        cache.cache_folder()


def test_one_installer_at_a_time(folder):
    code = "from rig.cache import _try_lock; import sys; print(_try_lock(open(sys.argv[1], 'a+b')))"
    command = [sys.executable, "-c", code, str(folder / "installing.lock")]

    def free_for_another_process():
        tools = environment.LOCKS.parent
        done = subprocess.run(command, cwd=tools, capture_output=True, text=True, check=True)
        return done.stdout.strip() == "True"

    with cache.one_installer():
        assert not free_for_another_process()
    assert free_for_another_process()


def test_a_half_made_environment_counts_for_nothing(folder):
    made = folder / "environment"
    (made / "installed").mkdir(parents=True)
    for group in ("host", "test"):
        environment._mark(made, group).touch()
    assert environment._missing(made, ("host", "test")) == []
    assert environment._missing(made, ("host", "browser")) == ["browser"]
    (made / "installing").touch()
    assert environment._missing(made, ("host", "test")) == ["host", "test"]


def test_every_line_of_the_locks_is_pinned():
    for lock in environment.LOCKS.glob("*.txt"):
        lines = lock.read_text(encoding="utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith("#")]
        assert pins and all("==" in pin or "@" in pin for pin in pins), lock.name


JUNIT = """<testsuites><testsuite><testcase/><testcase><failure/></testcase>
<testcase><error/></testcase><testcase><skipped/></testcase></testsuite></testsuites>"""


def test_counts_come_from_junit_files(tmp_path):
    file = tmp_path / "junit.xml"
    assert read_junit(file) == Count()
    file.write_text(JUNIT)
    assert read_junit(file) == Count(passed=1, failed=2, skipped=1)
    assert str(Count(3, 0) + Count(1, 2)) == "4 passed, 2 failed"
