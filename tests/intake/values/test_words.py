"""Words in the place of figures are asked about once, with a proposal, and never guessed."""

from __future__ import annotations

import pytest

from portfolio.intake.columns import EPICS
from portfolio.intake.values.context import Context, Wanted
from portfolio.intake.values.read_column import read_column

SIZE = Wanted(EPICS.column("job_size"))


@pytest.mark.parametrize(
    ("cells", "proposal"),
    [
        (("S", "M", "L"), "S=2, M=5, L=8"),
        (("hoch", "niedrig", "mittel"), "niedrig=2, mittel=5, hoch=8"),
        (("3 - High", "1 - Low"), "1 - Low=1, 3 - High=3"),
        (("High priority (1)", "Low priority (3)"), "Low priority (3)=2, High priority (1)=8"),
        (("3-8", "2 - 5"), "2 - 5=3.5, 3-8=5.5"),
    ],
)
def test_a_column_of_words(cells: tuple[str, ...], proposal: str) -> None:
    """Figures beside the words are proposed, unless they fall where the words rise."""
    found = read_column(cells, SIZE, Context())
    assert found.values == [None] * len(cells)
    (first, question), *others = found.whole
    assert (first, others) == (0, [])
    assert f'"{proposal}"' in question.fix


def test_words_that_were_agreed() -> None:
    """For all columns or for one; also for the word beside a figure."""
    agreed = Context(words={"m": 5.0, "job_size:l": 8.0, "high": 13.0})
    assert read_column(["M", "L", "3 - High"], SIZE, agreed).values == [5, 8, 13]


def test_a_column_that_is_still_open_is_said() -> None:
    found = read_column(["tbd", "tbd"], SIZE, Context())
    assert found.values == [None, None]
    assert found.whole[0][1].what == 'Job size holds "tbd" and nothing else.'
    assert not read_column(["n/a", "-"], SIZE, Context()).whole
