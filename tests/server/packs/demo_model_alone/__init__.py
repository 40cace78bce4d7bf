"""The Demo Model node and nothing else of the pack: what a checkpoint file would be to a host
that recipes are sent to. Its `pack` is a link to the checkout."""

import importlib.util
import sys
from pathlib import Path

from comfy_api.v0_0_2 import ComfyExtension

ROOT = Path(__file__).resolve().parents[4]
NAME = "proofsheet_demo_model_alone"


def demo_nodes():
    spec = importlib.util.spec_from_file_location(
        NAME, ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    sys.modules[NAME] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[NAME])
    return importlib.import_module(f"{NAME}.nodes.demo").NODES


class Alone(ComfyExtension):
    async def get_node_list(self):
        return list(demo_nodes())


async def comfy_entrypoint():
    return Alone()
