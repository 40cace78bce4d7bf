"""Which font has a character: ours first, then the system's; if none has it, say so.

A face is never guessed from a script's name: the cmap table of the file itself is asked, so no
empty box (tofu) is ever printed.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..text.graphemes import invisible
from .font_coverage import Coverage, count_faces, coverage

FOLDER = Path(__file__).with_name("fonts")
_OURS = f"{FOLDER}{os.sep}"
MAX_SYSTEM_FONTS = 1500  # files looked at, the likely ones first
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")

_TEXT = ("Inter-Regular.ttf",)
_BOLD = ("Inter-SemiBold.ttf", *_TEXT)
_SCRIPTS = (
    "Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu",
    "Kannada", "Malayalam", "Thai",
)  # fmt: skip
_OTHERS = (
    "DroidSansFallback.ttf",
    *(f"NotoSans{script}-Regular.ttf" for script in _SCRIPTS),
    "DejaVuSans.ttf",
)
_EMOJI = "NotoEmoji-Regular.ttf"
_EMOJI_STYLE = "\ufe0f"  # asks for the emoji rather than the plain sign


@dataclass(frozen=True)
class Face:
    """One face of a font file."""

    path: str
    index: int = 0

    @property
    def name(self) -> str:
        return Path(self.path).name

    @property
    def is_ours(self) -> bool:
        return self.path.startswith(_OURS)

    @property
    def coverage(self) -> Coverage:
        return coverage(Path(self.path), self.index)

    def covers(self, text: str) -> bool:
        """Whether every character that shows is in the font."""
        return all(ord(char) in self.coverage for char in text if not invisible(char))


@lru_cache(maxsize=2)
def bundled(bold: bool = False) -> tuple[Face, ...]:
    """Our own faces, in the order they are asked."""
    names = (*(_BOLD if bold else _TEXT), *_OTHERS, _EMOJI)
    return tuple(map(_ours, names))


def _ours(name: str) -> Face:
    return Face(_OURS + name)


@lru_cache(maxsize=4096)
def face_for(grapheme: str, bold: bool = False, system: bool = True) -> Face | None:
    """The face that has all of a grapheme; None if no font has it, or if it is a private code,
    which means something else in every font."""
    if any(unicodedata.category(char) == "Co" for char in grapheme):
        return None
    is_emoji = _EMOJI_STYLE in grapheme or 0x1F000 <= ord(grapheme[0]) <= 0x1FBFF
    faces = (_ours(_EMOJI), *bundled(bold)) if is_emoji else bundled(bold)
    found = next((face for face in faces if face.covers(grapheme)), None)
    # No system has half characters, controls, or what Unicode has not assigned.
    vain = any(unicodedata.category(char) in ("Cn", "Cs", "Cc") for char in grapheme)
    if found or vain or not system:
        return found
    return next((face for face in likely(grapheme) if face.covers(grapheme)), None)


def script(char: str) -> str:
    """The script of a character, for people: 'Adlam', 'Egyptian'; 'unnamed' if it has none."""
    return unicodedata.name(char, "unnamed").split()[0].capitalize()


def code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


def likely(grapheme: str) -> Iterator[Face]:
    """The system's faces: those named after the script, then plain ones, then the rest."""
    name = script(grapheme[0]).lower()
    for path in sorted(system_fonts(), key=lambda path: name not in path.stem.lower()):
        yield from (Face(str(path), index) for index in range(count_faces(path)))


@lru_cache(maxsize=1)
def system_fonts() -> tuple[Path, ...]:
    """The font files of this system, plain sans-serif faces first; looked up once."""
    found: set[Path] = set()
    for folder in font_folders(sys.platform, os.environ):
        for root, _, names in os.walk(folder):
            found.update(Path(root, name) for name in names if name.lower().endswith(_ENDINGS))
    return tuple(sorted(found, key=_plainness)[:MAX_SYSTEM_FONTS])


def font_folders(platform: str, environment: dict[str, str] | os._Environ[str]) -> list[Path]:
    """Where Linux, macOS and Windows keep fonts: the system's places, then the user's."""
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or ".")
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        windows = Path(environment.get("WINDIR") or "C:/Windows")
        return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    own = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    roots = [Path(root) for root in shared.split(":") if root]
    return [*(root / "fonts" for root in (*roots, own)), home / ".fonts"]


def _plainness(path: Path) -> tuple[bool, bool, str]:
    """Sorts regular before bold and italic, sans before serif, then by name."""
    name = path.stem.lower()
    styled = any(word in name for word in ("bold", "italic", "oblique", "light", "thin", "black"))
    return styled, "sans" not in name, str(path)


def describe(missing: Sequence[str]) -> str:
    """One sentence about the characters that no font has, for the log."""
    by_script: dict[str, list[str]] = {}
    for char in sorted(set(missing)):
        by_script.setdefault(script(char), []).append(code_point(char))
    named: list[str] = []
    for name, codes in by_script.items():
        more = f" and {len(codes) - 5} more" if len(codes) > 5 else ""
        named.append(f"{name} ({', '.join(codes[:5])}{more})")
    return f"No font on this system has {'; '.join(named)}: printed as code points."
