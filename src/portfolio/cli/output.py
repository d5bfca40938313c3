"""What commands share: the file argument, findings on the screen, JSON on standard output."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.domain.finding import Finding

Command = TypeVar("Command", bound=Callable[..., Any])

file_argument = click.argument("file", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
model_option = click.option(
    "--model", metavar="NAME", help="Use this operating model instead of the one the file names."
)

scenarios_option = click.option(
    "--scenarios",
    type=click.Path(path_type=Path),
    metavar="YAML",
    help="Read scenarios from this file instead of the one beside FILE.",
)


class Share(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A share of a whole, as people write it: `1%` or `0.01`."""

    name = "share"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The share as a number from 0 to 1; anything else is wrong use."""
        text = str(value).strip()
        try:
            share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            self.fail(f"{text} is no share; write for example 1% or 0.01.", param, ctx)
        return share


def write_options(command: Command) -> Command:
    """The options that write results into the workbook that is read."""
    columns = click.option(
        "--add-columns",
        is_flag=True,
        help="With --write: add the result columns that the sheet of epics does not have, to the right of it.",
    )
    write = click.option(
        "--write",
        is_flag=True,
        help="Write the results into FILE itself: result sheets, and the result columns that its epics have; "
        "nothing else in it changes.",
    )
    return write(columns(command))


def gap_option(what: str, default: float = 0.001, asks_for: str = "proven optima") -> Callable[[Command], Command]:
    """When a proof is near enough: for `what` is sought, and what 0 asks for."""
    return click.option(
        "--gap",
        type=click.FloatRange(0, 1),
        default=default,
        show_default=True,
        help=f"Stop {what} proven this close to the best, as a share; 0 asks for {asks_for}.",
    )


def time_limit_option(meaning: str) -> Callable[[Command], Command]:
    """How long it may take, in seconds."""
    return click.option(
        "--time-limit",
        type=click.FloatRange(0, min_open=True),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        help=meaning,
    )


def output_option(meaning: str, metavar: str = "OUT", default: Path | None = None) -> Callable[[Command], Command]:
    """The file to write."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar=metavar,
        default=default,
        show_default=default is not None,
        help=meaning,
    )


from_option = click.option(
    "--from",
    "previous",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Begin from an earlier plan (a workbook by -o or --write, or --json): after a small change, good again in a moment.",
)


def resolve_options(command: Command) -> Command:
    """The options of commands that solve again and again from one plan."""
    gap = gap_option("each re-solve when it is", 0.0, "exact figures")
    limit = time_limit_option("Stop everything after this long; the plan itself takes half of it at most.")
    return gap(limit(from_option(command)))


def sheet_option(holds: str) -> Callable[[Command], Command]:
    """The option that writes a new workbook with results and nothing else."""
    return output_option(f"Write a workbook with {holds} (.xlsx).")


def check_output(output: Path | None, file: Path) -> None:
    """Raises WrongUseError for a workbook that cannot be written there, before anybody waits for it."""
    from portfolio.engine.convert import check_ending
    from portfolio.engine.plan import refuse_source

    if output is not None:
        refuse_source(output, file, "-o")
        check_ending(output, (".xlsx",))


def show_output(output: Path | None, *, written: bool) -> None:
    """Says what came of `-o`: without a plan there is nothing to write."""
    if output is not None:
        click.echo(f"Written to {output}." if written else f"Nothing is written to {output.name}: there is no plan.")


def refuse_pointless(write: bool, add_columns: bool) -> None:
    """Raises WrongUseError where columns shall be added and nothing be written."""
    if add_columns and not write:
        raise WrongUseError("--add-columns says what --write adds; give --write too.")


def show_written(file: Path, changed: bool) -> None:
    """Says what came of writing into a file."""
    click.echo(f"Written into {file}." if changed else f"{file} holds these results already.")


def print_json(content: Any) -> None:
    """Prints JSON that is the same byte for byte for the same content."""
    click.echo(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False))


def show_findings(findings: Iterable[Finding]) -> None:
    """Prints findings to standard error, errors first, one line each: place, what, rule, fix."""
    for severity, colour in (("error", "red"), ("warning", "yellow")):
        for finding in (finding for finding in findings if finding.severity == severity):
            click.echo(f"{click.style(severity, fg=colour, bold=True)}  {finding}", err=True)


def end_with_errors(
    findings: Sequence[Finding], *, as_json: bool, head: Mapping[str, Any] = MappingProxyType({"format": 1})
) -> int:
    """Says which findings keep a command from going on, as sentences or in JSON after `head`; returns its exit code."""
    if as_json:
        print_json({**head, "findings": [finding.as_json() for finding in findings]})
    else:
        show_findings(findings)
    return 1


def exit_code(findings: Iterable[Finding]) -> int:
    """1 if a finding is an error, else 0."""
    from portfolio.domain.finding import has_errors

    return 1 if has_errors(findings) else 0
