"""Dependencies: they join epics that exist, each once, and never run in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain.finding import FieldFinding
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.references import spellings
from portfolio.domain.spelling import KnownWords
from portfolio.domain.validation.identity import unknown


def check_dependencies(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A dependency joins two different epics that exist, and is there once."""
    known = spellings(epic.id for epic in portfolio.epics)
    words = KnownWords(known.values())
    seen: set[tuple[str, str]] = set()
    for index, link in enumerate(portfolio.dependencies):
        ends = {"predecessor": link.predecessor, "successor": link.successor}
        for field, name in ends.items():
            if name.casefold() not in known:
                yield unknown(("dependencies", index, field), field.capitalize(), name, words, "epic")
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
            what = f"The dependency of {link.successor} on {link.predecessor} is given twice."
            yield FieldFinding(path, what, "Once is enough.", "Delete one of the two rows.", "warning")
        seen.add(pair)
        if link.raised_on is not None and link.resolved_on is not None and link.resolved_on < link.raised_on:
            yield FieldFinding(
                ("dependencies", index, "resolved_on"),
                f"Resolved on {link.resolved_on} is before Raised on {link.raised_on}.",
                "Raised on comes first.",
                "Check both, and correct the wrong one.",
            )


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
