"""`portfolio prices`: what every rule costs, and what one unit more of anything is worth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.options import file_argument, json_option, model_option, resolve_options, sheet_option
from portfolio.cli.output import check_output, end_with_errors, exit_code, print_json, show_findings, show_output

if TYPE_CHECKING:
    from portfolio.analysis.pricing import PriceList
    from portfolio.results.answer import Answer


@click.command("prices")
@file_argument
@model_option
@resolve_options
@click.option(
    "--capacity",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    metavar="UNITS",
    help="How much capacity is added to one value stream in one period, to see what it is worth.",
)
@click.option(
    "--money",
    type=click.FloatRange(0, min_open=True),
    metavar="AMOUNT",
    help="How much money is added to one budget in one budget period; 1 % of it without this.",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="N",
    help="Show so many lines of each table at most.",
)
@sheet_option("every price and tornado charts")
@json_option
def command(
    file: Path,
    model: str | None,
    gap: float,
    time_limit: float,
    previous: Path | None,
    capacity: float,
    money: float | None,
    top: int,
    output: Path | None,
    as_json: bool,
) -> int:
    """Prices every rule of FILE: value without it less value with it; and one unit more of capacity, money and WIP.

    Each price is exact, from a re-solve; where time or gap stop it, it lies between two figures. Ctrl-C keeps what is
    known by then.
    """
    from portfolio import engine
    from portfolio.cli.progress import CountLine, ProgressLine

    check_output(output, file)
    loaded = engine.load(file, model)
    try:
        start = None if previous is None else engine.previous_plan(previous, loaded)
        with ProgressLine() as progress, CountLine("re-solves") as count:
            answer, found = engine.prices(
                loaded,
                gap,
                time_limit,
                progress=progress.tell,
                re_solves=count.tell,
                start=start,
                capacity=capacity,
                money=money,
            )
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    if output is not None and found is not None:
        engine.write_prices(found, answer, output, file)
    if as_json:
        print_json(
            {"format": 1, "findings": [one.as_json() for one in answer.findings]} if found is None else found.as_json()
        )
    else:
        _show(found, answer, top)
        show_output(output, written=found is not None)
    return exit_code(answer.findings)


def _show(found: PriceList | None, answer: Answer, top: int) -> None:
    from portfolio.cli.tables.prices import show_prices

    if found is not None:
        show_prices(found, answer, top)
    show_findings(answer.findings)
