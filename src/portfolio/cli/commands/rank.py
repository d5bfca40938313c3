"""`portfolio rank`: the epics in order, by WSJF and by money."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.ask_names import load_asking
from portfolio.cli.option_names import finding_as_json
from portfolio.cli.options import (
    file_argument,
    force_option,
    json_option,
    model_option,
    output_option,
    suggestions_option,
    words_option,
    write_options,
)
from portfolio.cli.output import (
    check_output,
    end_with_errors,
    exit_code,
    print_json,
    refuse_pointless,
    say_left_out,
    say_unread,
    show_findings,
    show_written,
)
from portfolio.cli.tables_folder import TablesFolder, tables_options

if TYPE_CHECKING:
    from portfolio.engine import Loaded
    from portfolio.scoring import Ranking


@click.command("rank")
@file_argument
@model_option
@words_option
@suggestions_option
@output_option("Also write the ranking as CSV (.csv), a report to hand out (.html), or slides (.pptx).")
@write_options
@tables_options
@force_option
@click.option(
    "--strict",
    is_flag=True,
    help="Rank nothing where anything in FILE is an error; otherwise what can be ranked is, and the rest is listed.",
)
@json_option
def command(
    file: Path,
    model: str | None,
    words: str | None,
    accept_suggestions: bool,
    output: Path | None,
    write: bool,
    add_columns: bool,
    tables: TablesFolder | None,
    force: bool,
    strict: bool,
    as_json: bool,
) -> int:
    """Ranks the epics in FILE by the model's method, with the money ranking beside it where money is given.

    An epic that cannot be ranked is listed with what is wrong; it does not keep the others from being ranked.
    """
    from portfolio import engine

    refuse_pointless(write, add_columns)
    check_output(output, file, engine.RANKING_ENDINGS, force=force)
    loaded = load_asking(file, model, words, accept_suggestions=accept_suggestions, as_json=as_json)
    try:
        ranking = engine.rank(loaded, partly=not strict and output is None and not write)
        if loaded.rankable is not None and all(epic.rank is None for epic in ranking.epics):
            loaded.ready  # noqa: B018
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json, head={"epics": []})
    if output is not None:
        engine.write(ranking, output, source=loaded, force=force)
    if tables is not None:
        tables.write(ranking)
    written = engine.write_ranking(ranking, loaded, add_columns=add_columns) if write else None
    if as_json:
        print_json(_as_json(ranking, loaded))
        show_written(file, written, as_json=True)
        return exit_code(loaded.findings)
    from portfolio.cli.console import show
    from portfolio.cli.tables.ranking import ranking_table

    say_unread(loaded)
    show(ranking_table(ranking, loaded))
    say_left_out(loaded)
    show_findings(loaded.findings)
    if output is not None:
        click.echo(f"Written to {output}.")
    show_written(file, written)
    return exit_code(loaded.findings)


def _as_json(ranking: Ranking, loaded: Loaded) -> dict[str, object]:
    """The ranking with the findings; the ages of what is in progress where history says them."""
    from dataclasses import asdict

    from portfolio.engine.policy_findings import ages

    aged = [asdict(age) for age in ages(loaded)]
    findings = list(map(finding_as_json, loaded.findings))
    return {**ranking.as_json(), **({"ages": aged} if aged else {}), "findings": findings}
