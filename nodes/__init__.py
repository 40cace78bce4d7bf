"""The whole pack: what can be said without a tensor, what knows ComfyUI, and the nodes.

    core/       axes, cells, seeds, prompts, picks, recipes, the sheet: standard library only
                (drawing the sheet: plus Pillow). Read this and you know the product.
    host/       the code that knows ComfyUI and torch: batching, sampling, noise, the store.
    <topic>.py  node classes: a schema and at most five lines each; `NODES = [...]` at the foot.
    extension.py  joins the NODES lists for the host.

Imports go one way: core imports nothing but itself; host imports core; node files import core,
host and comfy_api; the root file imports extension.py, and only when the host asks for it.
`tests/test_imports.py` holds these arrows.

A good order to read in: core/axes.py, core/plan/cells.py, core/plan/recipe.py,
core/grammar/picks.py, then one node file, then host/sampling/run.py.
"""
