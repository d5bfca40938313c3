"""The arguments and options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT

Command = TypeVar("Command", bound=Callable[..., object])

file_argument = click.argument("file", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
model_option = click.option(
    "--model", metavar="NAME", help="Use this operating model instead of the one the file names."
)

suggestions_option = click.option(
    "--accept-suggestions",
    is_flag=True,
    help="Take a misspelt name of an epic or value stream for the known one that is suggested, and say so.",
)
words_option = click.option(
    "--words",
    metavar="WORDS",
    help='Which figures words in columns of scores are, such as "S=2, M=5, L=8"; a workbook may have a sheet Words instead.',
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
            self.fail(f"{text} is not a share; write for example 1% or 0.01.", param, ctx)
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


def gap_option(
    what: str, default: float = DEFAULT_GAP, asks_for: str = "proven optima"
) -> Callable[[Command], Command]:
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
        default=DEFAULT_TIME_LIMIT,
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


template_option = click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="CORP.pptx",
    help="With OUT.pptx: take the looks of this presentation, its first layout with a title and its colours.",
)
force_option = click.option(
    "--force",
    is_flag=True,
    help="Replace the output file also where this program did not write it, or somebody has saved it since.",
)
from_option = click.option(
    "--from",
    "previous",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Begin the search from an earlier plan (a workbook written by -o or --write, or the output of --json); after a small "
    "change, a good plan is then found in a moment.",
)


def resolve_options(command: Command) -> Command:
    """The options of commands that solve again and again from one plan."""
    gap = gap_option("each re-solve when it is", 0.0, "exact figures")
    limit = time_limit_option("Stop everything after this long; the plan itself takes half of it at most.")
    return gap(limit(from_option(command)))


def sheet_option(holds: str) -> Callable[[Command], Command]:
    """The options that write a new workbook with results and nothing else."""
    output = output_option(f"Write a workbook with {holds} (.xlsx).")
    return lambda command: output(force_option(command))


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A day as people write it in a command: 2027-03-31."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; anything else is wrong use."""
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value} is not a day; write for example 2027-03-31.", param, ctx)


def as_of_option(help_text: str) -> Callable[[Command], Command]:
    """The day at whose end things are looked at."""
    return click.option("--as-of", type=Day(), metavar="DAY", help=help_text)
