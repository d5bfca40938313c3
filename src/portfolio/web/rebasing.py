"""Pending edits on a file that is not what it was: after saving, after others changed it, after an earlier meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Raw
from portfolio.edits.address import Address, held, path_of
from portfolio.edits.figure_names import Unknown
from portfolio.engine.edit import RefusedError, new_epic, with_values
from portfolio.engine.save import Cell
from portfolio.web.changes import Edit, Last, Pending
from portfolio.web.journal import Line

Records = list[dict[str, object]]
"""Lines of a sheet that wait to be saved."""


def settle(pending: Pending, base: Raw, written: Iterable[Cell]) -> None:
    """Forgets what a file holds by now; of what was changed again while it was saved, the file holds what was saved."""
    for cell in written:
        edit = pending.cells.get(cell.at)
        if edit is not None:
            pending.cells[cell.at] = Edit(cell.at, cell.to, edit.to)
    known = {str(one.get("id", "")).casefold() for one in base.get("epics") or () if isinstance(one, Mapping)}
    pending.epics = [name for name in pending.epics if name.casefold() not in known]
    for at, edit in list(pending.cells.items()):
        path = path_in(base, edit.at)
        if path is not None and held(base, path) == edit.to:
            del pending.cells[at]


def applied(base: Raw, pending: Pending) -> tuple[Raw, set[FieldPath]]:
    """A file's JSON form with what is pending in it, and the fields that are different; what is gone there is left out."""
    raw = base
    for name in pending.epics:
        try:
            raw, _ = new_epic(raw, name)
        except RefusedError:
            continue
    values = [(path, edit.to) for edit in pending.cells.values() if (path := path_in(raw, edit.at)) is not None]
    return with_values(raw, values), {path for path, _ in values}


def replayed(lines: Sequence[Line]) -> tuple[Pending, Records, Records, Records]:
    """What the lines of a journal leave pending: edits and new epics, decisions, votes, lines of scenarios."""
    pending, decisions = Pending(), Records()
    votes, scenarios = Records(), Records()
    for line in lines:
        if line.get("kind") == "decision":
            decisions.append({**line, "kind": line.get("decision")})
        votes += _records(line, "votes")
        scenarios += _records(line, "scenarios")
        epics = line.get("epics")
        pending.epics += [str(name) for name in epics] if isinstance(epics, list) else []
        pending.add(edits_of(line), str(line.get("by") or ""))
    return pending, decisions, votes, scenarios


def lasts(lines: Sequence[Line]) -> dict[Address, Last]:
    """Who changed each cell last, as the lines of a journal tell it."""
    found: dict[Address, Last] = {}
    for line in lines:
        revision, when = line.get("revision"), str(line.get("at") or "")[11:16]
        if not isinstance(revision, int):
            continue
        for edit in edits_of(line):
            found[edit.at] = Last(
                revision, str(line.get("who") or ""), str(line.get("by") or "somebody"), when, edit.to
            )
    return found


def revision_after(head: Line, lines: Sequence[Line]) -> int:
    """The last revision of an earlier run, so that what pages have seen of it still counts."""
    return max((found for line in (head, *lines) if isinstance(found := line.get("revision"), int)), default=0)


def answered_before(head: Line) -> list[str]:
    """The names of the last requests that an earlier run answered."""
    names = head.get("requests")
    return [str(name) for name in names] if isinstance(names, list) else []


def _records(line: Line, name: str) -> Records:
    told = line.get(name)
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def edits_of(line: Line) -> list[Edit]:
    """The edits of a line of the journal."""
    edits = line.get("edits")
    return [
        Edit(tuple(str(step) for step in one["at"]), one.get("was"), one.get("to"))
        for one in (edits if isinstance(edits, list) else ())
        if isinstance(one, dict) and isinstance(one.get("at"), list)
    ]


def path_in(raw: Raw, at: Address) -> FieldPath | None:
    """Where a cell stands; None where its record is gone."""
    try:
        return path_of(raw, at)
    except Unknown:
        return None
