"""A sheet of many frames: what scrolls by is always what its number and its row say."""

from __future__ import annotations

from rig.synthetic import fill, manifest

TELL = """async (manifest) => {
    const { api } = await import('/scripts/api.js');
    const output = { proofsheet: [manifest] };
    const detail = { node: '8', display_node: '8', prompt_id: 'long', output };
    api.dispatchEvent(new CustomEvent('executed', { detail }));
}"""
CHECK = """
    const wrong = (cell) => {
        const index = Number(cell.dataset.index);
        const source = cell.querySelector('img')?.getAttribute('src') ?? '';
        const line = cell.closest('.ps-line');
        const row = Math.floor(index / 20);
        const name = `Frame ${index + 1}, seed ${index % 20}, prompt ${row + 1}`;
        const head = line.querySelector('[role=rowheader]').textContent;
        const faults = [
            source && !source.includes(index.toString(16).padStart(16, '0')) && source,
            cell.querySelector('.ps-num').textContent !== String(index + 1) && 'number',
            !cell.ariaLabel.startsWith(name) && cell.ariaLabel,
            cell.ariaColIndex !== String((index % 20) + 1) && 'column',
            line.ariaRowIndex !== String(row + 2) && 'row',
            head !== `${row + 1}  prompt ${row + 1}` && head,
        ];
        return faults.filter(Boolean).map((fault) => `${index + 1}: ${fault}`);
    };
    const check = () => [...document.querySelectorAll('.ps-sheet .ps-cell')].flatMap(wrong);
"""
SCROLL = f"""async (steps) => {{
    {CHECK}
    const sheet = document.querySelector('.ps-sheet');
    const found = new Set();
    for (const [x, y] of steps) {{
        sheet.scrollTo(x, y);
        for (let turn = 0; turn < 2; turn += 1) {{
            await new Promise(requestAnimationFrame);
            for (const fault of check()) found.add(fault);
        }}
    }}
    return [...found].slice(0, 20);
}}"""
RESTED = """() => {
    const sheet = document.querySelector('.ps-sheet');
    const box = sheet.getBoundingClientRect();
    const cells = [...sheet.querySelectorAll('.ps-cell')].filter((cell) => {
        const at = cell.getBoundingClientRect();
        const across = at.right > box.left && at.left < box.right;
        return across && at.bottom > box.top && at.top < box.bottom;
    });
    return cells.length > 20 && cells.every((cell) => {
        const image = cell.querySelector('img');
        return image?.complete && image.naturalWidth;
    });
}"""


ORDERED = """() => {
    const less = (found) => found.every((each, at) => !at || found[at - 1] < each);
    const rising = (found) => found.length > 3 && less(found);
    const column = (cell) => Number(cell.ariaColIndex);
    const lines = [...document.querySelectorAll('.ps-sheet .ps-line')];
    const columns = (line) => [...line.querySelectorAll('.ps-cell')].map(column);
    return rising(lines.map((line) => Number(line.ariaRowIndex)))
        && lines.every((line) => less(columns(line)));
}"""


def test_what_scrolls_by_is_what_it_says(desk, workflow):
    page = desk.page
    fill(desk.server.output, 400)
    desk.load(workflow(4400))
    page.evaluate(TELL, manifest(400))
    desk.wait_status("400 frames")
    page.wait_for_function(RESTED)
    down = [[0, y] for y in range(0, 1800, 90)]
    across = [[x, 700 + x] for x in range(0, 600, 40)]
    jumps = [[(at * 331) % 700, (at * 977) % 1700] for at in range(40)]
    assert page.evaluate(SCROLL, down + down[::-1] + across + jumps) == []
    page.wait_for_function(RESTED)
    page.wait_for_function(ORDERED)
    desk.shoot("rested")
    assert page.locator(".ps-sheet .ps-cell").count() < 250
    page.locator(".ps-sheet .ps-cell.is-focus").focus()
    page.keyboard.press("Control+End")
    page.wait_for_function("() => document.activeElement.dataset.index === '399'")
    page.wait_for_function(RESTED)
    assert page.evaluate(SCROLL, [[700, 1800]]) == []
    page.wait_for_function(ORDERED)
    assert page.evaluate("() => document.activeElement.dataset.index") == "399"
    desk.shoot("last")
