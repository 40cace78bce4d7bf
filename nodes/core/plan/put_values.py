"""Values that axes put into inputs: each in the type of its input, or refused where it stands."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import ProofsheetError
from .graph import Host, Literal

Fault = Callable[[str], ProofsheetError]
"""The error to raise for a value, at the place where it is written."""


class PutValues:
    """What the values of one plan are in the inputs that they reach."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._known: dict[tuple[str, str, str], Literal] = {}

    def put(self, node_id: str, name: str, item: Literal, fault: Fault | None) -> Literal:
        """A value in its input. Raises ProofsheetError if that does not allow it."""
        known = (node_id, name, item.key)
        if known not in self._known:
            try:
                found = self._host.typed(node_id, name, item.value, item.is_written)
            except ProofsheetError as error:
                raise (fault(str(error)) if fault else error) from None
            self._known[known] = Literal(found)
        return self._known[known]
