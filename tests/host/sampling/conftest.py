"""Sampling runs as the host's executor runs it."""

from __future__ import annotations

import pytest
import torch


@pytest.fixture(autouse=True)
def as_the_executor_runs():
    with torch.inference_mode():
        yield
