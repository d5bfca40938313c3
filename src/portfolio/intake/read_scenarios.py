"""Reads scenarios: from a YAML file beside the portfolio, or from the sheet Scenarios of its workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from portfolio.domain import Finding
from portfolio.domain.spelling import nearest, shown, suggestion
from portfolio.edits import VERBS, Scenario, ScenarioLine, Value, Verb
from portfolio.errors import WrongUseError
from portfolio.intake.draft import Draft
from portfolio.intake.read_portfolio import ZIP, read_content
from portfolio.intake.scenario_columns import SCENARIOS
from portfolio.intake.source_map import SourceMap, name_of
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.table import Table
from portfolio.intake.values.cell_values import AmbiguousNumberError, as_number, as_text
from portfolio.storage.read_yaml import read_yaml_with_lines

ENDING = ".scenarios.yaml"
"""What the name of the file beside a portfolio ends with: `portfolio.scenarios.yaml` for `portfolio.xlsx`."""
EXAMPLE = "set: capacity of VS1 in PI 2, to: 60"


@dataclass(frozen=True)
class Scenarios:
    """The scenarios of a portfolio in the order they were written, and what is wrong with how they are written."""

    scenarios: tuple[Scenario, ...]
    findings: tuple[Finding, ...]
    sources: tuple[str, ...]

    def named(self, name: str) -> Scenario:
        """The scenario of a name, whatever its case; raises WrongUseError where there is none."""
        known = {scenario.name.casefold(): scenario for scenario in self.scenarios}
        if name.strip().casefold() in known:
            return known[name.strip().casefold()]
        names = [scenario.name for scenario in self.scenarios]
        if not names:
            raise WrongUseError(
                f"There is no scenario {shown(name)}, nor any other; write some on a sheet {SCENARIOS.name} or into a "
                f"file beside the portfolio that ends in {ENDING}."
            )
        meant = nearest(name, names)
        hint = f" Did you mean {meant}?" if meant else ""
        raise WrongUseError(f"There is no scenario {shown(name)}; there are {', '.join(names)}.{hint}")


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(_Closed):
    """One change as it stands in YAML: a verb with a name, then `to`, `by` or `in` with a value."""

    verb: Verb
    name: str
    value: str | float | bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _taken_apart(cls, entry: object) -> object:
        """`{set: WIP limit, to: 4}` as verb, name and value; says what is wrong with anything else."""
        if not isinstance(entry, dict):
            raise PydanticCustomError("change", "A change is written like {example}", {"example": EXAMPLE})
        verbs = [verb for verb in VERBS if verb in entry]
        if len(verbs) != 1:
            known = ", ".join(VERBS)
            found = "two of them are here" if verbs else "none of them is here"
            raise PydanticCustomError(
                "change", "A change has one of {known}; {found}", {"known": known, "found": found}
            )
        verb = verbs[0]
        others = {str(key): value for key, value in entry.items() if key != verb}
        word = VERBS[verb][0]
        if set(others) - {word}:
            takes = f"`{word}` and nothing else" if word else "nothing else"
            raise PydanticCustomError("change", "{verb} takes {takes}", {"verb": verb, "takes": takes})
        name = entry[verb]
        if not isinstance(name, str | int | float) or isinstance(name, bool):
            raise PydanticCustomError("change", "{verb} names what it changes", {"verb": verb})
        return {"verb": verb, "name": as_text(name), "value": _value(others.get(word))}


def _value(value: object) -> object:
    """A value as changes hold it: numbers in text as numbers, percentages as shares, dates as text."""
    if isinstance(value, date):
        return as_text(value)
    try:
        return as_number(value)
    except AmbiguousNumberError as readings:
        raise PydanticCustomError("change", "{value} can be read as {readings}",
                                  {"value": shown(value), "readings": str(readings)}) from None  # fmt: skip


class ScenariosFile(_Closed):
    """A YAML file of scenarios: the changes of each by its name."""

    format: Literal[1]
    scenarios: dict[str, tuple[Entry, ...]]


def read_scenarios(portfolio: Path | None, beside: Path | None = None) -> Scenarios:
    """The scenarios of a portfolio: those of its sheet, then those of the YAML file beside it or of the one given.

    A portfolio without a file has none but those of the one given.

    Raises WrongUseError where a file cannot be read at all, or a YAML file is not as it has to be.
    """
    found: list[Scenario] = []
    findings: list[Finding] = []
    sources: list[str] = []
    if portfolio is not None and (content := read_content(portfolio)).startswith(ZIP):
        found, findings = _from_workbook(content, portfolio.name)
        sources += [f"{portfolio.name}, {SCENARIOS.name}"] if found or findings else []
    path = beside or (None if portfolio is None else portfolio.with_name(portfolio.stem + ENDING))
    if path is not None and (beside is not None or path.is_file()):
        found += _from_yaml(path)
        sources.append(path.name)
    first: dict[str, Scenario] = {}
    for scenario in found:
        other = first.setdefault(scenario.name.casefold(), scenario)
        if _changes(other) != _changes(scenario):
            what = f"Scenario {scenario.name} is given twice, also at {other.place}."
            rule = "Every scenario needs a name of its own."
            findings.append(Finding("error", scenario.place, what, rule, "Give one of the two another name."))
    return Scenarios(tuple(first.values()), tuple(findings), tuple(sources))


def _changes(scenario: Scenario) -> list[str]:
    """What a scenario changes, however it is written: one that is there twice with the same changes is one."""
    return [str(line).casefold() for line in scenario.lines]


def _from_yaml(path: Path) -> list[Scenario]:
    if not path.is_file():
        raise WrongUseError(f"{path} does not exist; scenarios are a YAML file.")
    content, lines = read_yaml_with_lines(path, ScenariosFile, "file of scenarios")

    def place(*steps: str | int) -> str:
        return f"{path.name}, line {lines.get(('scenarios', *steps), 1)}"

    return [
        Scenario(
            name,
            tuple(ScenarioLine(one.verb, one.name, one.value, place(name, turn)) for turn, one in enumerate(entries)),
            place(name),
        )
        for name, entries in content.scenarios.items()
    ]


def _from_workbook(content: bytes, name: str) -> tuple[list[Scenario], list[Finding]]:
    from portfolio.intake.tables.workbook_sheets import WorkbookSheets

    sheets = WorkbookSheets(content, name)
    title = sheets.named(SCENARIOS)
    if title is None:
        return [], []
    draft = Draft(SourceMap(sheets.names, grids=sheets.grids, fallback=title))
    table = find_table(sheets.grid(title), SCENARIOS)
    missing = [one for one in SCENARIOS.columns[:3] if table is None or one not in table.columns]
    if table is None or missing:
        if sheets.grids[title].rows:
            headings = ", ".join(column.heading for column in SCENARIOS.columns)
            what = f"The sheet {title} has no column {missing[0].heading}, so no scenario is read from it."
            fix = "Add a row with these headings, or rename the sheet, if it is something else."
            draft.note_at((title, 0, 0), what, f"Its columns are {headings}.", fix, "warning")
        return [], _findings(draft, name)
    found = _rows(draft, table, name)
    return found, _findings(draft, name)


def _findings(draft: Draft, name: str) -> list[Finding]:
    problems = sorted(draft.problems, key=lambda problem: draft.places.order(draft.places.cell(problem.path)))
    return [
        Finding(one.severity, f"{name}, {name_of(draft.places.cell(one.path))}", one.what, one.rule, one.fix)
        for one in problems
    ]


def _rows(draft: Draft, table: Table, name: str) -> list[Scenario]:
    """One line for each row; a row without a scenario belongs to that of the row above."""
    section = SCENARIOS.field
    draft.read_records(table, section, draft.kinds_of(table, ("what", "scenario")))
    lines: dict[str, list[ScenarioLine]] = {}
    titles: dict[str, tuple[str, str]] = {}
    title = ""
    for index, row in enumerate(draft.raw[section]):
        title = row.get("scenario") or title
        place = f"{name}, {name_of(draft.places.cell((section, index, 'what')))}"
        if not title:
            draft.note((section, index, "scenario"), "Scenario is empty.", "A change belongs to a scenario.",
                       "Enter the scenario's name.")  # fmt: skip
            continue
        titles.setdefault(title.casefold(), (title, place))
        own = lines.setdefault(title.casefold(), [])
        verb, value = str(row.get("change", "")).strip().casefold(), row.get("value")
        if verb not in VERBS:
            what = f"Change is {shown(row['change'])}." if verb else "Change is empty."
            known = ", ".join(VERBS)
            draft.note(
                (section, index, "change"), what, f"It is one of {known}.", suggestion(verb, VERBS, "Write one.")
            )
        elif "what" not in row:
            draft.note((section, index, "what"), "What is empty.", "A change names what it changes.",
                       "Enter for example capacity of VS1 in PI 2.")  # fmt: skip
        elif verb == "ban" and value is not None:
            draft.note((section, index, "value"), f"Value is {shown(value)}.", "A ban has none.", "Clear the cell.")
        else:
            own.append(ScenarioLine(_verb(verb), row["what"], _sheet_value(value), place))
    return [Scenario(*titles[key][:1], tuple(own), titles[key][1]) for key, own in lines.items()]


def _verb(word: str) -> Verb:
    return next(verb for verb in VERBS if verb == word)


def _sheet_value(value: Any) -> Value:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
