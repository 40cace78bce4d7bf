"""The whole pack, room by room.

    core/           what can be said without a tensor: read it and you know the product
      errors, axes, frames, limits, node_ids: the words that every room shares
      text/         text as people read it: letters, directions, line breaks, what differs
      grammar/      the texts that people write: prompts, seeds, values, axes, picks, file names
      plan/         what a sweep will make, told from the graph alone: sources, cuts, cells, recipes
      sheet/        what stands on the sheet, in which words, and where
      drawing/      the sheet drawn, in fonts that have the letters
      manifest      what a run made, for the page and for programs: above all the others
      demo_words    the words that the demo model knows
    host/           the code that knows ComfyUI and torch
      settings, sockets: what the user sets, what runs between the nodes
      store/        frames on disk, found by id, and whether they are whole
      sampling/     rows of sampler nodes: which of them share a call, their noise, what is told
      plan/         the plan made on the running host: its graph, its files, its node classes
      work/         what each node does: a sweep is sweep, making, runner, cut_values
      demo/         the model that needs no download
    <topic>.py      node classes: a schema and at most five lines each; `NODES = [...]` at the foot
    extension.py    joins the NODES lists for the host

Imports go one way. core is the standard library (drawing: plus Pillow) and itself: the words and
text, then grammar and sheet, then plan and drawing, then manifest; plan and sheet do not know each
other. host is core, ComfyUI and itself: store, then sampling and plan, then work; demo knows none
of them. A node file imports core, host and comfy_api, never another; the root file imports
extension.py, and only when the host asks for it. `tests/test_imports.py` holds these arrows.

A good order to read in: core/axes.py, core/plan/{graph,sources,cuts,cells,recipe}.py,
core/grammar/picks.py, then one node file, then host/work/{sweep,making,runner}.py.
"""
