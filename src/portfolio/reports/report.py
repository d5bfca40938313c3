"""What a report says, whatever it is written as: the views of a portfolio, where its figures come from, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portfolio.domain import Finding
from portfolio.domain.wording import figure
from portfolio.results.answer import Answer
from portfolio.results.claim import claim_lines, claim_words, gap_words
from portfolio.results.decision_page import PagePart, decision_page, rules_words
from portfolio.results.guardrails import standing
from portfolio.results.views import VIEWS, Missing, Shown, View


@dataclass(frozen=True)
class Source:
    """The file that the figures come from: its name, the hash of its bytes, and what of it is not in the plan."""

    file: str = ""
    sha256: str = ""
    left_out: str = ""


@dataclass(frozen=True)
class Tile:
    """One figure that is read first, with what it is; `note` says more of it."""

    heading: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Report:
    """Everything that is handed out of one portfolio."""

    shown: Shown
    source: Source
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """What stands at its top."""
        return self.shown.portfolio.name or "Portfolio"

    @property
    def headline(self) -> str:
        """The answer in one sentence, without the name above it; without a plan that of a frontier or of the ranking."""
        answer, frontier = self.shown.answer, self.shown.frontier
        said = answer or frontier or self.shown.ranking
        rest = said.headline.removeprefix(f"{self.title}: ")
        return rest[:1].upper() + rest[1:]

    @property
    def missing(self) -> Missing | None:
        """Why there is no plan to tell of; None where there is one, or where the report is about something else."""
        return None if self.is_frontier else self.shown.missing_plan

    @property
    def is_frontier(self) -> bool:
        """Whether it is about the steps of one figure and nothing else."""
        return self.shown.answer is None and self.shown.frontier is not None

    @property
    def subtitle(self) -> str:
        """By which way of working, and for which time."""
        calendar, model = self.shown.portfolio.calendar, self.shown.model
        periods = calendar.periods
        if not periods:
            return model.title
        span = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
        days = (calendar.first_day(0), calendar.last_day(calendar.plan_weeks))
        dated = f" ({days[0]} to {days[1]})" if None not in days else ""
        return f"{model.title}: {span}{dated}"

    @property
    def inputs(self) -> str:
        """Which file the figures come from, and what tells it from any other."""
        if not self.source.sha256:
            return self.source.file
        return f"{self.source.file}, SHA-256 {self.source.sha256}"

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The figures that are read first."""
        answer = self.shown.planned
        return () if answer is None else tuple(_tiles(answer))

    @property
    def parts(self) -> tuple[PagePart, ...]:
        """What those who decide read first."""
        return () if self.shown.answer is None else decision_page(self.shown.answer, self.shown.effect)

    @property
    def rights(self) -> tuple[str, ...]:
        """Who may decide what, and when, as the way of working says it."""
        answer = self.shown.planned
        if answer is None:
            return ()
        words = [answer.order_words, answer.rights_words("order epics", "change the plan"), answer.mvp_words]
        return tuple(filter(None, words))

    @property
    def repair_rights(self) -> str:
        """Who may decide on what would make a plan possible."""
        answer = self.shown.answer
        return "" if answer is None or answer.impossible is None else answer.rights_words(*answer.impossible.decisions)

    def view(self, name: str) -> View:
        """One of the views."""
        return VIEWS[name](self.shown)


def _counted(answer: Answer) -> Tile:
    """How many epics are in the plan, and how many of these are in progress already."""
    words, planned = answer.model.vocabulary, len(answer.plan or ())
    on = sum(line.decision != "stop" for line in answer.running)
    said = f"{planned} of {len(answer.epics)}"
    if not on:
        return Tile(f"{words.epic.many_headed} that {words.start.many}", said)
    begin = planned - on
    return Tile(
        f"{words.epic.many_headed} in the plan", said, f"{begin} {words.start.counted(begin)}, {on} in progress"
    )


def _tiles(answer: Answer) -> Iterator[Tile]:
    outcome, portfolio = answer.outcome, answer.portfolio
    if answer.shows_value and outcome.value is not None:
        yield Tile(f"Value, {portfolio.value_unit}", figure(outcome.value), _bound_words(answer))
        if outcome.gap is not None and outcome.claim != "proven best":
            yield Tile("Gap", gap_words(outcome), "below the best possible, at most")
    yield _counted(answer)
    if answer.shows_money and answer.spend is not None:
        yield Tile(f"Spend, {portfolio.money_unit}", figure(answer.spend))
    effort, capacity = (sum(getattr(line, part) for line in answer.value_streams) for part in ("effort", "capacity"))
    if capacity:
        yield Tile("Capacity used", f"{effort / capacity:.0%}", f"{figure(effort)} of {figure(capacity)} units")
    if answer.guardrails:
        counts = Counter(standing(line) for line in answer.guardrails)
        others = [f"{counts[word]} {word}" for word in ("breached at its price", "at its limit") if counts[word]]
        yield Tile("Guardrails broken", str(counts["broken"]), ", ".join([*others, f"{len(answer.guardrails)} in all"]))
    if answer.cost_of_rules is not None:
        yield Tile("All rules together cost", rules_words(answer))


def _bound_words(answer: Answer) -> str:
    lines = claim_lines(answer.outcome, answer.portfolio.value_unit, answer.model.goal(answer.portfolio))
    claim, *others = lines
    bound = next((line for line in others if line.heading.startswith("No plan")), None)
    if answer.outcome.claim == "proven best":
        return str(claim.value)
    if bound is None:
        return claim_words(answer.outcome, answer.model.goal(answer.portfolio), answer.earlier_claim)
    return f"no plan is worth more than {figure(float(bound.value))}"


def worth_reading(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings, errors first, each once."""
    return tuple(dict.fromkeys(sorted(findings, key=lambda finding: finding.severity != "error")))
