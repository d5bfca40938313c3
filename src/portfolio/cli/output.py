"""What commands say, and their exit code: findings, JSON, what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from portfolio.cli.option_names import finding_as_json, named_finding
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.domain.finding import Finding
    from portfolio.engine import Loaded
    from portfolio.engine.write import WrittenInto


def check_output(output: Path | None, file: Path, endings: tuple[str, ...] = (".xlsx",), *, force: bool) -> None:
    """Raises WrongUseError for a file that cannot be written there, before anybody waits for it."""
    from portfolio.engine.convert import check_ending
    from portfolio.engine.plan import refuse_source

    if output is not None:
        if file.exists():
            refuse_source(output, file, "path")
        check_ending(output, endings)
        refuse_to_replace(output, force=force)


def refuse_to_replace(path: Path, *, force: bool) -> None:
    """Raises WrongUseError where somebody else's file stands, unless `force` allows to replace it."""
    from portfolio.engine.convert import refuse_to_replace

    refuse_to_replace(path, force=force)


def show_output(output: Path | None, *, written: bool) -> None:
    """Says what came of `-o`: without a plan there is nothing to write."""
    if output is not None:
        click.echo(f"Written to {output}." if written else f"Nothing is written to {output.name}: there is no plan.")


def refuse_pointless(write: bool, add_columns: bool) -> None:
    """Raises WrongUseError where columns shall be added and nothing be written."""
    if add_columns and not write:
        raise WrongUseError("--add-columns says what --write adds; give --write too.")


def show_written(file: Path, written: WrittenInto | None, *, as_json: bool = False) -> None:
    """Says what came of writing into a file, and what of people's own was left or moved; JSON has the first from its code."""
    if written is None:
        return
    if not as_json:
        click.echo(f"Written into {file}." if written.changed else f"{file} holds these results already.")
    show_findings(written.findings)


def print_json(content: object) -> None:
    """Prints JSON that is the same byte for byte for the same content."""
    click.echo(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False))


def show_findings(findings: Iterable[Finding]) -> None:
    """Prints findings to standard error, errors first, one line each: place, what, rule, fix."""
    for severity, colour in (("error", "red"), ("warning", "yellow")):
        for finding in (finding for finding in findings if finding.severity == severity):
            click.echo(f"{click.style(severity, fg=colour, bold=True)}  {named_finding(finding)}", err=True)


def say_left_out(loaded: Loaded) -> None:
    """Says which epics are neither ranked nor planned because they are done or stopped, and what a review calls all of them."""
    for said in filter(None, (loaded.left_out_text, loaded.triage_text)):
        click.echo(said)


def say_unread(loaded: Loaded) -> None:
    """Says in a line which sheets and columns of the file hold something and were not read."""
    if text := loaded.reading.report.unread_text:
        click.echo(text, err=True)


def end_with_errors(
    findings: Sequence[Finding], *, as_json: bool, head: Mapping[str, object] = MappingProxyType({"format": 1})
) -> int:
    """Says which findings keep a command from going on, as sentences or in JSON after `head`; returns its exit code."""
    if as_json:
        print_json({**head, "findings": list(map(finding_as_json, findings))})
    else:
        show_findings(findings)
    return 1


def exit_code(findings: Iterable[Finding]) -> int:
    """1 if a finding is an error, else 0."""
    from portfolio.domain.finding import has_errors

    return 1 if has_errors(findings) else 0
