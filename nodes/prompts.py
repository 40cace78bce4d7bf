"""Prompt Batch: many prompts from one text."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import node_ids
from .core.errors import fault
from .core.grammar.prompts import TEMPLATE, check_prompts, prompt_lists


class PromptBatch(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.PROMPT_BATCH,
            display_name="Prompt Batch",
            category="proofsheet",
            description="A list of prompts, each with its negative and a name. Connect positive "
            "and negatives to a CLIP Text Encode each, and those to the sampler.",
            inputs=[
                io.String.Input(
                    "prompts",
                    multiline=True,
                    default="",
                    placeholder="a lighthouse at dusk\na {red|blue} boat --no people",
                    # The host would choose one of {a|b} by chance before we see it.
                    dynamic_prompts=False,
                    tooltip="One prompt a line, or blocks with --- between them. {a|b} makes every "
                    "combination, ' --no x' a negative of its own, # a comment.",
                ),
                io.String.Input(
                    "negative",
                    multiline=True,
                    default="",
                    placeholder="negative for all prompts",
                    dynamic_prompts=False,
                    optional=True,
                    tooltip="What every prompt should avoid; a prompt's own negative is added. "
                    "{a|b} gives each prompt once with a and once with b.",
                ),
                io.String.Input(
                    "template",
                    default=TEMPLATE,
                    dynamic_prompts=False,
                    optional=True,
                    tooltip="Text around every prompt, for example: photo of {prompt}, 35mm",
                ),
            ],
            outputs=[
                io.String.Output(
                    "positive",
                    display_name="positive",
                    is_output_list=True,
                    tooltip="The prompts in the order written.",
                ),
                io.String.Output(
                    "negatives",
                    display_name="negatives",
                    is_output_list=True,
                    tooltip="The negative of each prompt.",
                ),
                io.String.Output(
                    "names",
                    display_name="names",
                    is_output_list=True,
                    tooltip="A short name for each prompt: what differs, or what name: says.",
                ),
            ],
        )

    @classmethod
    def validate_inputs(
        cls,
        prompts: str | None = "",
        negative: str | None = "",
        template: str | None = TEMPLATE,
    ) -> str | bool:
        return fault(check_prompts, prompts, negative, template) or True

    @classmethod
    def execute(cls, **widgets) -> io.NodeOutput:
        return io.NodeOutput(*map(list, prompt_lists(**widgets)))


NODES = [PromptBatch]
