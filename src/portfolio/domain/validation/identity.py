"""Names that must be there once, and references that must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portfolio.domain.epic import Epic
from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.references import spellings
from portfolio.domain.spelling import shown, suggestion
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
                f"Period {label} is there twice.",
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
    own = set(known.values())
    for index, epic in enumerate(portfolio.epics):
        if len(epic.effort) < 2 and epic.effort.keys() <= own:
            continue
        seen: set[str] = set()
        for stream in epic.effort:
            path = ("epics", index, "effort", stream)
            if stream.casefold() not in known:
                yield _unknown(path, "Value stream", stream, known.values(), "value stream")
            elif stream.casefold() in seen:
                yield FieldFinding(
                    path, f"Effort from {stream} is given twice.", "Each value stream is named once.", "Add the two up."
                )
            seen.add(stream.casefold())


def _unknown(path: tuple[str | int, ...], heading: str, name: str, known: Iterable[str], one: str) -> FieldFinding:
    fix = suggestion(name, known, f"Write the ID of a known {one}, add this one, or leave this out.")
    return FieldFinding(path, f"{heading} {shown(name)} is unknown.", f"There is no {one} with this ID.", fix)


def check_dependencies(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A dependency joins two different epics that exist, and is there once."""
    known = spellings(epic.id for epic in portfolio.epics)
    seen: set[tuple[str, str]] = set()
    for index, link in enumerate(portfolio.dependencies):
        ends = {"predecessor": link.predecessor, "successor": link.successor}
        for field, name in ends.items():
            if name.casefold() not in known:
                yield _unknown(("dependencies", index, field), field.capitalize(), name, known.values(), "epic")
        pair = (link.predecessor.casefold(), link.successor.casefold())
        path = ("dependencies", index, "successor")
        if pair[0] == pair[1]:
            yield FieldFinding(
                path,
                f"{link.successor} depends on itself.",
                "Nothing can wait for itself.",
                "Name another epic, or delete the row.",
            )
        elif pair in seen:
            what = f"The dependency of {link.successor} on {link.predecessor} is there twice."
            yield FieldFinding(path, what, "Once is enough.", "Delete one of the two rows.", "warning")
        seen.add(pair)


def check_dependency_cycles(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """No epic waits for itself around a circle of others."""
    known = spellings(epic.id for epic in portfolio.epics)
    rows: dict[tuple[str, str], int] = {}
    for index, link in enumerate(portfolio.dependencies):
        pair = (link.predecessor.casefold(), link.successor.casefold())
        if pair[0] != pair[1] and pair[0] in known and pair[1] in known:
            rows.setdefault(pair, index)
    waits: dict[str, list[str]] = {}
    for before, after in rows:
        waits.setdefault(after, []).append(before)
    while circle := _circle(waits):
        links = [rows[pair] for pair in zip(circle, [*circle[1:], circle[0]], strict=True)]
        names = " -> ".join(known[name] for name in [*circle, circle[0]])
        fix = "Remove one of these dependencies; epics that only make sense as a whole belong in one Together group."
        yield FieldFinding(
            ("dependencies", max(links), "successor"),
            f"These epics wait for each other: {names}.",
            "Dependencies cannot run in a circle.",
            fix,
        )
        for name in circle:
            waits.pop(name)


def _circle(waits: dict[str, list[str]]) -> list[str]:
    """Some circle in a graph of epic -> what it waits for, predecessors first; empty if there is none."""
    done: set[str] = set()
    for origin in waits:
        trail: dict[str, Iterator[str]] = {origin: iter(waits[origin])} if origin not in done else {}
        while trail:
            name = next(reversed(trail))
            before = next(trail[name], None)
            if before is None:
                trail.pop(name)
                done.add(name)
            elif before in trail:
                path = list(trail)
                return path[path.index(before) :][::-1]
            elif before in waits and before not in done:
                trail[before] = iter(waits[before])
    return []
