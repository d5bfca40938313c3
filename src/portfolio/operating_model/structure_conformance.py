"""Checks that work and people are divided as the operating model says: teams, value streams, and what an epic needs of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portfolio.domain import FieldFinding, Portfolio
from portfolio.domain.finding import Path
from portfolio.operating_model.section import SEVERITY
from portfolio.operating_model.structure import Span

if TYPE_CHECKING:
    from portfolio.operating_model.model import OperatingModel


def check_structure(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Value streams with too few or too many teams, too few or many value streams, and epics that need too many."""
    if model.structure is None:
        return
    yield from _teams(model, model.structure.teams, portfolio)
    yield from _value_streams(model, model.structure.value_streams, portfolio)
    yield from _streams_per_epic(model, model.structure.streams_per_epic, portfolio)


def _teams(model: OperatingModel, span: Span | None, portfolio: Portfolio) -> Iterator[FieldFinding]:
    stream = model.vocabulary.value_stream
    for index, one in enumerate(portfolio.value_streams):
        if span is not None and one.teams is not None and not span.holds(one.teams):
            yield _finding(
                ("value_streams", index, "teams"),
                f"{one.title} has {_counted(one.teams, 'team')}.",
                f"In {model.title} a {stream.one} has {span.words}.",
                f"Move teams, or divide the {stream.many} differently.",
                span,
            )


def _value_streams(model: OperatingModel, span: Span | None, portfolio: Portfolio) -> Iterator[FieldFinding]:
    stream, there = model.vocabulary.value_stream, len(portfolio.value_streams)
    if span is not None and there and not span.holds(there):
        yield _finding(
            ("value_streams",),
            f"There {'is' if there == 1 else 'are'} {stream.counted(there)}.",
            f"{model.title} has {span.words}.",
            f"Divide the {stream.many} differently, or choose another model.",
            span,
        )


def _streams_per_epic(model: OperatingModel, span: Span | None, portfolio: Portfolio) -> Iterator[FieldFinding]:
    epic, stream = model.vocabulary.epic, model.vocabulary.value_stream
    for index, one in enumerate(portfolio.epics):
        needed = [name for name, units in one.effort.items() if units > 0]
        if span is not None and needed and not span.holds(len(needed)):
            yield _finding(
                ("epics", index, "effort"),
                f"{one.label} needs {' and '.join(needed)}.",
                f"In {model.title} a {epic.one} belongs to {span.words} {stream.one if span.at_most == 1 else stream.many}.",
                f"Give it to one {stream.one}, or slice it into one {epic.one} for each.",
                span,
            )


def _finding(path: Path, what: str, rule: str, fix: str, span: Span) -> FieldFinding:
    return FieldFinding(path, what, rule, span.advice or fix, SEVERITY[span.strength])


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
