"""Writing plans beside each other: from what was compared to the rows of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio.analysis.comparison import Comparison
from portfolio.engine.plan import refuse_source

if TYPE_CHECKING:
    from portfolio.analysis.frontier import Frontier
    from portfolio.results.answer import Answer
    from portfolio.workbook.sheets.beside import Alternatives, ChangeRow, EpicRow, FigureRow, Steps

SIGNS = {"started": "+", "moved": "~", "dropped": "-"}


def write_comparison(told: Comparison | Frontier, path: Path, sources: Sequence[Path] = ()) -> None:
    """Writes scenarios beside each other, or a frontier, as a workbook with its chart; never over a file that was read."""
    from portfolio.engine.convert import check_ending
    from portfolio.workbook.write_sheets import write_comparison, write_frontier

    for source in sources:
        refuse_source(path, source, "path")
    check_ending(path, (".xlsx",))
    if isinstance(told, Comparison):
        write_comparison(_alternatives(told), path)
    else:
        write_frontier(_steps(told), path)


def _alternatives(told: Comparison) -> Alternatives:
    from portfolio.workbook.sheets.beside import Alternatives

    portfolio = told.base.answer.portfolio
    return Alternatives(
        title=f"{portfolio.name or 'Portfolio'}: side by side",
        unit=portfolio.value_unit,
        names=[one.name for one in told.alternatives],
        figures=list(_figures(told)),
        epics=list(_epics(told)),
        changes=list(_changes(told)),
    )


def _figures(told: Comparison) -> Iterator[FigureRow]:
    from portfolio.workbook.sheets.beside import FigureRow

    every, portfolio = told.alternatives, told.base.answer.portfolio
    outcomes = [one.answer.outcome for one in every]
    yield FigureRow(f"Value, {portfolio.value_unit}", "limit", [one.value for one in outcomes])
    yield FigureRow("Bound", "limit", [one.bound for one in outcomes])
    yield FigureRow("Gap", "percent", [one.gap for one in outcomes])
    yield FigureRow("Claim", "", [one.claim for one in outcomes])
    yield FigureRow(f"Spend, {portfolio.currency or 'money'}", "figure input", [one.spend for one in every])
    yield FigureRow(
        f"{told.base.answer.model.vocabulary.epic.many_headed} that start", "whole", [one.started for one in every]
    )
    yield FigureRow("Capacity used", "any share", [one.utilisation for one in every])
    titles = {use.id: use.title for one in every for use in one.uses}
    for name, title in titles.items():
        shares = [{use.id: use.share for use in one.uses}.get(name) for one in every]
        yield FigureRow(f"Capacity used, {title}", "any share", shares)
    yield FigureRow("Guardrails at their limit", "whole", [one.binding for one in every])
    yield FigureRow("Guardrails broken", "whole", [one.broken for one in every])


def _epics(told: Comparison) -> Iterator[EpicRow]:
    """Every epic of any alternative, in the order of the first one's ranking."""
    from portfolio.workbook.sheets.beside import EpicRow

    titles = {epic.id: epic.title or "" for one in told.alternatives for epic in one.answer.portfolio.epics}
    ids = dict.fromkeys(line.id for one in told.alternatives for line in one.answer.epics)
    spans = [_spans(one.answer) for one in told.alternatives]
    signs = [
        {line.id: SIGNS[line.change] for line in one.effect.epics} if one.effect is not None else {}
        for one in told.alternatives
    ]
    for epic in ids:
        yield EpicRow(epic, titles[epic], [one.get(epic, "") for one in spans], [one.get(epic, "") for one in signs])


def _spans(answer: Answer) -> dict[str, str]:
    from portfolio.results.wording import span_words

    return {line.id: span_words(line.start, line.finish) for line in answer.epics if line.start is not None}


def _changes(told: Comparison) -> Iterator[ChangeRow]:
    from portfolio.workbook.sheets.beside import ChangeRow

    for one in told.alternatives:
        for edit in one.edits:
            before, after = _shown(edit.before), _shown(edit.after)
            yield ChangeRow(one.name, str(edit.line), edit.figure, before, after, edit.line.place)


def _shown(value: Any) -> str:
    """A value as a cell shows it; whole records are only named."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return "there"
    return f"{value:,.12g}" if isinstance(value, int | float) else str(value)


def _steps(told: Frontier) -> Steps:
    from portfolio.workbook.sheets.beside import StepRow, Steps

    portfolio = told.steps[0].alternative.answer.portfolio
    rows = [
        StepRow(
            told.label(step),
            step.outcome.value,
            step.outcome.bound,
            step.alternative.spend,
            step.alternative.utilisation,
            step.alternative.started,
        )
        for step in told.steps
    ]
    title = f"{portfolio.name or 'Portfolio'}: what {told.figure} is worth"
    return Steps(title, told.figure, portfolio.value_unit, portfolio.currency or "money", rows)
