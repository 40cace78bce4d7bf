"""What the node files take from the host beside its API."""

from __future__ import annotations

import comfy.samplers
from comfy_api.v0_0_2 import io
from comfy_execution.graph_utils import ExecutionBlocker

Frames = io.Custom("PROOFSHEET_FRAMES")
Drawing = io.Custom("PROOFSHEET_DRAWING")
Job = io.Custom("PROOFSHEET_JOB")
SAMPLERS: list[str] = comfy.samplers.KSampler.SAMPLERS
SCHEDULERS: list[str] = comfy.samplers.KSampler.SCHEDULERS
# Hosts before 0.14 know only "on"; there the pack's script sets a new widget to fixed.
_CONTROL = getattr(io, "ControlAfterGenerate", None)
FIXED = _CONTROL.fixed if _CONTROL else True
HELD = ExecutionBlocker(None)  # as an output's value it holds everything behind it, silently
