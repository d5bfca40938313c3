"""Applies a difference to a portfolio in JSON form, written from the published format alone."""

from __future__ import annotations

import copy
from typing import Any

Raw = dict[str, Any]
SECTIONS = {"epic": "epics", "value stream": "value_streams", "dependency": "dependencies", "guardrail": "guardrails"}
AMOUNTS = ("capacity", "budget")
DEFAULTS = {"type": "finish to start", "lag_periods": 0}


def plain_form(raw: Raw) -> Raw:
    """A portfolio without what says nothing: order of records and of words, entries that are absent or a default."""
    found = copy.deepcopy(raw)
    calendar = found.get("calendar", {})
    if calendar.get("budget_periods") == calendar.get("periods"):
        calendar.pop("budget_periods", None)
    periods = calendar.get("periods", [])
    for stream in found.get("value_streams", []):
        for field in AMOUNTS:
            if stream.get(field):
                stream[field] = dict(zip(periods, stream[field], strict=True))
    for link in found.get("dependencies", []):
        for field, value in DEFAULTS.items():
            link.setdefault(field, value)
    for limit in found.get("guardrails", []):
        limit.setdefault("enforce", "hard")
        limit["per"] = sorted(limit.get("per", []))
        limit["where"] = {name: sorted(map(str.casefold, words)) for name, words in limit.get("where", {}).items()}
    for section, key in (("epics", "id"), ("value_streams", "id"), ("guardrails", "name")):
        found[section] = {record[key]: given(record) for record in found.get(section, [])}
    found["dependencies"] = sorted(sorted(link.items()) for link in found.get("dependencies", []))
    return given({**found, "calendar": given(calendar)})


def given(record: Raw) -> Raw:
    """A record without what was not given."""
    return {name: value for name, value in record.items() if value not in (None, [], {})}


def applied(raw: Raw, changes: list[Raw]) -> Raw:
    """The portfolio after the changes; amounts are kept by period until the end."""
    found = copy.deepcopy(raw)
    periods = found.get("calendar", {}).get("periods", [])
    for stream in found.get("value_streams", []):
        for field in AMOUNTS:
            stream[field] = dict(zip(periods, stream.get(field) or [], strict=False))
    for change in changes:
        if change["change"] == "renamed":
            rename(found, change["kind"], change["before"], change["after"])
    for change in changes:
        apply(found, change)
    periods = found.get("calendar", {}).get("periods", [])
    for stream in found.get("value_streams", []):
        for field in AMOUNTS:
            if isinstance(stream.get(field), dict):
                assert set(stream[field]) in (set(), set(periods)), (stream["id"], field)
                stream[field] = [stream[field][label] for label in periods if label in stream[field]]
    return found


def rename(found: Raw, kind: str, before: str, after: str) -> None:
    """Another ID, with everything that refers to it."""
    key = "name" if kind == "guardrail" else "id"
    record(found, SECTIONS[kind], {key: before})[key] = after
    if kind == "epic":
        for link in found.get("dependencies", []):
            for end in ("predecessor", "successor"):
                link[end] = after if link[end] == before else link[end]
    if kind == "value stream":
        for epic in found.get("epics", []):
            if before in epic.get("effort", {}):
                epic["effort"][after] = epic["effort"].pop(before)
    for limit in found.get("guardrails", []):
        words = limit.get("where", {}).get(kind, [])
        if before in words:
            limit["where"][kind] = [after if word == before else word for word in words]


def record(found: Raw, section: str, keys: Raw) -> Raw:
    """The one record with these entries."""
    records: list[Raw] = [one for one in found[section] if all(one[name] == value for name, value in keys.items())]
    assert len(records) == 1, (section, keys)
    return records[0]


def apply(found: Raw, change: Raw) -> None:
    """One change that is no new name; what stood there before has to be what the change says."""
    kind, field, after = change["kind"], change["field"], change["after"]
    if kind == "setting":
        *folders, name = field.split(".")
        target = found.setdefault(folders[0], {}) if folders else found
        assert target.get(name) in (change["before"], None), change
        target[name] = after
    elif field is None:
        section = found.setdefault(SECTIONS[kind], [])
        if change["change"] == "added":
            section.append(after)
        else:
            keys = change["at"] or {"name" if kind == "guardrail" else "id": change["id"]}
            gone = [one for one in section if all(one[name] == value for name, value in keys.items())]
            if kind == "dependency":
                gone = [one for one in gone if {**DEFAULTS, **one} == {**DEFAULTS, **change["before"]}]
            assert gone, change
            section[:] = [one for one in section if one not in gone]
    elif kind in AMOUNTS:
        amounts, label = record(found, "value_streams", {"id": change["id"]})[kind], change["at"]["period"]
        assert amounts.get(label) == change["before"], change
        amounts[label] = after
        if after is None:
            del amounts[label]
    elif change["change"] == "changed":
        keys = change["at"] if kind == "dependency" else {"name" if kind == "guardrail" else "id": change["id"]}
        target = record(found, SECTIONS[kind], keys)
        if field == "effort":
            target, field = target.setdefault("effort", {}), change["at"]["value stream"]
            assert target.get(field) == change["before"], change
            target.pop(field, None)
        target[field] = after
        if after is None:
            del target[field]
