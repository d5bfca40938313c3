"""Saves what is pending into the file as it is now, as one more returned copy: merged cell by cell, replaced once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from portfolio.domain import Finding
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Json, Raw
from portfolio.edits.address import Address, held, path_of
from portfolio.edits.figure_names import Unknown
from portfolio.edits.raw_difference import cells_of
from portfolio.engine.edit import Opened, json_raw, new_epic, opened_again, with_values

if TYPE_CHECKING:
    from portfolio.intake.read_portfolio import Reading
    from portfolio.results.answer import Answer
    from portfolio.workbook.in_place.formula_cells import FormulaCells
    from portfolio.workbook.in_place.record_sheets import Line

Choice = Literal["page", "file"]
DECISION_HEADINGS = (
    "At",
    "By",
    "Decision",
    "Subject",
    "Because",
    "Price at least",
    "Price at most",
    "Unit",
    "Value",
    "Gap",
)

SCENARIO_HEADINGS = ("Scenario", "Change", "What", "Value")


@dataclass(frozen=True)
class Cell:
    """One pending cell: what the file held when it was changed, and what it is to hold."""

    at: Address
    was: Json
    to: Json


@dataclass(frozen=True)
class Clash:
    """A cell that was changed in the file, too, since it was changed here."""

    cell: Cell
    file: Json

    def as_json(self) -> dict[str, object]:
        """The clash, for somebody to choose."""
        return {"at": list(self.cell.at), "was": self.cell.was, "page": self.cell.to, "file": self.file}


@dataclass(frozen=True)
class Waiting:
    """What is to be saved besides the cells: new epics, decisions, votes, scenarios, and a plan for the result sheets."""

    epics: Sequence[str] = ()
    decisions: Sequence[Mapping[str, object]] = ()
    votes: Sequence[Mapping[str, object]] = ()
    scenarios: Sequence[Mapping[str, object]] = ()
    """Lines of the sheet Scenarios."""
    answer: Answer | None = None


@dataclass(frozen=True)
class Merged:
    """The file as it is now with what is pending in it, in memory; nothing is written yet."""

    sha256: str
    """Of the file as it was read."""
    content: bytes
    written: tuple[Cell, ...]
    clashes: tuple[Clash, ...]
    unwritten: Mapping[Address, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    reading: Reading | None = None
    """What the merged content is read as, where that was looked at."""


def merged(
    opened: Opened, content: bytes, cells: Sequence[Cell], waiting: Waiting, choices: Mapping[Address, Choice]
) -> Merged:
    """What is pending, merged into the content of the file as it is now.

    A cell that still holds what it held, or holds it already, is no question; one that was changed in the file too is left to
    `choices`: what the page says, or what the file does. Raises WrongUseError where the file cannot be written into.
    """
    same = opened.reading.sha256 == sha256(content)
    now = opened if same else opened_again(opened, content)
    taken, clashes, gone = _sorted(now.raw, cells, waiting.epics, choices)
    raw, epics = now.raw, []
    known = {str(one.get("id", "")).casefold() for one in raw.get("epics") or () if isinstance(one, Mapping)}
    for name in waiting.epics:
        if name.casefold() not in known:
            raw, _ = new_epic(raw, name)
            epics.append(name)
    values = {path_of(raw, cell.at): cell for cell in taken}
    placed = {at: cell.to for at, cell in values.items()}
    if now.reading.places is None:
        new, unwritten = _into_json(content, now.reading.name, epics, placed), dict[FieldPath, str]()
        reading = None
    else:
        new, unwritten, reading = _into_workbook(now, content, placed, epics, waiting)
    findings: tuple[Finding, ...] = ()
    if waiting.answer is not None and now.reading.places is not None:
        new, findings = _with_results(now, new, waiting.answer)
        reading = None
    lost = {cell.at: unwritten[at] for at, cell in values.items() if at in unwritten}
    written = tuple(cell for cell in taken if cell.at not in lost)
    return Merged(now.reading.sha256, new, written, tuple(clashes), lost | gone, findings, reading)


def save(path: Path, found: Merged) -> bool:
    """Replaces the file by the merged one, whole or not at all; says whether anything changed.

    Raises FileChangedError where it was changed since, WrongUseError where it is open elsewhere or cannot be written.
    """
    from portfolio.storage.atomic_write import replace_content

    return replace_content(path, found.sha256, found.content)


def opened_after(opened: Opened, found: Merged) -> Opened:
    """The file as it is open once the merged content is in it."""
    path = opened.reading.path
    assert path is not None
    if found.reading is None:
        return opened_again(opened, found.content)
    return Opened(replace(found.reading, path=path), opened.model, opened.words, found.content)


def content_of(path: Path) -> bytes:
    """The bytes of the file as it is now; raises WrongUseError where it cannot be read."""
    from portfolio.intake.read_portfolio import read_content

    return read_content(path)


def sha256(content: bytes) -> str:
    """What tells a file's bytes from any others."""
    from portfolio.storage.atomic_write import sha256_of

    return sha256_of(content)


def formulas(opened: Opened, content: bytes) -> FormulaCells:
    """The fields whose cells hold formulas, each with its place, and what these read."""
    from portfolio.workbook.in_place.formula_cells import formula_cells

    raw = opened.raw
    paths = (path_of(raw, at) for at in cells_of(raw) if _is_cell(raw, at))
    return formula_cells(content, opened.reading, paths)


def clashes_with(raw: Raw, cells: Sequence[Cell]) -> tuple[list[Cell], list[Clash]]:
    """Of the pending cells those that a file does not hold yet, and of these those that it holds otherwise by now."""
    taken, clashes, gone = _sorted(raw, cells, (), {})
    return [*taken, *(cell for cell in cells if cell.at in gone)], clashes


def _is_cell(raw: Raw, at: Address) -> bool:
    try:
        path_of(raw, at)
    except Unknown:
        return False
    return True


def _sorted(
    raw: Raw, cells: Sequence[Cell], epics: Sequence[str], choices: Mapping[Address, Choice]
) -> tuple[list[Cell], list[Clash], dict[Address, str]]:
    """The cells to write, those to choose about, and those whose record is gone."""
    taken, clashes, gone = list[Cell](), list[Clash](), dict[Address, str]()
    new = {name.casefold() for name in epics}
    for cell in cells:
        if cell.at[0] == "epics" and cell.at[1].casefold() in new and not _is_cell(raw, cell.at):
            taken.append(cell)
            continue
        try:
            now = held(raw, path_of(raw, cell.at))
        except Unknown as why:
            gone[cell.at] = f"{why.what} {why.rule}"
            continue
        if now == cell.to:
            continue
        if now == cell.was or choices.get(cell.at) == "page":
            taken.append(cell)
        elif choices.get(cell.at) != "file":
            clashes.append(Clash(cell, now))
    return taken, clashes, gone


def _into_json(content: bytes, name: str, epics: Sequence[str], values: Mapping[FieldPath, Json]) -> bytes:
    from portfolio.storage.portfolio_json import dump, parse

    raw = json_raw(parse(content, name)[0])
    for epic in epics:
        raw, _ = new_epic(raw, epic)
    return dump(with_values(raw, list(values.items()))).encode()


def _into_workbook(
    now: Opened, content: bytes, values: Mapping[FieldPath, Json], epics: Sequence[str], waiting: Waiting
) -> tuple[bytes, dict[FieldPath, str], Reading | None]:
    from portfolio.workbook.in_place.record_sheets import DECISIONS, SCENARIOS, VOTES, add_lines
    from portfolio.workbook.in_place.write_edits import write_edits
    from portfolio.xlsx.patch.editing import PackageEditor

    def read(new: bytes) -> Reading:
        return opened_again(now, new).reading

    unwritten: dict[FieldPath, str] = {}
    reading: Reading | None = None
    if values or epics:
        written = write_edits(content, now.reading, values, epics, read)
        content, unwritten, reading = written.content, written.unwritten, written.reading
    if waiting.decisions or waiting.votes or waiting.scenarios:
        editing = PackageEditor(content, now.reading.name, inspected=True)
        add_lines(editing, DECISIONS, DECISION_HEADINGS, [_decision(one) for one in waiting.decisions])
        lines = [_vote(one) for one in waiting.votes]
        headings = list(dict.fromkeys(heading for line in lines for heading in line))
        add_lines(editing, VOTES, headings, lines, same=("Epic", "Scorer"))
        kept = [dict(zip(SCENARIO_HEADINGS, map(_scalar, one.values()), strict=True)) for one in waiting.scenarios]
        add_lines(editing, SCENARIOS, SCENARIO_HEADINGS, kept)
        content, reading = editing.content(), None
    return content, unwritten, reading


def _decision(one: Mapping[str, object]) -> Line:
    price = one.get("price")
    price = price if isinstance(price, Mapping) else {}
    said = [one.get("at"), one.get("by"), one.get("kind"), one.get("subject"), one.get("because")]
    figures = [price.get("at_least"), price.get("at_most"), one.get("unit"), one.get("value"), one.get("gap")]
    return dict(zip(DECISION_HEADINGS, [_scalar(value) for value in (*said, *figures)], strict=True))


def _vote(one: Mapping[str, object]) -> Line:
    from portfolio.domain import Epic
    from portfolio.domain.field import entry

    name = str(one["field"])
    heading = entry(Epic, name).title if name in Epic.model_fields else name
    return {"Epic": str(one["epic"]), "Scorer": str(one["scorer"]), heading: _scalar(one["value"])}


def _scalar(value: object) -> str | float | None:
    if value is None or isinstance(value, str | float):
        return value
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _with_results(now: Opened, content: bytes, answer: Answer) -> tuple[bytes, tuple[Finding, ...]]:
    """The workbook with the plan's result sheets, and the result columns that its epics have."""
    from portfolio.workbook.in_place.write_in_place import with_plan

    reading = opened_again(now, content).reading
    return with_plan(answer, replace(reading, sha256=now.reading.sha256), content)
