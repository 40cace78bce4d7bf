import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.drawing import font_choice
from pack.nodes.core.drawing.font_choice import (
    FOLDER,
    bundled,
    describe,
    face_for,
    font_folders,
    script,
)
from pack.nodes.core.drawing.font_coverage import NOTHING, count_faces, coverage
from pack.nodes.core.drawing.text_setter import Setter
from pack.nodes.core.sheet.typesetting import Line, Style
from pack.nodes.core.text.arabic import joined
from pack.nodes.core.text.bidi import mirrored, right_to_left, visual_runs
from PIL import Image, ImageFont, features

STYLE = Style(20)
ADLAM = "\U0001e900\U0001e923"
SAMPLES = {
    "Latin": "a lighthouse, ẞ é ﬁ “quotes” — 512 × 512 Tiếng Việt",
    "Greek": "Φάρος ᾧ",
    "Cyrillic": "Маяк їжак ӝ",
    "Han": "夕暮燈塔灯台，。「」",
    "Kana": "ひらがなカタカナー・ｶﾅ",
    "Hangul": "한국어 뷁",
    "Arabic": "منارة گچپ ٣٤ لا",
    "Hebrew": "מגדלור שלום",
    "Devanagari": "प्रकाशस्तंभ क्षि",
    "Bengali": "বাতিঘর",
    "Tamil": "கலங்கரை",
    "Telugu": "దీపస్తంభం",
    "Thai": "ประภาคาร",
    "Armenian": "Փարոս",
    "Georgian": "შუქურა",
    "Signs": "→ ★ ☀ ∞ ≥ ½ € ① ♥ ✓",
    "Emoji": "🌅 👩🏽\u200d🚀 🇩🇪 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 🏴\U000e0067\U000e0062\U000e007f",
}


def picture(text, setter, style=STYLE, rtl=False):
    page = Image.new("RGB", (round(setter.width(text, style)) + 80, 60), "white")
    setter.draw(page, Line(text, 30, 40, style, rtl=rtl))
    return page.convert("L").point(lambda value: 255 - value)


def offline(**options):
    """With the bundled fonts alone, so that the test is the same on every machine."""
    return Setter(system=False, **options)


# ---- which characters a file has


@pytest.mark.parametrize("face", bundled(bold=True), ids=lambda face: face.name)
def test_the_cmap_reader_agrees_with_the_font_engine(face):
    """A covered character has a picture other than the font's empty box; others are the box."""
    font = ImageFont.truetype(face.path, 24, layout_engine=ImageFont.Layout.BASIC)
    box = bytes(font.getmask("\U0010fff0"))
    codes = [
        *range(0x21, 0x7F),
        *range(0x400, 0x420),
        *range(0x5D0, 0x5E8),
        0x4E00,
        0xAC00,
        0x1F600,
    ]
    for code in codes:
        is_box = bytes(font.getmask(chr(code))) == box
        assert (code in face.coverage) is not is_box, hex(code)


def test_every_bundled_font_has_its_licence():
    families = {face.name.split("-")[0].rstrip("ft").removesuffix(".t") for face in bundled(True)}
    licences = [path.stem.removeprefix("LICENSE-") for path in FOLDER.glob("LICENSE-*.txt")]
    assert {face.name for face in bundled(True)} == {path.name for path in FOLDER.glob("*.ttf")}
    assert all(any(family.startswith(licence) for licence in licences) for family in families)


def test_the_bundled_fonts_stay_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8_000_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a font at all",
        b"\0\1\0\0\xff\xff" + b"\0" * 40,
        b"ttcf\0\1\0\0\xff\xff\xff\xff",
        b"\0\1\0\0\0\2"
        + b"\0" * 6
        + b"glyf"
        + b"\0" * 12
        + b"cmap"
        + struct.pack(">3I", 0, 0, 9999),
    ],
)
def test_a_damaged_font_covers_nothing(tmp_path, content):
    path = tmp_path / "broken.ttf"
    path.write_bytes(content)
    assert coverage(path) is NOTHING or 65 not in coverage(path)
    assert count_faces(tmp_path / "missing.ttf") == 0


@given(st.data())
def test_a_cut_or_flipped_font_never_raises(tmp_path_factory, data):
    whole = (FOLDER / "NotoSansThai-Regular.ttf").read_bytes()
    path = tmp_path_factory.getbasetemp() / "flipped.ttf"
    at, value = data.draw(st.integers(0, 3000)), data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes((whole[:at] + bytes([value]) + whole[at + 1 :])[:cut])
    found = coverage(path)
    assert all((code in found) in (True, False) for code in (0, 65, 0xE01, 0xFFFF, 0x1F600))


# ---- which font a character gets


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
@pytest.mark.parametrize("bold", [False, True])
def test_the_bundled_fonts_cover(text, bold):
    setter = offline()
    assert setter.width(text, Style(20, bold)) > 0
    assert setter.missing == set() and setter.borrowed == set()


@pytest.mark.parametrize(
    "grapheme, font",
    [
        ("a", "Inter-Regular.ttf"),
        ("灯", "DroidSansFallback.ttf"),
        ("한", "DroidSansFallback.ttf"),
        ("न", "NotoSansDevanagari-Regular.ttf"),
        ("☀", "Inter-Regular.ttf"),
        ("☂", "DejaVuSans.ttf"),
        ("☀\ufe0f", "NotoEmoji-Regular.ttf"),
        ("🇩🇪", "NotoEmoji-Regular.ttf"),
        ("1\ufe0f\u20e3", "NotoEmoji-Regular.ttf"),
    ],
)
def test_face_for(grapheme, font):
    face = face_for(grapheme, system=False)
    assert face is not None and face.name == font


def test_the_system_is_asked_only_for_what_is_missing(tmp_path, monkeypatch):
    helper = tmp_path / "Helper.ttf"
    helper.write_bytes((FOLDER / "NotoSansThai-Regular.ttf").read_bytes())
    monkeypatch.setattr(
        font_choice, "bundled", lambda bold=False: (font_choice._ours("Inter-Regular.ttf"),)
    )
    monkeypatch.setattr(font_choice, "system_fonts", lambda: (tmp_path / "no.ttf", helper))
    face_for.cache_clear()
    setter = Setter()
    assert setter.width("light ก", STYLE) > 0
    assert (setter.borrowed, setter.missing) == ({"Helper.ttf"}, set())
    face_for.cache_clear()


@pytest.mark.parametrize(
    "platform, environment, folders",
    [
        ("linux", {"HOME": "/h"}, ["/usr/local/share/fonts", "/usr/share/fonts", "/h/.fonts"]),
        ("linux", {"HOME": "/h", "XDG_DATA_DIRS": "/x:/y"}, ["/x/fonts", "/y/fonts"]),
        ("darwin", {"HOME": "/h"}, ["/System/Library/Fonts", "/Library/Fonts", "/h/Library/Fonts"]),
        ("win32", {"WINDIR": "C:/W", "LOCALAPPDATA": "C:/L"}, ["C:/W/Fonts"]),
        ("win32", {"USERPROFILE": "C:/U"}, ["C:/Windows/Fonts"]),
    ],
)
def test_font_folders(platform, environment, folders):
    found = font_folders(platform, environment)
    assert set(map(Path, folders)) <= set(found)


def test_what_is_missing_is_named():
    assert script("\U0001e900") == "Adlam"
    assert describe(list(ADLAM)) == (
        "No font on this system has Adlam (U+1E900, U+1E923): printed as code points."
    )
    assert "Unnamed (U+E000" in describe([chr(0xE000 + i) for i in range(9)])
    assert "and 4 more" in describe([chr(0xE000 + i) for i in range(9)])


# ---- the order of mixed directions


@pytest.mark.parametrize(
    "text, rtl, runs",
    [
        ("abc", False, [("abc", False)]),
        ("", True, []),
        ("abc אבג def", False, [("abc ", False), ("אבג", True), (" def", False)]),
        ("אבג abc", True, [("abc", False), ("אבג ", True)]),
        ("אב 12 גד", True, [(" גד", True), ("12", False), ("אב ", True)]),
        ("a אב 12", False, [("a ", False), ("12", False), ("אב ", True)]),
        ("אב (גד)", True, [("אב (גד)", True)]),
        ("منارة 1.5!", True, [("!", True), ("1.5", False), ("منارة ", True)]),
    ],
)
def test_visual_runs(text, rtl, runs):
    assert visual_runs(text, rtl) == runs


@given(st.text(st.sampled_from("ab 12.,-()אבجد٣\u0301"), max_size=20), st.booleans())
def test_visual_runs_lose_nothing(text, rtl):
    assert sorted("".join(run for run, _ in visual_runs(text, rtl))) == sorted(text)


@pytest.mark.parametrize(
    "text, rtl", [("abc א", False), ("1 א", True), ("(منارة", True), ("123", False), ("", False)]
)
def test_right_to_left(text, rtl):
    assert right_to_left(text) is rtl


def test_brackets_turn():
    assert mirrored("(a)«b»") == ")a(»b«"


@pytest.mark.parametrize(
    "text, forms",
    [
        ("ب", "\ufe8f"),
        ("ببب", "\ufe91\ufe92\ufe90"),
        ("با", "\ufe91\ufe8e"),
        ("اب", "\ufe8d\ufe8f"),
        ("لا", "\ufefb"),
        ("بلا", "\ufe91\ufefc"),
        ("ب\u064eب", "\ufe91\u064e\ufe90"),
        ("abc", "abc"),
    ],
)
def test_arabic_letters_join(text, forms):
    assert joined(text) == forms


# ---- drawing


@pytest.mark.parametrize("raqm", [False, True])
@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
def test_ink_stays_where_the_width_says(text, raqm):
    if raqm and not features.check("raqm"):
        pytest.skip("this Pillow cannot shape text")
    setter = offline(raqm=raqm)
    box = picture(text, setter).getbbox()
    assert box is not None and box[0] >= 24 and box[2] <= 30 + setter.width(text, STYLE) + 10


def test_a_missing_character_is_a_code_point_and_never_an_empty_box():
    setter = offline()
    shown = picture("\ue123", setter)
    assert setter.missing == {"\ue123"}
    other = picture("\ue124", setter)
    assert shown.size == other.size and shown.tobytes() != other.tobytes()
    assert setter.width("\ue123", STYLE) > 3 * STYLE.size * 0.5


@pytest.mark.parametrize("text", ["\ud800", "\x07", ADLAM, "a\U000f0000b"])
def test_what_no_font_has_is_noted(text):
    setter = offline()
    assert picture(text, setter).getbbox() is not None
    assert setter.missing == set(text) - set("ab")


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\ufeff\u200e"])
def test_nothing_to_see(text):
    setter = offline()
    assert picture(text, setter).getbbox() is None and setter.missing == set()


@given(st.text(max_size=12))
def test_any_text_can_be_set(text):
    setter = offline()
    assert setter.width(text, STYLE) >= 0
    picture(text, setter)


def test_bold_is_bolder_in_every_script():
    for text in ("lighthouse", "灯台", "маяк", "منارة"):
        plain, bold = (picture(text, offline(), Style(20, b)) for b in (False, True))
        assert sum(bold.histogram()[128:]) > sum(plain.histogram()[128:])


def test_equal_text_gives_equal_pixels():
    assert picture("a 灯台", offline()).tobytes() == picture("a 灯台", offline()).tobytes()


def test_text_may_leave_the_page():
    page = Image.new("RGB", (20, 20), "white")
    offline().draw(page, Line("far too long for this page", -5, 10, STYLE))
    assert page.size == (20, 20)
