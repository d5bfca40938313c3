"""What an operating model calls things and who decides in it: said by every command, and nobody else's words with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests import asking, examples
from tests.cli.conftest import Command, saved

WORDS = """\
vocabulary:
  source: a test
  epic: {one: wager, many: wagers}
  value_stream: {one: guild, many: guilds}
  period: {one: season, many: seasons}
  review: {one: council, many: councils}
"""
RIGHTS = """\
decision_rights:
  source: a test
  rights:
    - {decision: approve epics, by: The Elder, when: at dawn}
    - {decision: order epics, by: The Crier, when: at noon}
    - {decision: change the plan, by: The Steward, when: at dusk}
    - {decision: change budgets, by: The Treasurer, when: at new moon}
    - {decision: change guardrails, by: The Warden, when: at full moon}
    - {decision: stop epics, by: The Judge, when: at any time}
    - {decision: move people, by: The Guide, when: in spring}
"""


def example_j_without_titles() -> asking.Raw:
    """Example J; its titles have the word epic in them, which is the users' own."""
    raw = examples.example_j()
    return raw | {"epics": [one | {"title": one["id"]} for one in raw["epics"]]}


OURS = re.compile(r"\b(epics?\b(?!\[)|value streams?\b)", re.IGNORECASE)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The model of money and points in words that nobody else uses, and with every decision right."""
    text = (Path(__file__).parents[2] / "models" / "rage.yaml").read_text(encoding="utf-8")
    for section in ("vocabulary", "decision_rights", "roles"):
        text = re.sub(rf"^{section}:\n(?:  .*\n)*", "", text, flags=re.MULTILINE)
    path = tmp_path / "guilds.yaml"
    path.write_text(text.rstrip() + "\n\n" + WORDS + "\n" + RIGHTS, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments", [("rank",), ("plan",), ("explain",), ("explain", "E1"), ("explain", "E4"), ("prices",)]
)
def test_a_command_speaks_the_models_words(
    command: Command, tmp_path: Path, model: Path, arguments: tuple[str, ...]
) -> None:
    """Nothing is called an epic where the model calls it a wager."""
    name, *epics = arguments
    ended = command(name, saved(example_j_without_titles(), tmp_path / "j.json"), *epics, "--model", model)
    assert ended.code == 0
    assert not OURS.findall(ended.out)
    assert epics or name == "prices" or "wager" in ended.out.lower()


def test_differences_speak_the_models_words(command: Command, tmp_path: Path, model: Path) -> None:
    """Scenarios, sweeps, what changed, and what an agreed plan keeps."""
    raw = example_j_without_titles()
    before = saved(raw, tmp_path / "before.json")
    raw["epics"][0]["user_business_value"] = 1
    after = saved(raw | {"portfolio_wip_limit": 4}, tmp_path / "after.json")
    told = command("diff", before, after, "--model", model).out
    assert "in wagers" in told
    assert "Wagers that start, move or wait now" in told
    assert "Guild" in told
    assert not OURS.findall(told)
    agreed = tmp_path / "agreed.json"
    agreed.write_text(command("plan", before, "--model", model, "--json").out, encoding="utf-8")
    kept = command("plan", after, "--keep", agreed, "--model", model).out
    assert "wagers were agreed" in kept
    assert not OURS.findall(kept)
    swept = command("compare", before, "--vary", "WIP limit 3..5 by 1", "--model", model).out
    assert "Wagers" in swept
    assert not OURS.findall(swept)


def test_who_may_decide_is_said_where_something_is_to_be_decided(
    command: Command, tmp_path: Path, example_j: Path, impossible: Path, model: Path
) -> None:
    """Order with the ranking, guardrails and people with their prices, whatever would make a plan possible."""
    assert "The Crier may order wagers at noon." in command("rank", example_j, "--model", model).out
    prices = " ".join(command("prices", example_j, "--model", model).out.split())
    assert "The Warden may change guardrails at full moon. The Treasurer may change budgets at new moon." in prices
    assert "The Guide may move people in spring." in prices
    broken = " ".join(command("plan", impossible, "--model", model).out.split())
    assert "The Warden may change guardrails at full moon. The Guide may move people in spring." in broken
    raw = examples.example_j() | {"epic_threshold": 100}
    waits = " ".join(command("explain", saved(raw, tmp_path / "dear.json"), "E1", "--model", model).out.split())
    assert "The Elder may approve it at dawn" in waits


def test_a_moved_budget_names_who_may_move_it(command: Command, tmp_path: Path, model: Path) -> None:
    """Money that moves between value streams is a decision that somebody has."""
    raw = asking.small(asking.epic("X", 50, a=10))
    for stream, budget in zip(raw["value_streams"], (3.0, 18.0), strict=True):
        stream |= {"budget": [budget] * 4, "max_budget_shift": 1, "cost_per_unit": 1.0}
    told = " ".join(command("plan", saved(raw, tmp_path / "moved.json"), "--model", model).out.split())
    assert "Budget moved" in told
    assert "The Treasurer may change budgets at new moon." in told


def texts(path: Path, sheet: str) -> list[str]:
    """Every text on a sheet."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return [cell for row in rows for cell in row if isinstance(cell, str)]


@pytest.mark.parametrize("sheet", ["Summary", "Plan", "Allocation", "Funding", "Guardrail status", "Work", "Charts"])
def test_result_sheets_are_headed_in_the_models_words(
    command: Command, tmp_path: Path, model: Path, sheet: str
) -> None:
    """Sheets and the columns that people fill in keep their names: they are how a workbook is read again."""
    path = saved(example_j_without_titles(), tmp_path / "j.json")
    assert command("plan", path, "--model", model, "-o", tmp_path / "out.xlsx").code == 0
    found = texts(tmp_path / "out.xlsx", sheet)
    assert not {"Epic", "Value stream", "Epics that start", "Epics that wait", "By value stream"} & set(found)
    heading = {
        "Work": "Wager",
        "Charts": "Wager",
        "Summary": "Wagers that start",
        "Funding": "By guild",
        "Plan": "Guild",
    }
    assert heading.get(sheet, "Guild") in found


def test_what_was_agreed_stands_in_the_workbook(command: Command, tmp_path: Path, model: Path, example_j: Path) -> None:
    """Who decides what and when: on the sheet that opens first of a starter, on a sheet of its own in results."""
    assert command("plan", example_j, "--model", model, "-o", tmp_path / "out.xlsx").code == 0
    assert command("new", tmp_path / "new.xlsx", "--model", "enterprise-kanban").code == 0
    results, starter = texts(tmp_path / "out.xlsx", "Operating model"), texts(tmp_path / "new.xlsx", "README")
    assert "The Judge may stop wagers at any time." in results
    assert "Governance is the formalization and exercise of repeatable decision-making practices." in results
    assert "enters when: a place is free (CONWIP, end to end)" in starter
    assert "from Committed to In delivery one WIP limit together, for each service" in starter
    assert "urgency deadline; loses nothing until its date; in time or not at all" in starter
    assert "cyclical, for example weekly; which option becomes a commitment, triaged now, later or never" in starter
