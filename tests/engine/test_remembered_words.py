"""What words mean is said once: a workbook remembers it, wherever it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.engine.convert import write_portfolio
from tests.cases.tables import Rows, text_table, workbook

ROWS: Rows = [["ID", "BV", "TC", "RROE", "Size"], ["A", "High", 5, 3, "M"], ["B", "Low", 8, 1, "S"]]
WORDS = "High=8, Low=2, Job size: M=5, S=3"
RIGHT = {"A": 16 / 5, "B": 11 / 3}
OWN: Rows = [["Word", "Figure", "Column"], ["High", 8], ["Low", 2], ["M", 5, "Job size"], ["S", 3, "Size"]]
ABILITY: Rows = [["Value stream", "PI 1"], ["Web", 10]]


def scores(path: Path, words: str | None = None) -> dict[str, float | None]:
    """WSJF by ID."""
    return {epic.id: epic.wsjf for epic in engine.rank(engine.load(path, words=words)).epics}


@pytest.mark.parametrize("own", [{}, {"Words": OWN[:3]}, {"Words": OWN}], ids=["none", "some", "all"])
def test_words_are_remembered_in_the_workbook(tmp_path: Path, own: dict[str, Rows]) -> None:
    """Written into the user's own workbook beside a sheet of theirs, which stays; the next reading needs no words."""
    path = workbook(tmp_path / "own.xlsx", {"Epics": ROWS, **own})
    loaded = engine.load(path, words=WORDS)
    engine.write_ranking(engine.rank(loaded), loaded)
    assert scores(path) == pytest.approx(RIGHT)
    again = engine.load(path)
    assert again.reading.places is not None
    sheets = [name for name in again.reading.places.sheets if name.startswith("Words")]
    assert len(sheets) == (1 if len(own.get("Words", ())) != 3 else 2)
    engine.write_ranking(engine.rank(again), again)
    assert scores(path) == pytest.approx(RIGHT)


def test_a_later_figure_counts(tmp_path: Path) -> None:
    """What is given now comes before what was remembered, and is remembered then."""
    path = workbook(tmp_path / "own.xlsx", {"Epics": ROWS, "Words": OWN})
    loaded = engine.load(path, words="M=2")
    assert scores(path, "Job size: M=2") == pytest.approx({**RIGHT, "A": 8})
    loaded = engine.load(path, words="Job size: M=2")
    engine.write_ranking(engine.rank(loaded), loaded)
    assert scores(path) == pytest.approx({**RIGHT, "A": 8})


def test_new_workbooks_carry_them_along(tmp_path: Path) -> None:
    """Of an import, a copy with a plan and a conversion; a word that is typed there later is understood."""
    imported = engine.import_export(text_table(tmp_path / "words.csv", ROWS), words=WORDS)
    path = tmp_path / "imported.xlsx"
    write_portfolio(imported.portfolio, path, words=imported.words)
    assert scores(path) == pytest.approx(RIGHT)
    planned = [
        [*row, *more] for row, more in zip(ROWS, (["Value stream", "Effort"], ["Web", 5], ["Web", 5]), strict=True)
    ]
    source = workbook(tmp_path / "own.xlsx", {"Epics": planned, "Capacity": ABILITY})
    loaded = engine.load(source, words=WORDS)
    engine.write(engine.plan(loaded), tmp_path / "planned.xlsx", source=loaded)
    engine.convert(loaded.reading, tmp_path / "converted.xlsx")
    for copy in ("imported", "planned", "converted"):
        assert engine.load(tmp_path / f"{copy}.xlsx").reading.words.figures == {
            "high": 8, "low": 2, "job_size:m": 5, "job_size:s": 3
        }  # fmt: skip


def test_an_import_reads_the_sheet_of_a_workbook(tmp_path: Path) -> None:
    """The same workbook by `import`: nothing is understood in one way and not in the other."""
    imported = engine.import_export(workbook(tmp_path / "own.xlsx", {"Epics": ROWS, "Words": OWN}))
    assert [epic.job_size for epic in imported.portfolio.epics] == [5, 3]
    assert imported.words.figures["high"] == 8
