"""What the host is given: every node of the pack."""

from __future__ import annotations

from comfy_api.v0_0_2 import ComfyExtension, io

from . import demo

NODES: list[type[io.ComfyNode]] = [*demo.NODES]


class Extension(ComfyExtension):
    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        return list(NODES)
