"""The parts of tools/bench.py.

turns.py     ways to the same end, by turns, and what is said of them
graphs.py    the graphs that are posted
inside.py    in the host's own process, without a server
servers.py   through servers: with this pack, with version 0.1, without any
versions.py  earlier versions of this pack, from git
loop/        a pack for the bare host: its own nodes in a loop over batches
quick/       a pack that decodes at once: pictures of any size, where only memory counts
"""
