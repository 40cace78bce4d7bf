"""The model that needs no download."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import node_ids
from .core.demo_words import describe_words
from .host.demo.demo_model import fingerprint, load_demo_model


class DemoModel(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.DEMO_MODEL,
            display_name="Demo Model",
            category="proofsheet",
            description=(
                "A tiny text-to-image model that comes with this pack: flat landscapes at "
                "128 x 128, fast on a CPU. Use it to try a sweep before loading a large model.\n\n"
                f"Words it knows (others are ignored):\n{describe_words()}"
            ),
            inputs=[],
            outputs=[
                io.Model.Output(display_name="MODEL", tooltip="The denoiser."),
                io.Clip.Output(display_name="CLIP", tooltip="The encoder of the words it knows."),
                io.Vae.Output(display_name="VAE", tooltip="Turns latents into pictures and back."),
            ],
        )

    @classmethod
    def fingerprint_inputs(cls) -> str:
        return fingerprint()

    @classmethod
    def execute(cls) -> io.NodeOutput:
        return io.NodeOutput(*load_demo_model())


NODES = [DemoModel]
