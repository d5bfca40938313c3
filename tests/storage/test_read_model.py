"""Operating models are found by name, and a wrong one is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.storage.read_model import model_names, read_model

SAFE = (Path(__file__).parents[2] / "models" / "safe.yaml").read_text(encoding="utf-8")


def test_every_model_can_be_read() -> None:
    assert "safe" in model_names()
    for name in model_names():
        assert read_model(name).name == name
    assert read_model("SAFe") == read_model("safe")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  period_weeks: 10", "  period_weks: 10", "period_weks is not a setting of an operating model; did you mean period_weeks?"),
        ("  method: wsjf", "  method: wsfj", "scoring.method is \"wsfj\"; write wsjf, cd3, stack rank, rice, ice or npv; did you mean wsjf?"),
        ("  period_weeks: 10", "  period_weeks: ten", "cadence.period_weeks is \"ten\"; write a number"),
        ("  period_weeks: 10", "  period_weeks: yes", "cadence.period_weeks is yes; write a number"),
        ("  period_weeks: 10", "  period_weeks: '10'", 'cadence.period_weeks is "10"; write a number'),
        ("limits: {epics: 3}", "limits: {epics: no}", "limits.epics is no; write a number"),
        ("types: [Business, Enabler]", "types: Business", 'categories.types is "Business"; write a list'),
        ("title: SAFe 6.0", "title:", "title is empty; write words"),
        ("format: 1", "format: 1\nformat: 1", "format is given twice (first in line"),
        ("format: 1", "format: [1", "this is not valid YAML"),
        ("title: SAFe 6.0\n", "", "title is missing; every operating model has it."),
    ],
)  # fmt: skip
def test_refuses_with_the_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in SAFE
    (tmp_path / "own.yaml").write_text(SAFE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongUseError) as refusal:
        read_model(tmp_path / "own.yaml")
    assert sentence in str(refusal.value)
    assert str(refusal.value).startswith("own.yaml, line ")


def test_unknown_model() -> None:
    with pytest.raises(
        WrongUseError, match=r'There is no operating model "saef"; there are .*safe.*\. Did you mean safe\?'
    ):
        read_model("saef")
    with pytest.raises(WrongUseError, match=r"none\.yaml does not exist"):
        read_model(Path("none.yaml"))


def test_a_model_that_says_itself_a_billion_times_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]" for number in range(1, 10)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(WrongUseError, match=r"bomb.yaml says more than 100,000 things"):
        read_model(str(path))
