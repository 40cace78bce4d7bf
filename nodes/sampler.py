"""Sweep Sampler: every cell of a sweep, sampled in exact batches into the store."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .core.grammar import picks
from .host.sockets import FIXED, SAMPLERS, SCHEDULERS, Frames
from .host.work import sweep


class SweepSampler(sweep.SweepNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.SWEEP_SAMPLER,
            display_name="Sweep Sampler",
            category="proofsheet",
            description="Samples every combination of the lists that reach it, each frame exactly "
            "as its own KSampler run would make it. Frames are kept in the store: only new ones "
            "are sampled, and a stopped sweep goes on where it stopped.",
            is_input_list=True,
            enable_expand=True,
            hidden=[io.Hidden.unique_id, io.Hidden.dynprompt],
            inputs=[
                io.Model.Input("model", lazy=True, tooltip="The model, or a list of models."),
                io.Conditioning.Input(
                    "positive",
                    lazy=True,
                    tooltip="What to draw. Prompt Batch through CLIP Text Encode gives a list.",
                ),
                io.Conditioning.Input(
                    "negative",
                    lazy=True,
                    tooltip="What to avoid: one for all, or one for each positive.",
                ),
                io.Latent.Input(
                    "latent_image",
                    lazy=True,
                    tooltip="Where sampling starts. Every row of a batch is a value of its own.",
                ),
                io.Vae.Input("vae", lazy=True, tooltip="Decodes the frames."),
                io.Int.Input(
                    "seed",
                    lazy=True,
                    default=0,
                    min=limits.SEED.low,
                    max=limits.SEED.high,
                    control_after_generate=FIXED,
                    tooltip="The seed of the noise. Connect Seed Sweep for many.",
                ),
                io.Int.Input(
                    "steps",
                    lazy=True,
                    default=20,
                    min=limits.STEPS.low,
                    max=limits.STEPS.high,
                    tooltip="Denoising steps for each frame.",
                ),
                io.Float.Input(
                    "cfg",
                    lazy=True,
                    default=7.0,
                    min=limits.CFG.low,
                    max=limits.CFG.high,
                    step=0.1,
                    round=0.01,
                    tooltip="How closely to follow the prompt (classifier-free guidance).",
                ),
                io.Combo.Input(
                    "sampler_name",
                    lazy=True,
                    options=SAMPLERS,
                    tooltip="The sampling method. All of the host's give exact frames; the few "
                    "that cannot in a batch run one frame at a time.",
                ),
                io.Combo.Input(
                    "scheduler",
                    lazy=True,
                    options=SCHEDULERS,
                    tooltip="How noise is taken away over the steps.",
                ),
                io.Float.Input(
                    "denoise",
                    lazy=True,
                    default=1.0,
                    min=limits.DENOISE.low,
                    max=limits.DENOISE.high,
                    step=0.01,
                    tooltip="How much of the latent is made anew; below 1 keeps its composition.",
                ),
                io.Combo.Input(
                    "combine",
                    options=[*limits.COMBINE.words],
                    default=limits.EVERY_COMBINATION,
                    tooltip="Multiply all lists with each other, or pair their values up "
                    "first with first, second with second.",
                ),
                io.Int.Input(
                    "batch_size",
                    default=0,
                    min=limits.BATCH_SIZE.low,
                    max=limits.BATCH_SIZE.high,
                    tooltip="Frames sampled at once. 0: as many as memory allows. "
                    "1: strict, every frame bit-equal to its single run.",
                ),
                sweep.make_input(),
            ],
            outputs=[Frames.Output("frames", display_name="frames")],
        )

    @classmethod
    def validate_inputs(
        cls, sampler_name=(), scheduler=(), combine=(), make=("",)
    ) -> bool | str:  # lists: the node is_input_list
        given = {"sampler_name": sampler_name, "scheduler": scheduler, "combine": combine}
        return fault(sweep.check_words, given) or fault(picks.parse, make[0] or "") or True


NODES = [SweepSampler]
