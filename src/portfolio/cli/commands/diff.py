"""`portfolio diff`: what changed between two portfolios, and what it does to the ranking and the plan."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import gap_option, json_option, model_option, time_limit_option
from portfolio.cli.output import exit_code, print_json, show_findings
from portfolio.cli.tables_folder import TablesFolder, tables_options


@click.command("diff")
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@model_option
@click.option("--no-plan", is_flag=True, help="Compare portfolios and rankings only.")
@gap_option("each plan when it is")
@time_limit_option("Stop each of the two plans after this long.")
@tables_options
@json_option
def command(
    a: Path,
    b: Path,
    model: str | None,
    no_plan: bool,
    gap: float,
    time_limit: float,
    tables: TablesFolder | None,
    as_json: bool,
) -> int:
    """Says what changed from portfolio A to portfolio B, and what that does to the ranking and the plan.

    Compared is what the files say: the order of rows, the look of cells and other names for columns are no change. Plans
    A, then B beginning from A's plan, and writes nothing but the tables that are asked for. Ctrl-C ends the plan that is being sought with the best found.
    """
    from portfolio import engine
    from portfolio.cli.progress import ProgressLine

    before, after = engine.load(a, model), engine.load(b, model)
    with ProgressLine(a.name) as first, ProgressLine(b.name) as second:
        difference = engine.diff(
            before,
            after,
            gap,
            time_limit,
            with_plans=not no_plan,
            progress=lambda loaded: (first if loaded is before else second).tell,
        )
    if tables is not None:
        tables.write(difference)
    if as_json:
        print_json(difference.as_json())
        return exit_code(difference.findings)
    from portfolio.cli.tables.difference import show_difference

    show_difference(difference)
    show_findings(difference.new_findings)
    return exit_code(difference.findings)
