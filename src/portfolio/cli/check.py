"""`portfolio check`: everything that is wrong, at once."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.shared import exit_code, file_argument, json_option, model_option, print_json, show_findings


@click.command("check")
@file_argument
@model_option
@json_option
def command(file: Path, model: str | None, as_json: bool) -> int:
    """Says everything that is wrong with the portfolio in FILE and its scenarios, each with its place and what to do.

    Also the traps that a sound portfolio may be in: a WIP limit of 0, a share that only an empty plan meets, and more.
    """
    from portfolio import engine
    from portfolio.domain import has_errors

    loaded = engine.load(file, model)
    findings = engine.check(loaded)
    if not has_errors(findings):
        findings = (*findings, *engine.check_scenarios(loaded, engine.scenarios_of(loaded)))
    if as_json:
        print_json({"format": 1, "findings": [finding.as_json() for finding in findings]})
    else:
        show_findings(findings)
        errors = sum(finding.severity == "error" for finding in findings)
        warnings = len(findings) - errors
        click.echo(f"{file.name}: {_count(errors, 'error')}, {_count(warnings, 'warning')}.")
    return exit_code(findings)


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
