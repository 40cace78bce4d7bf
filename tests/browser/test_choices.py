"""The dialog of choices on the real page: search, keys, ranges, order, and what it gives back."""

from __future__ import annotations

import itertools
import json
import shutil

from desk import two_pages
from rig.server import PACK

FIRST = ["ink", "film", "soft", "pixel", "paper", "neon", "oil", "line", "retro", "cloud", "clay",
         "wood", "glass", "sand", "mist"]  # fmt: skip
SECOND = ["wash", "grain", "edges", "glow", "cut", "tone", "noise", "study", "sketch", "portrait"]
FOLDERS = ["", "people/", "styles/"]
LORAS = [
    f"{FOLDERS[(i % 3 > 0) + (i % 7 > 0 and i % 3 > 0)]}"
    f"{FIRST[i // 200]}_{SECOND[i % 10]}_v{i // 10 % 20 + 1}.safetensors"
    for i in range(3000)
]
OPEN = """async asked => {
    const [mine] = (await (await fetch('api/extensions')).json())
        .filter(path => path.endsWith('/main.js') && path.includes('roofsheet'));
    const at = new URL(mine.replace('main.js', 'choices/choices_dialog.js'), location.href);
    const { openChoices } = await import(at.href);
    if (asked.pictures) asked.thumb = name => `/view?${new URLSearchParams(
        { filename: name, subfolder: 'pictures', type: 'input' })}`;
    window.answered = undefined;
    const began = performance.now();
    openChoices(asked).then(answer => { window.answered = answer; });
    window.opening = performance.now() - began;
}"""
ACTIVE = """() => {
    const id = document.activeElement.getAttribute('aria-activedescendant');
    return document.getElementById(id).querySelector('.name').title;
}"""
ANSWERED = "() => window.answered !== undefined"
LOADED = """() => {
    const images = [...document.querySelectorAll('.ps-tiles img')];
    return images.length && images.every(image => image.complete && image.naturalWidth);
}"""
QUEUED = "() => window.queued"
ASKED = {
    "widget": "lora_name",
    "node": "Load LoRA",
    "noun": "LoRA",
    "options": LORAS,
    "current": LORAS[0],
    "others": [{"name": "prompt", "count": 3}, {"name": "seed", "count": 4}],
}


class Dialog:
    def __init__(self, desk, **asked):
        self.desk, self.page = desk, desk.page
        self.page.evaluate(OPEN, {**ASKED, **asked})
        self.element = self.page.locator("dialog.ps-choices")
        self.find = self.element.get_by_role("combobox")
        self.list = self.element.get_by_role("listbox").first
        self.order = self.element.get_by_role("listbox").last

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def active(self):
        """The choice that readers are told of."""
        return self.page.evaluate(ACTIVE)

    def count(self):
        return self.element.locator(".ps-tools2 [role=status]").inner_text()

    def foot(self):
        return self.element.locator("footer p").inner_text()

    def ordered(self):
        return [line.get_attribute("title") for line in self.order.get_by_role("option").all()]

    def answer(self):
        self.page.wait_for_function(ANSWERED)
        return self.page.evaluate("() => window.answered")

    def shoot(self, step):
        self.desk.shoot(step)


@two_pages
def test_ticks_by_keys(desk):
    desk.page.evaluate("() => { window.app.queuePrompt = () => { window.queued = true; }; }")
    desk.page.evaluate(
        "() => { const b = document.createElement('button');"
        " b.id = 'back'; document.body.append(b); b.focus(); }"
    )
    dialog = Dialog(desk)
    assert dialog.count() == "3,000 shown · 1 ticked"
    assert dialog.foot() == "1 LoRA × 3 prompts × 4 seeds = 12 frames"
    assert dialog.list.get_by_role("option").count() <= 16 + 8 + 1
    first = dialog.list.get_by_role("option").first
    assert first.get_attribute("aria-setsize") == "3000"
    assert first.get_attribute("aria-selected") == "true"

    # the search keeps the focus while the keys go through the list
    dialog.page.keyboard.type("ink styles")
    styles = [name for name in LORAS if "ink" in name and "styles" in name]
    assert dialog.count() == f"{len(styles)} shown · 1 ticked"
    dialog.press("ArrowDown", "Enter", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown")
    assert dialog.active() == styles[4]
    assert dialog.ordered() == [LORAS[0], *styles[1:5]]
    dialog.shoot("search")
    dialog.press("Escape")
    assert dialog.find.input_value() == ""
    dialog.press("PageDown")
    assert dialog.page.evaluate("() => document.activeElement.role") == "combobox"

    # the order of the sheet
    dialog.order.focus()
    dialog.press("ArrowDown", "Alt+ArrowUp", "End", "Delete")
    assert dialog.ordered() == [styles[1], LORAS[0], *styles[2:4]]

    # many are asked for
    dialog.find.focus()
    dialog.press("Control+a")
    ask = dialog.element.get_by_role("button", name="Tick 2,996?")
    assert ask.evaluate("button => button === document.activeElement")
    dialog.press("Tab")
    assert dialog.element.get_by_role("button", name="Tick all shown").count() == 1
    dialog.find.focus()

    dialog.press("Control+Enter")
    assert dialog.answer() == {"values": [styles[1], LORAS[0], *styles[2:4]], "pattern": ""}
    assert dialog.page.evaluate("() => document.activeElement.id") == "back"
    assert not dialog.page.evaluate(QUEUED)


@two_pages
def test_ticks_by_mouse_and_a_pattern(desk):
    names = [name for name in LORAS if "/" not in name]
    dialog = Dialog(desk, options=names, ticked=["old.safetensors", names[3], names[5]])
    notice = dialog.element.locator(".ps-notice")
    assert notice.inner_text().split("\n")[0] == "old.safetensors is not there any more."
    dialog.shoot("gone")
    dialog.element.get_by_role("button", name="Take it out").click()
    assert dialog.ordered() == [names[3], names[5]]

    option = dialog.list.get_by_role("option")
    option.nth(6).click()
    option.nth(9).click(modifiers=["Shift"])
    assert dialog.ordered() == [names[3], names[5], *names[6:10]]
    lines = dialog.order.get_by_role("option")
    lines.nth(0).drag_to(lines.nth(4))
    assert dialog.ordered() == [names[5], *names[6:9], names[3], names[9]]

    dialog.find.fill("ink")
    dialog.element.get_by_role("button", name="Use ink_*").click()
    assert dialog.ordered() == ["ink_*"]
    ink = [name for name in names if name.startswith("ink_")]
    dialog.shoot("pattern")
    dialog.element.get_by_role("button", name=f"Sweep {len(ink)}").click()
    assert dialog.answer() == {"values": ink, "pattern": "ink_*"}


def test_nothing_ticked_and_cancel(newest):
    dialog = Dialog(newest, options=["euler", "heun"], noun="sampler", current="gone")
    dialog.element.get_by_role("button", name="Untick all").click()
    assert dialog.foot() == "Nothing ticked. Tick with Space or a click."
    dialog.element.get_by_role("button", name="Sweep", exact=True).click(force=True)
    assert dialog.element.is_visible()
    dialog.find.fill("zz")
    assert "Nothing has this in its name." in dialog.element.inner_text()
    dialog.shoot("none")
    dialog.press("Escape", "Escape")
    assert dialog.answer() is None
    assert json.dumps(newest.errors) == "[]"


def test_pictures_are_loaded_when_they_are_seen(newest):
    desk = newest
    folder = desk.server.base / "input" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    pictures = sorted((PACK / "example_workflows").glob("*.jpg"))
    names = [f"castle-{1000 + i}.jpg" for i in range(214)]
    for name, picture in zip(names, itertools.cycle(pictures)):
        shutil.copy(picture, folder / name)
    asked = set()
    desk.page.on("request", lambda request: "/view?" in request.url and asked.add(request.url))
    about = {"options": names, "noun": "picture", "widget": "image", "node": "Load Image"}
    dialog = Dialog(desk, **about, current=names[1], pictures=True)
    seen = dialog.list.locator("img")
    desk.page.wait_for_function(LOADED)
    assert 8 <= seen.count() <= 16
    assert len(asked) <= seen.count()  # and what is ticked is among them
    dialog.press(*["Tab"] * 4, "ArrowRight", "Space", "ArrowDown", "Space")
    desk.page.wait_for_function(LOADED)
    dialog.shoot("tiles")
    dialog.press("End")
    desk.page.wait_for_function(LOADED)
    assert len(asked) <= 2 * 16
    dialog.press("Control+Enter")
    assert dialog.answer()["values"] == [names[1], names[2], names[6]]
