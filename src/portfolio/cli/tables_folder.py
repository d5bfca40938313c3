"""The options `--tables` and `--tables-format`: a result's tables as files in a folder, for other tools to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.tabular import TabularResult

Command = TypeVar("Command", bound=Callable[..., object])
FORMATS = ("csv", "parquet")


@dataclass(frozen=True)
class TablesFolder:
    """Where the tables of a result are written, and as what."""

    folder: Path
    form: Literal["csv", "parquet"]

    def write(self, result: TabularResult) -> None:
        """Writes them, whole or not at all; that is said below everything else that the command shows, if it shows anything."""
        from portfolio import engine

        engine.write_tables(result, self.folder, self.form)
        context, count = click.get_current_context(), len(result.filled_tables())
        if not context.params["as_json"]:
            said = f"{count} table{'' if count == 1 else 's'} written to {self.folder}; datapackage.json there says what they hold."
            context.call_on_close(lambda: click.echo(said))


def tables_options(command: Command) -> Command:
    """The options that write every table of a result; the command takes both of them as one `tables`."""

    @wraps(command)
    def with_folder(
        *, tables: Path | None, tables_format: Literal["csv", "parquet"] | None, **others: object
    ) -> object:
        return command(tables=_folder(tables, tables_format), **others)

    folder = click.option(
        "--tables",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Write every table of the result into this folder, with a datapackage.json that says what they hold: "
        "for Power BI, Tableau and scripts.",
    )
    form = click.option(
        "--tables-format",
        type=click.Choice(FORMATS),
        metavar="csv|parquet",
        help="With --tables: what each table is written as; csv without it. parquet needs pyarrow: portfolio[parquet].",
    )
    return folder(form(with_folder))  # type: ignore[return-value]


def _folder(folder: Path | None, form: Literal["csv", "parquet"] | None) -> TablesFolder | None:
    """The folder, once it is known that tables can be written there."""
    if folder is None:
        if form is not None:
            raise WrongUseError("--tables-format says what --tables writes; give --tables DIR too.")
        return None
    from portfolio import engine

    engine.check_tables_folder(folder, form or "csv")
    return TablesFolder(folder, form or "csv")
