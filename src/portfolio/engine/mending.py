"""Mending: the cell that a finding or a way out of a clash is about, by the address that the page edits it by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.domain.finding import Path
from portfolio.domain.json_form import Raw
from portfolio.edits.address import IDENTITY, Address, held, path_of
from portfolio.edits.figure_names import Unknown
from portfolio.xlsx.cell_names import split_name

if TYPE_CHECKING:
    from portfolio.domain import Finding
    from portfolio.intake.read_portfolio import Reading

CELL = re.compile(r"(?P<sheet>.+)!(?P<name>[A-Z]{1,3}\d+)")
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class CellAddresses:
    """Which cell of the portfolio stands where in its file: `Epics!F12`, or `epics[3].job_size` in JSON."""

    def __init__(self, reading: Reading, raw: Raw) -> None:
        self._reading, self._raw = reading, raw

    @cached_property
    def _paths(self) -> dict[tuple[str, int, int], Path]:
        """The field that each cell holds."""
        places = self._reading.places
        return {} if places is None else {cell: path for path, cell in places.cells.items()}

    def findings(self, findings: Sequence[Finding]) -> list[dict[str, object]]:
        """Findings as JSON, each with the address of its cell where that can be changed on the page."""
        return [{**finding.as_json(), "at": self._at(finding.place)} for finding in findings]

    def repairs(self, plan: Mapping[str, object]) -> dict[str, object]:
        """A plan as JSON, with the edits of each repair where the page can make them."""
        impossible = plan.get("impossible")
        if not isinstance(impossible, Mapping):
            return dict(plan)
        repairs = [{**repair, "edits": self._edits(repair["changes"])} for repair in impossible["repairs"]]
        return {**plan, "impossible": {**impossible, "repairs": repairs}}

    def _edits(self, changes: Sequence[Mapping[str, object]]) -> list[dict[str, object]] | None:
        """The changes of a repair as edits of single cells; None where one of them is more than that."""
        found = []
        for change in changes:
            fields = change["fields"]
            at = self._at(str(fields[0])) if isinstance(fields, Sequence) and len(fields) == 1 else None
            if at is None:
                return None
            found.append({"at": at, "to": change["after"]})
        return found

    def _at(self, place: str) -> list[str] | None:
        path = self._path(place.removeprefix(f"{self._reading.name}, "))
        address = None if path is None else _address(self._raw, path)
        try:
            return list(address) if address is not None and path_of(self._raw, address) == path else None
        except Unknown:
            return None

    def _path(self, place: str) -> Path | None:
        if self._reading.places is None:
            return tuple(int(number) if number else name for number, name in STEP.findall(place))
        named = CELL.fullmatch(place)
        if named is None:
            return None
        cell = named["sheet"], *split_name(named["name"])
        if cell in self._paths:
            return self._paths[cell]
        for section, records in self._reading.places.records.items():
            field = next((name for name, column in records.columns.items() if column == cell[2]), None)
            if section in IDENTITY and records.sheet == cell[0] and field is not None and cell[1] in records.rows:
                return (section, records.rows.index(cell[1]), field)
        return None


def _address(raw: Raw, path: Path) -> Address | None:
    """The address of a path in the JSON form; a record is named by what tells it apart, a period by its label."""
    section, *rest = path
    if section == "calendar" or len(path) == 1:
        return ("settings", str(path[-1]))
    if section not in IDENTITY or len(rest) not in (2, 3):
        return None
    name = held(raw, (section, rest[0], IDENTITY[str(section)]))
    inside = [held(raw, ("calendar", "periods", step)) if isinstance(step, int) else step for step in rest[2:]]
    return (str(section), str(name), str(rest[1]), *map(str, inside))
