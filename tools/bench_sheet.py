"""How the Contact Sheet does with many frames, in headless Chromium on the real host.

    python tools/bench_sheet.py [--frames 1000] [--comfyui PATH]

Puts synthetic frames into a store, tells the page of them as the server would (`executed`), and
measures how soon the first thumbnails are on the screen, and how many frames a second it draws
while the sheet is scrolled from end to end in four seconds: at once, and when the page has loaded
the other thumbnails. Beside it, bare pictures in the place of the sheet, all of them loaded before:
what the machine can do at best. For both frontends and both kinds of nodes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rig.browser import chromium
from rig.cache import say
from rig.environment import environment
from rig.host import NEWEST_FRONTEND, Host, own_host, unpacked, users_host
from rig.server import PACK, Server

EXAMPLE = PACK / "example_workflows" / "seed and prompt sweep.json"
ARGUMENTS = [
    "--no-sandbox",
    "--use-gl=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing but our host
]
EDGE = 256  # of a thumbnail
SEEDS = 20  # columns
READY = "() => window.app?.extensionManager && !!customElements.get('proofsheet-face')"
TELL = """async (manifest) => {
    const { api } = await import('/scripts/api.js');
    const shown = () => {
        const sheet = document.querySelector('.ps-sheet');
        const cells = [...document.querySelectorAll('.ps-sheet .ps-cell')];
        const box = sheet?.getBoundingClientRect();
        const seen = cells.filter((cell) => {
            const at = cell.getBoundingClientRect();
            const across = at.right > box.left && at.left < box.right;
            return across && at.bottom > box.top && at.top < box.bottom;
        });
        const images = seen.map((cell) => cell.querySelector('img'));
        return seen.length > 0 && images.every((image) => image?.complete && image.naturalWidth);
    };
    const start = performance.now();
    const output = { proofsheet: [manifest] };
    const detail = { node: '8', display_node: '8', prompt_id: 'bench', output };
    api.dispatchEvent(new CustomEvent('executed', { detail }));
    while (!shown()) await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""
BARE = """async () => {
    const sheet = document.querySelector('.ps-sheet');
    const size = sheet.querySelector('.ps-pic').offsetWidth;
    const step = parseFloat(sheet.querySelector('.ps-line').style.height) + 12;
    const { frames } = sheet.closest('proofsheet-face').model;
    const bare = document.createElement('div');
    bare.className = 'bench';
    bare.style.cssText = 'position: relative; contain: strict; flex: 1 1 0; overflow: auto;';
    frames.forEach(({ id }, index) => {
        const image = new Image();
        const [x, y] = [152 + (index % 20) * (size + 8), Math.floor(index / 20) * step];
        image.style.cssText = `position: absolute; left: ${x}px; top: ${y}px; width: ${size}px`;
        const file = { filename: `${id}.webp`, type: 'output' };
        file.subfolder = `proofsheet/store/${id.slice(0, 2)}`;
        image.src = `/view?${new URLSearchParams(file)}`;
        bare.append(image);
    });
    sheet.replaceWith(bare);
    await Promise.all([...bare.children].map((image) => image.decode()));
}"""
LOADED = "() => !document.querySelector('proofsheet-face').ahead.busy"
SCROLL = """async (where) => {
    const sheet = document.querySelector(where);
    const times = [];
    const seconds = 4;
    const start = performance.now();
    for (let now = start; now - start < seconds * 1000;) {
        const next = await new Promise(requestAnimationFrame);
        times.push(next - now);
        now = next;
        const share = (now - start) / (seconds * 1000);
        sheet.scrollTop = share * (sheet.scrollHeight - sheet.clientHeight);
    }
    const cells = document.querySelectorAll('.ps-sheet .ps-cell').length;
    times.sort((a, b) => a - b);
    const fps = (1000 * times.length) / times.reduce((a, b) => a + b, 0);
    return { fps, p95: times[Math.floor(times.length * 0.95)], cells };
}"""


def manifest(count: int) -> dict[str, Any]:
    prompts = [f"prompt {number}" for number in range(1, count // SEEDS + 1)]
    axes = [
        {"name": "prompt", "labels": prompts, "values": [f"a {name}" for name in prompts]},
        {"name": "seed", "labels": [str(s) for s in range(SEEDS)], "values": list(range(SEEDS))},
    ]
    frames = [frame(number, prompts) for number in range(len(prompts) * SEEDS)]
    picks = {"text": "", "ids": [], "earlier": [], "gone": []}
    shape = {"rows": len(prompts), "columns": SEEDS, "constants": {"steps": 20}}
    return {"version": 1, "sweep": "bench", "axes": axes, "frames": frames, "picks": picks, **shape}


def frame(index: int, prompts: list[str]) -> dict[str, Any]:
    name, seed = prompts[index // SEEDS], index % SEEDS
    texts = {"positive": f"a {name}", "negative": "", "values": {"prompt": name, "seed": seed}}
    size = {"width": 2 * EDGE, "height": 2 * EDGE}
    return (
        {"number": index + 1, "id": f"{index:016x}", "status": "done", "seed": seed} | texts | size
    )


def fill(output: Path, count: int) -> None:
    """Thumbnails in the store; a few pictures, each in many files."""
    from PIL import Image

    pictures = []
    for shade in range(16):
        picture = Image.linear_gradient("L").rotate(shade * 20).resize((EDGE, EDGE))
        colours = Image.merge("RGB", (picture, picture.rotate(90), picture.rotate(180)))
        file = output / f"{shade}.webp"
        colours.save(file, quality=80)
        pictures.append(file.read_bytes())
    for index in range(count):
        name = f"{index:016x}"
        folder = output / "proofsheet" / "store" / name[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.webp").write_bytes(pictures[index % len(pictures)])


def measure(server: Server, browser: Any, nodes: str, count: int) -> None:
    settings = {"Comfy.TutorialCompleted": True, "Comfy.VueNodes.Enabled": nodes == "Nodes 2.0"}
    server.post("/api/settings", settings)
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    page.goto(server.url, wait_until="domcontentloaded", timeout=120_000)
    page.wait_for_function(READY, timeout=120_000)
    page.wait_for_timeout(1500)
    workflow = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    page.evaluate("workflow => window.app.loadGraphData(workflow)", workflow)
    page.wait_for_selector(".ps-empty", timeout=60_000)
    page.wait_for_timeout(1500)
    first = page.evaluate(TELL, manifest(count))
    page.wait_for_timeout(1000)
    found = page.evaluate(SCROLL, ".ps-sheet")
    page.wait_for_function(LOADED, timeout=60_000)
    later = page.evaluate(SCROLL, ".ps-sheet")
    page.evaluate(BARE)
    page.wait_for_timeout(1000)
    bare = page.evaluate(SCROLL, ".bench")
    page.close()
    say(
        f"  {nodes:10} first thumbnails {first:6.0f} ms   scrolling {found['fps']:5.1f} frames/s "
        f"at once, {later['fps']:5.1f} (95 % within {later['p95']:.0f} ms) when all are loaded, "
        f"bare pictures {bare['fps']:5.1f}; {found['cells']} cells in the page"
    )


def run(host: Host, count: int) -> None:
    from playwright.sync_api import sync_playwright

    newest = str(unpacked(NEWEST_FRONTEND, "comfyui_frontend_package/static/"))
    for frontend, arguments in (("1.32.9", []), ("1.58.1", ["--front-end-root", newest])):
        with (
            tempfile.TemporaryDirectory() as base,
            Server(host, Path(base), arguments=arguments) as server,
            sync_playwright() as playwright,
        ):
            fill(server.output, count)
            browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            say(f"{count} frames, frontend {frontend}")
            for nodes in ("classic", "Nodes 2.0"):
                measure(server, browser, nodes, count)
            browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=int, default=1000)
    parser.add_argument("--comfyui", type=Path, help="the folder of your own ComfyUI")
    options = parser.parse_args()
    if importlib.util.find_spec("playwright") is None:
        python = environment("host", "test", "browser")
        return subprocess.run([str(python), __file__, *sys.argv[1:]]).returncode
    run(users_host(options.comfyui) if options.comfyui else own_host(), options.frames)
    return 0


if __name__ == "__main__":
    sys.exit(main())
