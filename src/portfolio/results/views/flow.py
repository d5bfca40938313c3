"""The view Flow: how work has moved through the system, beside its own past; parts in their own order, nobody ranked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain.wording import counted, figure
from portfolio.results.flow.flow import PURPOSE, Flow
from portfolio.results.flow.spread import Spread
from portfolio.results.views.shown import Missing, Shown
from portfolio.results.views.view import View

ALL = "All"
UNKNOWN = "\u2013"
MOST_AGES = 50
FINISHED_ONLY = "What is still open counts as open, so that a lead time is not taken for shorter than it is."


@dataclass(frozen=True)
class FlowTable:
    """One table of measures, in words: the first `texts` columns are words, the others figures."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: int = 1
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """The table as the page draws it."""
        rows = [list(row) for row in self.rows]
        head = {"title": self.title, "headings": list(self.headings), "rows": rows}
        return {**head, "texts": self.texts, "note": self.note}


@dataclass(frozen=True)
class FlowView(View):
    """The measures of flow that there are, and what the others lack."""

    name: ClassVar[str] = "flow"
    title: ClassVar[str] = "Flow"

    purpose: str
    tables: tuple[FlowTable, ...]
    notes: tuple[str, ...]

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        tables = [table.as_json() for table in self.tables]
        return {"purpose": self.purpose, "tables": tables, "notes": list(self.notes)}


def flow_view(shown: Shown) -> FlowView:
    """Flow, where there is dated history to measure it from."""
    found = shown.flow
    tables = () if found is None else tuple(_tables(found, shown))
    missing = None
    if not tables:
        many = shown.model.vocabulary.epic.many
        missing = Missing(
            "There is no dated history to measure flow from.",
            f"Fill in the sheet History: when {many} entered each state; or Objectives, with what was promised and what came.",
        )
    notes = () if found is None else (*found.notes, *found.lacks.values())
    return FlowView("" if found is None else _headline(found), missing, PURPOSE, tables, notes)


def _headline(flow: Flow) -> str:
    window = flow.window
    done = flow.lead_times[0] if flow.lead_times else None
    days = f"{window.first} to {window.last} ({counted(window.days, 'day')})"
    return f"{days}." if done is None else f"{days}: {done.finished} finished, {done.open} in progress."


def _tables(flow: Flow, shown: Shown) -> Iterator[FlowTable]:
    part, epic = flow.by[:1].upper() + flow.by[1:], shown.model.vocabulary.epic
    if flow.lead_times:
        yield FlowTable(
            "Lead times, days",
            (part, "Finished", "In progress", "Stopped", "Half within", "85 % within", "Half before", "85 % before"),
            tuple(
                (
                    line.group or ALL, str(line.finished), str(line.open), str(line.stopped), *_spread(line.spread),
                    *_spread(line.before),
                )
                for line in flow.lead_times
            ),
            note=FINISHED_ONLY,
        )  # fmt: skip
    if flow.throughput and flow.periods:
        headings = (part, *(period.label for period in flow.periods))
        rows = tuple((line.group or ALL, *map(str, line.finished)) for line in flow.throughput)
        named = "first day" if flow.periods[0].by_day else "name"
        yield FlowTable(f"Finished in each period, by its {named}", headings, rows)
    if flow.load:
        rows = tuple(
            (
                line.group or ALL,
                str(line.now),
                _number(line.mean),
                str(line.lowest),
                str(line.highest),
                _number(line.before),
            )
            for line in flow.load
        )
        yield FlowTable("In progress", (part, "Now", "Mean", "Least", "Most", "Mean before"), rows)
    if flow.ages:
        rows = tuple(
            (
                f"{age.epic} {age.title or ''}".strip(),
                age.group or "",
                age.state,
                age.mark or "",
                age.started,
                str(age.age),
            )
            for age in flow.ages[:MOST_AGES]
        )
        left = len(flow.ages) - len(rows)
        headings = (epic.headed, part, "State", "Against what was finished", "Since", "Days")
        yield FlowTable("Age of what is in progress", headings, rows, 5, f"And {left} more." if left > 0 else "")
    yield from _coordination(flow)
    yield from _promises(flow)


def _coordination(flow: Flow) -> Iterator[FlowTable]:
    """Dependencies between value streams, period by period, and whether added capacity added throughput."""
    found = flow.coordination
    if found is None:
        return
    if found.pairs:
        pairs = tuple(
            (f"{one.waiting} waits for {one.provider}", str(one.dependencies), str(one.open), str(one.days_waited))
            for one in found.pairs
        )
        yield FlowTable(
            "Coordination between value streams",
            ("Who", "Dependencies", "Open", "Days too late"),
            pairs,
            note=found.sentence,
        )
    if found.has_trend:
        trend = tuple(
            (one.period, *map(str, (one.raised, one.resolved, one.open, one.days_waited, one.days_blocked)))
            for one in found.periods
        )
        headings = ("Period", "Raised", "Resolved", "Open at its end", "Days too late", "Days blocked")
        yield FlowTable("Dependencies between value streams, period by period", headings, trend)
    if found.growth:
        yield FlowTable(
            "Did added capacity add throughput?", ("Evidence",), tuple((one.sentence,) for one in found.growth)
        )


def _promises(flow: Flow) -> Iterator[FlowTable]:
    """What was promised and what came of it."""
    if flow.predictability:
        rows = tuple(
            (
                line.period,
                figure(line.planned),
                _number(line.actual),
                UNKNOWN if line.share is None else f"{line.share:.0%}",
            )
            for line in flow.predictability
        )
        yield FlowTable("Predictability: value of objectives", ("Period", "Promised", "Came", "Share"), rows)
    if flow.plans_kept:
        kept = tuple((line.period, str(line.planned), str(line.done), f"{line.share:.0%}") for line in flow.plans_kept)
        yield FlowTable("Agreed plans: epics done in time", ("Period", "Agreed", "Done", "Share"), kept)
    if flow.pivots:
        sentences = tuple((line.sentence,) for line in flow.pivots)
        yield FlowTable("Pivot or persevere", ("Evidence",), sentences)


def _spread(spread: Spread | None) -> Sequence[str]:
    """The two percentiles as far as they can be said."""
    if spread is None:
        return (UNKNOWN, UNKNOWN)
    more = UNKNOWN if spread.more_than is None else f"more than {figure(spread.more_than)}"
    return tuple(more if value is None else figure(value) for value in (spread.p50, spread.p85))


def _number(value: float | None) -> str:
    return UNKNOWN if value is None else figure(round(value, 1))
