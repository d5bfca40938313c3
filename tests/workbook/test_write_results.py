"""Result workbooks: every figure is live, equals the engine's, and follows a change."""

from __future__ import annotations

import shutil
import warnings
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel

from portfolio.intake.read_portfolio import read_portfolio
from portfolio.results.answer import Answer
from portfolio.workbook.write_workbook import write_results
from tests.random_portfolios import random_portfolio
from tests.recalculate import Sheets, cached, formulas, recalculate_ironcalc, recalculate_libreoffice
from tests.workbook.answers import COMPLETE_PLAN, answer_for, complete_answer, complete_portfolio, without_plan

FIRST = 5
"""First row of data on result sheets."""
ELSEWHERE = {"Dependency", "Dates"}
OF_ALL = {"Approval", "Must", "Start"}
"""Rules with one more line, for the epics that have none of their own."""
"""Rules that are compared by what is broken, not line by line."""

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("complete") / "results.xlsx"
    write_results(complete_answer(), path)
    return path


def as_cell(value: Any) -> Any:
    """A value as cells hold it: nothing as an empty text, a date as its number."""
    return to_excel(value) if isinstance(value, date) else "" if value is None else value


def differences(before: Sheets, after: Sheets, live: Sheets) -> list[str]:
    """Formula cells whose recalculated value is another one, with both."""
    found = []
    for sheet, cells in live.items():
        for cell, formula in cells.items():
            old, new = (values[sheet].get(cell) for values in (before, after))
            old, new = (as_cell(value) for value in (old, new))
            if isinstance(old, int | float) and isinstance(new, int | float):
                same = abs(old - new) <= 1e-9 * max(1.0, abs(old))
            else:
                same = old == new
            if not same:
                found.append(f"{sheet}!{cell} {formula}: {old!r} became {new!r}")
    return found


def written(answer: Answer, path: Path) -> Path:
    write_results(answer, path)
    return path


def table(cells: dict[str, Any], header: int) -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    split = {openpyxl.utils.cell.coordinate_to_tuple(cell): value for cell, value in cells.items()}
    headings = {column: value for (row, column), value in split.items() if row == header}
    rows = sorted({row for row, _ in split if row > header})
    return [{heading: split.get((row, column)) for column, heading in headings.items()} for row in rows]


def edit(path: Path, target: Path, changes: dict[tuple[str, str, str], Any]) -> Path:
    """A copy in which cells are changed: (sheet, ID in the first column, heading) to a value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    for (name, key, heading), value in changes.items():
        sheet = book[name]
        header = next(row for row in range(1, 6) if any(cell.value == heading for cell in sheet[row]))
        column = next(cell.column for cell in sheet[header] if cell.value == heading)
        keys = next(cell.column for cell in sheet[header] if cell.value in {"ID", "Value stream", "Setting"})
        keys = next((cell.column for cell in sheet[header] if cell.value == "ID"), keys)
        row = next(row for row in range(header + 1, sheet.max_row + 1) if sheet.cell(row, keys).value == key)
        sheet.cell(row, column).value = value
    book.save(target)
    book.close()
    return target


def recalculated(path: Path, target: Path, changes: dict[tuple[str, str, str], Any]) -> Sheets:
    """All values of a workbook after some cells were changed: constants as they stand, formulas computed anew."""
    changed = edit(path, target, changes)
    values, live = _constants(changed), recalculate_ironcalc(changed)
    return {sheet: cells | live.get(sheet, {}) for sheet, cells in values.items()}


def _constants(path: Path) -> Sheets:
    book = openpyxl.load_workbook(path)
    found = {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }
    book.close()
    return found


def status(sheets: Sheets) -> list[dict[str, Any]]:
    return table(sheets["Guardrail status"], FIRST - 1)


def assert_same_status(sheets: Sheets, answer: Answer) -> None:
    """The guardrail status equals that of an answer for the same plan, measured by the guardrails.

    Only the sheet has a line for a dependency whose successor waits, and one for the dates of all epics.
    """
    of_all = [row for row in status(sheets) if row["Guardrail"] in OF_ALL and not row["Where"]]
    rows = [row for row in status(sheets) if row["Guardrail"] not in ELSEWHERE and row not in of_all]
    lines = [line for line in answer.guardrails if line.name not in ELSEWHERE]
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        assert row["Guardrail"] == line.name
        assert row["Status"] == ("met" if line.met else "BROKEN"), (row, line)
        if line.name != "Together group":
            assert row["Used"] == pytest.approx(line.used, rel=1e-9, abs=1e-9), (row, line)
    broken = {f"{line.place['successor']} after {line.place['predecessor']}" for line in answer.guardrails
              if line.name == "Dependency" and not line.met}  # fmt: skip
    assert {
        row["Where"] for row in status(sheets) if row["Guardrail"] == "Dependency" and row["Status"] == "BROKEN"
    } == broken
    all_dates = [row["Status"] for row in status(sheets) if row["Guardrail"] == "Dates"][-1]
    assert all_dates == ("met" if all(line.met for line in answer.guardrails if line.name == "Dates") else "BROKEN")


def test_every_formula_recalculates_to_the_engines_value(complete: Path) -> None:
    live = formulas(complete)
    assert sum(len(cells) for cells in live.values()) > 1000
    assert differences(cached(complete), recalculate_ironcalc(complete), live) == []


def test_recalculation_really_computes(complete: Path, tmp_path: Path) -> None:
    """A wrong cached value is seen and corrected, so that the test above proves something."""
    wrong = tmp_path / "results.xlsx"
    _with_wrong_caches(complete, wrong)
    live = formulas(wrong)
    assert len(differences(cached(wrong), recalculate_ironcalc(wrong), live)) > 100
    assert differences(cached(complete), recalculate_ironcalc(wrong), live) == []


def _with_wrong_caches(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = content.replace(b"</f><v>0", b"</f><v>987654321").replace(b"</f><v>1", b"</f><v>123456789")
            copy.writestr(entry, content)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_agrees(complete: Path, tmp_path: Path) -> None:
    """The arbiter computes the same, from a file whose cached values are wrong on purpose."""
    wrong = tmp_path / "results.xlsx"
    _with_wrong_caches(complete, wrong)
    assert differences(cached(complete), recalculate_libreoffice(wrong, tmp_path), formulas(complete)) == []


@pytest.mark.parametrize("seed", range(25))
def test_any_portfolio_recalculates(seed: int, tmp_path: Path) -> None:
    """Random portfolios with plans that may break rules: the formulas agree with the guardrails."""
    raw = random_portfolio(seed)
    answer = answer_for(raw, some_plan(raw, seed))
    path = written(answer, tmp_path / "results.xlsx")
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []
    assert_same_status(cached(path), answer)


def some_plan(raw: dict[str, Any], seed: int) -> dict[str, tuple[int, int]]:
    """Some epics, started somewhere inside the plan."""
    periods, plan = len(raw["calendar"]["periods"]), {}
    for number, epic in enumerate(raw["epics"]):
        length = epic.get("min_periods") or 1
        start = (seed + number) % periods
        if (seed * 7 + number * 5) % 3 and start + length <= periods and sum((epic.get("effort") or {}).values()) > 0:
            plan[epic["id"]] = (start, length)
    return plan


@pytest.mark.parametrize("denominator", ["job_size", "duration", "effort", "cost"])
@pytest.mark.parametrize("method", ["wsjf", "cd3"])
def test_any_way_of_scoring_recalculates(denominator: str, method: str, tmp_path: Path) -> None:
    answer = answer_for(complete_portfolio(), COMPLETE_PLAN, denominator=denominator, method=method)
    path = written(answer, tmp_path / "results.xlsx")
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []


def test_labels_that_mean_something_else_to_excel(tmp_path: Path) -> None:
    """IDs with wildcards, operators, quotes and digits only are still found exactly."""
    raw = complete_portfolio()
    names = {
        "E1": "E*",
        "E2": "E?",
        "E3": ">1",
        "E4": "~E",
        "E5": '="E"',
        "E6": "6",
        "E7": "07",
        "VS1": "V*",
        "VS2": "V1",
        "VS3": "<>",
    }
    raw = _renamed(raw, names)
    raw["calendar"]["periods"] = ["2027", "PI *", "P~", "1/2"]
    raw["epics"][3] |= {"earliest": "PI *", "latest": "1/2"}
    raw["epics"][6]["start"] = "2027"
    answer = answer_for(raw, {names.get(epic, epic): booking for epic, booking in COMPLETE_PLAN.items()})
    path = written(answer, tmp_path / "results.xlsx")
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []
    assert_same_status(cached(path), answer)


def test_words_that_look_like_functions(tmp_path: Path) -> None:
    """People's words inside a formula are left alone, and long ones still fit."""
    raw = complete_portfolio()
    names = {"CFO office": "LET(us) FILTER(x) SORT(y)", "growth": 'say "no" & "yes" ' * 30, "trust": "@{trust}"}
    raw = _renamed(raw, names)
    raw["guardrails"].append({"name": "Theme", "measure": "effort", "per": ["theme", "owner"], "at_most": 5})
    answer = answer_for(raw, COMPLETE_PLAN)
    path = written(answer, tmp_path / "results.xlsx")
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []
    assert_same_status(cached(path), answer)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(entry, names) for key, entry in value.items()}
    if isinstance(value, list):
        return [_renamed(entry, names) for entry in value]
    return names.get(value, value) if isinstance(value, str) else value


def test_a_changed_score_changes_the_ranking(complete: Path, tmp_path: Path) -> None:
    raw = complete_portfolio()
    raw["epics"][7]["user_business_value"] = 400
    sheets = recalculated(complete, tmp_path / "edited.xlsx", {("Epics", "E8", "User-business value"): 400})
    expected = {line.id: (line.rank, line.wsjf) for line in answer_for(raw, COMPLETE_PLAN).ranking.epics}
    for row in table(sheets["Ranking"], FIRST - 1):
        rank, wsjf = expected[row["ID"]]
        assert (row["Rank"] or None, row["WSJF"] or None) == (rank, pytest.approx(wsjf) if wsjf else None)


@pytest.mark.parametrize("size", [0, None, "big"])
def test_without_a_size_there_is_no_score(complete: Path, tmp_path: Path, size: object) -> None:
    """A job size of 0, a cleared one and a word give no score and no error, beside the epic as on the ranking."""
    sheets = recalculated(complete, tmp_path / "edited.xlsx", {("Epics", "E8", "Job size"): size})
    beside = next(row for row in table(sheets["Epics"], 1) if row["ID"] == "E8")
    ranked = next(row for row in table(sheets["Ranking"], FIRST - 1) if row["ID"] == "E8")
    assert (beside["WSJF"] or None, ranked["WSJF"] or None) == (None, None)
    shown = [value for sheet, cells in sheets.items() if sheet != "Charts" for value in cells.values()]
    assert not [value for value in shown if str(value).startswith("#")]


def test_a_moved_epic_moves_everything(complete: Path, tmp_path: Path) -> None:
    """E1 starts later and E8 starts at all: work, allocation and guardrails are those of that plan."""
    changes = {("Epics", "E1", "Planned start"): "PI 2", ("Epics", "E8", "Planned start"): "PI 2"}
    # A budget shift is a decision of the engine; the same one holds before and after.
    sheets = recalculated(complete, tmp_path / "edited.xlsx", changes | _without_shifts())
    raw = complete_portfolio()
    for stream in raw["value_streams"]:
        stream.pop("max_budget_shift", None)
    answer = answer_for(raw, COMPLETE_PLAN | {"E1": (1, 2), "E8": (1, 1)})
    assert_same_status(sheets, answer)
    assert any(row["Status"] == "BROKEN" for row in status(sheets))
    by_place = {(line.id, line.period): line for line in answer.value_streams}
    for row in table(sheets["Allocation"], FIRST - 1):
        line = by_place[row["Value stream"], row["Period"]]
        assert (row["Effort"], row["WIP"], row["Spend"]) == pytest.approx((line.effort, line.wip, line.spend))
    shown = {row["ID"]: row for row in table(sheets["Plan"], FIRST - 1)}
    for line in answer.epics:
        assert (shown[line.id]["Value"], shown[line.id]["Spend"]) == pytest.approx((line.value, line.spend))
        if line.delay_cost is not None and line.id != "E9":
            assert shown[line.id]["Delay cost"] == pytest.approx(line.delay_cost)
    decided = {row["ID"]: row for row in table(sheets["Epics"], 1)}
    assert (decided["E8"]["Decision"], decided["E8"]["Planned finish"], decided["E1"]["Planned finish"]) == (
        "start",
        "PI 2",
        "PI 3",
    )


def _without_shifts() -> dict[tuple[str, str, str], Any]:
    return {("Allocation", stream, "Budget shift"): 0 for stream in ("VS1", "VS2")}


def test_a_changed_capacity_and_limit_are_followed(complete: Path, tmp_path: Path) -> None:
    changes: dict[tuple[str, str, str], Any] = {
        ("Capacity", "VS1", "PI 1"): 20,
        ("Value streams", "VS1", "WIP limit"): 1,
        ("Portfolio", "Portfolio WIP limit", "Value"): 2,
    }
    sheets = recalculated(complete, tmp_path / "edited.xlsx", changes)
    broken = {(row["Guardrail"], row["Period"]) for row in status(sheets) if row["Status"] == "BROKEN"}
    assert {
        ("Capacity", "PI 1"),
        ("WIP limit", "PI 1"),
        ("WIP limit", "PI 2"),
        ("Portfolio WIP limit", "PI 1"),
    } <= broken


def test_rules_follow_the_plan(complete: Path, tmp_path: Path) -> None:
    """Each rule is broken by one change of a start."""
    broken = {
        "Must": {("Epics", "E1", "Planned start"): None},
        "Start": {("Epics", "E7", "Planned start"): "PI 2"},
        "Dependency": {("Epics", "E4", "Planned start"): "PI 2"},
        "Exclusive group": {("Epics", "E5", "Planned start"): "PI 1"},
        "Together group": {("Epics", "E6", "Planned start"): None},
        "Approval": {("Epics", "E8", "Planned start"): "PI 1"},
        "Dates": {("Epics", "E4", "Planned start"): "PI 1"},
    }
    for name, changes in broken.items():
        sheets = recalculated(complete, tmp_path / "edited.xlsx", changes)
        assert any(row["Guardrail"] == name and row["Status"] == "BROKEN" for row in status(sheets)), name
    approved = {("Epics", "E8", "Planned start"): "PI 1", ("Epics", "E8", "Approved"): "yes"}
    sheets = recalculated(complete, tmp_path / "edited.xlsx", approved)
    assert all(row["Status"] == "met" for row in status(sheets) if row["Guardrail"] == "Approval")


def test_the_figures_are_those_of_the_answer(complete: Path) -> None:
    answer, sheets = complete_answer(), cached(complete)
    assert_same_status(sheets, answer)
    by_place = {(line.id, line.period): line for line in answer.value_streams}
    for row in table(sheets["Allocation"], FIRST - 1):
        line = by_place[row["Value stream"], row["Period"]]
        assert (row["Funded capacity"], row["Funded"]) == pytest.approx((line.capacity, line.funded))
    plan = {row["ID"]: row for row in table(sheets["Plan"], FIRST - 1) if row["Decision"]}
    for line in answer.epics:
        assert (plan[line.id]["Decision"], plan[line.id]["Start"], plan[line.id]["Finish"]) == (
            line.decision,
            line.start,
            line.finish,
        )
    reasons = {row["ID"]: row["Reason"] for row in table(sheets["Reasons"], FIRST - 1)}
    assert reasons == {line.id: line.reason for line in answer.epics}


def test_results_read_as_the_same_portfolio(complete: Path) -> None:
    reading = read_portfolio(complete)
    assert reading.portfolio is not None
    assert reading.portfolio == complete_answer().portfolio


def test_peoples_text_is_never_a_formula(complete: Path) -> None:
    live = [formula for cells in formulas(complete).values() for formula in cells.values()]
    assert not any("HYPERLINK" in formula for formula in live)
    titles = [row["Title"] for row in table(cached(complete)["Epics"], 1)]
    assert titles[:4] == ['=HYPERLINK("http://x")', "+1 click", "-minus", "@mention"]


def test_the_same_answer_gives_the_same_bytes(complete: Path, tmp_path: Path) -> None:
    again = written(complete_answer(), tmp_path / "again.xlsx")
    assert again.read_bytes() == complete.read_bytes()


def test_no_volatile_or_new_functions(complete: Path) -> None:
    """Functions that Excel 2010 and LibreOffice 7.4 know, none that recalculate without a reason."""
    text = " ".join(formula for cells in formulas(complete).values() for formula in cells.values())
    for name in ("OFFSET(", "INDIRECT(", "LET(", "XLOOKUP(", "FILTER(", "TODAY(", "NOW(", "_xlfn"):
        assert name not in text


def test_only_a_ranking(tmp_path: Path) -> None:
    """A portfolio that cannot plan gets a workbook with its ranking."""
    raw = {"epics": [{"id": "A", "user_business_value": 1, "time_criticality": 2, "rr_oe": 3, "job_size": 2}]}
    path = written(answer_for(raw, {}), tmp_path / "ranking.xlsx")
    assert "Plan" not in cached(path)
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []


def test_no_plan_was_found(tmp_path: Path) -> None:
    """Everything waits and nothing is used, on sheets that are as live as any, to try a plan by hand."""
    answer = without_plan(complete_answer())
    path = written(answer, tmp_path / "none.xlsx")
    assert differences(cached(path), recalculate_ironcalc(path), formulas(path)) == []
    assert {row["Decision"] for row in table(cached(path)["Reasons"], FIRST - 1)} == {"wait"}
    assert_same_status(cached(path), answer_for(complete_portfolio(), {}))
