"""`portfolio prices`: what every rule costs, and what one unit more of anything is worth."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.options import (
    file_argument,
    force_option,
    json_option,
    model_option,
    output_option,
    resolve_options,
    template_option,
)
from portfolio.cli.output import (
    check_output,
    end_with_errors,
    exit_code,
    print_json,
    show_findings,
    show_output,
)
from portfolio.cli.tables_folder import TablesFolder, tables_options
from portfolio.cli.workers_options import cluster_options

if TYPE_CHECKING:
    from portfolio.engine import Loaded, Workers
    from portfolio.results.prices import PriceLine, PriceList


@click.command("prices")
@file_argument
@model_option
@resolve_options
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="NAME",
    help='Answer first what this rule costs, such as "Enabler floor"; may be given several times.',
)
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
@output_option(
    "Write a workbook with every price and tornado charts (.xlsx), or the plan as a report (.html) or slides (.pptx) with what each rule costs."
)
@force_option
@template_option
@tables_options
@cluster_options()
@json_option
def command(
    file: Path,
    model: str | None,
    gap: float,
    time_limit: float,
    previous: Path | None,
    rules: tuple[str, ...],
    capacity: float,
    money: float | None,
    top: int,
    output: Path | None,
    force: bool,
    template: Path | None,
    tables: TablesFolder | None,
    workers: Workers,
    as_json: bool,
) -> int:
    """Prices every rule of FILE: value without it less value with it; and one unit more of capacity, money and WIP.

    Each price is exact, from a re-solve; where time or gap stop it, it lies between two figures. Ctrl-C keeps what is
    known by then.
    """
    from portfolio import engine
    from portfolio.cli.progress import CountLine, ProgressLine

    check_output(output, file, engine.PRICES_ENDINGS, force=force)
    engine.check_report(output or file, template)
    loaded = engine.load(file, model)
    try:
        start = None if previous is None else engine.previous_plan(previous, loaded)
        with ProgressLine() as progress, CountLine("re-solves") as count:
            prices = engine.prices(
                *(loaded, gap, time_limit),
                progress=progress.tell,
                re_solves=count.tell,
                start=start,
                rules=rules,
                on_answer=partial(_say, loaded, as_json),
                capacity=capacity,
                money=money,
                workers=workers,
            )
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    if output is not None and prices.answer.plan is not None:
        engine.write(prices, output, source=loaded, force=force, template=template)
    if tables is not None:
        tables.write(prices)
    print_json(prices.as_json()) if as_json else _show(prices, top, output)
    return exit_code(prices.findings)


def _say(loaded: Loaded, as_json: bool, line: PriceLine) -> None:
    """Says what a rule costs as soon as that is known."""
    from portfolio.cli.progress import clear

    if not as_json:
        clear()
        click.echo(line.answer(loaded.ready.value_unit))


def _show(prices: PriceList, top: int, output: Path | None) -> None:
    from portfolio.cli.tables.prices import show_prices

    if prices.asked:
        click.echo()
    if prices.answer.plan is not None:
        show_prices(prices, top)
    show_findings(prices.findings)
    show_output(output, written=prices.answer.plan is not None)
