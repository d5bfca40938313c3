"""Results for the user's own workbook: they follow its cells, wherever these are and however they are written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portfolio import engine
from portfolio.intake.columns import RESULT_COLUMNS
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.scoring import rank
from portfolio.workbook.in_place.result_book import ranking_in_place, results_in_place
from portfolio.workbook.in_place.result_columns import result_columns
from tests.intake.messy import MessyWorkbook
from tests.recalculate import cached, formulas, recalculate_ironcalc, recalculate_libreoffice
from tests.workbook.answers import COMPLETE_PLAN, answer_of, complete_portfolio, without_plan
from tests.workbook.in_place.in_place import Written, case, messy, row_of, write
from tests.workbook.joining import expected, joined, loaded, recomputed, without_dates
from tests.workbook.random_edits import assert_follows, assert_ranks, edited, errors_of
from tests.workbook.test_write_results import FIRST, differences, status, table

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.mark.parametrize("seed", range(16))
def test_every_formula_recalculates_to_the_engines_value(seed: int, tmp_path: Path) -> None:
    written = messy(seed, tmp_path)
    values, live = expected(written.results, tmp_path)
    assert sum(len(cells) for cells in live.values()) > 100
    assert differences(values, recalculate_ironcalc(written.live.path), live) == []


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("seed", [0, 9])
def test_libreoffice_agrees(seed: int, tmp_path: Path) -> None:
    """The arbiter computes the same; the joined workbook has no cached values that it could show instead."""
    written = messy(seed, tmp_path)
    values, live = expected(written.results, tmp_path)
    found = without_dates(recalculate_libreoffice(written.live.path, tmp_path))
    assert differences(values, found, live) == []


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_dates_that_are_counted_from_1904(tmp_path: Path) -> None:
    """Deadlines and the start of the plan are the same days in a workbook that counts days in another way."""
    raw, plan = case(2)
    user = MessyWorkbook(raw, 2)
    user.book.epoch = CALENDAR_MAC_1904
    path = user.save(tmp_path / "user.xlsx")
    read = engine.load(path)
    engine.write_plan(answer_of(read.ready, read.model, plan), read, add_columns=True)
    assert differences(cached(path), recalculate_libreoffice(path, tmp_path), formulas(path)) == []
    mirror = cached(path)["Inputs"]
    start = next(cell for cell, value in mirror.items() if value == "Start" and cell[0] == "A" and cell[1:].isdecimal())
    assert mirror[f"B{start[1:]}"].date() == read.ready.calendar.start


@pytest.mark.parametrize("seed", range(1, 7))
def test_what_write_plan_writes_recalculates(seed: int, tmp_path: Path) -> None:
    """The same through the patch of the user's own package, with cached values of its own."""
    raw, plan = case(seed)
    path = MessyWorkbook(raw, seed, ids=seed != 4, results=("Planned start", "WSJF")[: seed % 3]).save(
        tmp_path / "u.xlsx"
    )
    read = engine.load(path)
    engine.write_plan(answer_of(read.ready, read.model, plan), read, add_columns=seed % 2 == 0)
    assert differences(without_dates(cached(path)), recalculate_ironcalc(path), formulas(path)) == []
    assert engine.load(path).portfolio == read.portfolio


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 6, 8])
def test_a_sorted_epics_sheet_keeps_everything_right(seed: int, tmp_path: Path) -> None:
    """Rows change places with all they hold; formulas of a row follow it, as Excel sorts them."""
    written = messy(seed, tmp_path)
    book = loaded(written.live.path)
    sheet, count = book[written.columns.sheet], len(written.live.answer.portfolio.epics)
    rows = [row_of(written.user.cells, index) for index in range(count)]
    order = [*rows[1:], rows[0]]
    width = sheet.max_column + 1
    kept = {row: [sheet.cell(row, column).value for column in range(1, width)] for row in rows}
    for row, source in zip(rows, order, strict=True):
        for column, value in enumerate(kept[source], start=1):
            here = sheet.cell(row, column)
            if isinstance(value, str) and value.startswith("="):
                value = Translator(value, f"A{source}").translate_formula(f"A{row}")
            here.value = value
            if value is None:
                del sheet._cells[row, column]
    path = tmp_path / "sorted.xlsx"
    book.save(path)
    plan = written.live.answer.plan
    assert plan is not None
    assert_follows(written.live, path, {epic: (at.start, at.periods) for epic, at in plan.bookings.items()})


@pytest.mark.parametrize("seed", [0, 3, 4, 8])
def test_a_deleted_epic_is_gone_and_nothing_else(seed: int, tmp_path: Path) -> None:
    """Deleting a row turns references to it into errors; they stay on the mirror's one row."""
    raw, plan = case(seed)
    gone = raw["epics"][-1]["id"]
    raw["dependencies"] = [link for link in raw.get("dependencies", ()) if gone not in link.values()]
    plan.pop(gone, None)
    written = write(tmp_path, raw, plan, seed)
    path = _without(written, gone, tmp_path / "deleted.xlsx")
    sheets = recomputed(path)
    assert errors_of(sheets, written.live) == []
    read = engine.load(path)
    kept = {row["ID"]: row for row in table(sheets["Ranking"], FIRST - 1)}
    for line in engine.rank(read).epics:
        assert (kept[line.id]["Rank"] or None) == line.rank
    answer = answer_of(read.ready, read.model, plan)
    by_place = {(line.id, line.period): line for line in answer.value_streams}
    for shown in table(sheets["Allocation"], FIRST - 1):
        used = by_place[shown["Value stream"], shown["Period"]]
        assert (shown["Effort"], shown["WIP"]) == pytest.approx((used.effort, used.wip), abs=1e-9)


def _without(written: Written, gone: str, target: Path) -> Path:
    """The workbook after the last epic's row and its rows of effort were deleted."""
    book, sheet = loaded(written.live.path), written.columns.sheet
    row = row_of(written.user.cells, len(written.live.answer.portfolio.epics) - 1)
    deleted = {(sheet, row)} | {
        (name, cell.row)
        for name in book.sheetnames
        if name.casefold() in {"effort", "efforts"}
        for cells in book[name].iter_rows()
        for cell in cells
        if str(cell.value).strip() == gone
    }
    for name, number in deleted:
        for place in [place for place in book[name]._cells if place[0] == number]:
            del book[name]._cells[place]
        reference = re.compile(rf"(?:{re.escape(name)}|'{re.escape(name)}')!\$[A-Z]+\${number}\b")
        for cell in [cell for cells in book["Inputs"].iter_rows() for cell in cells if cell.data_type == "f"]:
            cell.value = reference.sub("#REF!", cell.value)
    book.save(target)
    return target


def complete(folder: Path, **options: Any) -> Any:
    """The portfolio that uses everything, without money that moves."""
    raw, plan = case(0)
    return write(folder, raw, plan, 0, **options)


def test_a_broken_guardrail_turns_red(tmp_path: Path) -> None:
    """An epic that must start and waits breaks its guardrail; the look of the verdict follows."""
    written = complete(tmp_path)
    before = status(recomputed(written.live.path))
    assert next(row for row in before if row["Guardrail"] == "Must")["Status"] == "met"
    path = edited(written.live, {written.live.starts["E1"]: None}, tmp_path / "edited.xlsx")
    after = status(recomputed(path))
    assert next(row for row in after if row["Guardrail"] == "Must")["Status"] == "BROKEN"
    generated = tmp_path / "generated.xlsx"
    generated.write_bytes(written.results.content)
    sheet = openpyxl.load_workbook(generated)["Guardrail status"]
    row = FIRST + [line["Guardrail"] for line in after].index("Must")
    red = [
        rule.dxf.fill.bgColor.rgb
        for area in sheet.conditional_formatting
        if f"I{row}" in area
        for rule in area.rules
        if rule.formula == [f'$I{FIRST}="BROKEN"'] and rule.dxf.fill is not None
    ]
    assert red == ["FFF9D3D3"]


def test_a_cleared_limit_limits_nothing(tmp_path: Path) -> None:
    """Whoever clears a limit has none; the sheets say so instead of comparing with 0."""
    written = complete(tmp_path)
    fields = [("portfolio_wip_limit",), ("value_streams", 0, "wip_limit"), ("guardrails", 3, "at_most")]
    cleared = {written.live.cells[field]: None for field in fields}
    sheets = recomputed(edited(written.live, cleared, tmp_path / "edited.xlsx"))
    for row in status(sheets):
        gone = row["Guardrail"] in {"Portfolio WIP limit", "OpEx"} or (
            row["Guardrail"] == "WIP limit" and row["Value stream"] == "VS1"
        )
        assert (row["At most"] == "" and row["Left"] == "" and row["Status"] == "met") or not gone, row


def test_starts_are_chosen_on_the_roadmap_where_the_epics_have_no_column(tmp_path: Path) -> None:
    written = complete(tmp_path, add=False, there=("WSJF",))
    assert list(written.columns.columns) == ["WSJF"]
    assert {cell[0] for cell in written.live.starts.values()} == {"Plan"}
    moved = {written.live.starts["E8"]: "PI 2"}
    sheets = recomputed(edited(written.live, moved, tmp_path / "edited.xlsx"))
    assert {row["ID"]: row["Decision"] for row in table(sheets["Plan"], FIRST - 1)}["E8"] == "start"


def test_defaults_of_the_model_and_missing_sheets_are_constants(tmp_path: Path) -> None:
    """What stands in no cell of the workbook stands on the mirror, in blue."""
    raw, plan = case(0)
    del raw["calendar"]["period_weeks"]
    written = write(tmp_path, raw, plan, 0)
    generated = tmp_path / "generated.xlsx"
    generated.write_bytes(written.results.content)
    sheet = openpyxl.load_workbook(generated)["Inputs"]
    assert sheet.sheet_state == "hidden"
    weeks = next(row[1] for row in sheet.iter_rows(max_col=2) if row[0].value == "Period weeks")
    assert (weeks.value, weeks.font.color.rgb) == (written.live.answer.portfolio.calendar.weeks, "FF0000FF")
    start = next(row[1] for row in sheet.iter_rows(max_col=2) if row[0].value == "Start")
    assert (start.data_type, start.font.color.rgb) == ("f", "FF1D6B2F")


def test_other_names_are_used_everywhere(tmp_path: Path) -> None:
    names = {name: f"{name} (portfolio)" for name in ("Plan", "Ranking", "Allocation", "Work", "Value", "Inputs",
             "Guardrail status", "Summary", "Charts", "Reasons", "Funding", "Operating model", "As planned",
             "By outcome")}  # fmt: skip
    written = complete(tmp_path, names=names)
    values, live = expected(written.results, tmp_path)
    assert set(values) - {written.columns.sheet} == set(names.values())
    assert differences(values, recalculate_ironcalc(written.live.path), live) == []
    assert engine.load(written.live.path).portfolio == engine.load(tmp_path / "user.xlsx").portfolio


def test_written_sheets_are_never_taken_for_the_epics(tmp_path: Path) -> None:
    """Also where the user's sheet is only found by its looks, and a ranking and a mirror look alike."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Candidates"
    sheet.append(["ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size"])
    sheet.append(["A", "First", 1, 2, 3, 4])
    sheet.append(["B", "Second", 8, 2, "3", 4])
    path = tmp_path / "user.xlsx"
    book.save(path)
    read, reading = engine.load(path), read_portfolio(path)
    columns = result_columns(reading, RESULT_COLUMNS[:2], add=True)
    names = {"Ranking": "Ranking (portfolio 2)", "Inputs": "Inputs (portfolio)"}
    results = ranking_in_place(engine.rank(read), reading, read.model, names, columns.columns)
    target = joined(path, results, columns, tmp_path / "joined.xlsx")
    assert engine.load(target).portfolio == read.portfolio
    values, live = expected(results, tmp_path)
    assert differences(values, recalculate_ironcalc(target), live) == []
    assert set(values) == {"Ranking (portfolio 2)", "Inputs (portfolio)", "Candidates"}
    assert {cell.column for cell in results.cells} == {7, 8}


@pytest.mark.parametrize("denominator", ["job_size", "duration", "effort", "cost"])
@pytest.mark.parametrize("seed", [0, 4, 6])
def test_a_ranking_alone(denominator: str, seed: int, tmp_path: Path) -> None:
    """Only Ranking and the mirror; it follows a score, also where the portfolio could be planned."""
    raw, _ = case(seed)
    user = MessyWorkbook(raw, seed)
    path = user.save(tmp_path / "user.xlsx")
    read, reading = engine.load(path), read_portfolio(path)
    scoring = read.model.scoring.model_copy(update={"denominator": denominator})
    model = read.model.model_copy(update={"scoring": scoring})
    ranking = rank(read.ready, scoring.rules)
    columns = result_columns(reading, RESULT_COLUMNS[:2], add=True)
    results = ranking_in_place(ranking, reading, model, {}, columns.columns)
    target = joined(path, results, columns, tmp_path / "joined.xlsx")
    values, live = expected(results, tmp_path)
    assert differences(values, recalculate_ironcalc(target), live) == []
    sheet, row, column = user.cells["epics", 0, "time_criticality"]
    book = loaded(target)
    book[sheet].cell(row, column).value = 20
    book.save(target)
    assert_ranks(recomputed(target), rank(engine.load(target).ready, scoring.rules))


def test_room_for_new_columns(tmp_path: Path) -> None:
    """Right of the table, past what else stands beside the epics; what is there stays where it is."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Epics"
    sheet["C4"], sheet["D4"], sheet["E4"], sheet["F4"] = "ID", "BV", "rank", "Sponsor"
    sheet["C5"], sheet["D5"], sheet["C7"] = "A", 3, "B"
    sheet["I6"] = "a note beside the epics"
    sheet["G20"] = "a note below"
    path = tmp_path / "user.xlsx"
    book.save(path)
    reading = read_portfolio(path)
    there = result_columns(reading)
    assert (there.sheet, there.header_row, there.columns, there.added) == ("Epics", 4, {"Rank": 5}, {})
    both = result_columns(reading, ("WSJF", "Rank", "Decision"), add=True)
    assert (both.columns, both.added) == ({"Rank": 5, "WSJF": 7, "Decision": 8}, {"WSJF": 7, "Decision": 8})
    many = result_columns(reading, add=True)
    assert many.added == {"WSJF": 10, "Decision": 11, "Planned start": 12, "Planned finish": 13}


def test_the_same_answer_gives_the_same_bytes(tmp_path: Path) -> None:
    written = complete(tmp_path)
    again = results_in_place(written.live.answer, read_portfolio(tmp_path / "user.xlsx"), {}, written.columns.columns)
    assert again == written.results


def test_no_plan_was_found(tmp_path: Path) -> None:
    """Everything waits, on sheets that are as live as any."""
    path = MessyWorkbook(complete_portfolio(), 0).save(tmp_path / "user.xlsx")
    read, reading = engine.load(path), read_portfolio(path)
    answer = answer_of(read.ready, read.model, COMPLETE_PLAN)
    answer = without_plan(answer)
    columns = result_columns(reading, add=True)
    results = results_in_place(answer, reading, {}, columns.columns)
    target = joined(path, results, columns, tmp_path / "joined.xlsx")
    values, live = expected(results, tmp_path)
    assert differences(values, recalculate_ironcalc(target), live) == []
