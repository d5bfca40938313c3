"""Chances in the user's own workbook: beside the plan that stands there, live, and nothing of the user's is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio import engine
from portfolio.domain import Booking, Plan
from portfolio.engine.plan import judge
from portfolio.errors import WrongUseError
from portfolio.results.simulated.simulation import Simulation
from portfolio.workbook.in_place.put_results import WrittenInto
from tests.cli.test_plan_write import workbook
from tests.intake.messy import MessyWorkbook
from tests.recalculate import cached, formulas, recalculate_ironcalc
from tests.workbook.answers import answer_of
from tests.workbook.in_place.in_place import case
from tests.workbook.joining import without_dates
from tests.workbook.test_write_results import differences
from tests.xlsx import fidelity

pytestmark = pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning")
CHANCES = {"N": "Begins on time", "O": "Done as planned", "P": "Done, 85%"}
"""Columns of chances that the user made, right of the table, with the heading of each."""
PLAN = {"E-1": (0, 1), "E-3": (0, 1), "E-2": (1, 1)}


def ours(path: Path, plan: Mapping[str, tuple[int, int]] = PLAN, **more: Any) -> Path:
    """A workbook as people keep it, with a range, three columns for chances, a sheet Simulation of their own, and a plan."""
    chances = {f"epics__{column}3": heading for column, heading in CHANCES.items()}
    ranges = {"epics__M3": "Effort cases", "epics__M4": "20: 50%; 40: 50%", "epics__M5": None, "epics__M7": None}
    workbook(path, **ranges, **chances, **more)
    book = openpyxl.load_workbook(path)
    book["Our backlog"]["B4"].comment = None  # IronCalc cannot read openpyxl's notes
    for sheet, text in {"Simulation": "Our flight simulator", "Choices": "Lunch"}.items():
        book.create_sheet(sheet)["B2"] = text
    book.save(path)
    planned(path, plan)
    return path


def planned(path: Path, plan: Mapping[str, tuple[int, int]]) -> WrittenInto:
    """Writes a plan into the workbook."""
    loaded = engine.load(path)
    return engine.write_plan(judge(loaded, Plan({name: Booking(*at) for name, at in plan.items()})), loaded)


def simulated(path: Path, *, add_columns: bool = False) -> tuple[Simulation, WrittenInto]:
    """Plays the plan of the workbook forward and writes its chances there."""
    loaded = engine.load(path)
    result = engine.simulate(loaded, draws=200)
    return result, engine.write_simulation(result, loaded, add_columns=add_columns)


def beside(path: Path) -> dict[str, list[Any]]:
    """What stands in the user's columns of chances, by the epic's ID."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Our backlog"]
    return {sheet[f"C{row}"].value: [sheet[f"{column}{row}"].value for column in CHANCES] for row in (4, 5, 7)}


def test_chances_stand_beside_the_epics_and_nothing_else_changes(tmp_path: Path) -> None:
    """Half of the futures need twice the work: the second epic waits for the first then; the user's own Simulation stays."""
    path = ours(tmp_path / "ours.xlsx")
    before = path.read_bytes()
    result, written = simulated(path)
    assert written == WrittenInto(changed=True)
    found = beside(path)
    assert {name: chances[:2] for name, chances in found.items()} == {
        line.id: [line.begins_on_time.share, line.done_by_planned_finish.share] for line in result.epics
    }
    assert 0.4 < found["E-1"][1] < 0.6
    cells = [f"{column}{row}" for column in CHANCES for row in (4, 5, 7)]
    changed = fidelity.differences(
        before,
        path.read_bytes(),
        {"Our backlog": cells},
        added=["Simulation (portfolio)"],
        replaced=["_portfolio_base"],
    )
    assert changed == []
    assert openpyxl.load_workbook(path)["Simulation"]["B2"].value == "Our flight simulator"


def test_writing_twice_changes_nothing_and_a_plan_keeps_its_chances(tmp_path: Path) -> None:
    """The same study finds its own bytes, and so does the same plan after it."""
    path = ours(tmp_path / "ours.xlsx")
    simulated(path)
    first = path.read_bytes()
    assert not simulated(path)[1].changed
    assert not planned(path, PLAN).changed
    assert path.read_bytes() == first


def test_another_plan_takes_the_chances_of_the_earlier_one_out(tmp_path: Path) -> None:
    """Chances never stand beside a plan that they are not of, and it is said; what people typed there stays."""
    path = ours(tmp_path / "ours.xlsx")
    simulated(path)
    book = openpyxl.load_workbook(path)
    book["Our backlog"]["N7"] = "ask Ada"
    book.save(path)
    written = planned(path, {"E-1": (0, 1), "E-2": (1, 1)})
    assert any(
        "earlier plan" in finding.message and "simulate FILE --write" in finding.fix for finding in written.findings
    )
    assert beside(path) == {"E-1": [None] * 3, "E-2": [None] * 3, "E-3": ["ask Ada", None, None]}
    result, again = simulated(path)
    assert {line.id for line in result.epics} == {"E-1", "E-2"}
    assert any("ask Ada" in finding.message for finding in again.findings)
    assert beside(path)["E-3"] == ["ask Ada", None, None]


def test_remarks_on_the_sheet_stay(tmp_path: Path) -> None:
    """What people typed beside the chances is there after they were written anew, also once the plan was."""
    path = ours(tmp_path / "ours.xlsx")
    simulated(path)
    book = openpyxl.load_workbook(path)
    book["Simulation (portfolio)"]["S10"] = "too good"
    book.save(path)
    planned(path, PLAN)
    simulated(path)
    assert openpyxl.load_workbook(path)["Simulation (portfolio)"]["S10"].value == "too good"


@pytest.mark.parametrize("odd", ["E-3", "E*3?", "~E"])
def test_what_is_written_recalculates(odd: str, tmp_path: Path) -> None:
    """A spreadsheet finds the same chances, whatever an epic is called; epics without a plan stay blank."""
    plan = {"E-1": (0, 1), odd: (0, 1)}
    path = ours(tmp_path / "ours.xlsx", plan, epics__C7=odd)
    simulated(path, add_columns=True)
    found = differences(without_dates(cached(path)), recalculate_ironcalc(path), formulas(path))
    assert [line for line in found if not line.startswith("Plan!")] == []  # openpyxl gave the user's own no value
    assert "O5" in formulas(path)["Our backlog"]
    assert cached(path)["Our backlog"].get("O5", "") == ""


@pytest.mark.parametrize("seed", [1, 3, 4])
def test_hostile_workbooks_take_them(seed: int, tmp_path: Path) -> None:
    """Sheets in any order and language, titles above tables, no IDs: what was read is read again."""
    raw, plan = case(seed)
    raw["epics"][0]["effort_high"] = 2 * sum(raw["epics"][0]["effort"].values())
    path = MessyWorkbook(raw, seed, ids=seed != 4).save(tmp_path / "messy.xlsx")
    read = engine.load(path)
    engine.write_plan(answer_of(read.ready, read.model, plan), read, add_columns=True)
    assert simulated(path, add_columns=True)[1].changed
    again = engine.load(path)
    assert again.portfolio == read.portfolio
    assert again.findings == read.findings
    assert differences(without_dates(cached(path)), recalculate_ironcalc(path), formulas(path)) == []


def test_macros_and_tables_stay_and_ranks_alone_have_their_sheet(tmp_path: Path) -> None:
    """Columns join the table that they stand beside; a ranking without a plan fills no column."""
    path = tmp_path / "ours.xlsm"
    with zipfile.ZipFile(workbook(tmp_path / "plain.xlsx", table=True)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/vbaProject.bin", b"not really macros")
    loaded = engine.load(path)
    assert engine.write_simulation(engine.ranks(loaded, draws=100), loaded, add_columns=True).changed
    book = openpyxl.load_workbook(path)
    assert book["Ranks"]["C9"].value == "E-1"
    assert book["Our backlog"].tables["backlog"].ref == "B3:M7"
    planned(path, PLAN)
    simulated(path, add_columns=True)
    extent = openpyxl.load_workbook(path)["Our backlog"].tables["backlog"].ref
    assert extent > "B3:M7"
    with zipfile.ZipFile(path) as archive:
        assert archive.read("xl/vbaProject.bin") == b"not really macros"


def test_chances_of_another_plan_are_refused(tmp_path: Path) -> None:
    """They would stand beside a plan that they are not of."""
    path = ours(tmp_path / "ours.xlsx")
    loaded = engine.load(path)
    result = engine.simulate(loaded, Plan({"E-1": Booking(1, 1)}), draws=10)
    before = path.read_bytes()
    with pytest.raises(WrongUseError, match="holds another plan than was played forward"):
        engine.write_simulation(result, loaded)
    assert path.read_bytes() == before
