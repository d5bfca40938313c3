"""`portfolio models`: the operating models there are."""

from __future__ import annotations

import click

from portfolio.cli.shared import json_option, print_json


@click.command("models")
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> int:
    """Lists the operating models, or shows one with the source of each of its settings."""
    from portfolio.files.models import model_names, read_model

    if name is None:
        models = [read_model(found) for found in model_names()]
        if as_json:
            print_json(
                {"models": [{"name": model.name, "title": model.title, "summary": model.summary} for model in models]}
            )
        else:
            for model in models:
                click.echo(f"{model.name:24} {model.title}: {model.summary}")
        return 0
    model = read_model(name)
    if as_json:
        print_json(model.model_dump(mode="json"))
        return 0
    click.echo(f"{model.name}: {model.title}. {model.summary}")
    for section, settings in model.model_dump(mode="json").items():
        if isinstance(settings, dict):
            click.echo(f"\n{section}  (source: {settings.pop('source')})")
            for setting, value in settings.items():
                click.echo(f"  {setting:14} {_shown(value)}")
    return 0


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return " / ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(_shown(part) for part in value) or "anything"
    return f"{value:g}" if isinstance(value, float) else str(value)
