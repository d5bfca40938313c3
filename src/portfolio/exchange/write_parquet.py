"""Writes a table as parquet: typed columns, each with its meaning and unit; needs pyarrow, which is an extra."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from portfolio.errors import WrongUseError
from portfolio.tabular import FilledTable
from portfolio.tabular.table import Kind

TYPES: dict[Kind, str] = {
    "text": "string",
    "number": "float64",
    "whole": "int64",
    "yes/no": "bool_",
    "date": "date32",
    "period": "string",
}
"""What Arrow calls the type of each kind of column."""


def check_installed() -> None:
    """Raises WrongUseError where parquet cannot be written."""
    if find_spec("pyarrow") is None:
        raise WrongUseError("Parquet needs pyarrow, which is not installed: pip install 'portfolio[parquet]'.")


def write_parquet(filled: FilledTable, path: Path) -> None:
    """Writes every row; text stays as it is, since nothing in parquet runs."""
    import pyarrow
    from pyarrow import parquet

    columns = filled.table.columns
    fields = [
        pyarrow.field(
            column.name,
            getattr(pyarrow, TYPES[column.kind])(),
            metadata={"meaning": column.meaning, "unit": column.unit},
        )
        for column in columns
    ]
    values = list(zip(*filled.rows(), strict=True)) or [()] * len(columns)
    arrays = [pyarrow.array(list(column), field.type) for column, field in zip(values, fields, strict=True)]
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields)), path)
