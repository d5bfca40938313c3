"""Shares by the scale that their column shows: fractions, percent, or steps that are neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portfolio.domain.spelling import shown
from portfolio.intake.values.context import Wanted
from portfolio.intake.values.number_text import figure
from portfolio.intake.values.question import ColumnValues, Question

LARGEST_STEP = 10
"""Whole figures up to here may be steps of a scale rather than percent."""
EXAMPLES = 3


def show_percent(columns: Iterable[Sequence[object]]) -> bool:
    """Whether columns of shares can only hold percent: whole figures, of which some are beyond any scale of steps."""
    read = [[number for value in cells if (number := figure(value)) is not None and number != 0] for cells in columns]
    figures = [number for column in read if column and min(column) >= 1 for number in column]
    return sum(number > 1 for number in figures) > 1 and LARGEST_STEP < max(figures) <= 100


def read_shares(
    made: ColumnValues, figures: Mapping[int, float], wanted: Wanted, *, in_fractions: bool, in_percent: bool
) -> None:
    """Divides percent by 100 where the column, or its heading, shows that they are percent.

    `in_fractions` says that cells show a percent sign, so that 0.8 is 80 % already; `in_percent` that the file writes
    percent without a sign.
    """
    plain = {place: number for place, number in figures.items() if place not in made.percent}
    if wanted.unit is not None and wanted.unit.name == "of ten":
        for place, number in plain.items():
            made.values[place] = float(f"{number / 10:.15g}")
        made.how.append("of 10")
        return
    above = [place for place, number in plain.items() if number > 1]
    headed = wanted.unit is not None and wanted.unit.name == "percent" and not in_fractions
    if not above and not headed:
        return
    if not above and headed and any(plain.values()) and not made.percent:
        _say_small(made, plain, wanted)
        return
    known = headed or bool(made.percent)
    scale = wanted.unit.scale if wanted.unit is not None else None
    largest = max(plain.values(), default=0)
    whole = all(number == 0 or number >= 1 for number in plain.values())
    lone = len(above) < 2 and not _is_mixed(plain)
    if not known and lone and not (in_percent and whole and largest <= 100):
        if whole and LARGEST_STEP < largest <= 100 and 1 not in plain.values():
            _take_lone(made, above[0], wanted)
        return
    known = known or (in_percent and whole)
    steps = whole and largest <= LARGEST_STEP and all(number.is_integer() for number in plain.values())
    if largest > 100 or (not known and (not whole or steps)) or (scale is not None and scale[1] <= LARGEST_STEP):
        _ask(made, plain, wanted, scale[1] if scale else largest)
        return
    for place, number in plain.items():
        made.values[place] = float(f"{number / 100:.15g}")
    made.how.append("percent")


def _take_lone(made: ColumnValues, place: int, wanted: Wanted) -> None:
    """A single figure can be no share and no step: it is percent, and that is said."""
    number = made.values[place]
    if isinstance(number, float):
        made.values[place] = float(f"{number / 100:.15g}")
        made.cells[place] = Question(
            f"{wanted.column.heading} is {shown(number)}, and was read as {number:g}%.",
            "A share lies between 0 and 1.",
            f"Write {number:g}% or {number / 100:g}.",
            "warning",
        )


def _say_small(made: ColumnValues, plain: Mapping[int, float], wanted: Wanted) -> None:
    """Figures of at most 1 below a heading with % are shares, as spreadsheets keep percent; that is said."""
    first, number = max(plain.items(), key=lambda entry: entry[1])
    made.whole.append(
        (first, Question(f"{wanted.column.heading} is {shown(number)} below a heading with %, and was read as {number:.0%}.",
                         "No figure of the column is above 1.",
                         f"Write {number / 100:.2%}, if {shown(number)} percent is meant.", "warning"))
    )  # fmt: skip


def _is_mixed(plain: Mapping[int, float]) -> bool:
    """Whether percent and fractions stand in one column: which of them is meant is not clear for any."""
    fractions = [number for number in plain.values() if 0 < number < 1]
    return len(fractions) > 0 and len(plain) > len(fractions) and len(plain) > 2


def _ask(made: ColumnValues, plain: Mapping[int, float], wanted: Wanted, most: float) -> None:
    different = sorted({number for number in plain.values() if number > 1}, reverse=True)
    listed = ", ".join(shown(number) for number in different[:EXAMPLES])
    first = next(place for place, number in plain.items() if number > 1)
    top = different[0]
    if most <= LARGEST_STEP:
        steps = ", ".join(f"{step:g}={step / most:.0%}" for step in sorted({*plain.values()}))
        fix = f'Say which share each step is, for example with `words` "{steps}", or on a sheet Words.'
    else:
        fix = f"Write {top:g}% or {top / 100:g}, and the others alike." if top <= 100 else "Write shares of 0 to 1."
    made.whole.append(
        (first, Question(f"{wanted.column.heading} holds {listed} beside other figures.",
                         "A share lies between 0 and 1; whether these are percent or steps of a scale is not clear.", fix))
    )  # fmt: skip
    for place in plain:
        made.values[place] = None
