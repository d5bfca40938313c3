"""How an import reads: what can be kept is kept, what is left out is counted, and what is only missing can be filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Salvage:
    """What an import leaves out of a table; `length` says how many cells a row of a text table has."""

    length: Callable[[int], int] | None = None
    without_stream: list[int] = field(default_factory=list)
    """Rows on the sheet whose effort is not kept, because no value stream is named."""
    without_effort: int = 0
    """Epics whose value stream is not kept, because they have no effort."""
    ended: Counter[str] = field(default_factory=Counter)
    """Epics that are left out because they are done or stopped, by the word that says so."""
