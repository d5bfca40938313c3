"""Urgency on people's tables is mostly a score: figures and words of a scale are time criticality, profiles stay profiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.intake.exports.read_export import read_export


def table(folder: Path, urgency: list[str], heading: str = "Urgency") -> Path:
    """A table of epics that are scored, with one word of urgency each."""
    rows = [f"E{number},5,{word},3,2" for number, word in enumerate(urgency, 1)]
    path = folder / "backlog.csv"
    path.write_text("\n".join([f"Key,Value,{heading},Risk reduction,Size", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "words", [["High", "Low", "Critical"], ["hoch", "niedrig", "mittel"], ["élevé", "faible", "moyen"]]
)
def test_words_of_a_scale_are_asked_about_as_time_criticality(words: list[str], tmp_path: Path) -> None:
    """The kind: a word for how urgent, in any language, is no profile of how value is lost."""
    (finding,) = [one for one in read_export(table(tmp_path, words)).findings if "words instead of figures" in one.what]
    assert finding.what.startswith("Time criticality holds words")


def test_profiles_stay_profiles(tmp_path: Path) -> None:
    """What says how value is lost is read as such."""
    found = read_export(table(tmp_path, ["standard", "deadline", "standard"]))
    assert [epic.urgency for epic in found.portfolio.epics] == ["standard", "deadline", "standard"]


def test_totals_that_were_not_taken_are_said(tmp_path: Path) -> None:
    """A row of sums is no epic, and the account of the file has it."""
    path = table(tmp_path, ["5", "8"])
    path.write_text(path.read_text(encoding="utf-8") + "\nTotal,10,13,6,4", encoding="utf-8")
    found = read_export(path)
    assert len(found.portfolio.epics) == 2
    assert found.others == {"total": 1}
