"""The explanations asked for, with the plan that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from portfolio.domain import Finding
from portfolio.results.answer import Answer
from portfolio.results.claim import worth_words
from portfolio.results.epic_explanation import Explanation
from portfolio.results.tables import run
from portfolio.results.tables.explanations import EXPLAINED_EPICS, NEEDS, OTHER_EPICS, WAYS_IN
from portfolio.results.tables.streams import period_labels
from portfolio.tabular import FilledTable, TabularResult, paragraph


@dataclass(frozen=True, repr=False)
class Explained(TabularResult):
    """A plan and the full explanation of the epics that were asked about; of none, every epic has its reason."""

    answer: Answer
    epics: tuple[Explanation, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about the portfolio and its plan."""
        return self.answer.findings

    @property
    def title(self) -> str:
        """What stands above the explanations."""
        return f"{self.answer.portfolio.name or 'Portfolio'}: explanations"

    @property
    def headline(self) -> str:
        """What the plan is worth, and what is claimed of it."""
        return worth_words(self.answer.outcome, self.answer.portfolio)

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """Each epic in a row, then what it needs, what happens to others, and what lets it in."""
        periods = period_labels(self.answer.portfolio)
        moments = dict.fromkeys(("start_before", "finish_before", "start_after", "finish_after"), periods["period"])
        return (
            EXPLAINED_EPICS.filled(self._epics),
            NEEDS.filled(self._needs, periods),
            OTHER_EPICS.filled(self._others, moments),
            WAYS_IN.filled(self._ways),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    def drawing(self) -> str:
        """The answer about each epic in sentences."""
        return "".join(paragraph(f"{one.label}: {one}") for one in self.epics)

    def _epics(self) -> Iterator[Mapping[str, object]]:
        titles = {epic.id: epic.title for epic in self.answer.portfolio.epics}
        for line in self.epics or self.answer.epics:
            yield {**vars(line), "epic": line.id, "title": titles[line.id]}

    def _needs(self) -> Iterator[Mapping[str, object]]:
        for epic in self.epics:
            for need in epic.needs:
                yield {**vars(need), "epic": epic.id, "value_stream": need.stream}

    def _others(self) -> Iterator[Mapping[str, object]]:
        for epic in self.epics:
            for shift in epic.shifts:
                (start_before, finish_before), (start_after, finish_after) = (
                    times or (None, None) for times in (shift.before, shift.after)
                )
                yield {
                    "epic": epic.id,
                    "other": shift.id,
                    "change": shift.change,
                    "start_before": start_before,
                    "finish_before": finish_before,
                    "start_after": start_after,
                    "finish_after": finish_after,
                }

    def _ways(self) -> Iterator[Mapping[str, object]]:
        for epic in self.epics:
            for number, way in enumerate(epic.ways_in, 1):
                place = "; ".join(f"{part} = {name}" for part, name in way.change.place.items())
                yield {**way.as_json(), "epic": epic.id, "number": number, "way": way.condition, "place": place}

    def as_json(self) -> dict[str, object]:
        """The explanations; without any, the reason of each epic."""
        reasons = [
            {"id": line.id, "decision": line.decision, "value": line.value, "reason": line.reason}
            for line in self.answer.epics
        ]
        return {
            "format": 1,
            "portfolio": self.answer.portfolio.name,
            "unit": self.answer.portfolio.value_unit,
            "outcome": asdict(self.answer.outcome),
            "epics": [explanation.as_json() for explanation in self.epics] or reasons,
            "findings": [finding.as_json() for finding in self.findings],
        }
