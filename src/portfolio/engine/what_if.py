"""What if: plans a changed portfolio from the plan that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portfolio.domain import Portfolio, has_errors
from portfolio.domain.json_form import Json
from portfolio.edits import Edit, scenario_from_sentences
from portfolio.edits.address import IDENTITY, Address
from portfolio.edits.scenario import Value
from portfolio.engine.load import HasErrorsError, Loaded
from portfolio.engine.plan import Progress, plan
from portfolio.engine.scenario import with_scenario
from portfolio.optimizer.default_limits import DEFAULT_GAP

if TYPE_CHECKING:
    from portfolio.edits.scenario import ScenarioEdit
    from portfolio.optimizer.execution.cancellation import CancelToken
    from portfolio.results.answer import Answer

NAME = "what if"


@dataclass(frozen=True)
class WhatIf:
    """A changed portfolio, its plan, and what was changed."""

    loaded: Loaded
    answer: Answer
    edits: tuple[ScenarioEdit, ...]

    @property
    def changes(self) -> list[str]:
        """What was changed, a sentence for each line."""
        return list(dict.fromkeys(str(edit.line) for edit in self.edits))


def by_sentences(loaded: Loaded, sentences: Sequence[str]) -> tuple[Loaded, tuple[ScenarioEdit, ...]]:
    """The portfolio that sentences make, such as `lock EP-3`, with their edits; raises HasErrorsError for what is wrong."""
    chosen, findings = scenario_from_sentences(loaded.ready, NAME, sentences)
    if findings:
        raise HasErrorsError(tuple(findings))
    changed, applied = with_scenario(loaded, chosen)
    if changed.portfolio is None or has_errors(applied.findings):
        raise HasErrorsError(applied.findings or changed.findings)
    return changed, applied.edits


def scenario_lines(loaded: Loaded, name: str, sentences: Sequence[str]) -> list[dict[str, Value]]:
    """Sentences as lines of the sheet Scenarios; raises HasErrorsError for what cannot be read or changed."""
    by_sentences(loaded, sentences)
    chosen, _ = scenario_from_sentences(loaded.ready, name, sentences)
    return [{"scenario": name, "change": line.verb, "what": line.name, "value": line.value} for line in chosen.lines]


def what_if(
    shown: Answer | None,
    changed: Loaded,
    edits: tuple[ScenarioEdit, ...],
    seconds: float,
    *,
    progress: Progress | None = None,
    cancel: CancelToken | None = None,
) -> WhatIf:
    """Plans a changed portfolio, begun from the plan that is shown."""
    start = None if shown is None else shown.plan
    return WhatIf(changed, plan(changed, DEFAULT_GAP, seconds, progress=progress, cancel=cancel, start=start), edits)


def addresses(portfolio: Portfolio, edits: Iterable[Edit]) -> list[tuple[Address, Json]] | None:
    """Edits of a portfolio as cells by identity; None where one of them is no change of a single cell."""
    found = []
    for edit in edits:
        section, *rest = edit.path
        if section in IDENTITY and len(rest) in (2, 3) and isinstance(rest[0], int):
            record = getattr(portfolio, str(section))[rest[0]]
            name = str(getattr(record, IDENTITY[str(section)]))
            inside = [portfolio.calendar.periods[step] if isinstance(step, int) else str(step) for step in rest[2:]]
            found.append(((str(section), name, str(rest[1]), *inside), edit.after))
        elif len(edit.path) == 1 or section == "calendar":
            found.append((("settings", str(edit.path[-1])), edit.after))
        else:
            return None
    return found


def with_bound(answer: Answer, bound: float | None) -> Answer:
    """An answer with what another solve of the same portfolio proved: no plan is worth more than this."""
    from portfolio.optimizer.outcome import bounded

    return replace(answer, outcome=bounded(answer.outcome, bound))
