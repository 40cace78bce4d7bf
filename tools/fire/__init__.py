"""Sweeps under fire: a real server is killed, cancelled, starved of memory and disk, and its
store damaged; every frame is then held against one made in peace.

    ground.py    the server, its sweep, and what became of the frames
    faults.py    the faults, one function each
    disk.py      a small disk of its own, where this machine lets us make one
    table.py     what is printed
"""
