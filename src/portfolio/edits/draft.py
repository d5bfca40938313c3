"""A portfolio while a scenario is changing it, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portfolio.domain.finding import Finding, Path
from portfolio.domain.json_form import Json, Raw
from portfolio.edits.figures import Figure
from portfolio.edits.scenario import Scenario, ScenarioEdit, ScenarioLine

REMOVED = ("guardrails", "dependencies")
"""Sections whose records a line may remove."""


@dataclass
class Draft:
    """A portfolio's JSON form while the lines of a scenario are changing it, and the edit that each line came down to."""

    raw: Raw
    edits: list[ScenarioEdit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def get(self, path: Path) -> Json:
        """What stands at a path; None where nothing was given."""
        here: Any = self.raw
        for step in path:
            here = here.get(step) if isinstance(here, dict) else here[step]
            if here is None:
                return None
        value: Json = here
        return value

    def put(self, line: ScenarioLine, figure: Figure, value: Json) -> None:
        """Puts a value at a figure's place, or takes it away where it is None."""
        before = self.get(figure.path)
        record: Any = self.raw
        for step in figure.path[:-1]:
            record = record.setdefault(step, {}) if isinstance(record, dict) else record[step]
        if value is None and isinstance(record, dict):
            record.pop(figure.path[-1], None)
        else:
            record[figure.path[-1]] = value
        self.edits.append(ScenarioEdit(figure.path, before, value, figure.label, line))

    def append(self, line: ScenarioLine, section: str, label: str, record: Raw) -> None:
        """Adds a record to the end of a section."""
        records = self.raw.setdefault(section, [])
        records.append(record)
        self.edits.append(ScenarioEdit((section, len(records) - 1), None, record, label, line))

    def without_removed(self) -> tuple[Raw, dict[str, list[int]]]:
        """The JSON form without the records that were removed, and where those that are left stood before."""
        left = {
            section: [index for index, one in enumerate(self.raw.get(section, ())) if one is not None]
            for section in REMOVED
        }
        raw = {
            **self.raw,
            **{section: [self.raw[section][index] for index in left[section]] for section in left if left[section]},
        }
        for section in REMOVED:
            if section in raw and not left[section]:
                del raw[section]
        return raw, left

    def place(self, path: Path, scenario: Scenario) -> str:
        """The last line that touched a figure, or one around it or inside it; else the scenario itself."""
        for edit in reversed(self.edits):
            shorter = min(len(path), len(edit.path))
            if shorter and path[:shorter] == edit.path[:shorter]:
                return edit.line.place
        return scenario.lines[-1].place if scenario.lines else scenario.place
