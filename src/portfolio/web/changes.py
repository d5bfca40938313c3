"""Pending edits: what each cell held in the file, what it is to hold, and who said so last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Json, Raw
from portfolio.edits.address import Address, held
from portfolio.edits.raw_difference import cell_differences
from portfolio.scoring import RankedEpic, Ranking
from portfolio.web.journal import Line

RANKED = ("rank", "wsjf", "cost_of_delay", "cd3", "score")
"""What is shown of an epic's rank."""


@dataclass(frozen=True)
class Edit:
    """One cell that somebody changed: what it held before and holds now."""

    at: Address
    was: Json
    to: Json

    def as_json(self) -> dict[str, object]:
        """As requests and the journal have it."""
        return {"at": list(self.at), "was": self.was, "to": self.to}


@dataclass(frozen=True)
class Last:
    """The last change of a cell: in which revision, by whom, when, and to what."""

    revision: int
    by: str
    name: str
    when: str
    value: Json

    def conflict(self, at: Sequence[str]) -> dict[str, object]:
        """What is said to somebody who had not seen it."""
        return {"at": list(at), "by": self.name, "when": self.when, "value": self.value}


@dataclass
class Pending:
    """What is not in the file yet: cells against what the file held, and the epics that are new."""

    cells: dict[Address, Edit] = field(default_factory=dict)
    epics: list[str] = field(default_factory=list)
    names: dict[Address, str] = field(default_factory=dict)
    """Who changed a cell last."""

    def add(self, edits: Iterable[Edit], name: str) -> None:
        """Takes edits in; a cell that holds again what the file holds is no longer pending."""
        for edit in edits:
            first = self.cells.get(edit.at)
            kept = edit if first is None else replace(first, to=edit.to)
            if kept.was == kept.to:
                self.cells.pop(edit.at, None)
                self.names.pop(edit.at, None)
            else:
                self.cells[edit.at] = kept
                self.names[edit.at] = name

    def __len__(self) -> int:
        return len(self.cells) + len(self.epics)


def unsaved_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a journal since what was accepted was last put into the file."""
    saved = max((turn for turn, line in enumerate(lines) if line.get("kind") == "saved"), default=-1)
    return list(lines[saved + 1 :])


def address_of(raw: Raw, address: Address, path: FieldPath) -> Address:
    """An address as the portfolio spells it."""
    if address[0] == "settings":
        return address
    name = str(held(raw, (*path[:2], "name" if address[0] == "guardrails" else "id")) or address[1])
    if len(path) < 4:
        return (address[0], name, address[2])
    label = held(raw, ("calendar", "periods", path[3])) if isinstance(path[3], int) else path[3]
    return (address[0], name, address[2], str(label))


def ranking_rows(after: Ranking | None, before: Ranking | None) -> list[dict[str, object]]:
    """What is not as it was in the rows of a ranking: of an epic that only moves, its rank alone; of one that left it, that."""
    known = {} if before is None else before.by_id
    now = {} if after is None else after.by_id
    left: list[dict[str, object]] = [{"id": name, **dict.fromkeys(RANKED)} for name in known if name not in now]
    return [_news(row, known.get(name)) for name, row in now.items() if known.get(name) != row] + left


def _news(row: RankedEpic, before: RankedEpic | None) -> dict[str, object]:
    told = row_json(row)
    if before is None:
        return told
    return {"id": row.id, **{name: told[name] for name in RANKED if told[name] != getattr(before, name)}}


def row_json(row: RankedEpic) -> dict[str, object]:
    """What the page shows of a row of the ranking."""
    return {"id": row.id, **{name: getattr(row, name) for name in RANKED}}


def changed_cells(before: Raw, after: Raw) -> list[Edit]:
    """The cells in which two states differ."""
    return [Edit(at, was, to) for at, (was, to) in cell_differences(before, after).items()]


def clock() -> str:
    """The time of day."""
    return datetime.now().strftime("%H:%M")


def moment() -> str:
    """The moment, with the day and the distance from universal time."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
