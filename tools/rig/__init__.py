"""What turns a bare Python into a running host: cache, environment, host, server, workflows.

    cache.py        where things are kept, and one installer at a time
    environment.py  a virtual environment with the pinned packages of tools/locks/
    host.py         ComfyUI itself: from the package registry, or the user's own folder
    launcher.py     the host's main.py, started where torchvision has no native operators
    server.py       one host process: boot, POST /prompt, wait, read the log, kill
    workflow.py     workflow files of the browser turned into what POST /prompt takes

The standard library only: this runs before anything is installed.
"""
