"""`portfolio check`: everything that is wrong, at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.ask_names import load_asking
from portfolio.cli.option_names import finding_as_json, named_finding
from portfolio.cli.options import (
    as_of_option,
    file_argument,
    json_option,
    model_option,
    suggestions_option,
    words_option,
)
from portfolio.cli.output import exit_code, print_json, say_left_out, show_findings
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.engine import Loaded, Setting


@click.command("check")
@file_argument
@model_option
@words_option
@suggestions_option
@click.option(
    "--explain-settings",
    is_flag=True,
    help="Also say where every setting came from: a cell, a line of the operating model, or the default.",
)
@click.option("--scenario", metavar="NAME", help="With --explain-settings: as this scenario of the portfolio has them.")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.xlsx",
    help="Also write a copy of FILE in which every finding stands as a note at its cell, with a colour.",
)
@as_of_option("Look at history as it was known at the end of this day; its last one without it.")
@json_option
def command(
    file: Path,
    model: str | None,
    words: str | None,
    accept_suggestions: bool,
    explain_settings: bool,
    scenario: str | None,
    annotate: Path | None,
    as_of: date | None,
    as_json: bool,
) -> int:
    """Says everything that is wrong with the portfolio in FILE and its scenarios, each with its place and what to do.

    Also the traps that a sound portfolio may be in: a WIP limit of 0, a share that only an empty plan meets, and more. The
    policies of its operating model are measured too: what teams are known to slide into, with the model's limits.
    """
    from portfolio import engine
    from portfolio.domain import has_errors
    from portfolio.domain.json_form import json_form
    from portfolio.domain.wording import counted

    if scenario is not None and not explain_settings:
        raise WrongUseError("--scenario says whose settings --explain-settings shows; give --explain-settings too.")
    loaded = load_asking(file, model, words, accept_suggestions=accept_suggestions, as_json=as_json)
    findings = engine.check(loaded, as_of=as_of)
    if not has_errors(findings):
        findings = (*findings, *engine.check_scenarios(loaded, engine.scenarios_of(loaded)))
    if annotate is not None:
        engine.annotate(loaded, map(named_finding, findings), annotate)
    asked = _settings(loaded, scenario) if explain_settings and not has_errors(loaded.findings) else ()
    if as_json:
        settings = {"settings": json_form([setting.as_json() for setting in asked])} if explain_settings else {}
        print_json(
            {
                "format": 1,
                **settings,
                "read": loaded.reading.report.as_json(),
                "findings": list(map(finding_as_json, findings)),
            }
        )
        return exit_code(findings)
    if asked:
        _show_settings(asked)
    for line in loaded.reading.report.lines():
        click.echo(line)
    show_findings(findings)
    say_left_out(loaded)
    errors = sum(finding.severity == "error" for finding in findings)
    click.echo(f"{file.name}: {counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}.")
    return exit_code(findings)


def _settings(loaded: Loaded, name: str | None) -> tuple[Setting, ...]:
    from portfolio import engine
    from portfolio.engine.setting_origins import ARGUMENT

    found = engine.settings(loaded, None if name is None else engine.scenarios_of(loaded).named(name))
    return tuple(replace(one, origin="--model") if one.origin == ARGUMENT else one for one in found)


def _show_settings(asked: Iterable[Setting]) -> None:
    from portfolio.cli.console import as_cells, blank_table, show
    from portfolio.cli.tables.models import words_of

    table = blank_table("Settings, and where each came from")
    for heading in ("Setting", "Value", "From"):
        table.add_column(heading, overflow="fold")
    for setting in asked:
        value = "-" if setting.value in ("", [], {}) else words_of(setting.value)
        table.add_row(*as_cells([setting.name, value, setting.origin]))
    show(table)
