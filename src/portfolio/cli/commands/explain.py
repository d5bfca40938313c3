"""`portfolio explain`: why an epic is in the plan or not, what it costs, and what would let it in."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import file_argument, json_option, model_option, resolve_options, sheet_option
from portfolio.cli.output import (
    check_output,
    end_with_errors,
    exit_code,
    print_json,
    show_findings,
    show_output,
)
from portfolio.cli.tables_folder import TablesFolder, tables_options


@click.command("explain")
@file_argument
@click.argument("epics", nargs=-1, metavar="[EPIC]...")
@model_option
@resolve_options
@sheet_option("the explanations")
@tables_options
@json_option
def command(
    file: Path,
    epics: tuple[str, ...],
    model: str | None,
    gap: float,
    time_limit: float,
    previous: Path | None,
    output: Path | None,
    force: bool,
    tables: TablesFolder | None,
    as_json: bool,
) -> int:
    """Explains each EPIC of FILE in full: what it earns and needs, what it costs, what would let it in.

    Without EPIC, every epic in one line. Costs are exact: the portfolio is planned again without the epic, or with it forced in.
    Ctrl-C keeps what is known by then.
    """
    from portfolio import engine
    from portfolio.cli.progress import CountLine, ProgressLine

    check_output(output, file, force=force)
    loaded = engine.load(file, model)
    try:
        start = None if previous is None else engine.previous_plan(previous, loaded)
        with ProgressLine() as progress, CountLine("re-solves") as count:
            explained = engine.explain(
                loaded, epics, gap, time_limit, progress=progress.tell, re_solves=count.tell, start=start
            )
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    written = explained.answer.plan is not None
    if output is not None and written:
        engine.write(explained, output, source=loaded, force=force)
    if tables is not None:
        tables.write(explained)
    if as_json:
        print_json(explained.as_json())
        return exit_code(explained.answer.findings)
    from portfolio.cli.tables.explanations import show_explained

    show_explained(explained)
    show_findings(explained.answer.findings)
    show_output(output, written=written)
    return exit_code(explained.answer.findings)
