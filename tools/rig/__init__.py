"""What turns a bare Python into a running host, a browser, and the checkers of the tests.

    cache.py        where things are kept, and one installer at a time
    commands.py     long commands: a log, and one line of progress on the screen
    environment.py  a virtual environment with the pinned packages of tools/locks/
    host.py         ComfyUI itself: from the package registry, or the user's own folder
    launcher.py     the host's main.py, started where torchvision has no native operators
    server.py       one host process: boot, POST /prompt, wait, read the log, kill
    websocket.py    the host's events
    progress.py     a run's progress on the screen, from those events
    workflow.py     workflow files of the browser turned into what POST /prompt takes
    node.py         Node.js and the checkers of the npm registry
    browser.py      a Chromium
    devtools.py     one page of it, driven without a listener on every request
    synthetic.py    a long sheet that nobody sampled
    usage.py        processor time and memory of a process, on Linux
    reports.py      what the test runners counted

The standard library only: this runs before anything is installed.
"""
