"""From a bare Python to a contact sheet made by a real ComfyUI.

    python tools/demo.py                  run the example, print where the sheet and frames lie
    python tools/demo.py --serve          then leave ComfyUI running and print its address
    python tools/demo.py --open           ... and open it in the browser
    python tools/demo.py --comfyui PATH   use your own ComfyUI; nothing is downloaded

The first run installs what it needs in a cache outside this folder; later runs install nothing.
Frames stay in the output folder, so a second run samples only what is not there yet.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import uuid
import webbrowser
from pathlib import Path
from typing import Any

from client import manifests, place
from rig.cache import RigError, cache_folder, say
from rig.host import chosen_host, host_options
from rig.progress import Progress
from rig.server import Refused, Server
from rig.websocket import EventStream
from rig.workflow import to_prompt

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "example_workflows" / "seed and prompt sweep.json"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    host_options(parser)
    parser.add_argument("--output", type=Path, default=ROOT / "demo_output", help="for pictures")
    parser.add_argument("--workflow", type=Path, default=EXAMPLE, help="a saved workflow to run")
    parser.add_argument("--serve", action="store_true", help="leave ComfyUI running")
    parser.add_argument("--open", action="store_true", help="... and open it in the browser")
    return parser.parse_args()


def main() -> int:
    options = parse()
    try:
        host = chosen_host(options)
        output = options.output.expanduser().resolve()
        say(f"Starting ComfyUI {host.version} on the CPU ...")
        server = Server(host, cache_folder() / "demo", output=output)
        server.log_file.unlink(missing_ok=True)
        with server:
            good = show(server, options.workflow)
            if options.serve or options.open:
                serve(server, options.open)
    except RigError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. What is done is kept; the same command goes on from there.")
        return 130
    return 0 if good else 1


def show(server: Server, path: Path) -> bool:
    """Run a workflow file and say what came of it."""
    workflow = json.loads(path.read_text(encoding="utf-8"))
    started = time.monotonic()
    try:
        prompt = to_prompt(workflow, server.get("/object_info"))
        entry = run(server, prompt, workflow)
    except (Refused, ValueError) as error:
        say(f"{path.name} was not run: {error}\nThe host's log: {server.log_file}")
        return False
    if entry["status"]["status_str"] != "success":
        say(f"{path.name} ended badly; the host's log: {server.log_file}")
        return False
    say(f"Done in {time.monotonic() - started:.1f} s")
    report(server.output, entry["outputs"])
    return True


def run(server: Server, prompt: dict[str, Any], workflow: dict[str, Any]) -> dict[str, Any]:
    client_id = uuid.uuid4().hex
    with EventStream(server.port, client_id) as events:
        extra = {"extra_pnginfo": {"workflow": workflow}}
        prompt_id = server.queue(prompt, client_id=client_id, extra_data=extra)
        Progress(prompt, prompt_id).follow(events)
    return server.wait(prompt_id)


def report(output: Path, outputs: dict[str, Any]) -> None:
    for manifest in manifests(outputs):
        say(f"\nFrames of sweep {manifest['sweep']}:")
        for frame in manifest["frames"]:
            found = output / place(frame["image"]) if frame["image"] else frame["error"]
            say(f"  {frame['number']:3}  {frame['caption']}  {found}")
    saved = [image for one in outputs.values() for image in one.get("images", [])]
    if saved := [image for image in saved if image["type"] == "output"]:
        say("\nSaved:")
    for image in saved:
        say(f"  {output / place(image)}")
    for manifest in manifests(outputs):
        say(f"\nSheet: {output / place(manifest['sheet'])}")


def serve(server: Server, browse: bool) -> None:
    say(f"\nComfyUI is running at {server.url} (its log: {server.log_file}). Ctrl-C ends it.")
    if browse:
        webbrowser.open(server.url)
    while server.alive:
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
