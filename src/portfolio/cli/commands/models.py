"""`portfolio models`: the operating models there are, one of them, or two side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from portfolio.cli.options import json_option
from portfolio.cli.output import print_json
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.operating_model import OperatingModel


@click.command("models")
@click.argument("what", required=False, metavar="[show NAME | compare A B]")
@click.argument("names", nargs=-1, metavar="")
@json_option
def command(what: str | None, names: tuple[str, ...], as_json: bool) -> int:
    """Lists the operating models, shows one with the source of each of its settings, or compares two.

    A model is named (`safe`) or is a YAML file of your own. What a model does not prescribe is not shown.
    """
    from portfolio.storage.read_model import read_model

    if what is None:
        return _list(as_json)
    if what == "compare":
        if len(names) != 2:
            raise WrongUseError("models compare takes two operating models, for example: models compare safe less")
        return _compare(read_model(names[0]), read_model(names[1]), as_json)
    if what == "show" and len(names) != 1:
        raise WrongUseError("models show takes one operating model, for example: models show safe")
    if what != "show" and names:
        raise WrongUseError(f"models {what} is not known; there are models show NAME and models compare A B.")
    return _show(read_model(names[0] if what == "show" else what), as_json)


def _list(as_json: bool) -> int:
    from portfolio.storage.read_model import model_names, read_model

    models = [read_model(found) for found in model_names()]
    if as_json:
        listed = [{"name": model.name, "title": model.title, "summary": model.summary} for model in models]
        print_json({"models": listed})
        return 0
    for model in models:
        click.echo(f"{model.name:27} {model.title}: {model.summary}")
    return 0


def _show(model: OperatingModel, as_json: bool) -> int:
    if as_json:
        print_json(model.model_dump(mode="json", exclude_unset=True))
        return 0
    click.echo(f"{model.name}: {model.title}. {model.summary}")
    for section, settings in model.model_dump(mode="json", exclude_unset=True).items():
        if isinstance(settings, dict):
            click.echo(f"\n{section}  (source: {settings.pop('source')})")
            for setting, value in settings.items():
                for line in lines_of(value):
                    click.echo(f"  {setting:14} {line}")
                    setting = ""
    return 0


def _compare(one: OperatingModel, other: OperatingModel, as_json: bool) -> int:
    """Every setting in which two models differ; a dash where one prescribes nothing."""
    first, second = (dict(_leaves(model)) for model in (one, other))
    differ = [name for name in dict.fromkeys([*first, *second]) if first.get(name) != second.get(name)]
    if as_json:
        lines = [{"setting": name, one.name: first.get(name), other.name: second.get(name)} for name in differ]
        print_json({"models": [one.name, other.name], "differences": lines})
        return 0
    from portfolio.cli.console import as_cells, blank_table, show

    table = blank_table(f"{one.title} and {other.title}")
    for heading in ("Setting", one.name, other.name):
        table.add_column(heading, overflow="fold")
    for name in differ:
        cells = ["-" if name not in found else "\n".join(lines_of(found[name])) for found in (first, second)]
        table.add_row(*as_cells([name, *cells]))
    table.caption = f"{len(first.keys() & second.keys()) - sum(name in first and name in second for name in differ)} more are the same; a dash prescribes nothing."
    show(table)
    return 0


def _leaves(model: OperatingModel) -> Iterator[tuple[str, Any]]:
    for section, settings in model.model_dump(mode="json", exclude_unset=True).items():
        if isinstance(settings, dict):
            yield from ((f"{section}.{name}", value) for name, value in settings.items() if name != "source")


def lines_of(value: Any) -> list[str]:
    """A setting's value in words, a line for each entry of a list of records."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [words_of(entry) for entry in value]
    return [words_of(value)]


def words_of(value: Any) -> str:
    """A setting's value in words, on one line."""
    if isinstance(value, dict):
        return " / ".join(
            f"{name} {words_of(part)}" if isinstance(part, float | int) else words_of(part)
            for name, part in value.items()
            if part not in (None, "", [], {})
        )
    if isinstance(value, list | tuple):
        return ", ".join(words_of(part) for part in value) or "anything"
    if value is None:
        return "-"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
