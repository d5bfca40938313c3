"""Parses a portfolio from its JSON form and checks it: all problems at once, in plain words."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portfolio.domain.counted_rows import EVIDENCE, without_rows
from portfolio.domain.epic import Epic
from portfolio.domain.fast_validation import build_quickly
from portfolio.domain.finding import FieldFinding, Path
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.references import canonical
from portfolio.domain.validation import validate
from portfolio.domain.validation_messages import OBJECTS, RECORDS, translate

NAMES = {"id", "name"}
"""Required names: a record without one is kept under a placeholder, so that its other fields are still checked."""
AMOUNTS = {"capacity", "budget"}
LABELS = {"periods", "budget_periods"}


Settle = Callable[[Portfolio], Portfolio]
"""Fills in what is blank before a portfolio is validated, as its operating model says."""


def build(raw: Mapping[str, object], settle: Settle | None = None) -> tuple[Portfolio | None, list[FieldFinding]]:
    """Builds a portfolio from its JSON form, or says everything that keeps it from being one.

    Returns None in place of the portfolio if any problem is an error; warnings leave it usable.
    """
    portfolio, problems = parse_partial(raw, settle)
    if portfolio is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    return canonical(portfolio), problems


def parse_partial(
    raw: Mapping[str, object], settle: Settle | None = None, quick: Mapping[str, object] | None = None
) -> tuple[Portfolio | None, list[FieldFinding]]:
    """What can be kept of a portfolio whatever is wrong with it, without the values that cannot be read.

    Returns every problem beside it; None in place of the portfolio only if nothing at all can be kept. `quick` is the same JSON
    form in which epics that were built before stand as they were built.
    """
    portfolio: Portfolio | None
    try:
        portfolio = _built(quick or raw)
    except ValidationError as failure:
        pruning = _Pruning(copy.deepcopy(dict(raw)))
        portfolio, problems = pruning.run(failure)
        if portfolio is None:
            return None, problems
        settled = portfolio if settle is None else settle(portfolio)
        found = validate(settled)
        moved = [_moved(problem, pruning.origin) for problem in found]
        fair = [problem for problem in moved if not _unfair(problem.path, pruning.reported)]
        return without_rows(portfolio, found), problems + fair
    found = validate(portfolio if settle is None else settle(portfolio))
    return without_rows(portfolio, found), found


def built_epics(raw: Mapping[str, object]) -> tuple[Epic, ...]:
    """The epics of a JSON form as they are built; none where anything in it cannot be read."""
    try:
        return build_quickly(raw).epics
    except ValidationError:
        return ()


def _built(raw: Mapping[str, object]) -> Portfolio:
    """The portfolio as its records' own rules would build it; they are asked where something is wrong, to say what."""
    with contextlib.suppress(ValidationError):
        return build_quickly(raw)
    return Portfolio.model_validate(raw)


class _Pruning:
    """Takes out of a raw portfolio what cannot be read, and remembers where everything else stood before."""

    def __init__(self, raw: dict[str, object]) -> None:
        self.raw = raw
        self.origin = {
            name: list(range(len(records))) for name in RECORDS if isinstance(records := _list_of(raw, name), list)
        }
        self.reported: set[Path] = set()

    def run(self, failure: ValidationError) -> tuple[Portfolio | None, list[FieldFinding]]:
        problems: list[FieldFinding] = []
        for _ in range(10):
            problems += self._prune(failure)
            try:
                return Portfolio.model_validate(self.raw), problems
            except ValidationError as next_failure:
                failure = next_failure
        return None, problems

    def _prune(self, failure: ValidationError) -> Iterator[FieldFinding]:
        removed: set[tuple[str, int]] = set()
        done: set[Path] = set()
        for error in failure.errors(include_url=False, include_context=True):
            path = self._path(error)
            if path in done:
                continue
            done.add(path)
            shown = _move(path, self.origin)
            problem = translate(shown, error)
            if problem is not None and shown not in self.reported:
                self.reported.add(shown)
                yield problem
            self._drop(path, removed)
        for section, index in sorted(removed, reverse=True):
            del self._records(section)[index]
            del self.origin[section][index]

    def _records(self, section: str) -> list[object]:
        records = _list_of(self.raw, section)
        assert isinstance(records, list)
        return records

    def _path(self, error: ErrorDetails) -> Path:
        """The part of an error's location that is in the raw portfolio; a missing field counts as being there."""
        path: Path = ()
        here: object = self.raw
        for step in error["loc"]:
            if isinstance(here, dict):
                if step not in here:
                    return _with_section((*path, step) if error["type"] == "missing" else path)
                here = here[step]
            elif isinstance(here, list | tuple) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return _with_section(path)
            path = (*path, step)
        return _with_section(path)

    def _drop(self, path: Path, removed: set[tuple[str, int]]) -> None:
        if not path:
            return
        section, rest = path[0], path[1:]
        if section in RECORDS and rest and isinstance(rest[0], int):
            self._drop_from_record(str(section), rest[0], rest[1:], removed)
        elif str(section).startswith(EVIDENCE) and isinstance(evidence := self.raw["evidence"], dict):
            evidence.pop(str(section).removeprefix(EVIDENCE), None)
        elif section in OBJECTS and rest and isinstance(record := self.raw[str(section)], dict):
            _drop_field(record, rest)
        else:
            self.raw.pop(str(section), None)

    def _drop_from_record(self, section: str, index: int, rest: Path, removed: set[tuple[str, int]]) -> None:
        record = self._records(section)[index]
        if not rest or not isinstance(record, dict) or section.startswith(EVIDENCE):
            removed.add((section, index))
        elif rest[0] in NAMES and _required(RECORDS[section], str(rest[0])):
            record[rest[0]] = f"(no {rest[0]} {index + 1})"
        elif _required(RECORDS[section], str(rest[0])):
            removed.add((section, index))
        else:
            _drop_field(record, rest)


def _list_of(raw: Mapping[str, object], section: str) -> object:
    """What stands under the name of a list, which for evidence is one of its object."""
    if not section.startswith(EVIDENCE):
        return raw.get(section)
    evidence = raw.get("evidence")
    return evidence.get(section.removeprefix(EVIDENCE)) if isinstance(evidence, dict) else None


def _with_section(path: Path) -> Path:
    """A path whose first step is the list that a record stands in: `evidence.history` is one step."""
    section = f"{EVIDENCE}{path[1]}" if len(path) > 1 and path[0] == "evidence" else ""
    return (section, *path[2:]) if section in RECORDS else path


def _drop_field(record: dict[str, object], rest: Path) -> None:
    """Drops a field; one wrong entry of a list that is counted is replaced, so that the count stays right."""
    field, position = str(rest[0]), rest[1] if len(rest) > 1 else None
    values = record.get(field)
    if isinstance(position, int) and field in AMOUNTS | LABELS and isinstance(values, list | tuple):
        replaced = list(values)
        replaced[position] = 0 if field in AMOUNTS else f"?{position}"
        record[field] = replaced
    elif field == "effort" and position is not None and isinstance(values, dict):
        values.pop(position, None)
    else:
        record.pop(field, None)


def _required(record: type[BaseModel], field: str) -> bool:
    return field in record.model_fields and record.model_fields[field].is_required()


def _move(path: Path, origin: Mapping[str, list[int]]) -> Path:
    """A path inside the pruned portfolio as a path inside what the user gave."""
    if len(path) > 1 and path[0] in origin and isinstance(path[1], int):
        return (path[0], origin[str(path[0])][path[1]], *path[2:])
    return path


def _moved(problem: FieldFinding, origin: Mapping[str, list[int]]) -> FieldFinding:
    return FieldFinding(_move(problem.path, origin), problem.what, problem.rule, problem.fix, problem.severity)


def _unfair(path: Path, reported: set[Path]) -> bool:
    """Whether a problem only follows from a reported one, or blames a reference whose target had no readable ID."""
    targets = {"dependencies": "epics", "epics": "value_streams" if "effort" in path else ""}
    nameless = (targets.get(str(path[0])), ("id",))
    return any((other[0], other[2:]) == nameless for other in reported) or follows(path, reported)


def follows(path: Path, reported: set[Path]) -> bool:
    """Whether a problem stands at, inside or around a field, or a column, that was already reported."""
    if path in reported:
        return True
    if any(path[:length] in reported for length in range(1, len(path))):
        return True
    if len(path) == 2 and isinstance(path[1], str) and path[0] in RECORDS:
        return any(len(other) > 2 and (other[0], other[2]) == path for other in reported)
    if len(path) >= 3 and (path[0], path[2]) in reported:
        return True
    return len(path) >= 3 and any(other[: len(path)] == path for other in reported)
