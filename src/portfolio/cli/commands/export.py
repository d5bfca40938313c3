"""`portfolio export`: a plan that is there already, in another form, without solving."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import file_argument, force_option, model_option, template_option
from portfolio.cli.output import end_with_errors, exit_code, show_findings


@click.command("export")
@file_argument
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@model_option
@click.option(
    "--plan",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Take the plan from this workbook or JSON instead of FILE.",
)
@click.option(
    "--agreed",
    "against",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Put an agreed plan beside it in the report: what is in, out and moved, and what that is worth.",
)
@template_option
@force_option
def command(
    file: Path,
    output: Path,
    model: str | None,
    plan: Path | None,
    against: Path | None,
    template: Path | None,
    force: bool,
) -> int:
    """Writes the plan that stands in FILE as OUTPUT: a report to hand out (.html), slides (.pptx), a workbook (.xlsx), or CSV (.csv).

    Nothing is solved: the plan goes out as it was agreed, judged by FILE as it is now. What it breaks is said.
    """
    from portfolio import engine
    from portfolio.scoring import Ranking

    loaded = engine.load(file, model)
    try:
        result = engine.export(loaded, output, plan, against, force=force, template=template)
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=False)
    click.echo(result.headline)
    findings = loaded.findings if isinstance(result, Ranking) else result.findings
    show_findings(findings)
    click.echo(f"Written to {output}.")
    return exit_code(findings)
