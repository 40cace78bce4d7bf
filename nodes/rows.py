"""Sweep Rows: the rows of a table, whose values vary together."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .core.grammar import rows
from .host.work import sweep_rows


class SweepRows(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.SWEEP_ROWS,
            display_name="Sweep Rows",
            category="proofsheet",
            description="The rows of a table, whose values vary together: a LoRA with its trigger "
            "words and strength, a prompt with its negative, seed and name. Each column is an "
            "output for any widget of any node.",
            inputs=[
                io.String.Input(
                    "table",
                    multiline=True,
                    default="",
                    placeholder=rows.EXAMPLE,
                    dynamic_prompts=False,
                    tooltip="A line of names, then a row a line, with commas, semicolons or tabs; "
                    "or a JSON list of objects; or @file.csv in the input folder. Texts with "
                    "commas go in quotes. A column called name says what a row is called.",
                )
            ],
            outputs=[
                io.AnyType.Output(
                    f"column_{number}",
                    display_name=f"column_{number}",
                    is_output_list=True,
                    tooltip="The values of this column, row by row.",
                )
                for number in range(1, limits.TABLE_COLUMNS + 1)
            ],
        )

    @classmethod
    def validate_inputs(cls, table: str | None = "") -> str | bool:
        return fault(sweep_rows.check, table) or True

    @classmethod
    def fingerprint_inputs(cls, table: str | None = "") -> str:
        return sweep_rows.freshness(table)

    @classmethod
    def execute(cls, table: str) -> io.NodeOutput:
        return io.NodeOutput(*sweep_rows.lists(table))


NODES = [SweepRows]
