"""Tables for other tools: what the schema says is what the files hold, the folder is whole, and nothing of anybody's is lost."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import portfolio
from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.intake.tables.csv_formula_guard import FORMULA_STARTS
from portfolio.tabular import TabularResult
from tests import asking
from tests.asking import epic, small
from tests.random_portfolios import random_portfolio

FORMULA = '=HYPERLINK("http://example.org","here")'
RIGHT: dict[str, Callable[[str], object]] = {
    "string": str,
    "number": float,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}
"""What a cell of each type has to be."""


@cache
def bank() -> portfolio.Loaded:
    """Two value streams with budgets by half-year, a dependency, a guardrail, an epic that waits, a title that would run."""
    raw = small(
        epic("E", a=12, b=4, max_periods=2, external_cost=60, capex_share=0.5, title=FORMULA),
        epic(
            "F", a=6, confidence=0.5, deadline="2027-12-31", urgency="deadline", must=True, title='Zwei "Wörter";\nzwei'
        ),
        epic("G", benefit=1, a=90, earliest="PI 2"),
        dependencies=[{"predecessor": "F", "successor": "E"}],
        guardrails=[{"name": "Cap", "measure": "spend", "per": ["period"], "at_most": 5000}],
    )
    raw["calendar"] |= {"start": "2027-01-04", "budget_periods": ["H1", "H1", "H2", "H2"]}
    for stream in raw["value_streams"]:
        stream["budget"] = [2000] * 4
    return asking.in_memory(raw)


@cache
def results() -> dict[str, TabularResult]:
    """A result of each kind that a command writes tables of."""
    return {
        "plan": portfolio.plan(bank(), gap=0),
        "compare": portfolio.compare(bank(), {"Less": "scale capacity by 50%"}, gap=0),
        "vary": portfolio.vary(bank(), "capacity 50%..150% by 50%", gap=0),
        "prices": portfolio.prices(bank()),
        "explain": portfolio.explain(bank(), ["E", "G"]),
    }


def read(folder: Path) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    """The schema of a folder, and the rows of every table as text, read by nothing of ours."""
    schema = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    rows = {}
    for resource in schema["resources"]:
        with (folder / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
            rows[resource["name"]] = list(csv.DictReader(file, strict=True))
    return schema, rows


def check(folder: Path) -> None:
    """Every cell has its type, every key tells rows apart, every reference meets a row."""
    schema, rows = read(folder)
    assert {path.name for path in folder.iterdir()} == {
        "datapackage.json",
        *(one["path"] for one in schema["resources"]),
    }
    for resource in schema["resources"]:
        name, told = resource["name"], resource["schema"]
        header = (folder / resource["path"]).read_text(encoding="utf-8-sig").splitlines()[0]
        assert header == ",".join(f'"{field["name"]}"' for field in told["fields"])
        for row in rows[name]:
            for field in told["fields"]:
                if row[field["name"]] != "":
                    RIGHT[field["type"]](row[field["name"]])
        keys = [tuple(row[part] for part in told["primaryKey"]) for row in rows[name]]
        assert len(set(keys)) == len(keys), name
        assert all(any(key) for key in keys), name
        for link in told.get("foreignKeys", []):
            there = {row[link["reference"]["fields"]] for row in rows[link["reference"]["resource"]]}
            assert {row[link["fields"]] for row in rows[name]} - there <= {""}, (name, link)


@pytest.mark.parametrize("kind", ["plan", "compare", "vary", "prices", "explain"])
def test_files_hold_what_their_schema_says(kind: str, tmp_path: Path) -> None:
    """For every command that writes tables, read by the schema alone; a table without rows still has its columns."""
    engine.write_tables(results()[kind], tmp_path / "tables")
    check(tmp_path / "tables")


@pytest.mark.parametrize("kind", ["plan", "compare", "vary", "prices", "explain"])
def test_another_reader_finds_nothing_wrong(kind: str, tmp_path: Path) -> None:
    """Frictionless, whose format the schema is, where it is installed."""
    frictionless = pytest.importorskip("frictionless")
    engine.write_tables(results()[kind], tmp_path / "tables")
    report = frictionless.validate(str(tmp_path / "tables" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


@pytest.mark.parametrize("seed", range(25))
def test_any_portfolio_and_no_plan(seed: int, tmp_path: Path) -> None:
    """Also where there is no name, no start, no budget, or no plan is possible."""
    loaded = asking.in_memory(random_portfolio(seed))
    if loaded.portfolio is None:
        pytest.skip("not sound")
    engine.write_tables(portfolio.plan(loaded, time_limit=5), tmp_path / "tables")
    check(tmp_path / "tables")


def test_work_adds_up_to_the_allocation(tmp_path: Path) -> None:
    """Effort and money by epic, value stream and period, summed from the files, are those of every coarser table."""
    engine.write_tables(results()["plan"], tmp_path / "tables")
    _, rows = read(tmp_path / "tables")
    half = {row["period"]: row["budget_period"] for row in rows["periods"]}
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for row in rows["work"]:
        sums["effort", row["value_stream"], row["period"]] += float(row["effort"])
        sums["spend", row["value_stream"], row["period"]] += float(row["spend"])
        sums["half", row["value_stream"], half[row["period"]]] += float(row["spend"])
        sums["capex", row["value_stream"], half[row["period"]]] += float(row["capex"])
        sums["epic", row["epic"]] += float(row["spend"])
    for row in rows["value_stream_periods"]:
        for column in ("effort", "spend"):
            assert float(row[column]) == pytest.approx(sums[column, row["value_stream"], row["period"]])
    for row in rows["funding"]:
        assert float(row["spend"]) == pytest.approx(sums["half", row["value_stream"], row["budget_period"]])
        assert float(row["capex"]) == pytest.approx(sums["capex", row["value_stream"], row["budget_period"]])
    for row in rows["epics"]:
        assert float(row["spend"]) == pytest.approx(sums["epic", row["epic"]])
    assert sum(sums["epic", row["epic"]] for row in rows["epics"]) > 0


def test_dates_are_days_of_the_calendar(tmp_path: Path) -> None:
    """ISO dates; an epic begins on its first period's first day and is done on its last one's last day."""
    engine.write_tables(results()["plan"], tmp_path / "tables")
    _, rows = read(tmp_path / "tables")
    days = {row["period"]: (row["first_day"], row["last_day"]) for row in rows["periods"]}
    assert days["PI 1"][0] == "2027-01-04"
    started = [row for row in rows["epics"] if row["decision"] == "start"]
    assert started
    for row in started:
        assert (row["start_date"], row["finish_date"]) == (days[row["start"]][0], days[row["finish"]][1])
    assert all(row["start_date"] == row["finish_date"] == "" for row in rows["epics"] if row["decision"] == "wait")
    assert all(row["period_start"] == days[row["period"]][0] for row in rows["work"] + rows["value_stream_periods"])
    assert {row["budget_period"]: row["budget_period_start"] for row in rows["funding"]} == {
        "H1": days["PI 1"][0],
        "H2": days["PI 3"][0],
    }


def test_no_cell_runs(tmp_path: Path) -> None:
    """A title that a spreadsheet would run is text in every table that holds it, and the same everywhere."""
    engine.write_tables(results()["plan"], tmp_path / "tables")
    _, rows = read(tmp_path / "tables")
    cells = [cell for table in rows.values() for row in table for cell in row.values() if cell]
    assert f"'{FORMULA}" in cells
    for cell in cells:
        assert cell[0] not in FORMULA_STARTS or float(cell) < 0


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    """So that a folder under version control changes only where the plan does."""
    for name in ("a", "b"):
        engine.write_tables(results()["plan"], tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_tables_are_replaced_as_a_whole(tmp_path: Path) -> None:
    """What an earlier result had and this one does not is gone; nothing lies beside the folder."""
    folder = tmp_path / "tables"
    engine.write_tables(results()["plan"], folder)
    engine.write_tables(results()["prices"], folder)
    check(folder)
    assert not (folder / "work.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


@pytest.mark.parametrize("other", ["report.pbix", "epics.csv", "datapackage.json", ".hidden"])
def test_a_folder_with_anything_else_is_left_as_it_is(other: str, tmp_path: Path) -> None:
    """Also where a file of somebody's is called like a table."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / other).write_text("{}", encoding="utf-8")
    with pytest.raises(WrongUseError, match="folder of their own"):
        engine.write_tables(results()["plan"], folder)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in folder.iterdir()] == [(other, "{}")]


def test_places_where_no_folder_can_be(tmp_path: Path) -> None:
    """A file, and a folder in no folder."""
    (tmp_path / "file").touch()
    for place, said in ((tmp_path / "file", "is a file"), (tmp_path / "no" / "tables", "there is no folder")):
        with pytest.raises(WrongUseError, match=said):
            engine.write_tables(results()["plan"], place)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk half-way: the earlier tables are whole, and it is said in a sentence."""
    folder = tmp_path / "tables"
    engine.write_tables(results()["prices"], folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    written = []

    def full(path: Path, *_: object, **__: object) -> None:
        written.append(path)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(WrongUseError, match="free some space"):
        engine.write_tables(results()["plan"], folder)
    assert written
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_parquet_has_the_same_cells(tmp_path: Path) -> None:
    """Typed, with text as it is; where pyarrow is installed."""
    parquet = pytest.importorskip("pyarrow.parquet")
    engine.write_tables(results()["plan"], tmp_path / "parquet", "parquet")
    engine.write_tables(results()["plan"], tmp_path / "csv")
    _, rows = read(tmp_path / "csv")
    for name, expected in rows.items():
        table = parquet.read_table(tmp_path / "parquet" / f"{name}.parquet").to_pylist()
        assert len(table) == len(expected)
        for cells, texts in zip(table, expected, strict=True):
            for column, text in texts.items():
                assert (cells[column] in (None, "")) == (text == ""), (name, column)
    assert parquet.read_table(tmp_path / "parquet" / "epics.parquet")["title"].to_pylist().count(FORMULA) == 1


def test_parquet_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anybody waits for a plan."""
    monkeypatch.setattr("portfolio.exchange.write_parquet.find_spec", lambda _: None)
    with pytest.raises(WrongUseError, match=r"pip install 'portfolio\[parquet\]'"):
        engine.check_tables_folder(tmp_path / "tables", "parquet")
