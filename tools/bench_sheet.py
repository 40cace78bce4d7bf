"""How the Contact Sheet does with many frames, in headless Chromium on the real host.

    python tools/bench_sheet.py [--frames 1000] [--turns 1] [--comfyui PATH [--python PROGRAM]]

Puts synthetic frames into a store, tells the page of them as the server would (`executed`), and
measures how soon the first thumbnails are on the screen, and how many frames a second it draws
while the sheet is scrolled from end to end in four seconds: at once, and when the page has loaded
the other thumbnails. Beside it, bare pictures in the place of the sheet, all of them loaded before:
what the machine can do at best. For both frontends and both kinds of nodes.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from rig.cache import say
from rig.devtools import dev_page
from rig.environment import environment
from rig.host import NEWEST_FRONTEND, Host, chosen_host, host_options, unpacked
from rig.server import PACK, Server
from rig.synthetic import fill, manifest

EXAMPLE = PACK / "example_workflows" / "seed and prompt sweep.json"
READY = "() => window.app?.extensionManager && !!customElements.get('proofsheet-face')"
OPEN = "workflow => window.app.loadGraphData(workflow).then(() => true)"
TELL = """async (manifest) => {
    const { api } = await import('/scripts/api.js');
    const seen = () => {
        const box = document.querySelector('.ps-sheet').getBoundingClientRect();
        return [...document.querySelectorAll('.ps-sheet .ps-cell')].filter((cell) => {
            const at = cell.getBoundingClientRect();
            const across = at.right > box.left && at.left < box.right;
            return across && at.bottom > box.top && at.top < box.bottom;
        });
    };
    const loaded = (cell) => {
        const image = cell.querySelector('img');
        return image?.complete && image.naturalWidth;
    };
    const shown = (cells) => cells.length > 0 && cells.every(loaded);
    let cells = [];
    const start = performance.now();
    const output = { proofsheet: [manifest] };
    const detail = { node: '8', display_node: '8', prompt_id: 'bench', output };
    api.dispatchEvent(new CustomEvent('executed', { detail }));
    // Where they are is looked up rarely: it makes the page lay itself out.
    while (!shown(cells) || !shown((cells = seen()))) {
        await new Promise(requestAnimationFrame);
        if (!cells[0]?.isConnected) cells = seen();
    }
    return { time: performance.now() - start, cells: cells.length };
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
LOADED = "() => document.querySelector('proofsheet-face').grid.thumbs.isIdle"
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


async def measure(server: Server, nodes: str, count: int) -> None:
    settings = {"Comfy.TutorialCompleted": True, "Comfy.VueNodes.Enabled": nodes == "Nodes 2.0"}
    server.post("/api/settings", settings)
    async with dev_page(1600, 1000) as page:
        await page.call("Page.navigate", url=server.url)
        await asyncio.sleep(2)
        await page.until(READY)
        await asyncio.sleep(1.5)
        await page.run(OPEN, json.loads(EXAMPLE.read_text(encoding="utf-8")))
        await page.until("() => !!document.querySelector('.ps-empty')")
        await asyncio.sleep(1.5)
        first = await page.run(TELL, manifest(count))
        await asyncio.sleep(1)
        found = await page.run(SCROLL, ".ps-sheet")
        await page.until(LOADED)
        later = await page.run(SCROLL, ".ps-sheet")
        await page.run(BARE)
        await asyncio.sleep(1)
        bare = await page.run(SCROLL, ".bench")
    say(
        f"  {nodes:9}  first {first['cells']} thumbnails {first['time']:4.0f} ms   scrolling "
        f"{found['fps']:4.1f} frames/s at once, {later['fps']:4.1f} (95 % within "
        f"{later['p95']:.0f} ms) when all are loaded, bare pictures {bare['fps']:4.1f}; "
        f"{found['cells']} cells in the page"
    )


def run(host: Host, count: int, turns: int) -> None:
    newest = str(unpacked(NEWEST_FRONTEND, "comfyui_frontend_package/static/"))
    for frontend, arguments in (("1.32.9", []), ("1.58.1", ["--front-end-root", newest])):
        with (
            tempfile.TemporaryDirectory() as base,
            Server(host, Path(base), arguments=arguments) as server,
        ):
            fill(server.output, count)
            say(f"{count} frames, frontend {frontend}")
            for nodes in ("classic", "Nodes 2.0") * turns:
                asyncio.run(measure(server, nodes, count))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=1)
    host_options(parser)
    options = parser.parse_args()
    if importlib.util.find_spec("aiohttp") is None:
        python = environment("host")
        return subprocess.run([str(python), __file__, *sys.argv[1:]]).returncode
    run(chosen_host(options), options.frames, options.turns)
    return 0


if __name__ == "__main__":
    sys.exit(main())
