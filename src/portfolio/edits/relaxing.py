"""Changes what has to be: locks or bans an epic, relaxes a rule."""

from __future__ import annotations

from portfolio.domain.finding import Path
from portfolio.edits.amounts import number_of, rounded
from portfolio.edits.draft import Draft
from portfolio.edits.figure_names import Unknown, splits
from portfolio.edits.figures import DROPPABLE, LEVELS, Figure, find
from portfolio.edits.scenario import ScenarioLine


def lock(draft: Draft, line: ScenarioLine) -> None:
    """Makes an epic a must, that begins in a period where one is given."""
    for figure in _epics(draft, line):
        must = find(draft.raw, f"must of {figure.label}")[0]
        draft.put(line, must, True)
        if line.value is not None:
            draft.put(line, find(draft.raw, f"start of {figure.label}")[0], str(line.value))


def ban(draft: Draft, line: ScenarioLine) -> None:
    """Keeps an epic out of the plan, by a guardrail that counts it."""
    for figure in _epics(draft, line):
        limit = {"name": f"Ban of {figure.label}", "measure": "epics", "where": {"epic": [figure.label]}, "at_most": 0}
        draft.append(line, "guardrails", f"Ban of {figure.label}", limit)


def _epics(draft: Draft, line: ScenarioLine) -> list[Figure]:
    figures = find(draft.raw, line.name)
    wrong = next((figure for figure in figures if figure.whole != "epic"), None)
    if wrong is not None:
        raise Unknown(
            f"{wrong.label} is not an epic.", f"Only an epic can be {line.verb}{'n' * (line.verb == 'ban')}ed.",
            "Write an epic's ID."
        )  # fmt: skip
    return figures


def relax(draft: Draft, line: ScenarioLine) -> None:
    """Leaves rules out, or loosens their levels by an amount."""
    figures = find(draft.raw, line.name)
    if line.value is None:
        for figure in _together(figures):
            if figure.whole in {"guardrail", "dependency"} or figure.field in DROPPABLE:
                _drop(draft, line, figure)
            else:
                raise _not_dropped(figure)
        return
    amount = number_of(line, "A rule is loosened by a number.", "Write for example 10, 5%, or nothing at all.")
    if amount < 0:
        raise Unknown(
            f"{line} would tighten it.", "To relax a rule is to loosen it.", "Write a number above 0, or add."
        )
    loosened = False
    for figure in figures:
        whole = figure.whole == "guardrail"
        names = [f"{level} of {figure.label}" for level in LEVELS] if whole else []
        for level in [find(draft.raw, name)[0] for name in names] or [figure]:
            before = draft.get(level.path)
            if level.looser and isinstance(before, int | float):
                draft.put(line, level, rounded(level, max(0.0, float(before) + level.looser * amount)))
                loosened = True
    if not loosened:
        raise Unknown(
            f"{line.name} has no level to loosen.", "Only a limit has.", "Set it, or relax it without a value."
        )


def _together(figures: list[Figure]) -> list[Figure]:
    """The periods of one budget are dropped as one; a single period of it cannot be."""
    together: dict[Path, Figure] = {}
    for figure in figures:
        if figure.field == "budget" and len(figure.path) == 4:
            path, label = figure.path[:3], figure.label.rsplit(" in ", 1)[0]
            together.setdefault(path, Figure(path, label, figure.entry))
        else:
            together[figure.path] = figure
    return list(together.values())


def _drop(draft: Draft, line: ScenarioLine, figure: Figure) -> None:
    if figure.field == "budget" and len(splits(line.name, " in ")) and figure.label != line.name:
        raise Unknown(
            f"{figure.label} cannot be dropped for some periods.", "A value stream has a budget, or it has none.",
            f"Relax {figure.label}, or say by how much."
        )  # fmt: skip
    draft.put(line, figure, None)


def _not_dropped(figure: Figure) -> Unknown:
    fix = "Say by how much, or set it." if figure.looser else "Set it to something else."
    return Unknown(f"{figure.label} is needed.", "It is not a rule, so it cannot be left out.", fix)
