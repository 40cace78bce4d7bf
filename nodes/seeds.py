"""Seed Sweep: a list of seeds."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .core.grammar import seeds
from .host.sockets import FIXED


class SeedSweep(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.SEED_SWEEP,
            display_name="Seed Sweep",
            category="proofsheet",
            description="A list of seeds for any seed input. The same values give the same list "
            "on every machine.",
            inputs=[
                io.Int.Input(
                    "seed",
                    default=0,
                    min=limits.SEED.low,
                    max=limits.SEED.high,
                    control_after_generate=FIXED,
                    tooltip="Where the list starts. Fixed: a sweep run again is read from the "
                    "store, not sampled.",
                ),
                io.Int.Input(
                    "count",
                    default=4,
                    min=limits.SEED_COUNT.low,
                    max=limits.SEED_COUNT.high,
                    optional=True,
                    tooltip="How many seeds. A list says that by itself.",
                ),
                io.Combo.Input(
                    "mode",
                    options=[*limits.SEED_MODE.words],
                    default="consecutive",
                    optional=True,
                    tooltip="consecutive: seed, seed + 1, and so on. random: different numbers "
                    "that follow from seed. list: the seeds written below.",
                ),
                io.String.Input(
                    "list",
                    default="",
                    placeholder="7, 40-43, 99",
                    optional=True,
                    tooltip="For the mode list: seeds and ranges with commas or line breaks "
                    "between them, for example 7, 40-43, 99.",
                ),
            ],
            outputs=[
                io.Int.Output(
                    "seeds",
                    display_name="seeds",
                    is_output_list=True,
                    tooltip="The seeds in order, one for each frame of a row.",
                )
            ],
        )

    @classmethod
    def validate_inputs(cls, mode: str | None = "consecutive", list: str | None = ""):
        return fault(seeds.check_seeds, mode, list) or True

    @classmethod
    def execute(cls, **widgets) -> io.NodeOutput:
        return io.NodeOutput([*seeds.seed_list(**widgets)])


NODES = [SeedSweep]
