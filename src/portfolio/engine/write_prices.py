"""Writing explanations: from what was found to the rows of their sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Portfolio
from portfolio.engine.explain import Explained
from portfolio.engine.plan import refuse_source

if TYPE_CHECKING:
    from portfolio.analysis.pricing import Explanation
    from portfolio.workbook.sheets.priced import Accounts, EpicAccount, OtherRow


def write_explanations(found: Explained, path: Path, source: Path | None = None) -> None:
    """Writes the full answer about some epics, or a row about each, as a workbook; never over the file that was read."""
    from portfolio.workbook.write_sheets import write_explanations

    _check(path, source)
    write_explanations(_accounts(found), path)


def _check(path: Path, source: Path | None) -> None:
    from portfolio.engine.convert import check_ending

    if source is not None:
        refuse_source(path, source, "path")
    check_ending(path, (".xlsx",))


def _accounts(found: Explained) -> Accounts:
    from portfolio.workbook.sheets.priced import Accounts, ReasonRow

    answer, portfolio = found.answer, found.answer.portfolio
    labels = {epic.id: epic.label for epic in portfolio.epics}
    reasons = [ReasonRow(line.rank, labels[line.id], line.decision, line.value, line.reason) for line in answer.epics]
    return Accounts(
        title=f"{portfolio.name or 'Portfolio'}: explanations",
        unit=portfolio.value_unit,
        currency=portfolio.currency or "money",
        outcome=answer.outcome,
        epics=[_account(one, portfolio, labels) for one in found.epics],
        reasons=[] if found.epics else reasons,
    )


def _account(one: Explanation, portfolio: Portfolio, labels: dict[str, str]) -> EpicAccount:
    from portfolio.analysis.pricing.sentences import sentences, stream_title
    from portfolio.edits.words import condition
    from portfolio.workbook.sheets.priced import EpicAccount, NeedRow, WayRow

    fate = "Without it the plan loses" if one.decision == "start" else "Forcing it in costs"
    return EpicAccount(
        label=labels[one.id],
        sentences=sentences(one, portfolio),
        earns=one.value,
        fate=fate,
        cost=(one.cost_at_least, one.cost_at_most),
        possible=one.possible is not False,
        needs=[
            NeedRow(stream_title(portfolio, need.stream) or need.stream, need.period, need.effort, need.spend)
            for need in one.needs
        ],
        others=_others(one, labels),
        ways=[WayRow(condition(way.change, portfolio), way.value, way.proven) for way in one.ways_in],
    )


def _others(one: Explanation, labels: dict[str, str]) -> list[OtherRow]:
    from portfolio.domain.wording import span_words
    from portfolio.workbook.sheets.priced import OtherRow

    words = {"dropped": "waits", "moved": "moves", "started": "starts instead"}
    waits = (None, None)
    return [
        OtherRow(
            labels[shift.id], words[shift.change], span_words(*shift.before or waits), span_words(*shift.after or waits)
        )
        for shift in one.shifts
    ]
