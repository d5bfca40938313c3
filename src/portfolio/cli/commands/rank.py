"""`portfolio rank`: the epics in order, by WSJF and by money."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import file_argument, json_option, model_option, output_option, write_options
from portfolio.cli.output import end_with_errors, print_json, refuse_pointless, show_findings, show_written


@click.command("rank")
@file_argument
@model_option
@output_option("Also write the ranking as CSV.", "OUT.csv")
@write_options
@json_option
def command(file: Path, model: str | None, output: Path | None, write: bool, add_columns: bool, as_json: bool) -> int:
    """Ranks the epics in FILE by the model's method, with the money ranking beside it where money is given."""
    from portfolio import engine

    refuse_pointless(write, add_columns)
    loaded = engine.load(file, model)
    try:
        ranking = engine.rank(loaded)
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json, head={"epics": []})
    if output is not None:
        engine.write(ranking, output, source=file)
    written = write and engine.write_ranking(ranking, loaded, add_columns=add_columns)
    if as_json:
        print_json({**ranking.as_json(), "findings": [finding.as_json() for finding in loaded.findings]})
        return 0
    from portfolio.cli.console import show
    from portfolio.cli.tables.ranking import ranking_table

    show(ranking_table(ranking, loaded))
    show_findings(loaded.findings)
    if output is not None:
        click.echo(f"Written to {output}.")
    if write:
        show_written(file, written)
    return 0
