"""Workflows as files have them, and how two of them differ."""

from __future__ import annotations

from typing import Any


def differences(now: Any, then: Any, path: str = "") -> list[str]:
    """Where two workflows are not the same."""
    if isinstance(now, dict) and isinstance(then, dict):
        keys = [(key, now.get(key), then.get(key)) for key in {**now, **then}]
    elif isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        keys = [(at, *pair) for at, pair in enumerate(zip(now, then, strict=True))]
    else:
        return [] if now == then else [f"{path}: {now!r} was {then!r}"]
    return [each for key, *pair in keys for each in differences(*pair, f"{path}.{key}")]
