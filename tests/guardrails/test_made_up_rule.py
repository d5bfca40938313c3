"""A rule with logic is added in its own file and one line of the family: everything that is shown follows from that."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest

from portfolio import guardrails
from tests import asking
from tests.asking import Raw, epic, small
from tests.cli.running import run
from tests.guardrails.made_up import apart
from tests.recalculate import cached, recalculate_ironcalc

DOCS = Path(__file__).parents[2] / "docs"

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture(autouse=True)
def _one_line_in_the_family(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guardrails, "RULES", (*guardrails.RULES, apart))


def impossible() -> Raw:
    """Two musts of one owner for the same period."""
    dates = {"must": True, "latest": "PI 1", "owner": "Ann"}
    return small(epic("X", a=4, **dates), epic("Y", a=4, **dates))


def possible() -> Raw:
    """Two epics of one owner that both want the first period, the better one first."""
    return small(epic("X", 90, a=4, latest="PI 1", owner="Ann"), epic("Y", 10, a=4, latest="PI 1", owner="Ann"))


def saved(raw: Raw, folder: Path) -> Path:
    """The portfolio as a file."""
    path = folder / "portfolio.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_where_no_plan_is_possible_it_is_named_and_dropped(tmp_path: Path) -> None:
    """The clash names the rule with the fields it comes from, and the repair that leaves it out is said and shown to work."""
    found = asking.answer(impossible(), tmp_path).impossible
    assert found is not None
    (clash,) = found.clashes
    assert {(line.name, *line.place.values(), line.fields) for line in clash} == {
        ("Must", "X", ("epics[0].must",)),
        ("Must", "Y", ("epics[1].must",)),
        ("Apart", "X and Y", ("epics[0].owner", "epics[1].owner")),
    }
    rules = next(repair for repair in found.repairs if repair.unit == "rules")
    assert [(line.change, line.fields) for line in rules.changes] == [
        ("drop owner of X (epics[0].owner, epics[1].owner)", ("epics[0].owner", "epics[1].owner"))
    ]


def test_where_no_plan_is_possible_every_command_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check, plan and a workbook to try plans by hand in."""
    path, book = saved(impossible(), tmp_path), tmp_path / "plan.xlsx"
    assert run(capsys, monkeypatch, "check", path).code == 0
    assert run(capsys, monkeypatch, "plan", path, "-o", book).code == 1
    assert "Apart" in cached(book)["Guardrail status"].values()


def test_where_a_plan_is_possible_every_command_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check, plan, prices and explanations, none of which was told of the rule."""
    path = saved(possible(), tmp_path)
    assert run(capsys, monkeypatch, "check", path).code == 0
    lines = run(capsys, monkeypatch, "plan", path, "--json").json["guardrails"]
    (line,) = (line for line in lines if line["name"] == "Apart")
    assert (line["used"], line["at_most"], line["met"]) == (1, 1, True)
    priced = run(capsys, monkeypatch, "prices", path, "--json").json["rules"]
    assert [(line["name"], line["at_least"]) for line in priced] == [("Apart", 820)]
    (answer,) = run(capsys, monkeypatch, "explain", path, "Y", "--json").json["epics"]
    ways = [(way["name"], way["kind"], way["value"]) for way in answer["ways_in"]]
    assert ways == [("Latest", "deadline", 8100), ("Apart", "guardrail", 8200)]
    assert "It comes in without Apart for X and Y" in run(capsys, monkeypatch, "explain", path, "Y").out


def test_its_line_in_the_workbook_is_live(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its formula says, recalculated, is what was measured."""
    book = tmp_path / "plan.xlsx"
    assert run(capsys, monkeypatch, "plan", saved(possible(), tmp_path), "-o", book).code == 0
    status, anew = cached(book)["Guardrail status"], recalculate_ironcalc(book)["Guardrail status"]
    (row,) = (cell[1:] for cell, value in status.items() if cell[0] == "A" and value == "Apart")
    assert (status[f"E{row}"], status[f"I{row}"]) == (1, "met")
    assert (anew[f"E{row}"], anew[f"I{row}"]) == (1, "met")


def test_the_reference_describes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page says what its docstring says."""
    monkeypatch.setattr(sys, "path", [str(DOCS), *sys.path])
    pages = runpy.run_path(str(DOCS / "make_reference.py"))["pages"]()
    assert "### Apart\n\nTwo epics of one owner are never in progress at once." in pages["guardrails.md"]
