"""Writing: every result into a file of its own, plans and rankings into the workbook that was read, nothing over it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import portfolio
from tests import asking
from tests.asking import epic, small

SAMPLE = Path(__file__).parents[2] / "samples" / "first-steps" / "portfolio.xlsx"


def toy() -> portfolio.Loaded:
    """A portfolio in memory."""
    return asking.in_memory(small(epic("E"), epic("F", benefit=5, a=40)))


@pytest.mark.parametrize("name", ["toy.xlsx", "toy.json"])
def test_a_portfolio_in_memory_is_the_same_after_a_round_over_a_file(name: str, tmp_path: Path) -> None:
    """Frames are as good a beginning as a workbook."""
    portfolio.write(toy(), tmp_path / name)
    assert portfolio.load(str(tmp_path / name)).portfolio == toy().portfolio


def test_every_result_is_written(tmp_path: Path) -> None:
    """A name as text or as a path; what cannot be written says so."""
    one = toy()
    answer = portfolio.plan(one, gap=0)
    results = {
        "plan.xlsx": answer,
        "plan.csv": answer,
        "ranking.csv": portfolio.rank(one),
        "kept.xlsx": portfolio.replan(one, answer),
        "compared.xlsx": portfolio.compare(one, {"Less": "scale capacity by 50%"}, gap=0),
        "frontier.xlsx": portfolio.vary(one, "capacity 50%..100% by 50%", gap=0),
        "prices.xlsx": portfolio.prices(one),
        "explained.xlsx": portfolio.explain(one, "F"),
    }
    for name, result in results.items():
        portfolio.write(result, str(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 0
    with pytest.raises(portfolio.WrongUseError, match="A Difference has no file of its own"):
        portfolio.write(portfolio.diff(one, one), tmp_path / "difference.xlsx")  # type: ignore[arg-type]
    assert not (tmp_path / "difference.xlsx").exists()


def test_a_plan_is_written_into_the_workbook_that_was_read(tmp_path: Path) -> None:
    """It is read back from there as the plan that was agreed; its file is never written over as a new one."""
    path = tmp_path / "bank.xlsx"
    shutil.copy(SAMPLE, path)
    bank = portfolio.load(path)
    answer = portfolio.plan(bank, gap=0)
    with pytest.raises(portfolio.WrongUseError, match="never written over"):
        portfolio.write(bank, path)
    portfolio.write(answer, bank, add_columns=True)
    again = portfolio.load(path)
    kept = portfolio.replan(again, path, gap=0)
    assert not isinstance(kept, portfolio.Answer)
    assert kept.answer.plan == answer.plan


def test_only_workbooks_are_written_into() -> None:
    """A portfolio in memory has no file, and a comparison has no place in one."""
    one = toy()
    with pytest.raises(portfolio.WrongUseError, match="Small is not a workbook"):
        portfolio.write(portfolio.plan(one), one)
    with pytest.raises(portfolio.WrongUseError, match="Only a plan, a ranking, a simulation or flow"):
        portfolio.write(portfolio.explain(one, "E"), one)
