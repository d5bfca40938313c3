"""Plans beside each other, with their words: what each is worth, spends and uses, and how it differs from the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio.domain import Finding, Portfolio
from portfolio.domain.wording import labelled, span_words
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.results.alternative import Alternative
from portfolio.results.claim import claim_words
from portfolio.results.entry_words import entry_words
from portfolio.results.plan_difference import PlannedEpic
from portfolio.results.tables import run
from portfolio.results.tables.alternatives import CHANGES, COMPARED_EPICS, FIGURES, USES
from portfolio.results.tables.epics import planned_days
from portfolio.results.tables.streams import period_labels
from portfolio.tabular import FilledTable, TabularResult


def edited_words(value: object) -> str:
    """What a figure was before a change, or is after it; of a whole record, such as a guardrail, only that it is there."""
    return "there" if isinstance(value, dict | list) else entry_words(value)


@dataclass(frozen=True)
class ComparedFigure:
    """One figure of every alternative; `kind` says what it is, `part` of which value stream it is, if of one."""

    heading: str
    kind: Literal["value", "gap", "claim", "money", "count", "share"]
    values: Sequence[float | str | None]
    part: str = ""


@dataclass(frozen=True)
class ComparedEpic:
    """When one epic is done in every alternative, nothing where it is not, with what changed from the first."""

    id: str
    title: str
    spans: Sequence[str]
    signs: Sequence[str]

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return labelled(self.id, self.title)


@dataclass(frozen=True, repr=False)
class Comparison(TabularResult):
    """Alternatives beside each other; the first one is what the others are compared with."""

    alternatives: tuple[Alternative, ...]
    findings: tuple[Finding, ...]

    @property
    def base(self) -> Alternative:
        """What the others are compared with."""
        return self.alternatives[0]

    @property
    def others(self) -> tuple[Alternative, ...]:
        """Every alternative but the first."""
        return self.alternatives[1:]

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio that the others are compared with."""
        return self.base.answer.portfolio

    @property
    def words(self) -> Vocabulary:
        """What the operating model calls things."""
        return self.base.answer.model.vocabulary

    @property
    def shows_value(self) -> bool:
        """Whether any of the plans is worth something, or an order by itself decides in all of them."""
        return any(one.answer.shows_value for one in self.alternatives)

    @property
    def title(self) -> str:
        """What stands above a comparison."""
        return f"{self.portfolio.name or 'Portfolio'}: side by side"

    @property
    def headline(self) -> str:
        """What is claimed of each plan, and what may be read into its difference to the first."""
        base = f"{self.base.name}: {claim_words(self.base.answer.outcome)}."
        return " ".join([f"{self.title}.", base, *(one.claim_against(self.base.name) for one in self.others)])

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """The figures side by side, then what each value stream gives, when each epic is done, and what was changed."""
        labels = period_labels(self.portfolio)
        return (
            FIGURES.filled(self._figure_rows),
            USES.filled(
                lambda: (
                    {"alternative": one.name, "value_stream": use.id, "share": use.share, **vars(use)}
                    for one in self.alternatives
                    for use in one.uses
                )
            ),
            COMPARED_EPICS.filled(self._epic_rows, labels),
            CHANGES.filled(self._change_rows),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    def _figure_rows(self) -> Iterator[Mapping[str, object]]:
        for one, gain in zip(self.alternatives, self.gains, strict=True):
            yield {"alternative": one.name, "gain": gain, **one.figures}

    def _epic_rows(self) -> Iterator[Mapping[str, object]]:
        titles = {epic.id: epic.title for one in self.alternatives for epic in one.answer.portfolio.epics}
        for one in self.alternatives:
            changes = {} if one.effect is None else {line.id: line.change for line in one.effect.epics}
            for line in one.answer.epics:
                yield {
                    "epic": line.id,
                    "alternative": one.name,
                    "title": titles[line.id],
                    "start": line.start,
                    "finish": line.finish,
                    **planned_days(one.answer.portfolio.calendar, line.start, line.finish),
                    "change": changes.get(line.id),
                }

    def _change_rows(self) -> Iterator[Mapping[str, object]]:
        edits = [(one.name, edit) for one in self.alternatives for edit in one.edits]
        for number, (name, edit) in enumerate(edits, 1):
            yield {
                "number": number,
                "alternative": name,
                "change": str(edit.line),
                "figure": edit.figure,
                "before": None if edit.before is None else edited_words(edit.before),
                "after": None if edit.after is None else edited_words(edit.after),
                "place": edit.line.place or None,
            }

    @property
    def legend(self) -> str:
        """What the signs before an epic's times mean."""
        return f"+ starts, ~ at another time, - waits, each against {self.base.name}."

    @property
    def gains(self) -> list[float | None]:
        """What each alternative is worth more than the first one; None where one of the two has no plan."""
        values = [one.answer.outcome.value for one in self.alternatives]
        return [None if value is None or values[0] is None else value - values[0] for value in values]

    @property
    def outcome_figures(self) -> list[ComparedFigure]:
        """What can be claimed of each plan."""
        outcomes = [one.answer.outcome for one in self.alternatives]
        return [
            ComparedFigure(f"Value, {self.portfolio.value_unit}", "value", [one.value for one in outcomes]),
            ComparedFigure("Bound", "value", [one.bound for one in outcomes]),
            ComparedFigure("Gap", "gap", [one.gap for one in outcomes]),
            ComparedFigure("Claim", "claim", [one.claim for one in outcomes]),
        ]

    @property
    def plan_figures(self) -> list[ComparedFigure]:
        """What each plan spends, starts and uses, and how its guardrails stand."""
        every, money = self.alternatives, self.portfolio.money_unit
        titles = {use.id: use.title for one in every for use in one.uses}
        shares = [{use.id: use.share for use in one.uses} for one in every]
        used = "Capacity used"
        return [
            ComparedFigure(f"Spend, {money}", "money", [one.spend for one in every]),
            ComparedFigure(f"{self.words.epic.many_headed} that start", "count", [one.started for one in every]),
            ComparedFigure(used, "share", [one.utilisation for one in every]),
            *(
                ComparedFigure(used, "share", [one.get(name) for one in shares], title)
                for name, title in titles.items()
            ),
            ComparedFigure("Guardrails at their limit", "count", [one.binding for one in every]),
            ComparedFigure("Guardrails broken", "count", [one.broken for one in every]),
        ]

    @property
    def epics(self) -> list[ComparedEpic]:
        """Every epic of any alternative, in the order of the first one's ranking."""
        names = dict.fromkeys(line.id for one in self.alternatives for line in one.answer.epics)
        return self._compared(names, {})

    @property
    def changed_epics(self) -> list[ComparedEpic]:
        """The epics that start, move or wait in any alternative otherwise than in the first."""
        lines = [line for one in self.others if one.effect is not None for line in one.effect.epics]
        return self._compared(dict.fromkeys(line.id for line in lines), {line.id: line for line in reversed(lines)})

    def _compared(self, names: Iterable[str], changed: Mapping[str, PlannedEpic]) -> list[ComparedEpic]:
        """These epics; `changed` says when one was done that the first alternative calls otherwise."""
        titles = {epic.id: epic.title or "" for one in self.alternatives for epic in one.answer.portfolio.epics}
        first, *spans = [
            {line.id: span_words(line.start, line.finish) for line in one.answer.epics if line.start is not None}
            for one in self.alternatives
        ]
        first = {name: line.before for name, line in changed.items() if line.start_before is not None} | first
        signs = [
            {} if one.effect is None else {line.id: line.sign for line in one.effect.epics} for one in self.alternatives
        ]
        return [
            ComparedEpic(
                name,
                titles[name],
                [one.get(name, "") for one in (first, *spans)],
                [one.get(name, "") for one in signs],
            )
            for name in names
        ]

    def as_json(self) -> dict[str, object]:
        """The comparison in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "unit": self.portfolio.value_unit,
            "alternatives": [alternative.as_json() for alternative in self.alternatives],
            "findings": [finding.as_json() for finding in self.findings],
        }
