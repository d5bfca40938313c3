"""Changes of what has to be: an epic locked or banned, a rule relaxed."""

from __future__ import annotations

from portfolio.domain.finding import Path
from portfolio.edits.amounts import number_of, rounded
from portfolio.edits.draft import Draft
from portfolio.edits.figure_names import Unknown, splits
from portfolio.edits.figures import LEVELS, Figure, find
from portfolio.edits.scenario import Change

DROPPABLE = ("portfolio_wip_limit", "epic_threshold", "wip_limit", "budget", "must", "start", "earliest", "latest",
             "exclusive_group", "together_group", "at_least", "at_most")  # fmt: skip
"""Fields without which a rule does not hold: relaxing one without a value leaves it out."""


def lock(draft: Draft, change: Change) -> None:
    """Makes an epic a must, that begins in a period where one is given."""
    for figure in _epics(draft, change):
        must = find(draft.raw, f"must of {figure.label}")[0]
        draft.put(change, must, True)
        if change.value is not None:
            draft.put(change, find(draft.raw, f"start of {figure.label}")[0], str(change.value))


def ban(draft: Draft, change: Change) -> None:
    """Keeps an epic out of the plan, by a guardrail that counts it."""
    for figure in _epics(draft, change):
        limit = {"name": f"Ban of {figure.label}", "measure": "epics", "where": {"epic": [figure.label]}, "at_most": 0}
        draft.append(change, "guardrails", f"Ban of {figure.label}", limit)


def _epics(draft: Draft, change: Change) -> list[Figure]:
    found = find(draft.raw, change.name)
    wrong = next((figure for figure in found if figure.whole != "epic"), None)
    if wrong is not None:
        raise Unknown(
            f"{wrong.label} is no epic.", f"Only an epic can be {change.verb}{'n' * (change.verb == 'ban')}ed.",
            "Write an epic's ID."
        )  # fmt: skip
    return found


def relax(draft: Draft, change: Change) -> None:
    """Leaves rules out, or loosens their levels by an amount."""
    figures = find(draft.raw, change.name)
    if change.value is None:
        for figure in _together(figures):
            if figure.whole in {"guardrail", "dependency"} or figure.field in DROPPABLE:
                _drop(draft, change, figure)
            else:
                raise _not_dropped(figure)
        return
    amount = number_of(change, "A rule is loosened by a number.", "Write for example 10, 5%, or nothing at all.")
    if amount < 0:
        raise Unknown(
            f"{change} would tighten it.", "To relax a rule is to loosen it.", "Write a number above 0, or add."
        )
    loosened = False
    for figure in figures:
        whole = figure.whole == "guardrail"
        names = [f"{level} of {figure.label}" for level in LEVELS] if whole else []
        for level in [find(draft.raw, name)[0] for name in names] or [figure]:
            before = draft.get(level.path)
            if level.looser and before is not None:
                draft.put(change, level, rounded(level, max(0.0, float(before) + level.looser * amount)))
                loosened = True
    if not loosened:
        raise Unknown(
            f"{change.name} has no level to loosen.", "Only a limit has.", "Set it, or relax it without a value."
        )


def _together(figures: list[Figure]) -> list[Figure]:
    """The periods of one budget are dropped as one; a single period of it cannot be."""
    found: dict[Path, Figure] = {}
    for figure in figures:
        if figure.field == "budget" and len(figure.path) == 4:
            path, label = figure.path[:3], figure.label.rsplit(" in ", 1)[0]
            found.setdefault(path, Figure(path, label, figure.entry))
        else:
            found[figure.path] = figure
    return list(found.values())


def _drop(draft: Draft, change: Change, figure: Figure) -> None:
    if figure.field == "budget" and len(splits(change.name, " in ")) and figure.label != change.name:
        raise Unknown(
            f"{figure.label} cannot be dropped for some periods.", "A value stream has a budget, or it has none.",
            f"Relax {figure.label}, or say by how much."
        )  # fmt: skip
    draft.put(change, figure, None)


def _not_dropped(figure: Figure) -> Unknown:
    fix = "Say by how much, or set it." if figure.looser else "Set it to something else."
    return Unknown(f"{figure.label} is needed.", "It is no rule that could be left out.", fix)
