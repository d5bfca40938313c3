"""An answer: the plan with everything that is shown about it, ready for a table, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property

from portfolio.domain import Finding, Plan, Portfolio
from portfolio.guardrails import GuardrailStatus
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.governance import Decision
from portfolio.operating_model.rights import next_occasion
from portfolio.operating_model.running_work import RunningWork
from portfolio.optimizer.outcome import Outcome
from portfolio.results import guardrails
from portfolio.results.allocation import StreamLine
from portfolio.results.by_outcome import OutcomeLine, by_outcome
from portfolio.results.claim import INHERITED, EarlierClaim, claim_words
from portfolio.results.dependencies import DependencyLine, dependency_lines
from portfolio.results.epic_decisions import PLANNED, EpicLine
from portfolio.results.forecast_words import counted_apart, told_apart
from portfolio.results.funding import EpicFunding, Funding, FundingLine
from portfolio.results.impossible import Impossible
from portfolio.results.levels import LevelLine, level_lines
from portfolio.results.measured import MeasuredPlan
from portfolio.results.rights import rights_of
from portfolio.results.roadmap import roadmap_of
from portfolio.results.running import RunningLine
from portfolio.results.tables import epics, run, streams
from portfolio.results.tables import funding as fundings
from portfolio.results.tables import guardrails as rules
from portfolio.results.tables import levels as heights
from portfolio.results.tables import outcomes as goals
from portfolio.results.tables import running as progress
from portfolio.results.tables import work as works
from portfolio.scoring import Ranking
from portfolio.tabular import Bar, FilledTable, TabularResult, roadmap


@dataclass(frozen=True, repr=False)
class Answer(TabularResult):
    """The whole answer to "what shall we fund?" for one portfolio and one model.

    `measured` is the plan measured; where none was found, the empty plan, for media in which people try plans by hand.
    What is said of the plan itself (`value_streams`, `guardrails`, `funding`, `spend`) is not there without one.
    """

    portfolio: Portfolio
    model: OperatingModel
    ranking: Ranking
    outcome: Outcome
    plan: Plan | None
    epics: tuple[EpicLine, ...]
    findings: tuple[Finding, ...]
    measured: MeasuredPlan = field(default_factory=MeasuredPlan)
    impossible: Impossible | None = None
    running: tuple[RunningLine, ...] = ()
    """The epics that are in progress, those that the plan stops or pauses first."""
    cost_of_rules: tuple[float | None, float | None] | None = None
    """What all guardrails, WIP limits, budgets and approvals together cost, at least and at most; None where nobody asked."""
    earlier_claim: EarlierClaim | None = None
    """What was claimed of a plan that was not sought now, when it was made."""

    @property
    def not_going_on(self) -> tuple[RunningLine, ...]:
        """The running epics that the plan stops or pauses: what people have to hear of first."""
        return tuple(line for line in self.running if line.decision != "continue")

    @property
    def mvps_to_judge(self) -> tuple[EpicFunding, ...]:
        """The epics of the plan whose MVP is to be judged, each with the period after which."""
        money = () if self.plan is None else self.measured.funding.epics
        return tuple(line for line in money if line.decide_after is not None and not line.released)

    @property
    def mvp_words(self) -> str:
        """When each MVP is judged, in a sentence; nothing where there is none."""
        told = [f"{line.id} after {line.decide_after}" for line in self.mvps_to_judge]
        return f"Pivot or persevere: {', '.join(told)}." if told else ""

    def proposal(self, line: RunningLine) -> str:
        """What the figures propose for an epic in progress, in the model's words; whoever has the right decides."""
        said = self.model.running_work or RunningWork(source="the engine's own words")
        if line.decision == "stop":
            return said.stop
        if line.decision == "pause":
            return line.happens.replace("pauses", "pause")
        if line.costs:
            return f"{said.stop}{f', {said.pivot}' if said.pivot else ''} or pause"
        if self.shows_value and self.model.running_work is not None and line.at_least is None and line.at_most is None:
            return "open: what going on costs is not known"
        judged = "" if line.decide_after is None else f", to be judged after {line.decide_after}"
        return f"{said.go_on}{judged}"

    @property
    def decided_again(self) -> str:
        """Where and when running work is decided again, and by whom; nothing where the way of working does not say."""
        work, cadence = self.model.running_work, self.model.cadence
        if work is None:
            return ""
        review = next((one for one in cadence.reviews if one.name == work.review), None)
        soon = None if review is None else next_occasion(review, self.portfolio.calendar)
        when = f", next {soon}" if soon else ""
        at = f"It is decided again at the {review.name}{when}." if review is not None else ""
        return " ".join(filter(None, [at, self.rights_words("stop epics")]))

    @property
    def value_streams(self) -> tuple[StreamLine, ...]:
        """What each value stream has in each period and what the plan uses of it."""
        return () if self.plan is None else self.measured.value_streams

    @cached_property
    def by_outcome(self) -> tuple[OutcomeLine, ...]:
        """What the plan puts into each objective; nothing where there are none."""
        return by_outcome(self.portfolio, self.epics, self.measured.work)

    @cached_property
    def levels(self) -> tuple[LevelLine, ...]:
        """Work of other levels than the planned one, with what the plan does of it; nothing where there is none."""
        return level_lines(self.portfolio, self.epics, self.measured.work)

    @property
    def guardrails(self) -> tuple[GuardrailStatus, ...]:
        """How the plan stands to each guardrail, place by place."""
        return () if self.plan is None else self.measured.guardrails

    @property
    def watched_guardrails(self) -> Iterator[GuardrailStatus]:
        """These, and every other line that another plan could break."""
        return guardrails.watched(self.measured.guardrails, self.portfolio)

    @property
    def funding(self) -> Funding | None:
        """The plan's money."""
        return None if self.plan is None else self.measured.funding

    @property
    def shifts(self) -> tuple[FundingLine, ...]:
        """Where the plan moves money into a budget or out of it."""
        return () if self.plan is None else self.measured.funding.shifted

    @property
    def started(self) -> int | None:
        """How many epics start."""
        return None if self.plan is None else len(self.plan)

    @property
    def spend(self) -> float | None:
        """What the plan spends in all."""
        return None if self.plan is None else sum(line.spend for line in self.epics)

    @property
    def shows_value(self) -> bool:
        """Whether anything is worth something here: an order by itself knows no value."""
        return bool(self.outcome.value) or self.portfolio.ranked_by != "sheet"

    @property
    def shows_money(self) -> bool:
        """Whether anything costs money, or is paid for by a budget."""
        return any(line.spend or line.budget is not None for line in self.measured.value_streams) or any(
            line.spend for line in self.epics
        )

    @property
    def limits_progress(self) -> bool:
        """Whether the number of epics in progress is limited anywhere."""
        return any(line.wip_limit is not None for line in self.measured.value_streams)

    @property
    def headline(self) -> str:
        """The answer in one sentence: how many epics start, what they are worth, and what can be claimed of that."""
        name = self.portfolio.name or "The portfolio"
        if self.outcome.value is None:
            return f"{name}: {self.outcome.claim}."
        started = sum(line.decision in PLANNED for line in self.epics)
        goal, words = self.model.goal(self.portfolio), self.model.vocabulary
        claim = INHERITED if self.model.objective.inherited else claim_words(self.outcome, goal, self.earlier_claim)
        worth = f"worth {self.outcome.value:,.0f} {self.portfolio.value_unit} ({claim})" if self.shows_value else claim
        if goal == "own choices" and all(line.met for line in self.guardrails):
            worth = f"guardrails kept, {worth}"
        forecast = any(line.is_forecast for line in self.epics)
        begins = "are in the plan" if self.running or forecast else words.start.many
        counts = f"{name}: {started} of {len(self.epics)} {words.epic.many}"
        return f"{counts} {begins}{self._of_running() or self._of_forecast()}, {worth}."

    @property
    def forecast_words(self) -> str:
        """What is said of what is foreseen and not decided, and what is committed to instead."""
        return told_apart(self.epics, self.portfolio.commitment, self.portfolio.calendar.periods)

    def _of_forecast(self) -> str:
        """How many epics of the plan are committed to and how many are not; nothing where all of them are."""
        return counted_apart(self.epics, self.portfolio.commitment)

    @property
    def order_words(self) -> str:
        """That each value stream has an order of its own, where the way of working compares none of them with another."""
        words, streams = self.model.vocabulary.value_stream, self.portfolio.value_streams
        if self.model.scoring.order != "each value stream" or self.portfolio.ranked_by != "sheet" or len(streams) < 2:
            return ""
        return f"{self.model.title} orders each {words.one} by itself; what comes first across {words.many} is yours to decide."

    @property
    def dependencies(self) -> list[DependencyLine]:
        """What waits for what, oldest first, where that is what a way of working is about; else nothing."""
        lines = {line.id: line for line in self.epics}
        return dependency_lines(self.portfolio, lines) if self.model.objective.inherited else []

    def rights_words(self, *decisions: Decision) -> str:
        """Who may take these decisions about the plan, and when next; nothing where the way of working does not say."""
        return self.model.decision_rights_text(*decisions, portfolio=self.portfolio)

    def _of_running(self) -> str:
        """How many running epics stop, pause and go on; nothing where none is running."""
        words = {"stop": ("stops", "stop"), "pause": ("pauses", "pause"), "continue": ("goes on", "go on")}
        counts = {decision: sum(line.decision == decision for line in self.running) for decision in words}
        told = [f"{count} {words[one][count > 1]}" for one, count in counts.items() if count]
        return f" ({', '.join(told)})" if told else ""

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """Everything that is shown about the plan, a table for each grain."""
        portfolio = self.portfolio
        work = () if self.plan is None else self.measured.work
        money = () if self.funding is None else self.funding.value_streams
        labels = streams.period_labels(portfolio)
        return (
            epics.PLANNED_EPICS.filled(lambda: epics.planned_epics(portfolio, self.ranking, self.epics), labels),
            run.RUN.filled(lambda: run.run(portfolio, self.model.name, self.outcome)),
            streams.PERIODS.filled(lambda: streams.periods(portfolio), labels),
            streams.VALUE_STREAMS.filled(lambda: streams.value_streams(portfolio)),
            works.WORK.filled(lambda: works.work(work, portfolio), labels),
            streams.VALUE_STREAM_PERIODS.filled(
                lambda: streams.value_stream_periods(self.value_streams, portfolio.calendar), labels
            ),
            rules.GUARDRAILS.filled(lambda: rules.guardrails(self.guardrails), labels),
            rules.DEPENDENCIES.filled(lambda: rules.dependencies(portfolio)),
            fundings.FUNDING.filled(lambda: fundings.funding(money, portfolio.calendar), labels),
            goals.BY_OUTCOME.filled(lambda: goals.outcome_lines(self.by_outcome)),
            heights.LEVELS.filled(lambda: heights.levels(self.levels), labels),
            progress.RUNNING.filled(lambda: progress.running(self.running), labels),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    @property
    def reserve_words(self) -> str:
        """How much of the capacity is reserved and not planned here, and what for; empty where nothing is."""
        share, said = self.portfolio.reserve, self.model.reserve
        if not share:
            return ""
        of = f"{share * 100:.3g}% of the capacity of each {self.model.vocabulary.value_stream.one}"
        return f"{of} is reserved and not planned here{f', for {said.purpose}' if said is not None else ''}."

    def drawing(self) -> str:
        """The roadmap, by value stream."""
        if self.plan is None:
            return ""
        names = {epic.id: epic.label for epic in self.portfolio.epics}
        titles = {stream.id: stream.title for stream in self.portfolio.value_streams}
        after: dict[str, list[str]] = {}
        for link in self.portfolio.dependencies:
            if link.type == "finish to start":
                after.setdefault(link.successor, []).append(names[link.predecessor])
        forecast = {line.id for line in self.epics if line.is_forecast}
        bars = [
            Bar(
                titles.get(line.stream or "", ""),
                names[line.epic],
                line.booking.start,
                line.booking.finish,
                tuple(after.get(line.epic, ())),
                line.epic in forecast,
            )
            for line in roadmap_of(self.portfolio, self.ranking, self.plan, self.measured.work)
            if line.booking is not None
        ]
        return roadmap(self.portfolio.calendar.periods, bars)

    def as_json(self) -> dict[str, object]:
        """The answer in the published JSON format, field by field."""
        rights = [asdict(line) for line in rights_of(self.model, self.portfolio)]
        return {
            "format": 1,
            "portfolio": self.portfolio.name,
            "model": self.model.name,
            "outcome": asdict(self.outcome),
            "epics": [line.as_json() for line in self.epics],
            "value_streams": [line.as_json() for line in self.value_streams],
            "guardrails": [guardrails.as_json(status) for status in self.guardrails],
            "findings": [finding.as_json() for finding in self.findings],
            "funding": None if self.funding is None else asdict(self.funding),
            "impossible": None if self.impossible is None else asdict(self.impossible),
            "running": [line.as_json() for line in self.running],
            **({"rights": rights} if rights else {}),
            **({"dependencies": [line.as_json() for line in self.dependencies]} if self.dependencies else {}),
            **({"levels": [asdict(line) for line in self.levels]} if self.levels else {}),
            **({"by_outcome": [asdict(line) for line in self.by_outcome]} if self.by_outcome else {}),
        }
