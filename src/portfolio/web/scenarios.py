"""Scenarios: a what-if that is kept by a name, for the sheet Scenarios of the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.edits.figure_names import Unknown
from portfolio.engine.load import HasErrorsError
from portfolio.engine.what_if import scenario_lines
from portfolio.web.changes import moment
from portfolio.web.people import Person
from portfolio.web.problem import Problem
from portfolio.web.session import Session

LONGEST_NAME = 200
MOST_CHANGES = 200


def keep(session: Session, person: Person, body: Mapping[str, object]) -> Mapping[str, object]:
    """Keeps the changes of a what-if as a scenario; the journal has it before anybody hears of it."""
    name, changes = body.get("name"), body.get("changes")
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise Problem(422, "A scenario needs a name.", f"Enter one of up to {LONGEST_NAME} letters.")
    if not isinstance(changes, list) or not 0 < len(changes) <= MOST_CHANGES:
        raise Problem(422, "The scenario changes nothing.", "Say a change, such as: lock EP-3.")
    reading = session.opened.reading
    if reading.places is None:
        fix = f"Write it into {session.path.stem}.scenarios.yaml."
        raise Problem(422, f"{reading.name} is no workbook and has no sheet Scenarios.", fix)
    there = {str(row[0] or "").casefold() for row in reading.scenarios}
    if name.strip().casefold() in there | {str(one["scenario"]).casefold() for one in session.scenarios}:
        raise Problem(409, f"There is a scenario {name.strip()} already.", "Give it another name.")
    try:
        lines = scenario_lines(session.now.loaded, name.strip(), [str(change) for change in changes])
    except HasErrorsError as problem:
        first = problem.findings[0]
        raise Problem(422, first.message, first.fix) from None
    except Unknown as why:
        raise Problem(422, f"{why.what} {why.rule}", why.fix) from None
    kept: list[dict[str, object]] = [dict(line) for line in lines]
    session.write({"kind": "scenario", "at": moment(), "by": person.name, "scenarios": kept})
    session.scenarios += kept
    return {"name": name.strip(), "lines": kept, "unsaved": session.unsaved}
