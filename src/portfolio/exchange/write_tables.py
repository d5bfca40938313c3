"""Writes the tables of a result into a folder, for Power BI, Tableau and scripts: CSV or parquet, with their schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Literal

from portfolio.exchange.write_csv import Cell, write_rows
from portfolio.storage.whole_folder import check_folder, write_whole_folder
from portfolio.tabular import Column, FilledTable, Table
from portfolio.tabular.table import Kind

TablesFormat = Literal["csv", "parquet"]
SCHEMA = "datapackage.json"
"""The file beside the tables that says what they hold (Frictionless Data Package)."""
MADE_BY = "portfolio"
TYPES: dict[Kind, str] = {
    "text": "string",
    "number": "number",
    "whole": "integer",
    "yes/no": "boolean",
    "date": "date",
    "period": "string",
}
"""What a data package calls the type of each kind of column."""


def check_tables_folder(folder: Path, form: TablesFormat) -> None:
    """Raises WrongUseError where tables cannot be written there, before anybody waits for them."""
    if form == "parquet":
        from portfolio.exchange.write_parquet import check_installed

        check_installed()
    check_folder(folder, tables_in)


def write_tables(tables: Sequence[FilledTable], title: str, folder: Path, form: TablesFormat) -> None:
    """Writes a file for each table and their schema; the folder is replaced whole or not at all.

    Raises WrongUseError for a folder that holds anything else.
    """
    write_table = _writer(form)

    def write(beside: Path) -> None:
        for filled in tables:
            write_table(filled, beside / f"{filled.table.name}.{form}")
        schema = data_package([filled.table for filled in tables], title, form)
        (beside / SCHEMA).write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    check_tables_folder(folder, form)
    write_whole_folder(folder, write, tables_in)


def tables_in(folder: Path) -> Collection[str]:
    """The files of a folder that were written here before: those that its schema names, if that was."""
    try:
        schema = json.loads((folder / SCHEMA).read_text(encoding="utf-8"))
        if schema["made_by"] != MADE_BY:
            return ()
        return {SCHEMA, *(str(resource["path"]) for resource in schema["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def data_package(tables: Sequence[Table], title: str, form: TablesFormat) -> dict[str, object]:
    """What every table holds: names, types, units, meanings, keys, and which rows of others they refer to."""
    kind = "tabular-data" if form == "csv" else "data"
    package: dict[str, object] = {"profile": f"{kind}-package", "name": "plan-tables", "made_by": MADE_BY}
    named = {"title": title} if title else {}
    return {**package, **named, "resources": [_resource(table, tables, form) for table in tables]}


def _resource(table: Table, tables: Sequence[Table], form: TablesFormat) -> dict[str, object]:
    file = {"name": table.name, "path": f"{table.name}.{form}", "description": table.meaning, "format": form}
    if form == "csv":
        told = {"profile": "tabular-data-resource", "mediatype": "text/csv", "encoding": "utf-8-sig"}
    else:
        told = {"profile": "data-resource", "mediatype": "application/vnd.apache.parquet"}
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if references := foreign_keys(table, tables):
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": key}} for column, other, key in references
        ]
    return {**file, **told, "schema": schema}


def _field(column: Column) -> dict[str, str]:
    field = {"name": column.name, "title": column.heading, "type": TYPES[column.kind], "description": column.meaning}
    return field | ({"unit": column.unit} if column.unit else {})


def foreign_keys(table: Table, tables: Sequence[Table]) -> list[tuple[str, str, str]]:
    """Columns that name a row of another table, each with that table and its key."""
    homes = {other.key[0]: other.name for other in tables if other.has_all and len(other.key) == 1}
    keys = [(column.name, column.refers_to or column.name) for column in table.columns]
    return [(column, homes[key], key) for column, key in keys if homes.get(key, table.name) != table.name]


def _writer(form: TablesFormat) -> Callable[[FilledTable, Path], None]:
    if form == "parquet":
        from portfolio.exchange.write_parquet import write_parquet

        return write_parquet
    return _write_csv


def _write_csv(filled: FilledTable, path: Path) -> None:
    """Writes a table as CSV; yes and no are `true` and `false`, as programs read them."""
    write_rows(filled.table.names, ([_cell(value) for value in row] for row in filled.rows()), path)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    cell: Cell = value  # type: ignore[assignment]
    return cell
