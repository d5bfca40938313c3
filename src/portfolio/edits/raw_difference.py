"""What is different between two JSON forms of a portfolio, cell by cell, each by its address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio.domain.calendar import Calendar
from portfolio.domain.json_form import Json, Raw
from portfolio.edits.address import BY_NAME, BY_PERIOD, IDENTITY, Address, fields_of

Cells = dict[Address, Json]


def cells_of(raw: Raw) -> Cells:
    """Every cell that can be changed and holds something, by its address."""
    return dict(_cells(raw))


def cell_differences(before: Raw, after: Raw) -> dict[Address, tuple[Json, Json]]:
    """The cells in which two JSON forms differ, each with what it held and what it holds."""
    before, after = _apart(before, after)
    old, new = cells_of(before), cells_of(after)
    return {at: (old.get(at), new.get(at)) for at in {**old, **new} if old.get(at) != new.get(at)}


def _apart(before: Raw, after: Raw) -> tuple[Raw, Raw]:
    """Both without the records that are alike and stand at the same place: most of a large portfolio, after most edits."""
    if before.get("calendar") != after.get("calendar"):
        return before, after
    old, new = dict(before), dict(after)
    for section in IDENTITY:
        records, others = before.get(section) or (), after.get(section) or ()
        if len(records) == len(others):
            unlike = [pair for pair in zip(records, others, strict=True) if pair[0] != pair[1]]
            old[section], new[section] = [one for one, _ in unlike], [other for _, other in unlike]
    return old, new


def _cells(raw: Raw) -> Iterator[tuple[Address, Json]]:
    calendar = raw.get("calendar")
    calendar = calendar if isinstance(calendar, Mapping) else {}
    for name in fields_of("settings"):
        value = (calendar if name in Calendar.model_fields else raw).get(name)
        if value is not None:
            yield ("settings", name), value
    periods = [str(label) for label in calendar.get("periods") or ()]
    for section, identity in IDENTITY.items():
        fields = set(fields_of(section))
        for record in raw.get(section) or ():
            if isinstance(record, Mapping):
                name = str(record.get(identity) or "")
                yield from _of_record((section, name), record, fields, periods)


def _of_record(
    at: Address, record: Mapping[str, Json], fields: set[str], periods: list[str]
) -> Iterator[tuple[Address, Json]]:
    for field, value in record.items():
        if field not in fields or value is None:
            continue
        if field in BY_PERIOD and isinstance(value, list | tuple):
            yield from (((*at, field, label), amount) for label, amount in zip(periods, value, strict=False))
        elif field in BY_NAME and isinstance(value, Mapping):
            yield from (((*at, field, str(name)), amount) for name, amount in value.items())
        else:
            yield (*at, field), value
