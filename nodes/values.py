"""Sweep Values: a list of values for any widget."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .core.grammar.values import EXAMPLE, check_values, value_list


class SweepValues(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.SWEEP_VALUES,
            display_name="Sweep Values",
            category="proofsheet",
            description="A list of values for any widget of any node. Connect it to the steps, "
            "cfg or sampler_name of a sampler, to a LoRA's strength, to a guidance.",
            inputs=[
                io.String.Input(
                    "values",
                    default=EXAMPLE,
                    tooltip="Values with commas or line breaks between them. 7..9:0.5 is a range "
                    "in steps of 0.5, both ends included. Texts with commas go in quotes.",
                ),
                io.Combo.Input(
                    "type",
                    options=[*limits.VALUE_TYPE.words],
                    default="float",
                    optional=True,
                    tooltip="What the connected input takes: numbers, whole numbers, text such as "
                    "the name of a sampler, or true and false.",
                ),
            ],
            outputs=[
                io.AnyType.Output(
                    "value",
                    display_name="value",
                    is_output_list=True,
                    tooltip="The values in the order written.",
                )
            ],
        )

    @classmethod
    def validate_inputs(cls, values: str | None = EXAMPLE, type: str | None = "float"):
        return fault(check_values, values, type) or True

    @classmethod
    def execute(cls, **widgets) -> io.NodeOutput:
        return io.NodeOutput([*value_list(**widgets)])


NODES = [SweepValues]
