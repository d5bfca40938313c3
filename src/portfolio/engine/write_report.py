"""Writes what is handed out: a report of a portfolio, its plan and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding
from portfolio.engine.load import Loaded

if TYPE_CHECKING:
    from portfolio.results.answer import Answer
    from portfolio.results.replan_report import ReplanReport
    from portfolio.results.views import Shown


def shown_of(result: Answer | ReplanReport) -> Shown:
    """What the views show of an answer by itself; of a re-plan beside what was agreed."""
    from portfolio.results.replan_report import ReplanReport
    from portfolio.results.views import Shown

    if isinstance(result, ReplanReport):
        answer = result.answer
        return Shown(answer.portfolio, answer.model, answer.ranking, answer, result.before, result.effect)
    return Shown(result.portfolio, result.model, result.ranking, result)


def report_text(shown: Shown, findings: Iterable[Finding], loaded: Loaded | None = None) -> str:
    """A report as HTML; `loaded` says from which file the figures are."""
    from portfolio.reports.html_report import html_of
    from portfolio.reports.report import Report, Source

    source = Source() if loaded is None else Source(loaded.name, loaded.sha256, loaded.left_out_text)
    return html_of(Report(shown, source, tuple(findings)))


def write_report(shown: Shown, findings: Iterable[Finding], path: Path, loaded: Loaded | None = None) -> None:
    """Writes a report as HTML, whole or not at all."""
    from portfolio.storage.atomic_write import write_bytes, write_whole

    content = report_text(shown, findings, loaded).encode("utf-8")
    write_whole(path, lambda beside: write_bytes(beside, content))
