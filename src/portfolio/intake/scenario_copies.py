"""Scenarios of a portfolio that is written elsewhere: rows of a workbook's sheet, or a YAML file beside JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portfolio.domain.json_form import Raw
from portfolio.edits import VERBS
from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import Reading
from portfolio.intake.read_scenarios import ENDING, Scenarios, read_scenarios
from portfolio.intake.scenario_columns import ScenarioRow
from portfolio.storage.atomic_write import write_whole


def rows_for(reading: Reading, target: Path) -> tuple[ScenarioRow, ...]:
    """The rows that the sheet Scenarios of another workbook needs: those of the sheet, then those of the YAML file.

    What lies in a YAML file that the other workbook finds beside itself needs no row.
    """
    if reading.path is None:
        return reading.scenarios
    source = _beside(reading.path)
    if not source.is_file() or source.resolve() == _beside(target).resolve():
        return reading.scenarios
    named = {str(row[0]).casefold() for row in reading.scenarios}
    found = (one for one in read_scenarios(reading.path).scenarios if one.name.casefold() not in named)
    more = ((one.name, line.verb, line.name, line.value) for one in found for line in one.lines)
    return (*reading.scenarios, *more)


def write_beside(reading: Reading, target: Path) -> Path | None:
    """Writes a portfolio's scenarios into the YAML file beside another one, and gives its path if there are any.

    Raises WrongUseError where a scenario is not as it has to be, or where other scenarios lie there already.
    """
    if reading.path is None:
        return None
    path = _beside(target)
    found = read_scenarios(reading.path)
    if path.resolve() == _beside(reading.path).resolve() and not reading.scenarios:
        return None
    for finding in found.findings:
        if finding.severity == "error":
            raise WrongUseError(f"{finding} Nothing was written.")
    if not found.scenarios:
        return None
    text = yaml_of(found)
    there = path.read_text(encoding="utf-8") if path.is_file() else text
    if there != text:
        raise WrongUseError(
            f"{path.name} lies beside {target.name} already and holds other scenarios, which would be lost; rename or "
            "delete it, or give the new file another name. Nothing was written."
        )
    write_whole(path, lambda beside: _write_text(beside, text))
    return path


def yaml_of(scenarios: Scenarios) -> str:
    """Scenarios as a YAML file, which reads as the same again."""
    import yaml

    named: dict[str, list[Raw]] = {}
    for scenario in scenarios.scenarios:
        lines = named.setdefault(scenario.name, [])
        for line in scenario.lines:
            word = VERBS[line.verb][0]
            value = {} if line.value is None else {word: _plain(line.value)}
            lines.append({line.verb: line.name, **value})
    content = {"format": 1, "scenarios": named}
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None, width=1000))


def _plain(value: Any) -> Any:
    """A whole number without decimals."""
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole else value


def _beside(portfolio: Path) -> Path:
    return portfolio.with_name(portfolio.stem + ENDING)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
