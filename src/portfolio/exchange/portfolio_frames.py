"""A portfolio as frames: the tables that a program edits and gives back, under the names of the JSON format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NotRequired, TypedDict

from portfolio.domain import Epic, Portfolio
from portfolio.domain.counted_rows import EVIDENCE
from portfolio.domain.evidence import Vote
from portfolio.domain.field import Kind
from portfolio.domain.json_form import json_form
from portfolio.domain.record import Record
from portfolio.intake.columns import (
    DEPENDENCIES,
    EFFORT,
    EPICS,
    GUARDRAILS,
    OUTCOMES,
    SETTINGS,
    STREAMS,
    Sheet,
    criterion_column,
)
from portfolio.intake.evidence_columns import EVIDENCE_SHEETS
from portfolio.workbook.inputs.input_values import setting_entry

if TYPE_CHECKING:
    import pandas as pd

DTYPES: dict[Kind, str] = {
    "text": "string",
    "word": "string",
    "number": "float64",
    "share": "float64",
    "whole": "Int64",
    "yes/no": "boolean",
    "date": "datetime64[s]",
}
"""What a column of each kind is in pandas; the others hold lists and mappings, as JSON does."""
STREAM_AND_EFFORT = {"value_stream", "effort"}


class PortfolioFrames(TypedDict):
    """The tables of a portfolio by the arguments of `from_frames`; `model` is there where another one was asked for."""

    epics: pd.DataFrame
    effort: pd.DataFrame
    value_streams: pd.DataFrame
    capacity: pd.DataFrame
    budget: pd.DataFrame
    dependencies: pd.DataFrame
    guardrails: pd.DataFrame
    outcomes: pd.DataFrame
    evidence: NotRequired[dict[str, pd.DataFrame]]
    settings: pd.DataFrame
    model: NotRequired[str]


def portfolio_frames(portfolio: Portfolio) -> PortfolioFrames:
    """The tables of a portfolio, with the columns that something stands in; all effort stands in the table of that name."""
    streams = portfolio.value_streams
    effort = [
        {"epic": epic.id, "value_stream": stream, "effort": units}
        for epic in portfolio.epics
        for stream, units in epic.effort.items()
    ]
    frames: PortfolioFrames = {
        "epics": _epics(portfolio.epics).set_index("id"),
        "effort": _frame(effort, EFFORT),
        "value_streams": _records(streams, STREAMS).set_index("id"),
        "capacity": _by_period(portfolio, [(one.id, one.capacity) for one in streams]),
        "budget": _by_period(portfolio, [(one.id, one.budget) for one in streams if one.budget is not None]),
        "dependencies": _records(portfolio.dependencies, DEPENDENCIES),
        "guardrails": _records(portfolio.guardrails, GUARDRAILS).set_index("name"),
        "outcomes": _records(portfolio.outcomes, OUTCOMES),
        "settings": _settings(portfolio),
    }
    evidence = {sheet.field.removeprefix(EVIDENCE): _evidence(portfolio, sheet) for sheet in EVIDENCE_SHEETS}
    if not portfolio.evidence.is_empty:
        frames["evidence"] = {name: frame for name, frame in evidence.items() if len(frame)}
    return frames


def _evidence(portfolio: Portfolio, sheet: Sheet) -> pd.DataFrame:
    """One row for each row of a list of the evidence; a vote has a column for each of the model's own criteria."""
    rows: Sequence[Record] = getattr(portfolio.evidence, sheet.field.removeprefix(EVIDENCE))
    own = dict.fromkeys(name for row in rows if isinstance(row, Vote) for name in row.criteria)
    columns = (*sheet.columns, *(criterion_column(name, "number") for name in own))
    found = [{**dict(row), **(row.criteria if isinstance(row, Vote) else {})} for row in rows]
    return _frame(found, replace(sheet, columns=columns))


def _epics(epics: Sequence[Epic]) -> pd.DataFrame:
    """One row for each epic, with a column for each of the model's own criteria that one of them says something to."""
    own = {name: said for epic in epics for name, said in epic.criteria.items()}
    columns = [criterion_column(name, "text" if isinstance(said, str) else "number") for name, said in own.items()]
    fields = [column.field for column in EPICS.columns if column.field not in STREAM_AND_EFFORT]
    rows = [{**{field: getattr(epic, field) for field in fields}, **epic.criteria} for epic in epics]
    return _frame(rows, replace(EPICS, columns=(*EPICS.columns, *columns)))


def _records(records: Iterable[object], sheet: Sheet) -> pd.DataFrame:
    """One row for each record of a section."""
    fields = [column.field for column in sheet.columns if column.field not in STREAM_AND_EFFORT]
    return _frame([{field: getattr(record, field) for field in fields} for record in records], sheet)


def _frame(rows: Sequence[dict[str, object]], sheet: Sheet) -> pd.DataFrame:
    """The columns of a sheet that something stands in; the first one always."""
    import pandas as pd

    columns = {}
    for number, column in enumerate(sheet.columns):
        values = [row.get(column.field) for row in rows]
        given = [value for value in values if value not in (None, (), {})]
        if given or number == 0:
            nested = any(isinstance(value, tuple | dict) for value in given)
            columns[column.field] = _series(values, None if nested else DTYPES.get(column.kind))
    return pd.DataFrame(columns)


def _series(values: Sequence[object], dtype: str | None) -> pd.Series:  # type: ignore[type-arg,unused-ignore]
    import pandas as pd

    if dtype is None:
        return pd.Series([None if value in ((), {}) else json_form(value) for value in values], dtype=object)
    return pd.Series(values, dtype=dtype)  # type: ignore[call-overload,no-any-return,unused-ignore]


def _by_period(portfolio: Portfolio, rows: Sequence[tuple[str, Sequence[float]]]) -> pd.DataFrame:
    """A row for each value stream, a column for each period."""
    import pandas as pd

    index = pd.Index([stream for stream, _ in rows], name="value_stream", dtype="string")
    periods = list(portfolio.calendar.periods)
    return pd.DataFrame([list(amounts) for _, amounts in rows], index=index, columns=periods, dtype="float64")


def _settings(portfolio: Portfolio) -> pd.DataFrame:
    """A row for each setting that is given; labels of periods as a list, where no table has them."""
    import pandas as pd

    calendar = portfolio.calendar
    values: dict[str, object] = {column.field: setting_entry(portfolio, column.field) for column in SETTINGS.columns}
    if calendar.periods and not portfolio.value_streams:
        values["calendar.periods"] = list(calendar.periods)
    if isinstance(values["calendar.budget_periods"], str):
        values["calendar.budget_periods"] = list(calendar.budget_periods)
    given = {field.rpartition(".")[2]: value for field, value in values.items() if value is not None}
    index = pd.Index(list(given), name="setting", dtype="string")
    return pd.DataFrame({"value": pd.Series(list(given.values()), index=index, dtype=object)})
