"""Why no plan is possible: what clashes, and the least that would have to change, in the user's words with their cells."""

from __future__ import annotations

from portfolio.analysis.cell_locator import CellLocator
from portfolio.domain import Finding, Portfolio
from portfolio.domain.json_form import Json
from portfolio.edits.change_words import order
from portfolio.optimizer.execution.cancellation import CancelToken, CountProgress
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.optimizer.infeasibility.iis import infeasible_subsets
from portfolio.optimizer.infeasibility.repair import UNITS_TRIED, Repair, repairs
from portfolio.optimizer.problem import Problem
from portfolio.results.impossible import ChangeLine, ClashLine, Impossible, RepairLine


def why_impossible(
    problem: Problem,
    formulation: Formulation,
    where: CellLocator,
    progress: CountProgress | None = None,
    cancel: CancelToken | None = None,
) -> Impossible:
    """The clashes with their cells, and the cheapest repair in each unit; `progress` hears of each unit, `cancel` stops it."""
    (progress or (lambda *_: None))(0, UNITS_TRIED)
    return Impossible(
        tuple(
            tuple(ClashLine(source.name, source.place, where.cells(formulation.inputs(source))) for source in sources)
            for sources in infeasible_subsets(formulation)
        ),
        tuple(
            _repair_line(repair, problem.portfolio, where)
            for repair in repairs(problem, formulation, progress=progress, cancel=cancel)
        ),
    )


def impossible_finding(impossible: Impossible, formulation: Formulation, where: CellLocator) -> Finding:
    """The finding that names the first clash, says how many more there are, and what the cheapest way out is."""
    named = [_clash_words(lines, formulation) for lines in impossible.clashes]
    alone = len(named) == 1 and len(impossible.clashes[0]) == 1
    rule = f"{'This cannot' if alone else 'These cannot all'} be kept: {named[0]}." if named else "Guardrails clash."
    rule += "".join(f" Nor can these: {words}." for words in named[1:])
    fix = "It has to give." if alone else "One of them has to give." if len(named) < 2 else "One of each has to give."
    if impossible.repairs:
        changes = "; and ".join(line.change for line in impossible.repairs[0].changes)
        fix = f"{fix[:-1]}; it is enough to {changes}."
    return Finding("error", where.file, "No plan is possible.", rule, fix)


def _clash_words(lines: tuple[ClashLine, ...], formulation: Formulation) -> str:
    return "; ".join(
        _line_words(line, formulation) + (f" ({', '.join(line.fields)})" if line.fields else "") for line in lines
    )


def _line_words(line: ClashLine, formulation: Formulation) -> str:
    of_line = (source for source in formulation.sources if (source.name, source.place) == (line.name, line.place))
    return formulation.described(next(of_line))


def sources_words(formulation: Formulation, sources: list[RowSource], where: CellLocator) -> str:
    """Guardrails with their places and cells, one after the other."""
    return "; ".join(formulation.described(source) + where.named(formulation.inputs(source)) for source in sources)


def _repair_line(repair: Repair, portfolio: Portfolio, where: CellLocator) -> RepairLine:
    lines = [
        ChangeLine(
            order(change, portfolio) + where.named(change.fields),
            where.cells(change.fields),
            _shown(change.before),
            _shown(change.after),
        )
        for change in sorted(repair.changes, key=lambda change: abs(change.raised_by))
    ]
    return RepairLine(repair.unit, repair.total, repair.proven, tuple(lines))


def _shown(value: Json) -> float | str | bool | None:
    """What a cell holds; nothing for a record that comes or goes as a whole."""
    return value if isinstance(value, bool | int | float | str) else None
