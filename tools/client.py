"""The smallest client of the API: no browser, no client_id, the standard library only.

    python tools/client.py prompt.json [http://127.0.0.1:8188]

`prompt.json` is a graph in ComfyUI's API format (Workflow > Export (API) in the browser).
"""

from __future__ import annotations

import json
import sys
import time
import urllib.request


def call(url: str, body: dict | None = None) -> dict:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def run(server: str, prompt: dict) -> dict:
    """Queue a graph, wait for its end, give its outputs by node id."""
    prompt_id = call(f"{server}/prompt", {"prompt": prompt})["prompt_id"]
    while not (history := call(f"{server}/history/{prompt_id}")):
        time.sleep(0.5)
    entry = history[prompt_id]
    if entry["status"]["status_str"] != "success":
        raise SystemExit(json.dumps(entry["status"]["messages"][-1], indent=1))
    return entry["outputs"]


def manifests(outputs: dict) -> list[dict]:
    """What each Contact Sheet of the graph says: axes, frames, picks, the sheet's file."""
    return [found for output in outputs.values() for found in output.get("proofsheet", [])]


def place(file: dict) -> str:
    """Where a file lies under the host's output folder."""
    return "/".join(part for part in (file["subfolder"], file["filename"]) if part)


def main() -> None:
    path, server = sys.argv[1], (sys.argv[2:] or ["http://127.0.0.1:8188"])[0]
    with open(path, encoding="utf-8") as file:
        outputs = run(server, json.load(file))
    for manifest in manifests(outputs):
        for frame in manifest["frames"]:
            image = place(frame["image"]) if frame["image"] else frame["error"]
            print(frame["number"], frame["status"], frame["seed"], frame["positive"], image)
        print("sheet:", place(manifest["sheet"]) if manifest["sheet"] else manifest["notice"])


if __name__ == "__main__":
    main()
