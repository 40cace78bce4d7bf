"""Sweep: every cell of whatever graph stands above it, in exact batches into the store."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .core.grammar import addresses, picks
from .host.sockets import Frames, Job
from .host.work import sweep


class Sweep(sweep.SweepNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.SWEEP,
            display_name="Sweep",
            category="proofsheet",
            description="Sweeps the graph above it: every Seed Sweep, Prompt Batch and Sweep "
            "Values linked anywhere there, and every line of axes, is multiplied. Each frame is "
            "exactly what its own run would make; samplers run in batches. Only new frames are "
            "made, and a stopped sweep goes on where it stopped.",
            is_input_list=True,
            enable_expand=True,
            hidden=[io.Hidden.unique_id, io.Hidden.dynprompt],
            inputs=[
                io.MultiType.Input(
                    "source",
                    types=[io.Image, io.Video, io.Audio],
                    lazy=True,
                    tooltip="The end of any graph: a picture. Never run by itself: each cell runs "
                    "it with its own values.",
                ),
                io.String.Input(
                    "axes",
                    multiline=True,
                    default="",
                    optional=True,
                    dynamic_prompts=False,
                    placeholder="LoadImage.image = *.png\nseed = 7, 40-43",
                    tooltip="One axis a line: target = values. A target is an input (steps), one "
                    "of a node by its title or class (LoadImage.image), or by its id (#12.cfg).",
                ),
                io.Combo.Input(
                    "combine",
                    options=[*limits.COMBINE.words],
                    default=limits.EVERY_COMBINATION,
                    optional=True,
                    tooltip="Multiply all axes with each other, or pair their values up "
                    "first with first, second with second.",
                ),
                io.Int.Input(
                    "batch_size",
                    default=0,
                    min=limits.BATCH_SIZE.low,
                    max=limits.BATCH_SIZE.high,
                    optional=True,
                    tooltip="Rows sampled at once. 0: as many as memory allows. "
                    "1: strict, every frame bit-equal to its single run.",
                ),
                sweep.make_input(),
            ],
            outputs=[Frames.Output("frames", display_name="frames")],
        )

    @classmethod
    def validate_inputs(cls, axes=("",), combine=(), make=("",)) -> bool | str:  # is_input_list
        wrong = fault(sweep.check_words, {"combine": combine})
        wrong = wrong or fault(addresses.parse, axes[0] or "")
        return wrong or fault(picks.parse, make[0] or "") or True


class Runner(io.ComfyNode):
    """Stands in no graph: a sweep node expands into it, with the links it needs."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.RUNNER,
            display_name="Cells",
            category="",  # with the next line: no page offers it
            is_deprecated=True,
            description="Makes the cells of a sweep, which runs it by itself.",
            is_input_list=True,
            enable_expand=True,
            hidden=[getattr(io.Hidden, name) for name in sweep.CARRIED],
            inputs=[Job.Input("job")],
            outputs=[Frames.Output("frames", display_name="frames")],
        )

    @classmethod
    async def execute(cls, job, **values) -> io.NodeOutput:
        return (await job[0].run(values, cls.hidden)).output()


NODES = [Sweep, Runner]
