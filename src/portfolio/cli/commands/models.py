"""`portfolio models`: lists the operating models, shows one, or compares two."""

from __future__ import annotations

import click

from portfolio.cli.options import json_option
from portfolio.cli.output import print_json
from portfolio.errors import WrongUseError


@click.command("models")
@click.argument("what", required=False, metavar="[show NAME | compare A B]")
@click.argument("names", nargs=-1, metavar="")
@json_option
def command(what: str | None, names: tuple[str, ...], as_json: bool) -> int:
    """Lists the operating models, shows one with the source of each of its settings, or compares two.

    A model is named (`safe`) or is a YAML file of your own. What a model does not prescribe is not shown.
    """
    from portfolio import engine

    if what is None:
        return _list(as_json)
    if what == "compare":
        if len(names) != 2:
            raise WrongUseError("models compare takes two operating models, for example: models compare safe less")
        return _compare(names[0], names[1], as_json)
    if what == "show" and len(names) != 1:
        raise WrongUseError("models show takes one operating model, for example: models show safe")
    if what != "show" and names:
        raise WrongUseError(f"models {what} is not known; there are models show NAME and models compare A B.")
    model = engine.operating_model(names[0] if what == "show" else what)
    if as_json:
        print_json(model.model_dump(mode="json", exclude_unset=True))
        return 0
    from portfolio.cli.tables.models import model_lines

    for line in model_lines(model):
        click.echo(line)
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
