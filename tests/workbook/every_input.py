"""Edits of every kind of input cell, and what the result sheets have to say afterwards."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.domain import Portfolio
from portfolio.intake import columns
from portfolio.results.answer import Answer
from portfolio.workbook.inputs.input_areas import InputAreas
from tests.recalculate import Sheets
from tests.workbook.answers import answer_of
from tests.workbook.joining import loaded, recomputed
from tests.workbook.random_edits import assert_ranks
from tests.workbook.test_write_results import FIRST, OF_ALL, table

Cell = tuple[str, int, int]
Edit = tuple[str, Cell, Any]
"""What is changed, where, and what it says then."""
NUMBERS = (1.7, 0.5, 3.0)
SAID = frozenset(
    {
        *("id", "type", "owner", "value_curve", "where", "per", "measure", "of", "enforce", "price", "name", "fund"),
        *("calendar.periods", "calendar.budget_periods", "model", "ranked_by", "running_epics", "state", "epic"),
        *(
            "exclusive_group",
            "together_group",
            "max_budget_shift",
            "class_of_service",
            "category",
            "horizon",
            "theme",
            "outcome",
        ),
    }
)
"""Names, shapes and rules about words: they may decide which figures there are, so that the sheets may only say so."""
TITLE = 2
"""The row in which `As planned` says what was changed and is not followed."""


def edits(portfolio: Portfolio, draw: random.Random) -> Iterator[Edit]:
    """A new value for a cell of every kind, where something stands in it now."""
    areas = InputAreas(portfolio)
    book = {
        "Epics": (areas.epics, columns.EPICS),
        "Value streams": (areas.streams, columns.STREAMS),
        "Effort": (areas.effort, columns.EFFORT),
        "Dependencies": (areas.dependencies, columns.DEPENDENCIES),
        "Guardrails": (areas.guardrails, columns.GUARDRAILS),
    }
    for sheet, (area, known) in book.items():
        for column in known.columns:
            if column.field in area.columns and area.count:
                yield (
                    f"{sheet} {column.field}",
                    (sheet, area.first + 1 + draw.randrange(area.count), area.columns[column.field] + 1),
                    column,
                )
    for name, area in (("Capacity", areas.capacity), ("Budget", areas.budget)):
        if area.count:
            column = area.columns[f"period {draw.randint(1, len(portfolio.calendar.periods))}"] + 1
            yield name, (name, area.first + 1 + draw.randrange(area.count), column), None
    for number, column in enumerate(columns.SETTINGS.columns):
        yield (
            f"Portfolio {column.field}",
            ("Portfolio", areas.settings.first + 1 + number, areas.settings.columns["value"] + 1),
            column,
        )


def new_value(portfolio: Portfolio, column: Any, held: Any, draw: random.Random) -> Any:
    """Another value of the kind that a cell holds; None where nothing goes there by itself."""
    field = "" if column is None else column.field
    if field in ("value_stream", "stream"):
        return draw.choice([stream.id for stream in portfolio.value_streams])
    if field in ("epic", "predecessor", "successor"):
        return draw.choice([epic.id for epic in portfolio.epics])
    if field in ("earliest", "latest", "start"):
        return draw.choice(portfolio.calendar.periods)
    if field in ("must", "approved"):
        return draw.choice(["yes", "no", None])
    if field == "urgency":
        return "standard"
    if field in OTHERWISE:
        return draw.choice(OTHERWISE[field])
    if field in ("horizon", "theme", "category", "fund", "type", "owner", "exclusive_group", "together_group"):
        return draw.choice([*(word for epic in portfolio.epics if (word := getattr(epic, field))), "Another word"])
    return _number(column, held, draw)


OTHERWISE: Mapping[str, Sequence[Any]] = {
    "id": ("Z1",),
    "title": ("Called otherwise",),
    "name": ("Called otherwise",),
    "type": ("needs", "finish to start"),
    "state": ("Implementing", "Done", "Funnel"),
    "value_curve": ("0: 7000; 30: 100", "0: 300"),
    "where": ("Horizon = H1", "Type = Enabler"),
    "per": ("theme", "period"),
    "measure": ("effort", "spend", "epics"),
    "of": ("selected", None),
    "enforce": ("hard", "soft"),
    "model": ("cost-of-delay",),
    "calendar.periods": (2, 3),
    "calendar.budget_periods": (1, 2),
    "ranked_by": ("RICE",),
    "running_epics": ("may stop", "continue"),
}
"""What else there is to say where words are understood."""


def _number(column: Any, held: Any, draw: random.Random) -> Any:
    """A number of another size; where nothing stands, a first one."""
    kind = "number" if column is None else column.kind
    if kind not in ("number", "whole", "share") or isinstance(held, str | bool):
        return None
    scaled = (0.5 if kind == "share" else 40.0) if held is None else held * draw.choice(NUMBERS)
    if kind == "share":
        return min(1.0, round(scaled, 3))
    return float(round(scaled)) if kind == "whole" else round(scaled, 3)


def edited(path: Path, target: Path, portfolio: Portfolio, draw: random.Random, wanted: int | str) -> list[str]:
    """A copy with some cells changed that formulas follow, or those of one kind; what was changed, in words.

    Where several are changed something stands in them now, so that no figure is new.
    """
    book, said = loaded(path), []
    several = list(edits(portfolio, draw))
    followed = [one for one in several if one[2] is None or one[2].field not in SAID]
    chosen = draw.sample(followed, wanted) if isinstance(wanted, int) else [one for one in several if one[0] == wanted]
    for what, (sheet, row, number), column in chosen:
        cell = book[sheet].cell(row, number)
        if cell.data_type == "f":
            continue
        before, after = cell.value, new_value(portfolio, column, cell.value, draw)
        if after == before or (before is None and isinstance(wanted, int)):
            continue
        cell.value = after
        said.append(f"{what} {sheet}!{cell.coordinate}: {before!r} became {after!r}")
    book.save(target)
    book.close()
    return said


@lru_cache(maxsize=1)
def _computed(path: Path, written: int) -> Sheets:  # noqa: ARG001
    return recomputed(path)


def computed(path: Path) -> Sheets:
    """All values of a workbook as it stands, computed once."""
    return _computed(path, path.stat().st_mtime_ns)


def told(path: Path) -> str:
    """What the sheets say that they do not follow; nothing where they follow everything."""
    return str(computed(path)["As planned"].get(f"A{TITLE}") or "")


def differences(path: Path, plan: Mapping[str, tuple[int, int]]) -> list[str] | None:
    """What the result sheets say otherwise than the engine of the inputs as they stand; None where these are not sound."""
    read = engine.load(path)
    if read.portfolio is None or any(finding.severity == "error" for finding in read.findings):
        return None
    if not set(plan) <= set(read.ready.epic_index):
        return ["The plan has epics that there are no more."]
    answer = answer_of(read.ready, read.model, plan)
    sheets = computed(path)
    found: list[str] = []
    try:
        assert_ranks(sheets, answer.ranking)
    except AssertionError as wrong:
        found.append(f"Ranking: {str(wrong)[:200]}")
    by_place = {(line.id, line.period): line for line in answer.value_streams}
    for row in table(sheets["Allocation"], FIRST - 1):
        line = by_place.get((row["Value stream"], row["Period"]))
        if line is None:
            found.append(f"Allocation: there is no {row['Value stream']} in {row['Period']}")
            continue
        for heading, value in (
            ("Capacity", line.capacity),
            ("Effort", line.effort),
            ("WIP", line.wip),
            ("Spend", line.spend),
        ):
            found += _other(f"Allocation {line.id} {line.period} {heading}", row[heading], value)
    by_epic = {line.id: line for line in answer.epics}
    for row in table(sheets["Plan"], FIRST - 1):
        if row["ID"] in by_epic:
            line = by_epic[row["ID"]]
            found += _other(f"Plan {line.id} Value", row["Value"], line.value)
            found += _other(f"Plan {line.id} Spend", row["Spend"], line.spend)
    return found + _broken(sheets, answer)


def _broken(sheets: Any, answer: Answer) -> list[str]:
    rows = [row for row in table(sheets["Guardrail status"], FIRST - 1) if row["Guardrail"]]
    there: Counter[str] = Counter()
    for row in rows:
        name = row["Guardrail"]
        if name in OF_ALL and not row["Where"]:
            there[name] += round(row["Used"])
        elif row["Status"] == "BROKEN" and name != "Dates":
            there[name] += 1
    wanted = Counter(line.name for line in answer.guardrails if not line.met and line.name != "Dates")
    dates = any(line.name == "Dates" and not line.met for line in answer.guardrails)
    is_said = any(row["Guardrail"] == "Dates" and row["Status"] == "BROKEN" for row in rows)
    found = [] if +there == +wanted else [f"Guardrail status: broken {dict(there)}, and should be {dict(wanted)}"]
    return found if dates == is_said else [*found, f"Dates: {is_said}, and should be {dates}"]


def _other(what: str, said: Any, value: float | None) -> list[str]:
    same = (
        (said or 0) == pytest.approx(value or 0, rel=1e-9, abs=1e-6) if not isinstance(said, str) or not said else False
    )
    return [] if same else [f"{what}: {said!r}, and should be {value!r}"]
