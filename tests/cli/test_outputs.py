"""What a command writes is never what it read, nor something else in disguise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from tests.asking import Raw, epic, small


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A portfolio on the disk."""
    raw: Raw = small(epic("E"))
    path = tmp_path / "portfolio.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_the_formulation_is_not_written_over_the_portfolio(source: Path) -> None:
    """`--formulation` names another file than the one that was read."""
    before = source.read_bytes()
    with pytest.raises(WrongUseError, match="is the file that was read; give `formulation_path` another name"):
        engine.plan(engine.load(source), formulation_path=source)
    assert source.read_bytes() == before


def test_the_results_are_not_written_over_the_portfolio(source: Path) -> None:
    """`-o` names another file than the one that was read, and one that says what it is."""
    answer = engine.plan(engine.load(source))
    before = source.read_bytes()
    with pytest.raises(WrongUseError, match="is the file that was read; give `path` another name"):
        engine.write(answer, source, source=source)
    with pytest.raises(WrongUseError, match=r"results.txt should end in \.xlsx, \.html, \.pptx or \.csv"):
        engine.write(answer, source.with_name("results.txt"))
    assert source.read_bytes() == before
    assert not source.with_name("results.txt").exists()


@pytest.mark.parametrize(("gap", "seconds"), [(float("nan"), 1.0), (0.0, float("nan"))])
def test_nan_is_no_limit(source: Path, gap: float, seconds: float) -> None:
    """A limit that is not a number is wrong use."""
    with pytest.raises(WrongUseError, match="nan is not one"):
        engine.plan(engine.load(source), gap=gap, time_limit=seconds)
