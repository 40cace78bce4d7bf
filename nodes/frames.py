"""Frames carried onward: into stock nodes, and into files."""

from __future__ import annotations

from comfy_api.v0_0_2 import io

from .core import limits, node_ids
from .core.errors import fault
from .host.sockets import Frames
from .host.work import contact_sheet, save_frames, unpack_frames

FRAMES = "Frames of a Sweep, Sweep Sampler or Contact Sheet."


class UnpackFrames(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.UNPACK_FRAMES,
            display_name="Unpack Frames",
            category="proofsheet",
            description="Frames as lists: every node that takes one image, latent, text or seed "
            "then runs once for each frame.",
            inputs=[Frames.Input("frames", tooltip=FRAMES)],
            outputs=[
                io.Image.Output("image", display_name="image", is_output_list=True),
                io.Latent.Output("latent", display_name="latent", is_output_list=True),
                io.String.Output("positive", display_name="positive", is_output_list=True),
                io.String.Output("negative", display_name="negative", is_output_list=True),
                io.Int.Output("seed", display_name="seed", is_output_list=True),
                io.String.Output("caption", display_name="caption", is_output_list=True),
                io.String.Output("recipe", display_name="recipe", is_output_list=True),
                io.Video.Output("video", display_name="video", is_output_list=True),
                io.Audio.Output("audio", display_name="audio", is_output_list=True),
            ],
        )

    @classmethod
    def execute(cls, frames) -> io.NodeOutput:
        return io.NodeOutput(*unpack_frames.unpack(frames))


class SaveFrames(io.ComfyNode):
    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id=node_ids.SAVE_FRAMES,
            display_name="Save Frames",
            category="proofsheet",
            description="Saves frames into the output folder. Each file carries the workflow "
            "that makes this one picture alone.",
            is_output_node=True,
            hidden=[io.Hidden.prompt],
            inputs=[
                Frames.Input("frames", tooltip=FRAMES),
                io.String.Input(
                    "filename_prefix",
                    default="proofsheet/%name%_%seed%",
                    tooltip="Folder and name in the output folder. %name% %seed% %number% %id% "
                    "%prompt% %negative% %caption% %row% %column% %width% %height% %year%, "
                    "%date:yyyy-MM-dd%, and %cfg%, %steps% or whatever else varies.",
                ),
                io.Combo.Input(
                    "format",
                    options=[*limits.FORMAT.words],
                    default="png",
                    tooltip="png keeps every pixel and the recipe; webp and jpg are smaller.",
                ),
            ],
        )

    @classmethod
    def validate_inputs(
        cls, filename_prefix: str | None = None, format: str | None = None
    ) -> bool | str:
        wrong = fault(save_frames.check_pattern, filename_prefix or "")
        return wrong or fault(save_frames.check_format, format) or True

    @classmethod
    def fingerprint_inputs(cls, **_inputs) -> str:
        return contact_sheet.freshness()

    @classmethod
    def execute(cls, frames, filename_prefix: str, format: str) -> io.NodeOutput:
        saved = save_frames.save(frames, filename_prefix, format, cls.hidden.prompt)
        return io.NodeOutput(ui={"images": saved})


NODES = [UnpackFrames, SaveFrames]
