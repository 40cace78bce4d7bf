"""What can be said without a tensor, in the standard library (drawing: plus Pillow).

axis     one thing that varies: a name, its values, a label for each. Seeds and prompts are axes
cell     one combination of axis values
sweep    the ordered cells of one run, with their axes
recipe   the graph, without sweep nodes, that makes one cell's picture alone
frame    what a recipe made, found by its id: picture, latent, recipe
store    frames on disk, found by id
sheet    frames arranged on a grid for looking; also the picture of it
pick     a frame chosen on the sheet; a keeper is a pick carried over to later sweeps
"""
