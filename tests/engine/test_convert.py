"""A portfolio written as another kind of file, by a program."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from tests import asking

SCENARIO = "format: 1\nscenarios:\n  Fewer people:\n    - {set: capacity of A in PI 1, to: 5}\n"


def given(folder: Path, scenario: str = "") -> Path:
    """A portfolio in JSON, with a scenario beside it."""
    path = asking.loaded(asking.small(asking.epic("E", a=6), asking.epic("F", a=2)), folder).path
    assert path is not None
    if scenario:
        path.with_name(f"{path.stem}.scenarios.yaml").write_text(scenario, encoding="utf-8")
    return path


def test_there_and_back_nothing_is_lost(tmp_path: Path) -> None:
    """From JSON to a workbook and back: the same portfolio."""
    first = engine.read_as_given(given(tmp_path))
    engine.convert(first, tmp_path / "book.xlsx")
    second = engine.read_as_given(tmp_path / "book.xlsx")
    engine.convert(second, tmp_path / "again.json")
    assert engine.read_as_given(tmp_path / "again.json").portfolio == first.portfolio == second.portfolio


def test_what_a_model_fills_in_is_not_written(tmp_path: Path) -> None:
    """What is read as given has no limit of the model's; loading the portfolio has them."""
    path = given(tmp_path)
    as_given, loaded = engine.read_as_given(path), engine.load(path)
    assert as_given.portfolio is not None
    assert as_given.portfolio == loaded.given


def test_scenarios_go_along(tmp_path: Path) -> None:
    """Onto the sheet of a workbook, and from there into a file beside JSON, which is named."""
    assert engine.convert(engine.read_as_given(given(tmp_path, SCENARIO)), tmp_path / "book.xlsx") is None
    (tmp_path / "apart").mkdir()
    beside = engine.convert(engine.read_as_given(tmp_path / "book.xlsx"), tmp_path / "apart" / "again.json")
    assert beside is not None
    loaded = engine.load(tmp_path / "apart" / "again.json")
    assert [one.name for one in engine.scenarios_of(loaded).scenarios] == ["Fewer people"]


def test_a_table_has_the_epics(tmp_path: Path) -> None:
    """One line for each, under the headings of the sheet."""
    engine.convert(engine.read_as_given(given(tmp_path)), tmp_path / "epics.csv")
    with (tmp_path / "epics.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [line["ID"] for line in csv.DictReader(file)] == ["E", "F"]


def test_what_cannot_be_used_is_not_written(tmp_path: Path) -> None:
    """An error in the portfolio, or a name that does not say what to write: nothing is there afterwards."""
    path = given(tmp_path)
    with pytest.raises(WrongUseError, match="should end in"):
        engine.convert(engine.read_as_given(path), tmp_path / "out.txt")
    path.write_text('{"format": 1, "epics": [{"id": "E", "job_size": -1}]}', encoding="utf-8")
    with pytest.raises(engine.HasErrorsError):
        engine.convert(engine.read_as_given(path), tmp_path / "out.json")
    assert list(tmp_path.iterdir()) == [path]
