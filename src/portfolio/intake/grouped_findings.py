"""One finding for a column, with examples, instead of one for each of its cells; and the same thing never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from portfolio.domain import FieldFinding, Finding
from portfolio.domain.finding import Path
from portfolio.domain.spelling import shown
from portfolio.domain.wording import first_of
from portfolio.intake.source_map import SourceMap
from portfolio.xlsx.cell_names import column_letters

MOST_EXAMPLES = 3
Place = Callable[[Path], str]
Example = Callable[[Path, bool], str]
"""How a further cell of a group is named in short, with what it holds where that matters."""
Group = tuple[object, ...]


def grouped_findings(
    problems: Iterable[FieldFinding], place: Place, example: Example, group: Callable[[Path], Group | None]
) -> tuple[Finding, ...]:
    """The findings of problems in their order; those of one group that break the same rule are one."""
    members: dict[Group, list[FieldFinding]] = {}
    for number, problem in enumerate(problems):
        own = group(problem.path)
        key = (number,) if own is None else (problem.severity, *own, problem.rule)
        members.setdefault(key, []).append(problem)
    return tuple(dict.fromkeys(_finding(found, place, example) for found in members.values()))


def _finding(found: Sequence[FieldFinding], place: Place, example: Example) -> Finding:
    first = found[0]
    others = [problem for problem in found[1:] if problem.path != first.path]
    fix = first.fix
    if others:
        differ = any(problem.what != first.what for problem in others)
        named = list(dict.fromkeys(example(problem.path, differ) for problem in others))
        fix = f"{fix} The same in {first_of(named, MOST_EXAMPLES)}."
    return Finding(first.severity, place(first.path), first.what, first.rule, fix)


def column_of(path: Path) -> Group | None:
    """The column of a record's field, as JSON has it; None for what belongs to no record."""
    if len(path) < 3 or not isinstance(path[0], str) or not isinstance(path[1], int):
        return None
    return path[0], path[2]


def in_json(path: Path, _: bool) -> str:
    """A record by its number, as JSON has it."""
    return f"{path[0]}[{path[1]}]" if len(path) > 1 else str(path[0])


def column_in(places: SourceMap) -> Callable[[Path], Group | None]:
    """The column of a sheet that a problem stands in; None for a sheet as a whole."""

    def group(path: Path) -> Group | None:
        sheet, row, column = places.cell(path)
        return (sheet, column, *path[:1], *path[2:3]) if row and path else None

    return group


def cell_in(places: SourceMap) -> Example:
    """A cell by its name on its sheet, with what it holds where that matters, else the epic that lacks something there."""

    def example(path: Path, differ: bool) -> str:
        cell = places.cell(path)
        held = _content(places, path)
        lacking = held == "" and path[0] == "epics" and len(path) > 2
        told = _content(places, (*path[:2], "id")) if lacking else shown(held) if differ and held != "" else ""
        return f"{column_letters(cell[2])}{cell[1]}" + (f" ({told})" if told != "" else "")

    return example


def _content(places: SourceMap, path: Path) -> object:
    cell = places.cell(path)
    return places.content(cell) if cell[0] in places.grids else ""


def row_in(places: SourceMap) -> Example:
    """A row by its number, with what its cell holds where that matters."""

    def example(path: Path, differ: bool) -> str:
        cell = places.cell(path)
        held = places.content(cell) if differ and cell[2] and cell[0] in places.grids else ""
        return f"row {cell[1]}" + (f" ({shown(held)})" if held != "" else "")

    return example
