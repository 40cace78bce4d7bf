"""Short names for prompts, made of what really differs between them, in any language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from ..errors import columns
from ..text.difference import shared_ends, speaks, tokens
from ..text.graphemes import graphemes
from ..text.wrapping import ELLIPSIS
from .cursor import one_line

LONGEST = 40  # columns of a name; a Chinese character takes two
_WORTH = 16  # columns above which words that all share are left out inside a name too
_COMPARED = 200  # texts, and words in each, that are compared for that
_READ = 500_000  # characters read in all, so that ten thousand long texts are named in a second
_EDGES = " ,;:.·、，。；：|/\\-–—_"


def prompt_names(given: Sequence[str], texts: Sequence[Sequence[tuple[str, str]]]) -> list[str]:
    """A name for each prompt, no two alike, from the names given to lines or blocks ("" if none)
    and the (positive, negative) texts that each of them makes."""
    free = [text[0] for name, unit in zip(given, texts, strict=True) if not name for text in unit]
    derived = iter(names(free))
    found: list[str] = []
    for name, unit in zip(given, texts, strict=True):
        if not name:
            found += [next(derived) for _ in unit]
        elif len({positive for positive, _ in unit}) == 1:
            found += [name] * len(unit)
        else:  # a named block that makes several prompts: harbour red, harbour blue
            found += [f"{name} {own}" for own in names([positive for positive, _ in unit])]
    found = _with_negatives(found, [text for unit in texts for text in unit])
    return unique([name or str(number) for number, name in enumerate(found, start=1)])


def _with_negatives(found: list[str], texts: Sequence[tuple[str, str]]) -> list[str]:
    """Prompts that differ in their negatives alone are told apart by these: a cat --no hat"""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, (name, (positive, _)) in enumerate(zip(found, texts, strict=True)):
        groups.setdefault((name, positive), []).append(place)
    result = list(found)
    for places in groups.values():
        negatives = [texts[place][1] for place in places]
        if len(set(negatives)) > 1:
            lists = [tokens(one_line(text)) for text in negatives]
            for place, own in zip(places, map(_cut, _middles(lists, empty=True)), strict=True):
                result[place] = f"{found[place]} --no {own}".strip() if own else found[place]
    return result


def names(texts: Sequence[str]) -> list[str]:
    """A name for each text: the words in which it differs from the others; equal texts share one.

    What all texts begin and end with is left out, but never a whole text.
    """
    length = max(LONGEST, _READ // max(1, len(texts)))
    lists = {text: tokens(one_line(text)[:length]) for text in texts}
    middles = dict(zip(lists, _middles(list(lists.values())), strict=True))
    if any(columns("".join(words)) > _WORTH for words in middles.values()):
        middles = _without_shared(middles)
    if len(middles) > 1 and any(columns("".join(words)) > _WORTH for words in middles.values()):
        middles = _heads(middles)
    return [_cut(middles[text]) for text in texts]


def unique(found: Sequence[str]) -> list[str]:
    """The names, with 2, 3, ... after one that came before, in capitals or not."""
    taken = {name.casefold() for name in found}
    numbers: dict[str, int] = {}
    result: list[str] = []
    for name in found:
        key, fresh = name.casefold(), name
        while key in numbers and fresh.casefold() in taken:
            numbers[key] += 1
            fresh = f"{name} {numbers[key]}".strip()
        numbers.setdefault(key, 1)
        taken.add(fresh.casefold())
        result.append(fresh)
    return result


def _middles(lists: list[list[str]], empty: bool = False) -> list[list[str]]:
    """Each text without the words that all begin with and end with; unless it may become empty,
    it keeps at least one word."""
    if len(lists) < 2:
        return lists
    front, tail = shared_ends(lists, empty)
    return [words[front : len(words) - tail] for words in lists]


def _without_shared(middles: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same with … for what all share inside: red … Paris, if that tells them apart as well."""
    if len(middles) > _COMPARED or any(len(words) > _COMPARED for words in middles.values()):
        return middles
    shared, *others = middles.values()
    for words in others:
        blocks = SequenceMatcher(None, shared, words, autojunk=False).get_matching_blocks()
        shared = [word for start, _, size in blocks for word in shared[start : start + size]]
    shorter = {text: list(_elided(words, shared)) for text, words in middles.items()}
    speak = all(speaks(words) for words in shorter.values())
    distinct = len({"".join(words) for words in shorter.values()}) == len(shorter)
    return shorter if speak and distinct else middles


def _heads(middles: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same cut to the first few words, if these already tell them apart: white lighthouse"""
    for count in range(2, 7):
        heads = {text: _head(words, count) for text, words in middles.items()}
        if len({"".join(words) for words in heads.values()}) == len(heads):
            return heads
    return middles


def _head(words: list[str], count: int) -> list[str]:
    """The first `count` words, without short ones at the end: they join on what is left out."""
    places = [place for place, word in enumerate(words) if speaks([word])][:count]
    while len(places) > 1:
        last = words[places[-1]]
        if len(last) > 3 or not (last.isascii() and last.islower()):
            break
        places.pop()
    return words[: places[-1] + 1] if places else words


def _elided(words: list[str], shared: list[str]) -> Iterator[str]:
    blocks = SequenceMatcher(None, words, shared, autojunk=False).get_matching_blocks()
    common = {place for start, _, size in blocks for place in range(start, start + size)}
    runs = groupby(range(len(words)), lambda place: place in common)
    for is_common, places in runs:
        run = [words[place] for place in places]
        left_out = is_common and speaks(run)
        yield from [f" {ELLIPSIS} "] if left_out else run


def _cut(words: list[str]) -> str:
    """A name of at most LONGEST columns, ended by … if words had to go."""
    name = _tidy("".join(words)) or "".join(words).strip()
    if columns(name) <= LONGEST:
        return name
    kept = "".join(_fitting(tokens(name)) or _fitting(graphemes(name)))
    return kept.rstrip(_EDGES + ELLIPSIS) + ELLIPSIS


def _fitting(units: list[str]) -> list[str]:
    kept, used = [], 1
    for unit in units:
        used += columns(unit)
        if used > LONGEST:
            break
        kept.append(unit)
    return kept


def _tidy(text: str) -> str:
    """Without what a text cut out of another is left with: signs at its ends, lone brackets."""
    text = text.strip(f" {ELLIPSIS}").strip(_EDGES)
    for opening, closing in ("()", "[]", "{}", "（）", "「」"):
        if text.count(opening) < text.count(closing):
            text = text.rstrip(closing)
        elif text.count(opening) > text.count(closing):
            text = text.lstrip(opening)
    return one_line(text)
