"""Prompt Batch: many prompts from one text."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .core.grammar.prompts import ALL, TEMPLATE, Names, Variants, check_prompts, prompt_lists
from .host.plan import wildcards


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
                    "combination, __name__ takes the lines of a list in a wildcards folder, "
                    "' --no x' a negative of its own, # a comment.",
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
                io.Combo.Input(
                    "variants",
                    options=[*limits.VARIANTS.words],
                    default=ALL.mode,
                    optional=True,
                    tooltip="all: every combination, in the order written. random: some of them, "
                    "drawn by their weights, none twice while others are left.",
                ),
                io.Int.Input(
                    "count",
                    default=ALL.count,
                    min=limits.PROMPT_COUNT.low,
                    max=limits.PROMPT_COUNT.high,
                    optional=True,
                    tooltip="How many prompts are drawn, for the variants random.",
                ),
                io.Int.Input(
                    "seed",
                    default=ALL.seed,
                    min=limits.SEED.low,
                    max=limits.SEED.high,
                    # Pages give every INT of this name one, set to randomize, unless it says no.
                    control_after_generate=False,
                    optional=True,
                    tooltip="Which prompts are drawn, for the variants random: the same seed draws "
                    "the same ones on every machine.",
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
        variants: str | None = ALL.mode,
    ) -> str | bool:
        names = Names(lists=wildcards.WildcardLists())
        # What another node will say may be to draw a few of more than there may be.
        drawn = Variants("random" if variants is None else variants)
        return fault(check_prompts, prompts, negative, template, names, drawn) or True

    @classmethod
    def fingerprint_inputs(
        cls, prompts: str | None = None, negative: str | None = "", template: str | None = "", **_
    ) -> str:
        return wildcards.fingerprint(prompts, negative, template)

    @classmethod
    def execute(cls, prompts, negative="", template=TEMPLATE, **drawn) -> io.NodeOutput:
        names = Names(lists=wildcards.WildcardLists())
        lists = prompt_lists(prompts, negative, template, names, Variants.of(drawn))
        return io.NodeOutput(*map(list, lists))


NODES = [PromptBatch]
