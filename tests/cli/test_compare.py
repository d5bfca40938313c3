"""`compare`: scenarios beside the portfolio, two plans, and one figure step by step."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests import asking, examples, oracle, recalculate
from tests.cli.conftest import Command, saved

SCENARIOS = """\
format: 1
scenarios:
  Fewer at once:
    - {set: WIP limit, to: 4}
  No floor:
    - {relax: H3 floor}
"""


@pytest.fixture
def with_scenarios(example_j: Path) -> Path:
    """Example J with two scenarios beside it."""
    example_j.with_name("j.scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    return example_j


def without_floor() -> float | None:
    """What example J is worth without its floor, by brute force."""
    return oracle.brute_force(examples.without_guardrail(examples.example_j(), "H3 floor"))[0]


def test_scenarios_side_by_side(command: Command, with_scenarios: Path) -> None:
    """Example J: 93 as it is, 88 with a WIP limit of 4, and what brute force finds without the floor."""
    told = command("compare", with_scenarios, "--gap", "0", "--json").json
    base, fewer, free = told["alternatives"]
    assert [one["name"] for one in told["alternatives"]] == ["As it is", "Fewer at once", "No floor"]
    assert [one["outcome"]["value"] for one in (base, fewer, free)] == [93, 88, without_floor()]
    assert base["effect"] is None
    assert [(line["id"], line["change"]) for line in fewer["effect"]["epics"]] == [("E8", "dropped")]
    assert (fewer["effect"]["value"]["at_least"], fewer["effect"]["value"]["at_most"]) == (-5, -5)
    assert fewer["changes"] == [
        {
            "change": "set WIP limit to 4",
            "place": "j.scenarios.yaml, line 4",
            "figures": [{"figure": "Portfolio WIP limit", "before": 5, "after": 4}],
        }
    ]
    assert (base["spend"], fewer["spend"], base["epics_started"], fewer["epics_started"]) == (1400, 1300, 5, 4)


def test_scenarios_as_people_read_them(command: Command, with_scenarios: Path) -> None:
    """One table of figures, one sentence for each scenario, one column for each in the table of epics."""
    ended = command("compare", with_scenarios, "--scenario", "fewer AT once", "--gap", "0")
    assert ended.code == 0
    assert "Fewer at once: set WIP limit to 4." in ended.out
    assert "Against As it is the best plan is worth -5 points." in ended.out
    assert "- waits" in ended.out
    assert "No floor" not in ended.out


def test_one_scenario_is_planned_as_if_it_were_the_file(command: Command, with_scenarios: Path) -> None:
    """`plan --scenario` is the plan of the portfolio changed by hand."""
    ended = command("plan", with_scenarios, "--scenario", "Fewer at once", "--gap", "0", "--json")
    changed = saved(examples.example_j() | {"portfolio_wip_limit": 4}, with_scenarios.with_name("hand.json"))
    by_hand = command("plan", changed, "--gap", "0", "--json").json
    told = ended.json
    for answer in (told, by_hand):
        answer["outcome"].pop("seconds")
        answer.pop("findings")
    assert told == by_hand
    assert told["outcome"]["value"] == 88


def test_a_ban_is_said(command: Command, with_scenarios: Path) -> None:
    """A banned epic waits because of its ban."""
    path = with_scenarios.with_name("ban.yaml")
    path.write_text("format: 1\nscenarios:\n  No E8:\n    - {ban: E8}\n", encoding="utf-8")
    told = command("plan", with_scenarios, "--scenarios", path, "--scenario", "No E8", "--gap", "0", "--json").json
    reasons = {line["id"]: line["reason"] for line in told["epics"]}
    assert reasons["E8"] == "Waits: it does not fit even alone: Ban of E8 leaves nothing for it."
    assert told["outcome"]["value"] == oracle.brute_force(examples.example_j(), left_out=["E8"])[0]


def test_bad_scenarios_are_findings(command: Command, example_j: Path) -> None:
    """Unknown names with the nearest known one, at their lines, in every command that reads them; exit code 1."""
    path = example_j.with_name("j.scenarios.yaml")
    path.write_text(
        "format: 1\nscenarios:\n  A:\n    - {set: capacty, to: 4}\n    - {relax: H3 flor}\n", encoding="utf-8"
    )
    for arguments in (("check",), ("compare",), ("plan", "--scenario", "A")):
        ended = command(arguments[0], example_j, *arguments[1:])
        assert ended.code == 1
        assert "j.scenarios.yaml, line 4: " in ended.err
        assert "Write Capacity." in ended.err
        assert "j.scenarios.yaml, line 5: " in ended.err
        assert "Write H3 floor." in ended.err
    found = [one for one in command("compare", example_j, "--json").json["findings"] if one["severity"] == "error"]
    assert [finding["place"] for finding in found] == [f"j.scenarios.yaml, line {line}" for line in (4, 5)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scenario", "Fewer"), "Did you mean Fewer at once?"),
        (("--scenarios", "nowhere.yaml"), "does not exist"),
        (("--vary", "WIP limit 2..4 by 1", "--scenario", "No floor"), "--vary plans the portfolio as it is"),
        (("--on", "x.json"), "--on is for two plans"),
        (("-o", "out.csv"), "out.csv should end in .xlsx"),
    ],
)
def test_wrong_use(command: Command, with_scenarios: Path, arguments: tuple[str, ...], words: str) -> None:
    """One sentence and exit code 2."""
    ended = command("compare", with_scenarios, *arguments)
    assert (ended.code, words in ended.err) == (2, True), ended.err


def test_wrong_use_of_files(command: Command, example_j: Path) -> None:
    """No scenarios at all, three files, scenarios with two plans."""
    cases = (
        ((example_j,), "has no scenarios"),
        ((example_j,) * 3, "one portfolio, or two plans"),
        ((example_j, example_j, "--vary", "WIP limit 2..4 by 1"), "Two plans are compared as they are"),
    )
    for arguments, words in cases:
        ended = command("compare", *arguments)
        assert (ended.code, words in ended.err) == (2, True), ended.err


def test_a_scenario_is_never_written_into_the_file(command: Command, with_scenarios: Path) -> None:
    """Its plan belongs to figures that the file does not have; and --scenarios alone says nothing."""
    for arguments, words in (
        (("--scenario", "No floor", "--write"), "use -o OUT.xlsx"),
        (("--scenarios", "x.yaml"), "name one with --scenario"),
    ):
        ended = command("plan", with_scenarios, *arguments)
        assert (ended.code, words in ended.err) == (2, True)


def test_a_sweep(command: Command, example_j: Path) -> None:
    """The WIP limit of example J step by step, as brute force finds it; a bad range is a finding."""
    told = command("compare", example_j, "--vary", "WIP limit 1..6 by 1", "--gap", "0", "--json").json
    expected = [oracle.brute_force(examples.example_j() | {"portfolio_wip_limit": limit})[0] for limit in range(1, 7)]
    assert [step["outcome"]["value"] for step in told["steps"]] == expected
    assert [step["step"] for step in told["steps"]] == ["1", "2", "3", "4", "5", "6"]
    assert told["direction"] == 1
    table = command("compare", example_j, "--vary", "WIP limit 1..6 by 1", "--gap", "0").out
    assert "A higher step allows every plan" in table
    ended = command("compare", example_j, "--vary", "WIPP limit 1..6 by 1")
    assert (ended.code, "Write WIP limit." in ended.err) == (1, True), ended.err


def test_two_plans(command: Command, example_j: Path, tmp_path: Path) -> None:
    """Workbooks and JSON in any mixture; each is judged by its own portfolio, a bare plan by the other's or by --on."""
    fewer = saved(examples.example_j() | {"portfolio_wip_limit": 4}, tmp_path / "fewer.json")
    for source, name in ((example_j, "a"), (fewer, "b")):
        command("plan", source, "--gap", "0", "-o", tmp_path / f"{name}.xlsx")
        (tmp_path / f"{name}.plan.json").write_text(
            command("plan", source, "--gap", "0", "--json").out, encoding="utf-8"
        )
    told = command("compare", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--json").json
    assert [one["outcome"]["value"] for one in told["alternatives"]] == [93, 88]
    assert [one["outcome"]["bound"] for one in told["alternatives"]] == [None, None]
    assert [(line["id"], line["change"]) for line in told["alternatives"][1]["effect"]["epics"]] == [("E8", "dropped")]
    bare = (tmp_path / "a.plan.json", tmp_path / "b.plan.json")
    ended = command("compare", *bare)
    assert (ended.code, "--on FILE" in ended.err) == (2, True)
    judged = command("compare", *bare, "--on", fewer, "--json").json["alternatives"]
    assert [one["guardrails_broken"] for one in judged] == [1, 0]
    mixed = command("compare", bare[0], tmp_path / "b.xlsx", "--json").json["alternatives"]
    assert [one["guardrails_broken"] for one in mixed] == [1, 0]


def recalculates(path: Path) -> bool:
    """Whether every formula computes to the value that the file brings along, and there are some."""
    shown, found = recalculate.cached(path), recalculate.recalculate_ironcalc(path)
    cells = [(sheet, cell, value) for sheet, values in found.items() for cell, value in values.items()]
    return bool(cells) and all(shown[sheet].get(cell) == value for sheet, cell, value in cells)


def test_the_workbook(command: Command, with_scenarios: Path, tmp_path: Path) -> None:
    """Figures side by side with a native chart, epics, and each change with its line."""
    out = tmp_path / "out.xlsx"
    assert command("compare", with_scenarios, "--gap", "0", "-o", out).code == 0
    book = openpyxl.load_workbook(out, data_only=True)
    assert book.sheetnames == ["Comparison", "Starts", "Changes"]
    rows = {row[0]: list(row[1:4]) for row in book["Comparison"].iter_rows(min_row=4, values_only=True) if row[0]}
    assert rows["Value, points"] == [93, 88, without_floor()]
    assert rows["Value more than As it is"] == [0, -5, (without_floor() or 0) - 93]
    assert rows["Epics that start"][:2] == [5, 4]
    starts = {row[0]: row[2:] for row in book["Starts"].iter_rows(min_row=5, values_only=True)}
    assert starts["E8"][:2] == ("PI 1", "-")
    assert [cell.value for cell in book["Changes"][5]][:1] == ["Fewer at once"]
    assert book["Changes"]["F5"].value == "j.scenarios.yaml, line 4"
    assert recalculates(out)
    with zipfile.ZipFile(out) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert "Comparison!$B$5:$D$5" in chart
    before = out.read_bytes()
    command("compare", with_scenarios, "--gap", "0", "-o", out)
    assert out.read_bytes() == before


def test_the_workbook_of_a_sweep(command: Command, example_j: Path, tmp_path: Path) -> None:
    """A row for each step, live gains, and a native line chart over them."""
    out = tmp_path / "out.xlsx"
    command("compare", example_j, "--vary", "WIP limit 3..5 by 1", "--gap", "0", "-o", out)
    sheet = openpyxl.load_workbook(out)["Frontier"]
    values = openpyxl.load_workbook(out, data_only=True)["Frontier"]
    assert [values.cell(row, 1).value for row in (5, 6, 7)] == ["3", "4", "5"]
    assert [values.cell(row, 2).value for row in (6, 7)] == [88, 93]
    assert (sheet["D7"].value, values["D7"].value) == ('=IF(OR(B7="",B6=""),"",B7-B6)', 5)
    assert recalculates(out)
    with zipfile.ZipFile(out) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert "<c:lineChart>" in chart
    assert "Frontier!$B$5:$B$7" in chart


def test_an_impossible_scenario_is_said_and_the_others_stand(command: Command, tmp_path: Path) -> None:
    """Exit code 1, the claim in the table, and what clashes as a finding that names the scenario."""
    path = saved(asking.small(asking.epic("X", a=8), asking.epic("Y", a=2)), tmp_path / "p.json")
    path.with_name("p.scenarios.yaml").write_text(
        "format: 1\nscenarios:\n  No people:\n    - {set: capacity of A, to: 1}\n    - {lock: X}\n", encoding="utf-8"
    )
    ended = command("compare", path, "--gap", "0")
    assert ended.code == 1
    assert "No people: impossible" in ended.out
    assert "scenario No people: No plan is possible." in ended.err
    told = json.loads(command("compare", path, "--gap", "0", "--json").out)
    assert told["alternatives"][1]["outcome"]["claim"] == "impossible"
    assert command("compare", path, "--gap", "0", "-o", tmp_path / "out.xlsx").code == 1
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Comparison"]["C5"].value is None


def test_a_start_that_no_period_is_called_is_said(command: Command, example_j: Path, tmp_path: Path) -> None:
    """Typed by hand into a plan: a wrong label is no plan to wait, and another spelling of a period is that period."""
    plan = json.loads(command("plan", example_j, "--json").out)
    first, second = (line for line in plan["epics"] if line["id"] in ("E1", "E3"))
    first["start"], second["start"] = "PI 77", second["start"].replace(" ", "").lower()
    told = saved(plan, tmp_path / "by-hand.json")
    shown = command("compare", saved(plan, tmp_path / "same.json"), told, "--on", example_j)
    assert f"by-hand.json: {first['id']} is left out of this plan: there is no PI 77." in shown.err
    assert f"{second['id']} is left out" not in shown.err
