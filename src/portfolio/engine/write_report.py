"""Writes what is handed out: a report of a portfolio, its plan and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Finding
from portfolio.engine.load import Loaded
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.reports.report import Report
    from portfolio.results.answer import Answer
    from portfolio.results.frontier import Frontier
    from portfolio.results.prices import PriceList
    from portfolio.results.replan_report import ReplanReport
    from portfolio.results.views import Shown


def shown_of(result: Answer | ReplanReport | Frontier | PriceList) -> Shown:
    """What the views show of an answer by itself, of one with its prices, of a re-plan beside what was agreed, and of the steps of a figure."""
    from portfolio.results.frontier import Frontier
    from portfolio.results.prices import PriceList
    from portfolio.results.replan_report import ReplanReport
    from portfolio.results.views import Shown

    if isinstance(result, Frontier):
        first = result.steps[0].alternative.answer
        return Shown(first.portfolio, first.model, first.ranking, frontier=result)
    if isinstance(result, ReplanReport):
        answer = result.answer
        return Shown(answer.portfolio, answer.model, answer.ranking, answer, result.before, result.effect)
    if isinstance(result, PriceList):
        return replace(shown_of(result.answer), prices=result)
    return Shown(result.portfolio, result.model, result.ranking, result)


def report_text(shown: Shown, findings: Iterable[Finding], read: Loaded | Path | None = None) -> str:
    """A report as HTML; `read` says from which file the figures are."""
    from portfolio.engine.views import how_sure, measured
    from portfolio.reports.html_report import html_of

    if isinstance(read, Loaded) and shown.flow is None:
        shown = replace(shown, flow=measured(read))
    if isinstance(read, Loaded) and shown.simulation is None and shown.ranks is None:
        shown = how_sure(shown, read)
    return html_of(_report(shown, findings, read))


def slides(
    shown: Shown, findings: Iterable[Finding], read: Loaded | Path | None = None, template: str | Path | None = None
) -> bytes:
    """A report as slides, which take the looks of a template.

    Raises WrongUseError where python-pptx is not installed, or the template is none.
    """
    from portfolio.engine.views import how_sure
    from portfolio.reports.slides import slides_of

    if isinstance(read, Loaded) and shown.simulation is None and shown.ranks is None:
        shown = how_sure(shown, read)
    return slides_of(_report(shown, findings, read), None if template is None else Path(template))


def check_report(path: Path, template: str | Path | None = None) -> None:
    """Raises WrongUseError where a report could not be written so, before anybody waits for it."""
    if path.suffix.lower() != ".pptx":
        if template is not None:
            raise WrongUseError(
                f"{path.name} has no slides that `template` could give a look; use OUT.pptx.", "template"
            )
        return
    from portfolio.reports.slides import check_installed

    check_installed()
    if template is not None:
        from portfolio.reports.slides.deck import read_deck

        read_deck(Path(template))


def write_report(
    shown: Shown,
    findings: Iterable[Finding],
    path: Path,
    read: Loaded | Path | None = None,
    template: str | Path | None = None,
) -> None:
    """Writes a report as HTML or as slides, as the ending says, whole or not at all."""
    from portfolio.storage.atomic_write import write_bytes, write_whole

    check_report(path, template)
    if path.suffix.lower() == ".pptx":
        content = slides(shown, findings, read, template)
    else:
        content = report_text(shown, findings, read).encode("utf-8")
    write_whole(path, lambda beside: write_bytes(beside, content))


def _report(shown: Shown, findings: Iterable[Finding], read: Loaded | Path | None) -> Report:
    from portfolio.reports.report import Report, Source
    from portfolio.storage.atomic_write import sha256_of

    source = Source()
    if isinstance(read, Loaded):
        source = Source(read.name, read.sha256, read.left_out_text)
    elif read is not None:
        source = Source(read.name, sha256_of(read.read_bytes()))
    return Report(shown, source, tuple(findings))
