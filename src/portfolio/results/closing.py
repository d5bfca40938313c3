"""Closing a period: what was planned in it and what came of it, by epic and value stream, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Literal

from portfolio.domain import Finding, LimitSpec, Portfolio
from portfolio.domain.field import entry
from portfolio.domain.json_form import json_form
from portfolio.domain.limit_spec import limit_words
from portfolio.domain.wording import amount, figure, labelled
from portfolio.operating_model.vocabulary import Vocabulary

Outcome = Literal["began", "went on", "done", "stopped", "not started"]


@dataclass(frozen=True)
class ClosedEpic:
    """An epic that was planned in a closed period: what was to be done, what was done, and what is left of it.

    `effort_before` is what was left when the period began, `planned` the part of it that the plan put into the period;
    `spent` is at the value streams' cost per unit, external cost by the same share.
    """

    period: str
    first_day: date
    last_day: date
    id: str
    title: str | None
    outcome: Outcome
    effort_before: float
    planned: float
    effort_done: float
    effort_left: float
    planned_spend: float
    spent: float
    cost_left: float
    agreed_start: date | None
    agreed_finish: date | None
    started: date | None

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return labelled(self.id, self.title)

    @property
    def late(self) -> bool:
        """Whether it was to end by now and has not."""
        return (
            self.outcome in {"began", "went on", "not started"}
            and self.agreed_finish is not None
            and self.agreed_finish <= self.last_day
        )

    @property
    def re_estimated(self) -> float:
        """How much more is left than was before, less what was done: 0 where nothing was estimated anew."""
        return self.effort_done + self.effort_left - self.effort_before


@dataclass(frozen=True)
class ClosedStream:
    """A value stream in a closed period: its capacity and what was done, its budget and what was spent.

    `left` is budget less spent; `kept` says whether the rest of its budget period still has it.
    """

    period: str
    first_day: date
    last_day: date
    id: str
    title: str
    capacity: float
    effort: float
    budget: float | None
    spent: float
    kept: bool

    @property
    def left(self) -> float | None:
        """What is left of the period's budget, below 0 where more was spent."""
        return None if self.budget is None else self.budget - self.spent


@dataclass(frozen=True)
class DoneEpic:
    """A finished epic: planned against actual dates, effort and spend, over all the periods that it took."""

    id: str
    title: str | None
    agreed_start: date | None
    agreed_finish: date | None
    started: date | None
    finished: date
    effort_planned: float
    effort_done: float
    spend_planned: float
    spend: float


@dataclass(frozen=True)
class ClosedPeriod:
    """One period that was closed."""

    label: str
    first_day: date
    last_day: date
    epics: tuple[ClosedEpic, ...]
    value_streams: tuple[ClosedStream, ...]


@dataclass(frozen=True)
class EndedRule:
    """A guardrail about periods that are over: where it stood, which periods these are, and what is left of it, if anything."""

    index: int
    before: LimitSpec
    over: tuple[str, ...]
    after: LimitSpec | None

    @property
    def line(self) -> str:
        """All that it said, in words."""
        said = {
            **self.before.model_dump(exclude_none=True, exclude_defaults=True),
            "where": limit_words(self.before),
            "per": ", ".join(self.before.per),
        }
        titles = ((name, entry(LimitSpec, name).title) for name in LimitSpec.model_fields)
        words = {name: f"{held:.15g}" if isinstance(held, float) else str(held) for name, held in said.items()}
        return "; ".join(f"{title}: {words[name]}" for name, title in titles if words.get(name))


@dataclass(frozen=True)
class Closing:
    """What closing periods makes of a portfolio: the portfolio that goes on, what was closed, and what is done.

    `history` holds what was closed before as well, oldest first. `added` are periods that are proposed at the end.
    """

    before: Portfolio
    after: Portfolio
    closed: tuple[ClosedPeriod, ...]
    done: tuple[DoneEpic, ...]
    added: tuple[str, ...]
    findings: tuple[Finding, ...]
    words: Vocabulary
    history: tuple[ClosedEpic | ClosedStream, ...] = field(default=())
    rights: str = ""
    """Who may change what goes on, and when next."""
    ended: tuple[EndedRule, ...] = field(default=())
    """Guardrails about periods that are over."""

    @property
    def headline(self) -> str:
        """What was closed and what came of it, in a sentence."""
        labels = " and ".join(period.label for period in self.closed)
        epics = [epic for period in self.closed for epic in period.epics]
        counts = [
            (sum(epic.outcome == "done" for epic in epics), "is done", "are done"),
            (sum(epic.outcome in {"began", "went on"} for epic in self.closed[-1].epics), "goes on", "go on"),
            (sum(epic.outcome == "not started" for epic in epics), "did not start", "did not start"),
            (sum(epic.outcome == "stopped" for epic in epics), "was stopped", "were stopped"),
        ]
        told = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
        last = self.closed[-1].last_day
        return f"{labels} closed, until {last}: {', '.join(told) or f'no {self.words.epic.one} was planned'}."

    def sums(self) -> list[str]:
        """That nothing was lost or counted twice, in sentences: effort, then money."""
        lines = []
        for period in self.closed:
            before, done = sum(one.effort_before for one in period.epics), sum(one.effort_done for one in period.epics)
            left, again = sum(one.effort_left for one in period.epics), sum(one.re_estimated for one in period.epics)
            lines.append(
                f"{period.label}: {figure(done)} of {figure(before)} units of effort done, {figure(left)} left"
                + (f", {figure(again)} of it estimated anew." if abs(again) > 1e-9 else ".")
            )
            money = [one for one in period.value_streams if one.budget is not None]
            if money:
                budget, spent = sum(one.budget or 0.0 for one in money), sum(one.spent for one in money)
                kept = sum(one.left or 0.0 for one in money if one.kept)
                unit = self.before.money_unit
                lines.append(
                    f"{period.label}: {amount(spent, unit)} of {amount(budget, unit)} spent, {amount(budget - spent, unit)} "
                    f"left, {amount(kept, unit)} of it for the rest of the budget period."
                )
        return lines

    def as_json(self) -> dict[str, object]:
        """The report in the published JSON format."""
        return {
            "format": 1,
            "portfolio": self.before.name,
            "closed": [
                {
                    "period": period.label,
                    "first_day": str(period.first_day),
                    "last_day": str(period.last_day),
                    "epics": [
                        {**_plain(epic), "late": epic.late, "re_estimated": epic.re_estimated} for epic in period.epics
                    ],
                    "value_streams": [{**_plain(stream), "left": stream.left} for stream in period.value_streams],
                }
                for period in self.closed
            ],
            "done": [_plain(epic) for epic in self.done],
            "added": list(self.added),
            "findings": [finding.as_json() for finding in self.findings],
        }


def _plain(line: ClosedEpic | ClosedStream | DoneEpic) -> dict[str, object]:
    form = json_form(asdict(line))
    return dict(form)


def done_of(history: Sequence[ClosedEpic | ClosedStream]) -> tuple[DoneEpic, ...]:
    """The finished epics of all periods that were closed, each with the sums over the periods that it took."""
    lines: dict[str, list[ClosedEpic]] = {}
    for line in history:
        if isinstance(line, ClosedEpic):
            lines.setdefault(line.id, []).append(line)
    return tuple(_done(own) for own in lines.values() if own[-1].outcome == "done")


def _done(lines: Sequence[ClosedEpic]) -> DoneEpic:
    worked = [line for line in lines if line.outcome != "not started"]
    first, last = worked[0], worked[-1]
    return DoneEpic(
        id=last.id,
        title=last.title,
        agreed_start=next((line.agreed_start for line in lines if line.agreed_start is not None), None),
        agreed_finish=next((line.agreed_finish for line in lines if line.agreed_finish is not None), None),
        started=first.started,
        finished=last.last_day,
        effort_planned=first.effort_before,
        effort_done=sum(line.effort_done for line in worked),
        spend_planned=first.spent + first.cost_left,
        spend=sum(line.spent for line in worked),
    )
