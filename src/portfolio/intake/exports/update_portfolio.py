"""Updates an existing portfolio from an export: what the export says replaces, the rest stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from portfolio.domain import Portfolio
from portfolio.domain.json_form import Raw
from portfolio.domain.references import canonical, spellings
from portfolio.domain.validation import validate
from portfolio.intake.read_portfolio import Reading
from portfolio.storage.portfolio_json import to_json


@dataclass(frozen=True)
class Updated:
    """The portfolio in JSON form; `origin` is the position in the export of each epic, None for the others.

    `kept` are the IDs of epics that the export does not have.
    """

    raw: Raw
    origin: tuple[int | None, ...]
    kept: tuple[str, ...] = ()


def portfolio_to_update(reading: Reading) -> Portfolio | None:
    """The portfolio in a file, also if it is incomplete; None if something in it cannot be read and would be lost."""
    if reading.portfolio is not None:
        return reading.portfolio
    try:
        portfolio = Portfolio.model_validate(reading.raw)
    except ValidationError:
        return None
    incomplete = set(reading.locate(validate(portfolio)))
    lost = any(finding.severity == "error" and finding not in incomplete for finding in reading.findings)
    return None if lost else canonical(portfolio)


def update(base: Portfolio, exported: Raw) -> Updated:
    """The portfolio with the epics, value streams and dependencies of an export; epics are the same by their ID."""
    raw = to_json(base)
    streams = {stream.title.casefold(): stream.id for stream in base.value_streams}
    streams |= spellings(stream.id for stream in base.value_streams)
    added = [stream for stream in exported.get("value_streams", ()) if stream["id"].casefold() not in streams]
    ids = spellings(epic.id for epic in base.epics)
    epics = {epic.id: dict(old) for epic, old in zip(base.epics, raw.get("epics", ()), strict=True)}
    origin: dict[str, int] = {}
    for position, epic in enumerate(exported.get("epics", ())):
        name = ids.get(epic["id"].casefold(), epic["id"])
        origin[name] = position
        epics[name] = {**epics.get(name, {}), **_in_known_streams(epic, streams), "id": name}
    links = list(raw.get("dependencies", ()))
    pairs = {(link["predecessor"], link["successor"]) for link in links}
    for link in exported.get("dependencies", ()):
        pair = tuple(ids.get(link[end].casefold(), link[end]) for end in ("predecessor", "successor"))
        if pair not in pairs:
            links.append({"predecessor": pair[0], "successor": pair[1]})
    raw |= {
        "value_streams": [*raw.get("value_streams", ()), *added],
        "epics": list(epics.values()),
        "dependencies": links,
    }
    raw |= {"model": exported["model"]} if "model" in exported else {}
    kept = tuple(name for name in epics if name not in origin)
    return Updated(raw, tuple(origin.get(name) for name in epics), kept)


def _in_known_streams(epic: Mapping[str, Any], streams: Mapping[str, str]) -> Raw:
    """An epic whose effort names value streams by their IDs, although the export may call them by their names."""
    if "effort" not in epic:
        return dict(epic)
    effort = {streams.get(stream.casefold(), stream): units for stream, units in epic["effort"].items()}
    return {**epic, "effort": effort}
