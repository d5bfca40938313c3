"""IDs and labels that must be unique, amounts for every period, and references that must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.domain.epic import Epic
from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.references import spellings
from portfolio.domain.spelling import KnownWords, shown, suggestion
from portfolio.domain.value_stream import ValueStream


def check_ids(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Every epic and value stream has a name of its own."""
    yield from _repeated("epics", portfolio.epics, "epic")
    yield from _repeated("value_streams", portfolio.value_streams, "value stream")


def _repeated(section: str, records: Sequence[Epic | ValueStream], one: str) -> Iterator[FieldFinding]:
    first: dict[str, int] = {}
    for index, record in enumerate(records):
        before = first.setdefault(record.id.casefold(), index)
        if before != index:
            what = f"ID {record.id} is already used by {one} number {before + 1}, {records[before].title or record.id}."
            yield FieldFinding(
                (section, index, "id"), what, f"Every {one} needs an ID of its own.", "Give one of the two another ID."
            )


def check_periods(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Period labels differ, and every period has its budget period."""
    calendar = portfolio.calendar
    seen: set[str] = set()
    for index, label in enumerate(calendar.periods):
        if not label.strip():
            yield FieldFinding(
                ("calendar", "periods", index),
                "This period has no label.",
                "Every period needs one.",
                "Enter one, for example PI 1.",
            )
        elif label.casefold() in seen:
            yield FieldFinding(
                ("calendar", "periods", index),
                f"Period {label} is given twice.",
                "Every period needs a label of its own.",
                "Rename one of the two.",
            )
        seen.add(label.casefold())
    if calendar.budget_periods and len(calendar.budget_periods) != len(calendar.periods):
        what = f"Budget periods has {len(calendar.budget_periods)} labels for {len(calendar.periods)} periods."
        yield FieldFinding(
            ("calendar", "budget_periods"),
            what,
            "Each period belongs to one budget period.",
            "Give one label for each period, the same for those that share a budget.",
        )


def check_capacity(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Capacity and budget have one amount for each period."""
    count = len(portfolio.calendar.periods)
    for index, stream in enumerate(portfolio.value_streams):
        for field, amounts in (("capacity", stream.capacity), ("budget", stream.budget)):
            if amounts is None or len(amounts) == count or (field == "capacity" and not amounts and not count):
                continue
            what = f"{field.capitalize()} of {stream.id} has {len(amounts)} amounts for {count} periods."
            if not amounts:
                what = f"{stream.id} has no {field}."
            fix = "Give one for each period." if count else "List the periods in the calendar."
            yield FieldFinding(("value_streams", index, field), what, "There is one amount for each period.", fix)


def check_effort_streams(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Effort is asked of value streams that exist, of each once."""
    known = spellings(stream.id for stream in portfolio.value_streams)
    if not known:
        return
    own, words = set(known.values()), KnownWords(known.values())
    for index, epic in enumerate(portfolio.epics):
        if len(epic.effort) < 2 and epic.effort.keys() <= own:
            continue
        seen: set[str] = set()
        for stream in epic.effort:
            path = ("epics", index, "effort", stream)
            if stream.casefold() not in known:
                yield unknown(path, "Value stream", stream, words, "value stream")
            elif stream.casefold() in seen:
                yield FieldFinding(
                    path, f"Effort from {stream} is given twice.", "Each value stream is named once.", "Add the two up."
                )
            seen.add(stream.casefold())


def unknown(path: tuple[str | int, ...], heading: str, name: str, known: KnownWords, one: str) -> FieldFinding:
    """The finding that a reference leads nowhere, with the name that was probably meant."""
    fix = suggestion(name, known, f"Write the ID of a known {one}, add this one, or leave this out.")
    return FieldFinding(path, f"{heading} {shown(name)} is unknown.", f"There is no {one} with this ID.", fix)
