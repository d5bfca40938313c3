"""Requests that change the portfolio: edits of cells, taking back, new epics; each is taken as far as it can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio.domain.finding import Path as FieldPath
from portfolio.edits.address import Address, held
from portfolio.edits.figure_names import Unknown
from portfolio.engine.edit import RefusedError, new_epic, read_value
from portfolio.web.asked import request_of, revision_of
from portfolio.web.changes import Edit, address_of
from portfolio.web.last_results import notes_on_formulas
from portfolio.web.people import Person
from portfolio.web.problem import Problem
from portfolio.web.session import Accepted, Session

MOST_EDITS = 10_000


def edit(session: Session, person: Person, body: Mapping[str, object]) -> Accepted:
    """Takes edits: every cell that can be taken is, on the disk before anybody hears of it."""
    request = request_of(body)
    if (known := session.known(request)) is not None:
        return known
    edits = body.get("edits")
    if not isinstance(edits, list) or not edits:
        raise Problem(422, "The request brings no edits.", "Change a cell first.")
    if len(edits) > MOST_EDITS:
        raise Problem(413, f"The request brings {len(edits):,} edits.", f"Send at most {MOST_EDITS:,} at once.")
    seen = revision_of(body.get("seen"), "seen")
    taken, conflicts, refused = _sorted(session, person, seen, edits)
    if not taken:
        answer = {"revision": session.revision, "taken": [], "conflicts": conflicts, "refused": refused, "ranking": []}
        return Accepted(409 if conflicts else 422, answer)
    rows = session.accept(person, request, taken)
    answer = {
        "revision": session.revision,
        "taken": [{"at": list(edit.at), "to": edit.to} for edit in taken],
        "conflicts": conflicts,
        "refused": refused,
        "ranking": rows,
        "notes": notes_on_formulas(session, [edit.at for edit in taken]),
    }
    return session.remember(request, Accepted(200, answer))


def undo(session: Session, person: Person, body: Mapping[str, object]) -> Accepted:
    """Takes somebody's last edit back with a new one, as far as its cells still hold it; else who changed them is said."""
    request = request_of(body)
    if (known := session.known(request)) is not None:
        return known
    found = next((entry for entry in reversed(session.log) if entry[1] == person.id), None)
    if found is None:
        raise Problem(422, "There is nothing of yours to take back.", "Change a cell first.")
    back, conflicts = [], []
    for edit in reversed(found[2]):
        now = session.value_at(edit.at)
        if now == edit.to:
            back.append(Edit(edit.at, now, edit.was))
        elif edit.at in session.last:
            conflicts.append(session.last[edit.at].conflict(edit.at))
    if not back:
        session.log.remove(found)
        answer = {"revision": session.revision, "taken": [], "conflicts": conflicts, "refused": [], "ranking": []}
        return Accepted(409, answer)
    rows = session.accept(person, request, back, undoes=found[0])
    session.log.remove(found)
    taken = [{"at": list(edit.at), "to": edit.to} for edit in back]
    answer = {"revision": session.revision, "taken": taken, "conflicts": conflicts, "refused": [], "ranking": rows}
    return session.remember(request, Accepted(200, answer))


def add_epic(session: Session, person: Person, body: Mapping[str, object]) -> Accepted:
    """Adds an epic at the end, with its first fields."""
    request = request_of(body)
    if (known := session.known(request)) is not None:
        return known
    name, fields = body.get("id"), body.get("fields")
    if not isinstance(name, str):
        raise Problem(422, "An epic needs an ID.", "Enter a short unique name, such as EP-1.")
    try:
        raw, _ = new_epic(session.raw, name)
        found = [
            Edit(("epics", name.strip(), field), None, read_value(raw, ("epics", name.strip(), field), value)[1])
            for field, value in (fields.items() if isinstance(fields, dict) else ())
        ]
    except RefusedError as why:
        raise Problem(422, why.message, why.fix) from None
    except Unknown as why:
        raise Problem(422, f"{why.what} {why.rule}", why.fix) from None
    rows = session.accept(person, request, found, epics=[name.strip()])
    answer = {"revision": session.revision, "id": name.strip(), "ranking": rows}
    return session.remember(request, Accepted(201, answer))


def _sorted(
    session: Session, person: Person, seen: int, edits: Sequence[object]
) -> tuple[list[Edit], list[dict[str, object]], list[dict[str, object]]]:
    """The edits that are taken, those in conflict with what somebody else said since, and those that are refused."""
    taken, conflicts, refused = dict[Address, Edit](), list[dict[str, object]](), list[dict[str, object]]()
    for edit in edits:
        at = edit.get("at") if isinstance(edit, dict) else None
        address = tuple(at) if isinstance(at, list) and all(isinstance(step, str) for step in at) else ()
        try:
            path, value = read_value(session.raw, address, edit.get("to") if isinstance(edit, dict) else None)
            address = address_of(session.raw, address, path)
            _refuse_formula(session, path)
        except RefusedError as why:
            refused.append({"at": at, "message": why.message, "fix": why.fix})
            continue
        except Unknown as why:
            refused.append({"at": at, "message": f"{why.what} {why.rule}", "fix": why.fix})
            continue
        last = session.last.get(address)
        if last is not None and last.revision > seen and last.by != person.id and last.value != value:
            conflicts.append(last.conflict(address))
        else:
            taken[address] = Edit(address, held(session.raw, path), value)
    return list(taken.values()), conflicts, refused


def _refuse_formula(session: Session, path: FieldPath) -> None:
    place = session.formulas.by_path.get(path)
    if place is not None:
        raise RefusedError(
            f"{place} holds a formula.",
            "Change what it refers to, or the formula itself in the workbook.",
        )
