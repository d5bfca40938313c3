"""One problem in the user's input or plan, with its place and its fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Finding:
    """A problem a user can mend: where it is, what it is, which rule it breaks, and what to do.

    `place` is `file, sheet!cell` for workbooks and `file, epics[3].job_size` for JSON; the other three are sentences.
    """

    severity: Severity
    place: str
    what: str
    rule: str
    fix: str

    @property
    def message(self) -> str:
        """What is wrong, and the rule that says so."""
        return f"{self.what} {self.rule}".strip()

    def __str__(self) -> str:
        """The whole finding on one line: place, what, rule, fix."""
        return f"{self.place}: {self.message} {self.fix}".strip()

    def as_json(self) -> dict[str, str]:
        """The finding as every output in JSON has it."""
        return {"severity": self.severity, "place": self.place, "message": self.message, "fix": self.fix}


@dataclass(frozen=True)
class FieldFinding:
    """A finding before its place has a name: the path of the field inside the portfolio instead of a cell.

    A path is that of the JSON format, for example `("epics", 3, "job_size")`.
    """

    path: Path
    what: str
    rule: str
    fix: str
    severity: Severity = "error"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is severe enough to stop a command."""
    return any(finding.severity == "error" for finding in findings)
