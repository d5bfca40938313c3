"""Operating models for people: what one of them prescribes, and two beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from portfolio.cli.console import as_cells, blank_table, show
from portfolio.domain.json_form import Json

if TYPE_CHECKING:
    from portfolio.engine.models import ModelComparison, OperatingModel


def model_lines(model: OperatingModel) -> Iterator[str]:
    """What a model prescribes, section by section with its source; what it leaves open is not shown."""
    yield f"{model.name}: {model.title}. {model.summary}"
    for section, settings in model.model_dump(mode="json", exclude_unset=True).items():
        if isinstance(settings, dict):
            yield f"\n{section}  (source: {settings.pop('source')})"
            for setting, line in section_lines(model, section, settings):
                yield f"  {setting:14} {line}"


def section_lines(model: OperatingModel, section: str, settings: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The settings of a section, line by line; rights as sentences, since that is how people say them."""
    for setting, value in settings.items():
        lines = lines_of(value)
        if section == "decision_rights" and setting == "rights" and model.decision_rights is not None:
            decisions = dict.fromkeys(right.decision for right in model.decision_rights.rights)
            lines = [model.decision_rights_text(decision) for decision in decisions]
        yield from ((setting if number == 0 else "", line) for number, line in enumerate(lines))


def show_model_comparison(comparison: ModelComparison) -> None:
    """Prints every setting in which two models differ; a dash where one prescribes nothing."""
    one, other = comparison.first, comparison.second
    table = blank_table(f"{one.title} and {other.title}")
    for heading in ("Setting", one.name, other.name):
        table.add_column(heading, overflow="fold")
    for line in comparison.differences:
        both = zip(line.values, line.given, strict=True)
        cells = ["\n".join(lines_of(value)) if given else "-" for value, given in both]
        table.add_row(*as_cells([line.setting, *cells]))
    table.caption = f"{comparison.same} more are the same; a dash prescribes nothing."
    show(table)


def lines_of(value: Json) -> list[str]:
    """A setting's value in words, a line for each entry of a list of records."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [words_of(entry) for entry in value]
    return [words_of(value)]


def _figure_of(name: str, part: object) -> str:
    """A setting within a line: figures with their names, what is true by its name alone."""
    if part is True:
        return name.replace("_", " ")
    return f"{name} {words_of(part)}" if isinstance(part, float | int) else words_of(part)


def words_of(value: object) -> str:
    """A setting's value in words, on one line."""
    if isinstance(value, dict):
        return " / ".join(
            _figure_of(name, part)
            for name, part in value.items()
            if part not in (None, "", [], {}) and part is not False
        )
    if isinstance(value, list | tuple):
        return ", ".join(words_of(part) for part in value) or "anything"
    if value is None:
        return "-"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)
