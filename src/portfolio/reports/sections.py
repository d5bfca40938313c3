"""The sections of a report, in the order in which they are read; one that has nothing to say is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.reports.report import Report, worth_reading
from portfolio.results.views import View


@dataclass(frozen=True)
class Section:
    """One section: its name in links, its heading, and the view that it shows, if it shows one."""

    name: str
    title: str
    view: View | None = None

    @property
    def template(self) -> str:
        """The file that draws it."""
        return f"{self.name}.html"


def sections(report: Report) -> tuple[Section, ...]:
    """Every section that applies."""
    return tuple(_sections(report))


def _sections(report: Report) -> Iterator[Section]:
    answer = report.shown.answer
    if answer is not None and answer.plan is None and answer.impossible is not None:
        yield Section("impossible", "What would make a plan possible")
    if report.shown.planned is not None:
        yield Section("decisions", "Decisions")
    names = (
        "difference",
        "ranking",
        "roadmap",
        "load",
        "guardrails",
        "prices",
        "value_and_duration",
        "frontier",
        "flow",
    )
    for name in ("frontier",) if report.is_frontier else names:
        view = report.view(name)
        if view.missing is None:
            yield Section(name, view.title, view)
    if worth_reading(report.findings):
        yield Section("findings", "Findings")
