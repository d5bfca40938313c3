"""`portfolio models`: lists the operating models, shows one, compares two, or advises on the parts that help."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.options import json_option
from portfolio.cli.output import end_with_errors, print_json
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.operating_model.patterns import Answers, Coupling

_OTHERS = "models {} is not known; there are models show NAME, models compare A B and models choose FILE."


@click.command("models")
@click.argument("what", required=False, metavar="[show NAME | compare A B | choose FILE]")
@click.argument("names", nargs=-1, metavar="")
@click.option("--teams", type=click.IntRange(min=1), metavar="NUMBER", help="With choose: how many teams do the work.")
@click.option(
    "--products", type=click.IntRange(min=1), metavar="NUMBER", help="With choose: how many products they work on."
)
@click.option(
    "--coupling",
    type=click.Choice(["none", "some", "much"]),
    metavar="none|some|much",
    help="With choose: how much teams wait for each other.",
)
@click.option(
    "--regulated/--not-regulated",
    default=None,
    help="With choose: whether a regulator has to be shown what was decided.",
)
@click.option(
    "--central-funding/--local-funding", default=None, help="With choose: whether one place decides about all money."
)
@json_option
def command(
    what: str | None,
    names: tuple[str, ...],
    teams: int | None,
    products: int | None,
    coupling: Coupling | None,
    regulated: bool | None,
    central_funding: bool | None,
    as_json: bool,
) -> int:
    """Lists the operating models, shows one with the source of each of its settings, compares two, or helps to choose.

    A model is named (`safe`), is a YAML file of your own, or takes sections from others: `"enterprise-kanban; scoring from
    safe"`. What a model does not prescribe is not shown. `choose FILE` measures what binds in your portfolio and says which
    patterns address it and which parts of a model are enough; at a terminal it asks what the options did not say.
    """
    from portfolio import engine
    from portfolio.operating_model.patterns import Answers

    answers = Answers(teams, products, coupling, regulated, central_funding)
    if what == "choose":
        return _choose(names, answers, as_json)
    if answers != Answers():
        raise WrongUseError(
            "--teams, --products, --coupling, --regulated and --central-funding go with models choose FILE."
        )
    if what is None:
        return _list(as_json)
    if what == "compare":
        if len(names) != 2:
            raise WrongUseError("models compare takes two operating models, for example: models compare safe less")
        return _compare(names[0], names[1], as_json)
    if what == "show" and len(names) != 1:
        raise WrongUseError("models show takes one operating model, for example: models show safe")
    if what != "show" and names:
        raise WrongUseError(_OTHERS.format(what))
    model = engine.operating_model(names[0] if what == "show" else what)
    if as_json:
        print_json(model.model_dump(mode="json", exclude_unset=True))
        return 0
    from portfolio.cli.tables.models import model_lines

    for line in model_lines(model):
        click.echo(line)
    return 0


def _choose(names: tuple[str, ...], answers: Answers, as_json: bool) -> int:
    from portfolio import engine
    from portfolio.cli.ask_answers import asked
    from portfolio.cli.progress import ProgressLine

    if len(names) != 1:
        raise WrongUseError("models choose takes one portfolio, for example: models choose portfolio.xlsx --teams 6")
    if not as_json and sys.stdin.isatty() and sys.stderr.isatty():
        answers = asked(answers)
    try:
        with ProgressLine() as progress:
            advice = engine.choose(engine.load(Path(names[0])), answers, progress=progress.tell)
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    if as_json:
        print_json(advice.as_json())
        return 0
    from portfolio.cli.tables.advice import show_advice

    show_advice(advice)
    return 0


def _list(as_json: bool) -> int:
    from portfolio import engine

    models = engine.operating_models()
    if as_json:
        listed = [{"name": model.name, "title": model.title, "summary": model.summary} for model in models]
        print_json({"models": listed})
        return 0
    for model in models:
        click.echo(f"{model.name:27} {model.title}: {model.summary}")
    return 0


def _compare(one: str, other: str, as_json: bool) -> int:
    from portfolio import engine

    comparison = engine.compare_models(one, other)
    if as_json:
        print_json(comparison.as_json())
        return 0
    from portfolio.cli.tables.models import show_model_comparison

    show_model_comparison(comparison)
    return 0
