"""The table: fault, times tried, frames finished before, lost, wrong, resampled."""

from __future__ import annotations

from collections.abc import Sequence

from .ground import Outcome

COLUMNS = ("fault", "times", "finished before", "lost", "wrong", "resampled")


class Table:
    def __init__(self, faults: Sequence[str]):
        self.outcomes: dict[str, list[Outcome]] = {fault: [] for fault in faults}

    def add(self, fault: str, outcome: Outcome) -> None:
        self.outcomes[fault].append(outcome)
        said = f"{fault:18} {len(self.outcomes[fault]):3}  {outcome}"
        print(said, *(f"\n    {note}" for note in outcome.notes), flush=True)

    @property
    def bad(self) -> bool:
        every = [outcome for outcomes in self.outcomes.values() for outcome in outcomes]
        return any(outcome.lost or outcome.wrong or outcome.notes for outcome in every)

    def __str__(self) -> str:
        rows = [COLUMNS, *(self._row(*item) for item in self.outcomes.items())]
        widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
        lines = ["  ".join(cell.ljust(w) for cell, w in zip(r, widths, strict=True)) for r in rows]
        return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])

    def _row(self, fault: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
        sums = [sum(counts) for counts in zip(*(o.counts for o in outcomes), strict=True)]
        return (fault, str(len(outcomes)), *map(str, sums or [0] * 4))
