"""Tables for people: ranking, plan, use of capacity, guardrails, reasons."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, figure, headed, show, whole
from portfolio.cli.tables.dependencies import dependencies_table
from portfolio.cli.tables.levels import levels_table
from portfolio.cli.tables.outcomes import outcome_table
from portfolio.domain import Portfolio
from portfolio.guardrails import GuardrailStatus
from portfolio.results.allocation import StreamLine
from portfolio.results.answer import Answer
from portfolio.results.epic_decisions import EpicLine
from portfolio.results.guardrails import HEADINGS, level_words, standing

CELL_LIMITS = {"Capacity", "WIP limit"}
"""Guardrails shown in the table of value streams rather than line by line."""
_LOOKS = {"kept": "green", "at its limit": "yellow", "broken": "bold red", "breached at its price": "bold red"}


_FORECAST = "░░░░"
"""A bar of what is foreseen and not decided."""


def show_answer(answer: Answer) -> None:
    """Prints the whole answer: claim, plan, use of each value stream, guardrails, and why the others wait."""
    if answer.plan is None:
        from portfolio.cli.tables.repair import repair_tables

        show(answer.headline, *repair_tables(answer))
        return
    moved = [_shifts(answer)] if answer.shifts else []
    parts: list[Table | str] = [
        answer.headline,
        *([dependencies_table(answer)] if answer.dependencies else []),
        *_running_tables(answer),
        _plan_table(answer),
        *([answer.mvp_words] if answer.mvp_words else []),
        _stream_table(answer),
        *moved,
        *([outcome_table(answer)] if answer.by_outcome else []),
        *([levels_table(answer)] if answer.levels else []),
        *_guardrail_lines(answer),
    ]
    waiting = [line for line in answer.epics if line.start is None]
    rights = " ".join(filter(None, [answer.order_words, answer.rights_words("order epics", "change the plan")]))
    show(*parts, *([_waiting_table(waiting, answer)] if waiting else []), *([rights] if rights else []))


def _running_tables(answer: Answer) -> list[Table]:
    """What is in progress: all of it where it is decided again, else what does not go on."""
    if answer.running and answer.model.running_work is not None:
        return [_decided_again_table(answer)]
    return [_running_table(answer)] if answer.not_going_on else []


def _decided_again_table(answer: Answer) -> Table:
    """Everything in progress with what is left to do, what going on costs, and what the figures propose."""
    epic, unit = answer.model.vocabulary.epic, answer.portfolio.value_unit
    table = blank_table(f"{epic.many_headed} in progress, to be decided again")
    aged = any(line.age is not None for line in answer.running)
    for heading in (epic.headed, "Now", *(["In progress for"] if aged else [])):
        table.add_column(heading, overflow="fold")
    for heading in ("Left to do", *(["Going on costs"] if answer.shows_value else [])):
        table.add_column(heading, justify="right")
    table.add_column("Proposed", overflow="fold")
    for line in answer.running:
        price = [line.price(unit)] if answer.shows_value else []
        age = [line.age_words] if aged else []
        table.add_row(
            *as_cells([line.label, line.happens, *age, figure(line.remaining), *price, answer.proposal(line)])
        )
    table.caption = Text(answer.decided_again)
    return table


def _running_table(answer: Answer) -> Table:
    """What is in progress and does not go on, with what going on would cost; before everything else."""
    epic, unit = answer.model.vocabulary.epic, answer.portfolio.value_unit
    table = blank_table(f"{epic.many_headed} in progress that stop or pause")
    for heading in (epic.headed, "Now"):
        table.add_column(heading, overflow="fold")
    table.add_column("Going on would cost", justify="right")
    for line in answer.not_going_on:
        table.add_row(*as_cells([line.label, line.happens, line.price(unit)]))
    table.caption = Text(answer.rights_words("stop epics"))
    return table


def _plan_table(answer: Answer) -> Table:
    portfolio = answer.portfolio
    table = blank_table("Plan")
    table.add_column("Rank", justify="right")
    table.add_column(headed(answer.model.vocabulary.epic.one), overflow="fold")
    for period in portfolio.calendar.periods:
        table.add_column(Text(period), justify="center")
    figures = [
        *([(f"Value, {portfolio.value_unit}", "value")] if answer.shows_value else []),
        *([(f"Spend, {portfolio.money_unit}", "spend")] if answer.shows_money else []),
    ]
    for heading, _ in figures:
        table.add_column(heading, justify="right")
    table.add_column("Why", overflow="fold")
    epics = {epic.id: epic for epic in portfolio.epics}
    started = sorted(
        (line for line in answer.epics if line.start is not None),
        key=lambda line: portfolio.calendar.index(line.start or ""),
    )
    for line in started:
        table.add_row(
            *as_cells([whole(line.rank), epics[line.id].label]),
            *_bar(line, portfolio),
            *(figure(getattr(line, part)) for _, part in figures),
            Text(line.merit),
        )
    if any(line.is_forecast for line in started):
        table.caption = Text(f"{_FORECAST} {answer.forecast_words}")
    return table


def _bar(line: EpicLine, portfolio: Portfolio) -> list[Text]:
    calendar = portfolio.calendar
    first, last = calendar.index(line.start or ""), calendar.index(line.finish or "")
    bar, style = (_FORECAST, "dim cyan") if line.is_forecast else ("████", "cyan")
    return [Text(bar if first <= period <= last else "", style=style) for period in range(len(calendar.periods))]


def _stream_table(answer: Answer) -> Table:
    portfolio = answer.portfolio
    words = answer.model.vocabulary
    limit = " / WIP limit" if answer.limits_progress else ""
    table = blank_table(f"Capacity used ({words.epic.many} in progress{limit})")
    table.add_column(headed(words.value_stream.one), overflow="fold")
    for period in portfolio.calendar.periods:
        table.add_column(Text(period), justify="right")
    lines = {(line.id, line.period): line for line in answer.value_streams}
    for stream in portfolio.value_streams:
        table.add_row(Text(stream.title), *(_use(lines[stream.id, period]) for period in portfolio.calendar.periods))
    table.caption = Text(answer.reserve_words) if answer.reserve_words else None
    return table


def _use(line: StreamLine) -> Text:
    limit = "" if line.wip_limit is None else f"/{line.wip_limit}"
    return Text(f"{line.used:.0%} ({line.wip}{limit})", style="green" if line.used >= 0.8 else "")


def _shifts(answer: Answer) -> str:
    """Which budgets grow and which give, by budget period, in one sentence each."""
    titles = {stream.id: stream.title for stream in answer.portfolio.value_streams}
    sentences = answer.measured.funding.shift_words(answer.portfolio.money_unit, titles)
    return "\n".join(filter(None, [*sentences, answer.rights_words("change budgets")]))


def _guardrail_lines(answer: Answer) -> list[Table | str]:
    """The guardrails worth looking at, and how many more are met; no table where all of them leave room."""
    declared = {line.name for line in answer.portfolio.guardrails}
    shown = [line for line in answer.guardrails if _worth_showing(line, declared)]
    hidden = len(answer.guardrails) - len(shown)
    if not shown:
        return [f"{hidden} {'guardrail is' if hidden == 1 else 'guardrails are'} met."] if hidden else []
    table = blank_table("Guardrails")
    for key in ("name", "place", "used", "at_least", "at_most"):
        table.add_column(HEADINGS[key], justify="left" if key in {"name", "place"} else "right", overflow="fold")
    table.add_column("", overflow="fold")
    for line in shown:
        place = ", ".join(line.place.values())
        table.add_row(
            *as_cells([line.name, place]),
            _limit(line.used, line),
            _limit(line.at_least, line),
            _limit(line.at_most, line),
            _verdict(line),
        )
    table.caption = f"{hidden} more {'guardrail is' if hidden == 1 else 'guardrails are'} met." if hidden else None
    return [table]


def _worth_showing(line: GuardrailStatus, declared: set[str]) -> bool:
    if not line.met:
        return True
    if line.name in CELL_LIMITS:
        return False
    return (line.name in declared and not line.place) or line.binding


def _verdict(line: GuardrailStatus) -> Text:
    words = standing(line)
    return Text(words.upper() if words == "broken" else words, style=_LOOKS[words])


def _waiting_table(waiting: list[EpicLine], answer: Answer) -> Table:
    epics = {epic.id: epic for epic in answer.portfolio.epics}
    table = blank_table("Waiting, and why")
    table.add_column("Rank", justify="right")
    table.add_column(headed(answer.model.vocabulary.epic.one), overflow="fold")
    table.add_column("Reason", overflow="fold")
    for line in waiting:
        table.add_row(*as_cells([whole(line.rank), epics[line.id].label, line.obstacle]))
    return table


def _limit(number: float | None, line: GuardrailStatus) -> str:
    return "" if number is None else level_words(number, line)
