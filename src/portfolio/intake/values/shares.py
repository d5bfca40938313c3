"""Shares by the scale that their column shows: fractions, percent, or steps that are neither."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.domain.spelling import shown
from portfolio.intake.values.context import Wanted
from portfolio.intake.values.question import ColumnValues, Question

LARGEST_STEP = 10
"""Whole figures up to here may be steps of a scale rather than percent."""
EXAMPLES = 3


def read_shares(made: ColumnValues, figures: Mapping[int, float], wanted: Wanted, *, in_fractions: bool) -> None:
    """Divides percent by 100 where the column, or its heading, shows that they are percent.

    `in_fractions` says that cells show a percent sign, so that 0.8 is 80 % already.
    """
    plain = {place: number for place, number in figures.items() if place not in made.percent}
    above = [place for place, number in plain.items() if number > 1]
    in_percent = wanted.unit is not None and wanted.unit.name == "percent" and not in_fractions
    if not above and not in_percent:
        return
    known = in_percent or bool(made.percent)
    scale = wanted.unit.scale if wanted.unit is not None else None
    largest = max(plain.values(), default=0)
    if not known and len(above) < 2 and not _is_mixed(plain):
        return
    whole = all(number == 0 or number >= 1 for number in plain.values())
    steps = whole and largest <= LARGEST_STEP and all(number.is_integer() for number in plain.values())
    if largest > 100 or (not known and (not whole or steps)) or (scale is not None and scale[1] <= LARGEST_STEP):
        _ask(made, plain, wanted, scale[1] if scale else largest)
        return
    for place, number in plain.items():
        made.values[place] = float(f"{number / 100:.15g}")
    made.how.append("percent")


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
