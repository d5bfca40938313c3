"""Workbooks of `prices`, `explain`, `plan` without a plan and `plan --keep`: cells read back, and computed anew."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import asking, oracle, recalculate
from tests.asking import Raw
from tests.cli.conftest import Command, saved

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def rows(path: Path, sheet: str) -> list[list[Any]]:
    """The rows of a sheet as they are shown, without what is blank at their ends."""
    book = openpyxl.load_workbook(path, data_only=True)
    found = [["" if cell is None else cell for cell in row] for row in book[sheet].iter_rows(values_only=True)]
    for row in found:
        while row and row[-1] == "":
            row.pop()
    return found


def below(found: list[list[Any]], heading: str) -> list[list[Any]]:
    """The rows under the one that begins with this heading, up to a blank one."""
    first = next(number for number, row in enumerate(found) if row and row[0] == heading) + 1
    last = next((number for number in range(first, len(found)) if not found[number]), len(found))
    return found[first:last]


def labelled(found: list[list[Any]], label: str) -> Any:
    """What stands beside a label."""
    return next(row[1] for row in found if row and row[0] == label)


def recalculates(path: Path, sheet: str) -> bool:
    """Whether a sheet has formulas, and each computes to the value that the file brings along."""
    shown, found = recalculate.cached(path)[sheet], recalculate.recalculate_ironcalc(path)[sheet]
    same = all(
        shown.get(cell) == (pytest.approx(value) if isinstance(value, float) else value or None)
        for cell, value in found.items()
    )
    return bool(found) and same


def charts(path: Path) -> list[str]:
    """The native charts of a workbook."""
    with zipfile.ZipFile(path) as package:
        names = sorted(name for name in package.namelist() if name.startswith("xl/charts/chart"))
        return [package.read(name).decode() for name in names]


def crossing() -> Raw:
    """Y needs X of another value stream, which earns nothing and is in the way of Z; names look like formulas."""
    raw = asking.small(
        asking.epic("X", title='=HYPERLINK("http://x")', benefit=0, a=0, b=10),
        asking.epic("Y", title="+1", benefit=9, a=10),
        asking.epic("Z", benefit=5, a=0, b=10),
        dependencies=[{"predecessor": "X", "successor": "Y"}],
        portfolio_wip_limit=2,
    )
    raw["value_streams"][0]["name"] = "=Alpha"
    return raw


def worth(raw: Raw) -> float:
    """What the best plan is worth, by brute force."""
    value = oracle.brute_force(raw)[0]
    assert value is not None
    return value


def test_prices(command: Command, tmp_path: Path) -> None:
    """Each rule and unit with its price as brute force finds it, the coordination tax, and native tornado charts."""
    raw, out = crossing(), tmp_path / "out.xlsx"
    ended = command("prices", saved(raw, tmp_path / "p.json"), "-o", out)
    assert (ended.code, f"Written to {out}." in ended.out) == (0, True)
    best = worth(raw)
    free, unlimited = worth(raw | {"dependencies": []}) - best, worth(raw | {"portfolio_wip_limit": None}) - best
    assert free > 0
    found = rows(out, "Prices")
    assert labelled(found, "Value of the plan (EUR)") == best
    prices = {row[0]: row[1:6] for row in below(found, "Rule")}
    assert prices["Y needs X"] == ["dependency", free, free, "one figure", pytest.approx(free / best)]
    assert prices["Portfolio WIP limit"][1] == pytest.approx(unlimited)
    slot = next(row for row in below(found, "One unit more") if row[0] == "one more WIP slot, the portfolio")
    more = worth(raw | {"portfolio_wip_limit": 3}) - best
    assert slot[1:8] == ["WIP slot", more, more, "one figure", 1, more, more]
    tax, first = below(found, "Dependencies between value streams")
    assert tax == ["The only one", "dependency", free, free, "one figure", 1, free]
    assert first[0] == "Remove first: Y needs X"
    assert any(row[0] == "1 more capacity, =Alpha, PI 1" for row in below(found, "One unit more"))
    assert recalculates(out, "Prices")
    assert charts(out)
    for chart in charts(out):
        assert '<c:barDir val="bar"/>' in chart
        assert '<c:orientation val="maxMin"/>' in chart


def test_a_chart_shows_what_has_a_price(command: Command, example_j: Path, tmp_path: Path) -> None:
    """One bar for the only rule of example J that costs anything, and no chart where nothing is worth anything."""
    out = tmp_path / "out.xlsx"
    command("prices", example_j, "-o", out)
    (chart,) = charts(out)
    found = rows(out, "Prices")
    row = next(number for number, line in enumerate(found, start=1) if line and line[0] == "H3 floor")
    assert f"<c:f>Prices!$A${row}</c:f>" in chart.replace(f":$A${row}", "")
    assert found[row - 1][2:4] == [7, 7]
    assert any(line and line[0] == "What one unit more is worth, points: 0 for each of the 3 lines." for line in found)
    before = out.read_bytes()
    command("prices", example_j, "-o", out)
    assert out.read_bytes() == before


def test_prices_follow_their_cells(command: Command, example_j: Path, tmp_path: Path) -> None:
    """A price that is typed over changes its share of the plan's value, and whether it is one figure."""
    out = tmp_path / "out.xlsx"
    command("prices", example_j, "-o", out)
    book = openpyxl.load_workbook(out)
    sheet = book["Prices"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "H3 floor")
    sheet.cell(row, 4).value = 9.3
    book.save(tmp_path / "edited.xlsx")
    computed = recalculate.recalculate_ironcalc(tmp_path / "edited.xlsx")["Prices"]
    assert (computed[f"E{row}"], computed[f"F{row}"]) == ("a range", pytest.approx(0.1))
    assert [computed[f"{column}{row}"] for column in "IJK"] == [7, pytest.approx(2.3), 0]


def test_explanations(command: Command, example_j: Path, tmp_path: Path) -> None:
    """Example J: E2 costs 28, moves three others out and one in, and comes in with 15 more; E7 has its needs and sum."""
    out = tmp_path / "out.xlsx"
    ended = command("explain", example_j, "E2", "E7", "-o", out)
    assert (ended.code, f"Written to {out}." in ended.out) == (0, True)
    found = rows(out, "Explanations")
    first = next(number for number, row in enumerate(found) if row == ["E2 Epic E2"])
    second = next(number for number, row in enumerate(found) if row == ["E7 Epic E7"])
    e2, e7 = found[first:second], found[second:]
    assert ["Forcing it in costs 28 points: E1, E3 and E6 wait; E5 starts instead."] in e2
    assert below(e2, "In points") == [
        ["It earns", "", 0, 0, "one figure", 0],
        ["Forcing it in costs", "", 28, 28, "one figure", pytest.approx(28 / 93)],
    ]
    others = below(e2, "What happens to others then")
    assert [row[0].split()[0] for row in others] == ["E1", "E3", "E6", "E5"]
    assert [row[1] for row in others] == ["waits"] * 3 + ["starts instead"]
    assert [row[2:] for row in others] == [["PI 1", "waits"]] * 3 + [["waits", "PI 1"]]
    assert below(e2, "It comes in") == [["with 15 more capacity of Stream B in PI 1", "", 100, 7]]
    assert below(e7, "It needs of") == [["Stream A", "PI 1", 10, 150], ["Together", "", 10, 150]]
    assert recalculates(out, "Explanations")


def test_explanations_of_everything(command: Command, example_j: Path, tmp_path: Path) -> None:
    """Without an epic, a row for each with its reason, as `--json` has it."""
    out = tmp_path / "out.xlsx"
    command("explain", example_j, "-o", out)
    every = command("explain", example_j, "--json").json["epics"]
    found = below(rows(out, "Explanations"), "Rank")
    assert [(row[1].split()[0], *row[2:5]) for row in found] == [
        (line["id"], line["decision"], line["value"], line["reason"]) for line in every
    ]


def test_names_stay_text(command: Command, tmp_path: Path) -> None:
    """What looks like a formula is text; an epic that no plan can be without has no figure and says so."""
    raw, out = crossing(), tmp_path / "out.xlsx"
    raw["guardrails"] = [
        {"name": "=Floor", "measure": "effort", "where": {"value stream": ["A"]}, "at_least": 0.1, "of": "capacity"}
    ]
    path = saved(raw, tmp_path / "p.json")
    command("explain", path, "X", "Y", "-o", out)
    sheet = openpyxl.load_workbook(out)["Explanations"]
    (name,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == 'X =HYPERLINK("http://x")']
    assert name.data_type == "s"
    fate = [row for row in rows(out, "Explanations") if row[:1] == ["Without it the plan loses"]]
    assert fate[-1] == ["Without it the plan loses", "", "", "", "no plan"]
    command("prices", path, "-o", out)
    (floor,) = [cell for cell in openpyxl.load_workbook(out)["Prices"]["A"] if cell.value == "=Floor"]
    assert floor.data_type == "s"


@pytest.mark.parametrize("name", ["prices", "explain"])
def test_wrong_use(command: Command, example_j: Path, tmp_path: Path, name: str) -> None:
    """Another ending and the file that was read are refused before anything is solved."""
    book = tmp_path / "j.xlsx"
    command("convert", example_j, book)
    before = book.read_bytes()
    for arguments, words in (((example_j, "-o", tmp_path / "x.csv"), "should end in .xlsx"),
                             ((book, "-o", book), "never written over")):  # fmt: skip
        ended = command(name, *arguments)
        assert (ended.code, words in ended.err) == (2, True), ended.err
    assert book.read_bytes() == before


@pytest.mark.parametrize("name", ["prices", "explain"])
def test_without_a_plan_nothing_is_written(command: Command, impossible: Path, tmp_path: Path, name: str) -> None:
    """And it is said; the exit code is that of the finding."""
    out = tmp_path / "out.xlsx"
    ended = command(name, impossible, "-o", out)
    assert (ended.code, out.exists()) == (1, False)
    assert "Nothing is written to out.xlsx: there is no plan." in ended.out


def test_why_no_plan_is_possible(command: Command, impossible: Path, tmp_path: Path) -> None:
    """The clash with its cells and every repair, as `--json` has them; the difference is live."""
    out = tmp_path / "out.xlsx"
    assert command("plan", impossible, "-o", out).code == 1
    told = command("plan", impossible, "--json").json["impossible"]
    found = rows(out, "Impossible")
    clash = below(found, "Clash")
    assert [(row[0], row[1], row[5]) for row in clash] == [
        (number, line["name"], ", ".join(line["fields"]))
        for number, lines in enumerate(told["clashes"], start=1)
        for line in lines
    ]
    assert [row[2] for row in clash] == ["value stream A, period PI 1", "epic X", "epic Y"]
    repairs = below(found, "Repair")
    assert [(row[0], row[2], row[5]) for row in repairs] == [
        (number, repair["total"], change["change"])
        for number, repair in enumerate(told["repairs"], start=1)
        for change in repair["changes"]
    ]
    (capacity,) = [row for row in repairs if row[1] == "Capacity and effort"]
    assert capacity[2:5] == [6, "effort", "the least"]
    assert capacity[6:] == [10, 16, 6]
    (must,) = [row for row in repairs if row[1] == "Rules"]
    assert must[3:] == ["rule", "the least", must[5], "yes"]
    assert recalculates(out, "Impossible")
    command("plan", saved(asking.small(asking.epic("X")), tmp_path / "possible.json"), "-o", out)
    assert not {"Impossible", "Kept"} & set(openpyxl.load_workbook(out).sheetnames)


@pytest.fixture
def agreed(command: Command, tmp_path: Path) -> Path:
    """X, then Y, and V beside them; then Z is worth more than all and takes their room in PI 1, and W is gone."""
    raw = asking.small(
        asking.epic("X", benefit=10, a=10, latest="PI 2"),
        asking.epic("Y", title="=Why", benefit=9, a=10, latest="PI 2"),
        asking.epic("V", benefit=2, a=0, b=9),
        asking.epic("W", benefit=1, a=0, b=1),
    )
    path = tmp_path / "agreed.json"
    path.write_text(command("plan", saved(raw, tmp_path / "old.json"), "--gap", "0", "--json").out, encoding="utf-8")
    raw["epics"].pop()
    raw["epics"].append(asking.epic("Z", benefit=90, a=10, b=5, latest="PI 1"))
    saved(raw, tmp_path / "new.json")
    return path


def test_what_was_kept(command: Command, agreed: Path, tmp_path: Path) -> None:
    """How many stay, move, wait and start, what it costs, each change, and what cannot be kept; as `--json` has it."""
    out, new = tmp_path / "out.xlsx", tmp_path / "new.json"
    asked = ("plan", new, "--gap", "0", "--keep", agreed, "--tolerance", "5%")
    assert command(*asked, "-o", out).code == 0
    told = command(*asked, "--json").json
    kept, found = told["kept"], rows(out, "Kept")
    assert (len(kept["dropped"]), len(kept["moved"]), len(kept["started"])) == (1, 1, 1)
    labels = ("Epics agreed", "Stay as they were", "Move", "Wait now", "Start and were not agreed")
    assert [labelled(found, label) for label in labels] == [3, 1, 1, 1, 1]
    figures = ("Best plan found, EUR", "This plan, EUR", "Keeping costs, EUR", "Down to, EUR")
    expected = [kept[name] for name in ("best_value", "value", "cost", "floor")]
    assert [labelled(found, label) for label in figures] == pytest.approx(expected)
    assert labelled(found, "Fewest changes") == "proven"
    changes = {row[0]: row[1:7] for row in below(found, "Epic") if len(row) > 2}
    values = {line["id"]: line["value"] for line in told["epics"]}
    assert changes["Z"][:3] == ["starts now", "new", "PI 1"]
    assert changes["Z"][5] == pytest.approx(values["Z"])
    assert {row[0] for row in changes.values()} == {"starts now", "moves", "waits now"}
    assert ["W", "it is no longer in the portfolio"] in found
    assert recalculates(out, "Kept")
    assert "Kept" in openpyxl.load_workbook(out).sheetnames[:3]


def test_the_account_follows_its_cells(command: Command, agreed: Path, tmp_path: Path) -> None:
    """A tolerance that is typed over moves the floor; a row that is cleared is counted no more."""
    out = tmp_path / "out.xlsx"
    command("plan", tmp_path / "new.json", "--gap", "0", "--keep", agreed, "--tolerance", "5%", "-o", out)
    book = openpyxl.load_workbook(out)
    sheet = book["Kept"]
    at = {cell.value: cell.row for cell in sheet["A"]}
    sheet.cell(at["Share of the best plan's value that may be given up"], 2).value = 0.5
    sheet.cell(at["Z"], 2).value = None
    book.save(tmp_path / "edited.xlsx")
    computed = recalculate.recalculate_ironcalc(tmp_path / "edited.xlsx")["Kept"]
    best = sheet.cell(at["Best plan found, EUR"], 2).value
    assert computed[f"B{at['Down to, EUR']}"] == pytest.approx(best / 2)
    assert computed[f"B{at['Start and were not agreed']}"] == 0


def test_nothing_changed(command: Command, agreed: Path, tmp_path: Path) -> None:
    """A re-plan of what was agreed keeps everything and says so; JSON stays JSON with `-o`."""
    out = tmp_path / "out.xlsx"
    ended = command("plan", tmp_path / "old.json", "--gap", "0", "--keep", agreed, "-o", out, "--json")
    assert json.loads(ended.out)["kept"]["moved"] == []
    assert ["None: every agreed epic is done when it was agreed."] in rows(out, "Kept")
    assert recalculates(out, "Kept")
