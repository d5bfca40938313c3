"""The pages about operating models: an overview, and one page for each with the source of every section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from portfolio.cli.tables.models import section_lines
from portfolio.operating_model import OperatingModel
from portfolio.scoring.ranking import METHOD_WORDS
from portfolio.storage.read_model import model_names, read_model

Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]
GOALS = {
    "value": "the most value",
    "net": "the most value less spend",
    "rank order": "each in turn as early as it can be",
    "own choices": "what was chosen is checked and priced",
}
RANKS = METHOD_WORDS


def models_page(table: Table) -> str:
    """The overview: what each model ranks by, what its plans are after, and what it calls things."""
    models = [read_model(name) for name in model_names()]
    rows = [
        (
            f"[{model.name}](model-{model.name}.md)",
            model.title,
            RANKS[model.scoring.method],
            GOALS[model.objective.maximise],
            f"{model.vocabulary.epic.many}, {model.vocabulary.value_stream.many}, {model.vocabulary.period.many}",
        )
        for model in models
    ]
    parts = [
        "# Operating models",
        "One file in `models/` each, read alone. A portfolio names one in its setting Model; `--model` takes another, or "
        "a YAML file of your own. Where a way of working prescribes nothing, its model says nothing, and the engine's own "
        "default counts; what no source confirms is marked as general knowledge.",
        table(("Model", "Way of working", "Ranks by", "A plan is after", "Its words"), rows),
        "`portfolio models show NAME` prints one, `portfolio models compare A B` the differences of two, "
        "`portfolio new --model NAME` writes a starter workbook in its words, and `portfolio check FILE "
        "--explain-settings` says where every setting came from.",
    ]
    return "\n\n".join(parts) + "\n"


def model_pages(table: Table) -> dict[str, str]:
    """A page for each model, by its file's name."""
    return {f"model-{name}.md": _page(read_model(name), table) for name in model_names()}


def _page(model: OperatingModel, table: Table) -> str:
    parts = [f"# {model.title}", f"`{model.name}`. {model.summary}", "[All models](models.md)", *_guide(model)]
    parts += _choices(model, table)
    told = {"guide", *(["choices"] if model.choices else [])}
    for section, settings in model.model_dump(mode="json", exclude_unset=True).items():
        if isinstance(settings, dict) and section not in told:
            given = {key: value for key, value in settings.items() if key != "source"}
            shown = list(section_lines(model, section, given))
            parts += [
                f"## {section.replace('_', ' ').capitalize()}",
                table(("Setting", "Value"), shown),
                f"Source: {settings['source']}",
            ]
    return "\n\n".join(parts) + "\n"


def _guide(model: OperatingModel) -> list[str]:
    """What it decides and leaves to others, and what is done for it here and what is not."""
    guide = model.guide
    if guide is None:
        return []
    told = (
        ("What it decides", guide.decides),
        ("What it leaves to others", guide.leaves),
        ("What this tool does for it", guide.here),
        ("What it does not", guide.missing),
    )
    return [f"**{heading}.** {text}" for heading, text in told]


def _choices(model: OperatingModel, table: Table) -> list[str]:
    """The decision points, each with its options, what they are good and bad for, and which one was chosen."""
    if model.choices is None:
        return []
    parts = [
        "## Choices",
        "What has to be decided, whatever is chosen. The setting Choices of a portfolio chooses otherwise, for example "
        f"`{model.choices.points[0].decision} = {model.choices.points[0].options[0].name}, because ...`.",
    ]
    for point in model.choices.points:
        chosen = f"Chosen: {point.chosen}, because {point.because}." if point.chosen else "Not chosen yet."
        rows = [(option.name, option.trade_off) for option in point.options]
        parts += [f"### {point.decision}", chosen, table(("Option", "Good and bad for"), rows)]
    return [*parts, f"Source: {model.choices.source}"]
