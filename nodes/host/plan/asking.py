"""What a node says of its inputs before anything runs, each question put as the host puts it.

Nothing here waits, and where a class cannot answer at once, or fails, nothing is told.
"""

from __future__ import annotations

import inspect
import logging
import math
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import comfy.model_management as management
from comfy_execution.graph_utils import ExecutionBlocker, is_link

from . import calling
from .calling import Given
from .node_classes import class_of, declared_names, hidden_kinds, is_lazy, own_method

log = logging.getLogger("proofsheet")

T = TypeVar("T")

OF_THE_PROMPT = ("PROMPT", "DYNPROMPT", "EXTRA_PNGINFO")
"""Hidden inputs that are another thing in a frame's own run."""


class Waits(Exception):
    """A coroutine that was to answer at once waits for something."""


def at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never really waits. Raises Waits, and what it raises."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        return finished.value
    coroutine.close()
    raise Waits("it does not answer at once")


def answer(subject: Any, method: str, question: Coroutine[Any, Any, T]) -> T | None:
    """What a class answers at once; None if it cannot."""
    if inspect.iscoroutinefunction(getattr(subject, method)):
        question.close()
        return None  # the host would make a task of it, which would run on unseen
    try:
        return at_once(question)
    except management.InterruptProcessingException:
        raise
    except Exception:
        log.debug("%s of %r gave no answer", method, subject, exc_info=True)
        return None


def taken(class_type: str, inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """The written inputs that the host would hand to the node: declared ones in their order, then
    others by name. Every link is handed on, and a constant only where the class takes it; what is
    written for a hidden input is replaced by the host's own value."""
    node_class = class_of(class_type)
    given = calling.handed(node_class, inputs, object()).inputs
    kept = {n for n, v in inputs.items() if n in given and (is_link(v) or given[n][0] is v)}
    ordered = [name for name in declared_names(node_class, inputs) if name in kept]
    return (*ordered, *sorted(kept.difference(ordered)))


@dataclass(frozen=True)
class Changed:
    """What a class says that tells whether its node must run again. Volatile: it says something
    else each time, or cannot say."""

    answers: list[Any]
    volatile: bool


def fingerprint(class_type: str, node_id: str, inputs: Mapping[str, Any]) -> Changed | None:
    """What IS_CHANGED or fingerprint_inputs says of a node with these inputs; None for a class
    that has neither. Links have no value for it, in the host neither."""
    node_class = class_of(class_type)
    method = own_method(node_class, "IS_CHANGED", "fingerprint_inputs")
    if method is None:
        return None
    given = calling.handed(node_class, inputs, node_id)
    if calling.hidden_word() != calling.V3_DATA:
        given = replace(given, hidden=None)  # such hosts do not tell it here

    def said() -> list[Any] | None:
        told = answer(node_class, method, calling.mapped(node_class, method, given, node_id))
        return told and [None if isinstance(each, ExecutionBlocker) else each for each in told]

    first = said()
    is_same = first is not None and repr(first) == repr(said())
    return Changed(first or [], not is_same or _has_nan(first))


def _has_nan(value: Any) -> bool:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_has_nan, value))
    return isinstance(value, float) and math.isnan(value)


class Used(BaseException):
    """A decision hangs on a value that is not known. No `except Exception` of a node hides it."""


def _used(*_args: Any) -> Any:
    raise Used


class Unknown:
    """A value that is there, and nothing more is known of it: every use but `is None` raises. Only
    its type cannot be hidden, which the host looks at."""

    def __getattribute__(self, name: str) -> Any:
        return Unknown if name == "__class__" else _used()

    __bool__ = __eq__ = __hash__ = __repr__ = _used  # pyright: ignore[reportAssignmentType]


UNKNOWN = Unknown()


def asked(class_type: str, node_id: str, inputs: Mapping[str, Any]) -> frozenset[str] | None:
    """The lazy inputs that a node will ask for, whatever comes out of them; None if that cannot be
    told from its constants."""
    node_class = class_of(class_type)
    linked = {name for name, value in inputs.items() if is_link(value)}
    lazy = {name for name in linked if is_lazy(class_type, name, inputs)}
    if linked - lazy:
        return None
    given = _without_prompt(node_class, calling.handed(node_class, inputs, node_id))
    found: set[str] = set()
    while lazy:
        known = dict.fromkeys(found, [UNKNOWN])
        missing = dict.fromkeys(lazy - found, True)
        now = replace(given, inputs={**given.inputs, **known}, missing=missing)
        names = _wanted(node_class, now, node_id)
        if names is None or not lazy.issuperset(names):
            return None
        if not names:
            break
        if getattr(node_class, "INPUT_IS_LIST", False):
            return None  # it may ask by how many there are
        found.update(names)
    return frozenset(found)


def _wanted(node_class: Any, given: Given, node_id: str) -> list[str] | None:
    async def question() -> list[str]:
        return await calling.wanted(node_class(), given, node_id)

    method = own_method(node_class, "check_lazy_status", "check_lazy_status")
    try:
        return answer(node_class, method, question()) if method else []
    except Used:
        return None


def _without_prompt(node_class: Any, given: Given) -> Given:
    """The graph around it is not known: in a cell's own run it is another."""
    kinds = hidden_kinds(node_class).items()
    inputs = {name: [UNKNOWN] for name, kind in kinds if kind in OF_THE_PROMPT}
    known = given.hidden.get("hidden_inputs", given.hidden)  # in v3_data, or all there is
    hidden = {kind: UNKNOWN if kind in OF_THE_PROMPT else value for kind, value in known.items()}
    if known is not given.hidden:
        hidden = {**given.hidden, "hidden_inputs": hidden}
    return Given({**given.inputs, **inputs}, given.missing, hidden)


def checks_itself(class_type: str, name: str) -> bool:
    """Whether a class checks an input by its own VALIDATE_INPUTS or validate_inputs, in place of
    the host's check of range and choices."""
    node_class = class_of(class_type)
    method = own_method(node_class, "VALIDATE_INPUTS", "validate_inputs")
    return method is not None and _names(getattr(node_class, method), name)


def _names(method: Callable[..., Any], name: str) -> bool:
    spec = inspect.getfullargspec(method)
    return name in spec.args or spec.varkw is not None


def validate(class_type: str, name: str, value: Any, inputs: Mapping[str, Any]) -> str | None:
    """What a class itself finds wrong with a value put into an input that it checks; `inputs` are
    the node's others. None: nothing, or it cannot tell."""
    if not checks_itself(class_type, name):
        return None
    node_class = class_of(class_type)
    method = str(own_method(node_class, "VALIDATE_INPUTS", "validate_inputs"))
    check = getattr(node_class, method)
    if "input_types" in inspect.getfullargspec(check).args:
        return None  # the types behind its links, which are not known here
    given = calling.handed(node_class, {**inputs, name: value}, "")
    named = {other: values for other, values in given.inputs.items() if _names(check, other)}
    given = replace(given, inputs=named)
    said = answer(node_class, method, calling.mapped(node_class, method, given, ""))
    for fault in said or ():
        if fault is not True and not isinstance(fault, ExecutionBlocker):
            return str(fault) if fault else "its node does not allow that"
    return None
