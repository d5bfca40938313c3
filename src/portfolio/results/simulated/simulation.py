"""A simulation: how sure a plan is, from many futures in which it is followed as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.domain import Finding, Portfolio
from portfolio.results.simulated.anew_chances import FUNDED_CHANCES, AnewChances
from portfolio.results.simulated.chance import day_words
from portfolio.results.simulated.choice_chances import CANDIDATES, INFORMATION, Information, RobustChoice
from portfolio.results.simulated.epic_chances import EPIC_CHANCES, EpicChances
from portfolio.results.simulated.plan_chances import PlanChances
from portfolio.results.simulated.ranks import Ranks
from portfolio.results.simulated.spend_chances import BEYOND, SPEND_CHANCES, SpendChances
from portfolio.results.simulated.study_line import StudyLine
from portfolio.results.tables import run, streams
from portfolio.tabular import FilledTable, TabularResult

NOT_A_PROMISE = (
    "Nobody reacts in these futures: the plan is followed as it is, and what is late waits its turn. A plan is a forecast, "
    "not a promise, and no figure here judges people."
)


@dataclass(frozen=True, repr=False)
class Simulation(TabularResult):
    """A plan played forward: its chances by epic, by value stream and budget period, and as a whole."""

    portfolio: Portfolio
    study: StudyLine
    plan: PlanChances
    epics: tuple[EpicChances, ...]
    spend: tuple[SpendChances, ...]
    findings: tuple[Finding, ...] = ()
    ranks: Ranks | None = None
    """The ranking in many futures, where it was asked for."""
    anew: AnewChances | None = None
    information: Information | None = None
    robust: RobustChoice | None = None
    track_record: str = ""
    """How earlier forecasts and promises have held, in a sentence; blank where nothing is known of them."""

    @property
    def headline(self) -> str:
        """What was played forward, and what it is worth on average."""
        name = self.portfolio.name or "The plan"
        return f"{name}: {len(self.epics)} planned epics, played forward in {self.study.words}."

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the figures say, in sentences."""
        unit, plan = self.portfolio.value_unit, self.plan
        worth = (
            f"On average the plan is worth {plan.mean.words} {unit}, {plan.planned:,.0f} as planned. "
            f"Count on {plan.count_on.words}: that much or more comes in 85 of 100 futures. "
            f"The worst tenth of the futures brings {plan.worst_mean.words} on average."
        )
        return tuple(filter(None, (worth, self._dates(), self._budgets(), self.track_record)))

    def _dates(self) -> str:
        kept = self.plan.dates_kept
        if kept is None:
            return ""
        dated = [(epic.date_kept, epic) for epic in self.epics]
        at_risk = [(chance, epic) for chance, epic in dated if chance is not None]
        least, worst = min(at_risk, key=lambda one: one[0].share)
        together = f"All dates are kept with {kept.words}"
        return f"{together}; least sure is {worst.id}, {least.words}, done with 85% by {day_words(worst.p85_done)}."

    def _budgets(self) -> str:
        limited = [line for line in self.spend if line.above_budget is not None and line.id]
        if not limited:
            return ""
        worst = max(limited, key=lambda line: 0.0 if line.above_budget is None else line.above_budget.share)
        assert worst.above_budget is not None
        if worst.above_budget.share == 0:
            return "No budget is exceeded in any of them."
        return (
            f"The budget most at risk is that of {worst.id} in {worst.budget_period}: it is exceeded with "
            f"{worst.above_budget.words}, and 85 of 100 futures spend at most {worst.p85.words} {self.portfolio.money_unit}."
        )

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """A row for each epic, and one for each value stream and budget period."""
        labels = streams.period_labels(self.portfolio)
        return (
            EPIC_CHANCES.filled(self._epic_rows, labels),
            SPEND_CHANCES.filled(self._spend_rows, {"budget_period": (*labels["budget_period"], BEYOND)}),
            *(() if self.ranks is None else self.ranks.own_tables()),
            *([] if self.anew is None else [FUNDED_CHANCES.filled(self._funded_rows)]),
            *([] if self.information is None else [INFORMATION.filled(self._information_rows)]),
            *([] if self.robust is None else [CANDIDATES.filled(self._candidate_rows)]),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    def _epic_rows(self) -> Iterator[Mapping[str, object]]:
        for line in self.epics:
            row = line.as_json()
            yield {"epic": line.id, **row, "p50_done": _text(row["p50_done"]), "p85_done": _text(row["p85_done"])}

    def _spend_rows(self) -> Iterator[Mapping[str, object]]:
        for line in self.spend:
            yield {**line.as_json(), "value_stream": line.id}

    @property
    def parts(self) -> dict[str, AnewChances | Information | RobustChoice]:
        """What else was asked for, by its name."""
        asked = {"anew": self.anew, "information": self.information, "robust": self.robust}
        return {name: part for name, part in asked.items() if part is not None}

    def _funded_rows(self) -> Iterator[Mapping[str, object]]:
        for line in () if self.anew is None else self.anew.epics:
            yield {"epic": line.id, "planned": line.planned, "chance_funded": line.funded.share}

    def _information_rows(self) -> Iterator[Mapping[str, object]]:
        for line in () if self.information is None else self.information.lines:
            yield line.as_json()

    def _candidate_rows(self) -> Iterator[Mapping[str, object]]:
        for line in () if self.robust is None else self.robust.candidates:
            yield line.as_json()

    def as_json(self) -> dict[str, object]:
        """The simulation in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "unit": self.portfolio.value_unit,
            "study": self.study.as_json(),
            "plan": self.plan.as_json(),
            "epics": [line.as_json() for line in self.epics],
            "spend": [line.as_json() for line in self.spend],
            **({} if self.ranks is None else {"ranks": self.ranks.part_as_json()}),
            **{name: part.as_json() for name, part in self.parts.items()},
            **({"track_record": self.track_record} if self.track_record else {}),
            "findings": [finding.as_json() for finding in self.findings],
        }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
