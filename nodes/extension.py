"""What the host is given: every node of the pack."""

from __future__ import annotations

from comfy_api.v0_0_2 import ComfyExtension, io

from . import demo, frames, prompts, rows, sampler, seeds, sheet, sweep, values

NODES: list[type[io.ComfyNode]] = [
    *seeds.NODES,
    *prompts.NODES,
    *values.NODES,
    *rows.NODES,
    *sweep.NODES,
    *sampler.NODES,
    *sheet.NODES,
    *frames.NODES,
    *demo.NODES,
]


class Extension(ComfyExtension):
    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        return list(NODES)
