"""A filled table as a pandas frame: the key as its index, periods in their order, what is absent as missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolio.tabular.table import FilledTable, Kind

if TYPE_CHECKING:
    import pandas as pd

DTYPES: dict[Kind, str] = {
    "text": "string",
    "number": "float64",
    "whole": "Int64",
    "yes/no": "boolean",
    "date": "datetime64[s]",
}
"""What pandas calls the type of each kind of column."""


def frame(filled: FilledTable) -> pd.DataFrame:
    """A new frame with a row for each of the table's."""
    import pandas as pd

    columns = list(zip(*filled.rows(), strict=True)) or [()] * len(filled.table.columns)
    series = {
        column.name: _series(values, column.kind, filled.periods.get(column.name, ()))
        for column, values in zip(filled.table.columns, columns, strict=True)
    }
    return pd.DataFrame(series).set_index(list(filled.table.key))


def _series(values: Sequence[object], kind: Kind, labels: Sequence[str]) -> pd.Series:  # type: ignore[type-arg,unused-ignore]
    import pandas as pd

    if kind == "period":
        given = [None if value is None else str(value) for value in values]
        order = list(dict.fromkeys([*labels, *(label for label in given if label is not None)]))
        return pd.Series(given, dtype=pd.CategoricalDtype(order, ordered=True))
    return pd.Series(list(values), dtype=DTYPES[kind])  # type: ignore[call-overload,no-any-return,unused-ignore]
