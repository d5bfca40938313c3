"""What a re-plan kept and what that cost, word for word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.results.replan_report import ReplanReport
from tests import asking
from tests.asking import epic, small


@pytest.fixture
def report(tmp_path: Path) -> ReplanReport:
    """X and Y were agreed; Y no longer fits beside Z, which has to be done."""
    before = small(epic("X", a=2), epic("Y", a=8, latest="PI 1"))
    agreed = asking.answer(before, tmp_path)
    after = small(
        epic("X", a=2, earliest="PI 2"), epic("Y", a=8, latest="PI 1"), epic("Z", a=8, latest="PI 1", must=True)
    )
    made = engine.replan(asking.loaded(after, tmp_path), agreed, gap=0)
    assert isinstance(made, ReplanReport)
    return made


def test_how_many_stay_move_and_wait(report: ReplanReport) -> None:
    """Each of them in the singular and the plural, and who may change it."""
    first, cost, fewest, right = report.sentences()
    assert first == ("2 epics were agreed: 1 moves, 1 waits; 1 epic more starts.")
    assert cost.startswith(
        "Keeping costs 0 EUR: the best plan found is worth 1,540 EUR, and 1% of that may be given up,"
    )
    assert fewest == "No plan worth as much changes less: proven."
    assert "may" in right
    assert report.unchanged == 0


def test_what_is_not_proven_and_what_is_gone(report: ReplanReport) -> None:
    """Fewer changes may be possible; what the portfolio no longer has is named with its reason."""
    gone = replace(report, fewest=False, left_out={"E9": "it is no longer in the portfolio"})
    sentences = gone.sentences()
    assert sentences[2] == "Whether fewer changes are possible is not proven; allow more time."
    assert sentences[3] == "Agreed, but not to be kept: E9: it is no longer in the portfolio."


def test_nothing_changes(report: ReplanReport) -> None:
    """Then nobody has to decide anything."""
    same = replace(report, effect=replace(report.effect, epics=()))
    assert same.sentences()[0] == "2 epics were agreed: 2 keep their time; no other epic starts."
    assert len(same.sentences()) == 3
