"""Score hygiene: signs that relative scores were not given relatively."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portfolio.domain import Epic, FieldFinding, Portfolio
from portfolio.scoring.rules import ScoringRules

NEVER_DIFFERS = "A column that never differs ranks nothing."
FEWEST_EPICS = 5
"""Below this many scored epics a column says nothing about habits."""
EMPTY = "empty for every epic."
"""How the finding ends that columns are missing."""
BULK = 0.5
"""A share of epics above which a value counts as given in bulk."""


def check_scores(portfolio: Portfolio, rules: ScoringRules) -> list[FieldFinding]:
    """What is wrong with a portfolio's relative scores, column by column; a path without a number is a whole column.

    An empty scale allows any score; where the order of the sheet ranks, no score is asked for.
    """
    if portfolio.ranked_by == "sheet" or portfolio.offered_shape is not None:
        return []
    if portfolio.shape is not None:
        return list(_missing_columns(portfolio, portfolio.shape.fields))
    columns = [*rules.weights, *(["job_size"] if rules.denominator == "job_size" else [])]
    missing = list(_missing_columns(portfolio, columns))
    found = [problem for field in columns for problem in _check_column(portfolio, field, rules)]
    return missing + _alike_together(found)


def _alike_together(problems: list[FieldFinding]) -> list[FieldFinding]:
    """The problems, those of columns that never differ as one at the first of them."""
    alike = [problem for problem in problems if problem.rule == NEVER_DIFFERS]
    if len(alike) < 2:
        return problems
    *others, last = (problem.what.removesuffix(" for every epic.") for problem in alike)
    both = replace(alike[0], what=f"{', '.join(others)} and {last} for every epic.")
    return [both if problem is alike[0] else problem for problem in problems if problem not in alike[1:]]


def _missing_columns(portfolio: Portfolio, columns: Sequence[str]) -> Iterator[FieldFinding]:
    """Columns that the model needs and nobody filled in, where others are; money can rank instead."""
    given = set(portfolio.scored_fields)
    depend = any(
        not epic.has_money and any(epic.figure(field) is not None for field in given) for epic in portfolio.epics
    )
    empty = [field for field in columns if given and field not in given]
    if empty:
        one = len(empty) == 1
        yield FieldFinding(
            ("epics", empty[0]),
            f"{_listed([_title(field) for field in empty])} {'is' if one else 'are'} {EMPTY}",
            f"The model needs {'it' if one else 'them'} to rank them.",
            f"Enter {'it' if one else 'them'} for every epic, for example 8.",
            "error" if depend else "warning",
        )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _check_column(portfolio: Portfolio, field: str, rules: ScoringRules) -> Iterator[FieldFinding]:
    given = [epic.figure(field) for epic in portfolio.epics]
    scores = [score for score in given if score is not None]
    if rules.scale and not set(scores) <= set(rules.scale):
        yield from _off_scale(
            field, [(index, score) for index, score in enumerate(given) if score is not None], rules.scale
        )
    if len(scores) >= FEWEST_EPICS:
        yield from _habits(field, scores, rules.scale or (min(scores), max(scores)))


def _title(field: str) -> str:
    return str(Epic.model_fields[field].title) if field in Epic.model_fields else field


def _off_scale(field: str, scores: list[tuple[int, float]], scale: tuple[float, ...]) -> Iterator[FieldFinding]:
    steps = ", ".join(f"{step:g}" for step in scale)
    for index, score in scores:
        if score not in scale:
            nearest = min(scale, key=lambda step: (abs(step - score), step))
            yield FieldFinding(
                ("epics", index, field),
                f"{_title(field)} is {score:g}.",
                f"The scale is {steps}.",
                f"Use the nearest step, {nearest:g}.",
                "warning",
            )


def _habits(field: str, scores: list[float], scale: tuple[float, ...]) -> Iterator[FieldFinding]:
    path, title = ("epics", field), _title(field)
    common, count = Counter(scores).most_common(1)[0]
    if len(set(scores)) == 1:
        yield FieldFinding(
            path,
            f"{title} is {common:g} for every epic.",
            NEVER_DIFFERS,
            "Compare the epics with each other and spread them over the scale.",
            "warning",
        )
        return
    if min(scores) > scale[0]:
        yield FieldFinding(
            path,
            f"No epic has {title} {scale[0]:g}.",
            "Scores are relative to the smallest, which is the scale's first step.",
            f"Give the smallest one {scale[0]:g} and size the others against it.",
            "warning",
        )
    if common == scale[-1] and count > BULK * len(scores):
        yield FieldFinding(
            path,
            f"{title} is {common:g}, the top of the scale, for {count} of {len(scores)} epics.",
            "If everything is at the top, nothing is.",
            "Keep the top step for the few that stand out.",
            "warning",
        )
    if field == "job_size" and common == scale[0] and count > BULK * len(scores):
        yield FieldFinding(
            path,
            f"Job size is {common:g} for {count} of {len(scores)} epics.",
            "Many smallest sizes push large cost of delay to the top by default.",
            "Size the epics against each other again.",
            "warning",
        )
