"""A unit that is said once for a whole table."""

from __future__ import annotations

import pytest

from portfolio.intake.tables.unit_above import unit_above
from tests.intake.tables.grids import grid

TABLE = (["Value stream", "PI 1"], ["Web", 30])


@pytest.mark.parametrize(
    ("text", "factor"),
    [("All figures in kEUR", 1e3), ("(in thousands)", 1e3), ("Alle Angaben in Mio. EUR", 1e6), ("Amounts in EUR", 1)],
)
def test_a_unit_above_the_header(text: str, factor: float) -> None:
    found = unit_above(grid([text], [], *TABLE), 2)
    assert found is not None
    assert found.factor == factor


def test_a_unit_in_the_name_of_the_sheet() -> None:
    found = unit_above(grid(*TABLE, name="Budget (kEUR)"), 0)
    assert found is not None
    assert found.factor == 1e3


@pytest.mark.parametrize("text", ["Roadmap 2027", "Agreed on 12 May", "We plan in 10 weeks", ""])
def test_other_texts(text: str) -> None:
    assert unit_above(grid([text], [], *TABLE), 2) is None
