"""Workflows as files have them, and how two of them differ."""

from __future__ import annotations

from typing import Any


def saved(desk) -> dict[str, Any]:
    """What is open, but for where one looks, and the order that the host counts at each load."""
    workflow = desk.saved()
    workflow["extra"].pop("ds", None)
    inside = (workflow.get("definitions") or {}).get("subgraphs", [])
    for node in (node for graph in (workflow, *inside) for node in graph["nodes"]):
        node.pop("order")
    return workflow


def differences(now: Any, then: Any, path: str = "") -> list[str]:
    """Where two workflows are not the same."""
    if isinstance(now, dict) and isinstance(then, dict):
        keys = [(key, now.get(key), then.get(key)) for key in {**now, **then}]
    elif isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        keys = [(at, *pair) for at, pair in enumerate(zip(now, then, strict=True))]
    else:
        is_same = now == then or _is_same_place(now, then, path)
        return [] if is_same else [f"{path}: {now!r} was {then!r}"]
    return [each for key, *pair in keys for each in differences(*pair, f"{path}.{key}")]


def _is_same_place(now: Any, then: Any, path: str) -> bool:
    """By less than can be seen: Nodes 2.0 scales places to the page and back."""
    is_place = ".pos." in path or ".size." in path
    return is_place and None not in (now, then) and abs(now - then) < 0.01
