"""Flow as it is shown: every measure of the system in one window, beside its own past, with what each of them lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portfolio.domain.finding import Finding
from portfolio.results.flow import flow_rows as rows
from portfolio.results.flow.coordination import Coordination
from portfolio.results.flow.delivery import Delivery, IntegrationHealth
from portfolio.results.flow.dependencies import DependencyAgeing
from portfolio.results.flow.efficiency import Efficiency, LittlesLaw, PlanKept, Predictability
from portfolio.results.flow.forecast import Calibration, ThroughputForecast
from portfolio.results.flow.groups import Period
from portfolio.results.flow.lead_times import LeadTimes
from portfolio.results.flow.outcomes import KeyResultProgress, ObjectiveProgress, PivotOrPersevere
from portfolio.results.flow.progress import Age, CumulativeFlow, Load, Share, TimeInState
from portfolio.results.flow.throughput import Throughput
from portfolio.results.tables import flow as tables
from portfolio.results.tables import run
from portfolio.results.tables.flow import PURPOSE as PURPOSE
from portfolio.tabular import FilledTable, TabularResult


@dataclass(frozen=True)
class Window:
    """The days that are looked at, both included, and those of the window before where the history reaches so far."""

    first: date
    last: date
    before: tuple[date, date] | None = None

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def as_json(self) -> dict[str, object]:
        """The window as JSON has it."""
        found: dict[str, object] = {"first": self.first.isoformat(), "last": self.last.isoformat(), "days": self.days}
        if self.before is not None:
            found["before"] = {"first": self.before[0].isoformat(), "last": self.before[1].isoformat()}
        return found


@dataclass(frozen=True, repr=False)
class Flow(TabularResult):
    """Every measure of one window; what could not be measured is empty or None, and `lacks` says why."""

    name: str
    window: Window
    by: str
    periods: tuple[Period, ...]
    lead_times: tuple[LeadTimes, ...] = ()
    throughput: tuple[Throughput, ...] = ()
    ages: tuple[Age, ...] = ()
    states: tuple[TimeInState, ...] = ()
    load: tuple[Load, ...] = ()
    cumulative: CumulativeFlow | None = None
    distribution: tuple[Share, ...] = ()
    efficiency: tuple[Efficiency, ...] = ()
    little: LittlesLaw | None = None
    predictability: tuple[Predictability, ...] = ()
    plans_kept: tuple[PlanKept, ...] = ()
    """Beside it, what came of what was agreed; only where periods were closed."""
    delivery: tuple[Delivery, ...] = ()
    integration: tuple[IntegrationHealth, ...] = ()
    dependencies: DependencyAgeing | None = None
    coordination: Coordination | None = None
    key_results: tuple[KeyResultProgress, ...] = ()
    objectives: tuple[ObjectiveProgress, ...] = ()
    pivots: tuple[PivotOrPersevere, ...] = ()
    forecast: tuple[ThroughputForecast, ...] = ()
    """Only where it was asked for."""
    calibration: Calibration | None = None
    track_record: str = ""
    """How earlier forecasts and promises have held; beside a forecast, where anything is known of them."""
    notes: tuple[str, ...] = ()
    """What has to be known to read the figures: what was re-opened, withdrawn, left out, said twice."""
    lacks: Mapping[str, str] = field(default_factory=dict)
    """For each measure that is not shown a sentence that says what it lacks."""
    findings: tuple[Finding, ...] = ()
    alarms: tuple[Finding, ...] = ()
    """What of the system stands out by the policies of the way of working, each with what leaders could change."""

    @property
    def key(self) -> str:
        """What a part of the portfolio is called in JSON."""
        return self.by.replace(" ", "_")

    @property
    def headline(self) -> str:
        """What was looked at, and what for."""
        days = f"{self.window.first} to {self.window.last}"
        done = self.lead_times[0] if self.lead_times else None
        said = "no history" if done is None else f"{done.finished} finished, {done.open} in progress"
        return f"{self.name}, {days}: {said}. {PURPOSE}"

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """Lead times first, then what they come from, delivery, coordination and outcomes; parts in the order of the workbook."""
        first, linked = self.window.first, self.coordination
        return (
            tables.LEAD_TIMES.filled(lambda: rows.lead_times(self.lead_times)),
            tables.THROUGHPUT.filled(lambda: rows.throughput(self.throughput, self.periods, self.lead_times)),
            tables.AGES.filled(lambda: rows.ages(self.ages)),
            tables.LOAD.filled(lambda: rows.load(self.load, self.cumulative, first)),
            tables.REACHED.filled(lambda: rows.reached(self.cumulative, first)),
            tables.TIME_IN_STATE.filled(lambda: map(vars, self.states)),
            tables.EFFICIENCY.filled(lambda: map(vars, self.efficiency)),
            tables.PREDICTABILITY.filled(lambda: rows.predictability(self.predictability)),
            tables.DELIVERY.filled(lambda: rows.delivery(self.delivery)),
            tables.INTEGRATION.filled(lambda: rows.integration(self.integration)),
            tables.AGED_DEPENDENCIES.filled(lambda: rows.dependencies(self.dependencies)),
            tables.PAIRS.filled(lambda: rows.pairs(linked)),
            tables.COORDINATION.filled(lambda: rows.coordination(linked)),
            tables.GROWTH.filled(lambda: rows.growth(linked)),
            tables.REMOVALS.filled(lambda: rows.removals(linked)),
            tables.KEY_RESULTS.filled(lambda: rows.key_results(self.key_results)),
            tables.HOW_MANY.filled(lambda: rows.how_many(self.forecast)),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    def as_json(self) -> dict[str, object]:
        """Everything as JSON has it; a percentile that cannot be said is null, with what it is more than."""
        key = self.key
        shares = [share.as_json() for share in self.distribution]
        return {
            "format": 1,
            "portfolio": self.name,
            "for": PURPOSE,
            "as_of": self.window.last.isoformat(),
            "window": self.window.as_json(),
            "by": self.by,
            "lead_times": [line.as_json(key) for line in self.lead_times],
            "throughput": [row for line in self.throughput for row in line.as_json(key, self.periods)],
            "ages": [line.as_json(key) for line in self.ages],
            "time_in_state": [line.as_json() for line in self.states],
            "load": [line.as_json(key) for line in self.load],
            "cumulative_flow": None if self.cumulative is None else self.cumulative.as_json(),
            "distribution": shares,
            "efficiency": [line.as_json(key) for line in self.efficiency],
            "little": None if self.little is None else self.little.as_json(),
            "predictability": [line.as_json() for line in self.predictability],
            **({"plans_kept": [line.as_json() for line in self.plans_kept]} if self.plans_kept else {}),
            "delivery": [line.as_json() for line in self.delivery],
            "integration": [line.as_json() for line in self.integration],
            "dependencies": None if self.dependencies is None else self.dependencies.as_json(),
            "coordination": None if self.coordination is None else self.coordination.as_json(),
            "outcomes": {
                "objectives": [line.as_json() for line in self.objectives],
                "key_results": [line.as_json() for line in self.key_results],
                "pivot_or_persevere": [line.as_json() for line in self.pivots],
            },
            **({"forecast": [line.as_json(key) for line in self.forecast]} if self.forecast else {}),
            **({"track_record": self.track_record} if self.track_record else {}),
            **({} if self.calibration is None else {"calibration": self.calibration.as_json()}),
            **({"alarms": [finding.as_json() for finding in self.alarms]} if self.alarms else {}),
            "notes": list(self.notes),
            "lacks": dict(self.lacks),
            "findings": [finding.as_json() for finding in self.findings],
        }
