"""Every fault of tools/fire once, on small sweeps: nothing lost, no wrong picture, and what is
said is true. `python tools/fire` tries each many times, on 64 frames."""

from __future__ import annotations

import random

import pytest
from fire import disk, faults
from fire.ground import STAGES, Ground


@pytest.fixture(scope="module", params=STAGES)
def ground(request, host, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fire")
    with Ground(host, folder, random.Random(5), prompts=2, through=request.param) as found:
        yield found


@pytest.mark.parametrize("fault", faults.FAULTS)
def test_nothing_is_lost_and_no_picture_is_wrong(ground, fault):
    outcome = faults.FAULTS[fault].run(ground)
    assert (outcome.lost, outcome.wrong, outcome.notes) == (0, 0, ()), str(outcome)
    assert outcome.resampled == 0 or fault == "two servers"


@pytest.mark.parametrize("fault", [faults.full_disk, faults.read_only])
def test_a_machine_that_lets_us_mount_nothing_has_a_shim(ground, fault, monkeypatch):
    monkeypatch.setattr(faults, "can_mount", lambda: False)
    outcome = fault(ground)
    assert (outcome.lost, outcome.wrong, outcome.notes) == (0, 0, ()), str(outcome)
    assert disk.can_mount() in (True, False)
