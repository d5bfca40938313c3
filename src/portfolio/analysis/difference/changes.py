"""Every change between two portfolios, in the order of the sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from portfolio.analysis.difference.identity import Names
from portfolio.domain import Calendar, Dependency, Epic, Portfolio, ValueStream
from portfolio.domain.field import entry
from portfolio.domain.finding import Path
from portfolio.domain.limit_spec import is_share
from portfolio.results.difference import DifferenceLine, Kind

LISTS = {"value_streams", "epics", "dependencies", "guardrails", "outcomes", "evidence"}
Link = tuple[int, Dependency, Dependency]
"""A dependency with its position, as it was written and in the words of the second portfolio."""


@dataclass(frozen=True)
class Side:
    """One of two portfolios that are compared, and the cells of its fields; None for what stands nowhere."""

    portfolio: Portfolio
    cell: Callable[[Path], str | None]


def changes_between(a: Side, b: Side, names: Names) -> tuple[DifferenceLine, ...]:
    """Everything that differs, by meaning: not the order of rows, nor the place or look of a cell."""
    comparison = _Comparison(a, b, names)
    return (
        *comparison.settings(),
        *comparison.epics(),
        *comparison.streams(),
        *comparison.amounts("capacity"),
        *comparison.amounts("budget"),
        *comparison.dependencies(),
        *comparison.guardrails(),
        *comparison.outcomes(),
    )


@dataclass(frozen=True)
class _Comparison:
    """Compares two portfolios list by list."""

    a: Side
    b: Side
    names: Names

    def settings(self) -> Iterator[DifferenceLine]:
        for path, record in _settings():
            before, after = (_setting(side.portfolio, path) for side in (self.a, self.b))
            if before == after:
                continue
            name, field = ".".join(path), entry(record, path[-1])
            yield DifferenceLine(
                "setting", "changed", name, {}, name, before, after, self.a.cell(path), self.b.cell(path),
                heading=field.title, label=field.title, shares=(field.kind == "share",) * 2,
            )  # fmt: skip

    def epics(self) -> Iterator[DifferenceLine]:
        old = {
            self.names.epics.get(epic.id, epic.id): (index, epic) for index, epic in enumerate(self.a.portfolio.epics)
        }
        for index, epic in enumerate(self.b.portfolio.epics):
            if epic.id not in old:
                yield self._come("epic", epic.id, ("epics", index), epic, epic.label)
                continue
            number, was = old[epic.id]
            paths: tuple[Path, Path] = ("epics", number), ("epics", index)
            yield from self._fields("epic", epic.label, paths, self.names.epic(was), epic, was, skip={"effort"})
            yield from self._effort(epic, was, paths)
        yield from self._missing("epic", "epics", self.a.portfolio.epics, self.names.epics)

    def streams(self) -> Iterator[DifferenceLine]:
        old = {
            self.names.streams.get(stream.id, stream.id): (n, stream)
            for n, stream in enumerate(self.a.portfolio.value_streams)
        }
        for index, stream in enumerate(self.b.portfolio.value_streams):
            label = _label(stream)
            if stream.id not in old:
                yield self._come("value stream", stream.id, ("value_streams", index), stream, label)
                continue
            number, was = old[stream.id]
            paths: tuple[Path, Path] = ("value_streams", number), ("value_streams", index)
            renamed = was.model_copy(update={"id": stream.id})
            yield from self._fields("value stream", label, paths, renamed, stream, was, skip={"capacity", "budget"})
        yield from self._missing("value stream", "value_streams", self.a.portfolio.value_streams, self.names.streams)

    def amounts(self, kind: Kind) -> Iterator[DifferenceLine]:
        """Capacity or budget of the value streams that both have, period by period."""
        old = {
            self.names.streams.get(stream.id): (number, stream)
            for number, stream in enumerate(self.a.portfolio.value_streams)
        }
        labels = [
            *self.b.portfolio.calendar.periods,
            *(label for label in self.a.portfolio.calendar.periods if label not in self.names.periods),
        ]
        for index, stream in enumerate(self.b.portfolio.value_streams):
            if stream.id not in old:
                continue
            number, was = old[stream.id]
            before = _amounts(was, kind, self.a.portfolio, self.names.periods)
            after = _amounts(stream, kind, self.b.portfolio, {})
            for label in labels:
                (turn, less), (other_turn, more) = before.get(label, (None, None)), after.get(label, (None, None))
                if less == more:
                    continue
                places = (
                    self.a.cell(("value_streams", number, kind, turn)) if turn is not None else None,
                    self.b.cell(("value_streams", index, kind, other_turn)) if other_turn is not None else None,
                )
                heading = f"{entry(ValueStream, kind).title} in {label}"
                yield DifferenceLine(kind, "changed", stream.id, {"period": label}, kind, less, more, *places,
                             heading=heading, label=_label(stream))  # fmt: skip

    def dependencies(self) -> Iterator[DifferenceLine]:
        """Dependencies by their two ends; where a pair stands several times, each different row counts once."""
        before = _by_ends((n, link, self.names.link(link)) for n, link in enumerate(self.a.portfolio.dependencies))
        after = _by_ends((n, link, link) for n, link in enumerate(self.b.portfolio.dependencies))
        for ends in [*after, *(ends for ends in before if ends not in after)]:
            old, new = before.get(ends, []), after.get(ends, [])
            gone = [one for one in old if all(one[2] != other[2] for other in new)]
            come = [one for one in new if all(one[2] != other[2] for other in old)]
            if len(old) == len(new) == len(gone) == 1:
                paths: tuple[Path, Path] = ("dependencies", old[0][0]), ("dependencies", new[0][0])
                yield from self._fields("dependency", _arrow(new[0][1]), paths, old[0][2], new[0][1], old[0][1])
                continue
            for number, _, link in gone:
                yield self._gone("dependency", _arrow(link), ("dependencies", number), link, _arrow(link))
            for number, _, link in come:
                yield self._come("dependency", _arrow(link), ("dependencies", number), link, _arrow(link))

    def guardrails(self) -> Iterator[DifferenceLine]:
        old = {limit.name.casefold(): (number, limit) for number, limit in enumerate(self.a.portfolio.guardrails)}
        new = {limit.name.casefold() for limit in self.b.portfolio.guardrails}
        for index, limit in enumerate(self.b.portfolio.guardrails):
            if limit.name.casefold() not in old:
                yield self._come("guardrail", limit.name, ("guardrails", index), limit, limit.name)
                continue
            number, was = old[limit.name.casefold()]
            paths: tuple[Path, Path] = ("guardrails", number), ("guardrails", index)
            yield from self._fields("guardrail", limit.name, paths, self.names.limit(was), limit, was)
        for name, (number, was) in old.items():
            if name not in new:
                yield self._gone("guardrail", was.name, ("guardrails", number), was, was.name)

    def outcomes(self) -> Iterator[DifferenceLine]:
        """Rows of the sheet Outcomes, by objective, key result and the day of the reading."""
        old = {row.reading.casefold(): (number, row) for number, row in enumerate(self.a.portfolio.outcomes)}
        new = {row.reading.casefold() for row in self.b.portfolio.outcomes}
        for index, row in enumerate(self.b.portfolio.outcomes):
            if row.reading.casefold() not in old:
                yield self._come("outcome", row.reading, ("outcomes", index), row, row.reading)
                continue
            number, was = old[row.reading.casefold()]
            paths: tuple[Path, Path] = ("outcomes", number), ("outcomes", index)
            yield from self._fields("outcome", row.reading, paths, was, row, was)
        for name, (number, was) in old.items():
            if name not in new:
                yield self._gone("outcome", was.reading, ("outcomes", number), was, was.reading)

    def _missing(
        self, kind: Kind, section: str, records: Sequence[Epic | ValueStream], known: Mapping[str, str]
    ) -> Iterator[DifferenceLine]:
        for number, record in enumerate(records):
            if record.id not in known:
                yield self._gone(kind, record.id, (section, number), record, _label(record))

    def _come(self, kind: Kind, name: str, path: Path, record: BaseModel, label: str) -> DifferenceLine:
        """A record that only the second has."""
        place = self.b.cell(path)
        return DifferenceLine(kind, "added", name, _ends(record), None, None, record, None, place, label=label)

    def _gone(self, kind: Kind, name: str, path: Path, record: BaseModel, label: str) -> DifferenceLine:
        """A record that only the first has."""
        place = self.a.cell(path)
        return DifferenceLine(kind, "removed", name, _ends(record), None, record, None, place, None, label=label)

    def _fields(
        self,
        kind: Kind,
        label: str,
        paths: tuple[Path, Path],
        respelt: BaseModel,
        new: BaseModel,
        written: BaseModel,
        skip: set[str] | None = None,
    ) -> Iterator[DifferenceLine]:
        """The fields in which a record differs; `respelt` is the old one in the words of the new, `written` as it was."""
        name_field = next((field for field in ("id", "name") if field in _required(type(new))), None)
        name = str(getattr(new, name_field)) if name_field else " -> ".join(_ends(new).values()) or label
        for field in type(new).model_fields:
            renamed = field == name_field and getattr(written, field) != name
            differs = _meaning(field, getattr(respelt, field)) != _meaning(field, getattr(new, field))
            if field in (skip or ()) or not (renamed or differs):
                continue
            known = entry(type(new), field)
            places = self.a.cell((*paths[0], field)), self.b.cell((*paths[1], field))
            yield DifferenceLine(
                kind, "renamed" if renamed else "changed", name, _ends(new), field,
                getattr(written, field), getattr(new, field), *places,
                heading=known.title, label=label, shares=(is_share(written, field), is_share(new, field)),
            )  # fmt: skip

    def _effort(self, epic: Epic, was: Epic, paths: tuple[Path, Path]) -> Iterator[DifferenceLine]:
        """Effort from each value stream that either names."""
        spelt = {self.names.streams.get(stream, stream): stream for stream in was.effort}
        for stream in dict.fromkeys((*epic.effort, *spelt)):
            original = spelt.get(stream, stream)
            before, after = was.effort.get(original), epic.effort.get(stream)
            if before != after:
                places = (
                    self.a.cell((*paths[0], "effort", original)),
                    self.b.cell((*paths[1], "effort", stream)),
                )
                yield DifferenceLine("epic", "changed", epic.id, {"value stream": stream}, "effort", before, after, *places,
                             heading=f"{entry(Epic, 'effort').title} from {stream}", label=epic.label)  # fmt: skip


def _settings() -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    for name in Portfolio.model_fields:
        if name == "calendar":
            yield from (((name, inner), Calendar) for inner in Calendar.model_fields)
        elif name not in LISTS and name != "format":
            yield (name,), Portfolio


def _setting(portfolio: Portfolio, path: Sequence[str]) -> object:
    """A setting; budget periods that are just the periods are the same as none given."""
    value: object = portfolio
    for step in path:
        value = getattr(value, step)
    return () if path[-1] == "budget_periods" and value == portfolio.calendar.periods else value


def _amounts(
    stream: ValueStream, kind: str, portfolio: Portfolio, periods: Mapping[str, str]
) -> dict[str, tuple[int, float]]:
    """The amounts by period, with their positions; nothing where there are none."""
    labels = [periods.get(label, label) for label in portfolio.calendar.periods]
    amounts: Sequence[float] = getattr(stream, kind) or ()
    return {label: (turn, amount) for turn, (label, amount) in enumerate(zip(labels, amounts, strict=False))}


def _by_ends(links: Iterator[Link]) -> dict[tuple[str, str], list[Link]]:
    """Dependencies by what they join, each different one once."""
    by_ends: dict[tuple[str, str], list[Link]] = {}
    for number, written, link in links:
        same = by_ends.setdefault((link.predecessor, link.successor), [])
        if all(link != other for _, _, other in same):
            same.append((number, written, link))
    return by_ends


def _meaning(field: str, value: object) -> object:
    """What a field says: the order of a filter's words and of what a limit is per says nothing, nor does their case."""
    if field == "where" and isinstance(value, Mapping):
        return {name: {word.strip().casefold() for word in words} for name, words in value.items()}
    return set(value) if field == "per" and isinstance(value, tuple) else value


def _required(record: type[BaseModel]) -> set[str]:
    return {name for name, field in record.model_fields.items() if field.is_required()}


def _ends(record: object) -> dict[str, str]:
    if not isinstance(record, Dependency):
        return {}
    return {"predecessor": record.predecessor, "successor": record.successor}


def _arrow(link: Dependency) -> str:
    return f"{link.predecessor} -> {link.successor}"


def _label(record: Epic | ValueStream) -> str:
    if isinstance(record, Epic):
        return record.label
    return f"{record.id} {record.name}" if record.name and record.name != record.id else record.id
