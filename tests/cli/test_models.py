"""The operating models as people meet them: listed, shown, compared, in a starter, and behind every setting."""

from __future__ import annotations

import json
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from portfolio.cli.ask_answers import asked
from portfolio.operating_model.patterns import Answers
from portfolio.storage.read_model import model_names
from tests import asking
from tests.cli.conftest import Command, saved
from tests.recalculate import cached, formulas, recalculate_ironcalc
from tests.workbook.joining import without_dates
from tests.workbook.test_write_results import differences

WAYS = Path(__file__).parents[2] / "samples" / "ways-of-working"


def test_all_are_listed(command: Command) -> None:
    """One line each, the name first; JSON has the same."""
    ended = command("models")
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()] == model_names()
    listed = json.loads(command("models", "--json").out)["models"]
    assert [model["name"] for model in listed] == model_names()


def test_one_is_shown_with_its_sources_and_nothing_it_does_not_say(command: Command) -> None:
    """`models show less` and `models less` are the same."""
    ended = command("models", "show", "less")
    assert (ended.code, ended.out) == (0, command("models", "less").out)
    assert "roadmap item / roadmap items" in ended.out
    assert "(source: less.works" in ended.out
    assert "guardrails  (" not in ended.out
    assert "scale" not in ended.out
    assert "guardrails" not in json.loads(command("models", "show", "less", "--json").out)


def test_two_are_compared_where_they_differ(command: Command) -> None:
    """A dash is where one of them prescribes nothing."""
    ended = command("models", "compare", "safe", "nexus")
    assert ended.code == 0
    assert "scoring.method" in ended.out
    assert "stack rank" in ended.out
    found = json.loads(command("models", "compare", "safe", "nexus", "--json").out)
    assert found["models"] == ["safe", "nexus"]
    lines = {line["setting"]: (line["safe"], line["nexus"]) for line in found["differences"]}
    assert lines["scoring.method"] == ("wsjf", "stack rank")
    assert lines["scoring.denominator"] == ("job_size", None)
    assert json.loads(command("models", "compare", "safe", "safe", "--json").out)["differences"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("compare", "safe"), "models compare takes two operating models"),
        (("show",), "models show takes one operating model"),
        (("shwo", "safe"), "models shwo is not known"),
        (("nexsu",), "Did you mean nexus?"),
        (("compare", "safe", "lss"), "Did you mean less?"),
    ],
)
def test_wrong_use_is_a_sentence(command: Command, arguments: tuple[str, ...], sentence: str) -> None:
    """It says what is there."""
    ended = command("models", *arguments)
    assert ended.code == 2
    assert sentence in ended.err


def test_tables_speak_the_models_words(command: Command) -> None:
    """In the ranking and in the plan, also where another model is asked for."""
    spotify = WAYS / "spotify.json"
    ranked = command("rank", spotify).out
    assert "Ranking by the order of the sheet" in ranked
    assert "Bet" in ranked
    assert "WSJF" not in ranked
    planned = command("plan", spotify, "--gap", 0).out
    assert "6 of 8 bets are in the plan (2 go on), proven best in rank order." in planned
    assert "Tribe" in planned
    assert "Value stream" not in planned
    assert "initiatives are in the plan" in command("plan", spotify, "--model", "flight-levels").out


def test_a_starter_has_the_models_columns_words_and_lists(command: Command, tmp_path: Path) -> None:
    """Classes of service where there are some, no scores where an order counts, money where money ranks."""
    for name in ("enterprise-kanban", "less"):
        command("new", tmp_path / f"{name}.xlsx", "--model", name)
    kanban, less = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("enterprise-kanban", "less"))

    def column(book: openpyxl.Workbook, heading: str) -> list[object]:
        sheet = book["Epics"]
        number = next(cell.column for cell in sheet[1] if cell.value == heading)
        return [sheet.cell(row, number).value for row in range(2, 9)]

    lists = {cell.value: cell.column for cell in kanban["Lists"][1]}
    words = [kanban["Lists"].cell(row, lists["Class of service"]).value for row in range(2, 6)]
    assert words == ["Expedite", "Fixed date", "Standard", "Intangible"]
    assert column(kanban, "Class of service")[1] == "Fixed date"
    assert all(column(kanban, "Benefit per week"))
    assert column(kanban, "Job size") == [None] * 7
    assert column(less, "Job size") == column(less, "Benefit per week") == [None] * 7
    assert less["Capacity"].cell(1, 2).value == "Sprint 1"
    assert "roadmap items" in str(less["README"].cell(4, 1).value)
    assert "order on the sheet is their rank" in str(less["README"].cell(4, 1).value)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("safe", {"Class of service"}),
        ("rage", {"Class of service", "Job size"}),
        ("cost-of-delay", {"Class of service", "Job size"}),
        ("enterprise-kanban", {"User-business value", "Time criticality", "RR/OE", "Job size"}),
        ("less", {"User-business value", "Time criticality", "RR/OE", "Job size", "Benefit per week", "WSJF", "Class of service"}),
    ],
)  # fmt: skip
def test_a_starter_folds_away_what_its_model_has_no_use_for(
    command: Command, tmp_path: Path, name: str, folded: set[str]
) -> None:
    """Scores under an order, points where money ranks; nothing is lost, and it plans as it stands."""
    book = tmp_path / "new.xlsx"
    command("new", book, "--model", name)
    sheet = openpyxl.load_workbook(book)["Epics"]
    hidden = {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden
        for number in range(column.min, column.max + 1)
    }
    assert {cell.value for cell in sheet[1] if cell.column in hidden} == folded
    assert command("plan", book).code == 0


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
@pytest.mark.parametrize("name", ["enterprise-kanban", "less", "aligned-autonomy"])
def test_results_in_a_users_own_workbook_are_live(command: Command, tmp_path: Path, name: str) -> None:
    """Also where the model filled in an urgency, a guardrail or the order; what the user left blank stays blank."""
    book = tmp_path / "own.xlsx"
    command("convert", WAYS / f"{name}.json", book)
    before = openpyxl.load_workbook(book)["Epics"]
    ended = command("plan", book, "--write", "--add-columns", "--gap", 0)
    assert (ended.code, "Written into" in ended.out) == (0, True)
    after = openpyxl.load_workbook(book)["Epics"]
    assert [cell.value for row in before.iter_rows() for cell in row] == [
        cell.value for row in after.iter_rows(max_row=before.max_row, max_col=before.max_column) for cell in row
    ]
    live = formulas(book)
    assert sum(map(len, live.values())) > 100
    assert differences(without_dates(cached(book)), recalculate_ironcalc(book), live) == []


def test_every_setting_says_where_it_came_from(command: Command, tmp_path: Path) -> None:
    """A cell or field, a line of the model, or the default."""
    raw = json.loads((WAYS / "enterprise-kanban.json").read_text(encoding="utf-8"))
    raw["value_streams"][0].pop("wip_limit")
    found = json.loads(command("check", saved(raw, tmp_path / "own.json"), "--explain-settings", "--json").out)
    origins = {line["name"]: (line["value"], line["origin"]) for line in found["settings"]}
    text = (Path(__file__).parents[2] / "models" / "enterprise-kanban.yaml").read_text(encoding="utf-8").splitlines()

    def line_of(start: str) -> str:
        number = next(number for number, line in enumerate(text, 1) if line.strip().startswith(start))
        return f"enterprise-kanban.yaml, line {number}"

    assert origins["Currency"] == ("EUR", "own.json, currency")
    assert origins["Model"] == ("enterprise-kanban", "own.json, model")
    assert origins["Period weeks"] == (4, line_of("period_weeks"))
    assert origins["Discount rate"] == (None, "default")
    assert origins["WIP limit of Halls"] == (None, "default")
    assert origins["WIP limit of Online"] == (2, "own.json, value_streams[1].wip_limit")
    assert origins["Urgency of L4"] == ("deadline", line_of("- {name: Fixed date"))
    assert origins["Guardrail One expedite at a time"] == ("hard", line_of("- {name: One expedite"))
    assert origins["model: scoring.method"] == ("cd3", line_of("method: cd3"))
    assert origins["model: scoring.denominator"] == ("job_size", "default")
    shown = command("check", tmp_path / "own.json", "--explain-settings").out
    assert "Settings, and where each came from" in shown


def test_a_setting_of_a_workbook_names_its_cell(command: Command, tmp_path: Path) -> None:
    """And the option names itself where it replaced the file's model."""
    command("convert", WAYS / "safe.json", tmp_path / "own.xlsx")
    found = json.loads(command("check", tmp_path / "own.xlsx", "--explain-settings", "--json", "--model", "less").out)
    origins = {line["name"]: line["origin"] for line in found["settings"]}
    assert origins["Currency"].startswith("own.xlsx, Portfolio!B")
    assert origins["Model"] == "--model"
    assert origins["Ranked by"].startswith("less.yaml, line ")
    assert origins["Guardrail Enabler floor"].startswith("own.xlsx, Guardrails!A2")


def test_a_model_of_ones_own_is_found_beside_the_portfolio_that_names_it(command: Command, tmp_path: Path) -> None:
    """From wherever the command is run; its settings name the cell, its limits their lines, and a missing file is said."""
    own = (Path(__file__).parents[2] / "models" / "flight-levels.yaml").read_text(encoding="utf-8")
    own = own.replace("name: flight-levels", "name: ours") + "\nflow:\n  source: ours\n  states:\n    - {name: Idea}\n"
    own += "    - {name: Doing, wip: count per value stream, limit: 3}\n"
    (tmp_path / "ours.yaml").write_text(own, encoding="utf-8")
    raw = asking.small({"id": "X", "effort": {"A": 4}}, model="ours.yaml")
    path = saved(raw, tmp_path / "own.json")
    ended = command("check", path, "--explain-settings", "--json")
    origins = {line["name"]: (line["value"], line["origin"]) for line in ended.json["settings"]}
    assert (ended.code, origins["Model"]) == (0, ("ours", "own.json, model"))
    assert origins["WIP limit of A"] == (3, f"ours.yaml, line {len(own.splitlines())}")
    assert origins["model: cadence.reviews"] == ([], "default")
    (tmp_path / "ours.yaml").unlink()
    raw["epics"][0]["confidence"] = 7
    ended = command("check", saved(raw, tmp_path / "own.json"))
    assert (ended.code, "ours.yaml does not exist" in ended.err) == (2, True)


def test_check_measures_the_models_policies(command: Command, tmp_path: Path) -> None:
    """With the model's limits, as warnings at their place; an error in the file comes first and alone."""
    raw = asking.small(asking.epic("X", a=4, min_periods=4))
    ended = command("check", saved(raw, tmp_path / "own.json"), "--model", "spotify")
    assert ended.code == 0
    told = "Work comes in batches small enough to be judged soon. The policy allows 2. Slice it into 2 parts of at most 2 quarters"
    assert f"own.json, epics[0].min_periods: X takes 4 quarters. {told}" in ended.err
    raw["epics"][0]["min_periods"] = 3
    assert "X takes 3" not in command("check", saved(raw, tmp_path / "own.json"), "--model", "less").err
    raw["epics"][0]["confidence"] = 7
    ended = command("check", saved(raw, tmp_path / "own.json"), "--model", "spotify")
    assert ended.code == 1
    assert "policy" not in ended.err


def test_an_approval_that_is_missing_names_who_may_give_it(command: Command, tmp_path: Path) -> None:
    """Where the model says so; where it does not, nobody is made up."""
    raw = asking.small(asking.epic("X", a=4), asking.epic("Y", a=1), epic_threshold=200)
    path = saved(raw, tmp_path / "own.json")
    assert "is not approved; Lean Portfolio Management may approve it" in command("plan", path, "--json").out
    assert "is not approved." in command("plan", path, "--model", "cost-of-delay", "--json").out


def test_a_scenario_says_what_it_changed(command: Command, tmp_path: Path) -> None:
    """With its line, before everything else; an unknown scenario is a sentence."""
    path = saved(asking.small(asking.epic("X"), portfolio_wip_limit=3), tmp_path / "own.json")
    text = "format: 1\nscenarios:\n  focus:\n    - {set: Portfolio WIP limit, to: 1}\n"
    (tmp_path / "own.scenarios.yaml").write_text(text, encoding="utf-8")
    ended = command("check", path, "--explain-settings", "--scenario", "focus", "--json")
    first, *rest = ended.json["settings"]
    assert (first["value"], first["origin"].startswith("scenario focus, own.scenarios.yaml")) == (1, True)
    assert "Portfolio WIP limit" not in [line["name"] for line in rest]
    ended = command("check", path, "--explain-settings", "--scenario", "fokus")
    assert (ended.code, "Did you mean focus?" in ended.err) == (2, True)
    ended = command("check", path, "--scenario", "focus")
    assert (ended.code, "give --explain-settings too" in ended.err) == (2, True)


def test_prices_need_value(command: Command) -> None:
    """Where an order decides there is no value to price anything in; another model has one."""
    ended = command("prices", WAYS / "less.json")
    assert ended.code == 2
    assert "plans follow the order of the sheet, not value" in ended.err


def test_choosing_names_patterns_and_what_is_enough(command: Command) -> None:
    """From flags alone in a pipeline; what is no answer of choose is refused."""
    ended = command("models", "choose", WAYS / "less.json", "--products", 3, "--coupling", "none")
    assert ended.code == 0
    assert "Several products are ordered in one list" in ended.out
    assert "An order for each product" in ended.out
    assert "Take the part, not the name" in ended.out
    advice = command("models", "choose", WAYS / "safe.json", "--teams", 5, "--products", 1, "--json").json
    assert [one["constraint"] for one in advice["binding"]][:1] == ["Several teams change one product"]
    assert advice["unknown"]
    assert command("models", "show", "safe", "--teams", 3).code == 2
    assert "models choose takes one portfolio" in command("models", "choose").err


def test_a_terminal_is_asked_and_may_leave_it_open() -> None:
    """Numbers, words and yes or no; an empty answer stays open, what was said by options is not asked."""
    given: list[Answers] = []

    @click.command()
    def ask() -> None:
        given.append(asked(Answers(teams=4)))

    CliRunner().invoke(ask, input="2\nmuch\n\nyes\n", catch_exceptions=False)
    assert given == [Answers(4, 2, "much", None, True)]


def test_a_mixture_is_shown_and_compared(command: Command) -> None:
    """As any model is."""
    shown = command("models", "show", "enterprise-kanban; scoring from safe").out
    assert "scoring of SAFe 6.0" in shown
    compared = command("models", "compare", "enterprise-kanban", "enterprise-kanban; scoring from safe").out
    assert "scoring.method" in compared
    assert "cadence" not in compared
