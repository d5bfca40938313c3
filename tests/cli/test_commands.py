"""Each command: what it prints, where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.cli import COMMANDS, SUMMARIES
from portfolio.errors import InternalError
from tests.cli.conftest import Command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, command: Command) -> None:
    """`--help` and `-h` of each command say what it does and list its options, each with a sentence."""
    ended = command(name, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert f"portfolio {name} " in ended.out.splitlines()[0]
    options = ended.out.split("Options:")[1].splitlines()
    flags = [line for line in options if line.strip().startswith("-")]
    assert flags
    assert all(len(line.split()) > 1 for line in flags)
    assert command(name, "-h").out == ended.out


def test_the_group_lists_every_command(command: Command) -> None:
    """`portfolio --help` lists the commands in the order of a first visit, each with its summary."""
    ended = command("--help")
    assert ended.code == 0
    listed = [line.split()[0] for line in ended.out.split("Commands:")[1].splitlines() if line.strip()]
    assert listed == list(COMMANDS) == list(SUMMARIES)


def test_version(command: Command) -> None:
    """`--version` prints a version and nothing else."""
    assert command("--version").out.strip().replace(".", "").isdigit()


def test_check_says_everything_at_once(command: Command, faulty: Path, sound: Path) -> None:
    """Findings go to standard error, errors first; the count to standard output; exit 1 for an error, else 0."""
    ended = command("check", faulty)
    assert (ended.code, ended.out) == (1, "faulty.json: 2 errors, 1 warning.\n")
    lines = ended.err.splitlines()
    assert [line.split()[0] for line in lines] == ["error", "error", "warning"]
    assert all(line.split("  ")[1].startswith("faulty.json, epics[") for line in lines)
    ended = command("check", sound)
    assert (ended.code, ended.out, ended.err) == (0, "sound.json: no errors, no warnings.\n", "")


def test_check_as_json(command: Command, faulty: Path) -> None:
    """With --json the findings are on standard output, and nothing is on standard error."""
    ended = command("check", faulty, "--json")
    assert (ended.code, ended.err) == (1, "")
    assert [finding["severity"] for finding in ended.json["findings"]].count("error") == 2
    assert {"severity", "place", "message", "fix"} == set(ended.json["findings"][0])


def test_rank(command: Command, example_j: Path, sound: Path) -> None:
    """A table for people with the best first; a warning about the scores goes to standard error."""
    ended = command("rank", example_j)
    assert ended.code == 0
    order = [
        word for line in ended.out.splitlines() for word in line.split()[1:2] if word[:1] == "E" and word[1:].isdigit()
    ]
    assert order == ["E7", "E1", "E3", "E4", "E2", "E5", "E6", "E8"]
    assert ended.err.startswith("warning  j.json, epics.user_business_value")
    assert "CD3" in command("rank", sound).out


def test_rank_as_json(command: Command, example_j: Path, faulty: Path) -> None:
    """The published fields, and nothing else on either output; an error ends with 1 and its findings.

    What can be ranked is ranked all the same, unless only a sound portfolio shall be.
    """
    ended = command("rank", example_j, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert [epic["rank"] for epic in ended.json["epics"]] == list(range(1, 9))
    ended = command("rank", faulty, "--json", "--strict")
    assert (ended.code, ended.err, ended.json["epics"]) == (1, "", [])
    assert len(ended.json["findings"]) == 3
    ended = command("rank", faulty, "--json")
    assert (ended.code, ended.err, len(ended.json["findings"])) == (1, "", 3)
    assert [epic["rank"] for epic in ended.json["epics"]] == [*range(1, 1 + len(ended.json["epics"]))] != []


def test_plan(command: Command, example_j: Path) -> None:
    """Claim, plan, use of capacity, guardrails and reasons, in words."""
    ended = command("plan", example_j, "--gap", "0")
    assert ended.code == 0
    assert "J. A whole portfolio: 5 of 8 epics start, worth 93 points (proven best)." in ended.out
    assert "Waiting, and why" in ended.out
    assert "Traceback" not in ended.err


def test_plan_as_json(command: Command, example_j: Path) -> None:
    """The published format, field by field, and nothing else on standard output."""
    ended = command("plan", example_j, "--gap", "0", "--json")
    content = ended.json
    assert (ended.code, ended.err) == (0, "")
    assert list(content) == [
        "format",
        "portfolio",
        "model",
        "outcome",
        "epics",
        "value_streams",
        "guardrails",
        "findings",
        "funding",
        "impossible",
        "running",
        "rights",
    ]
    assert content["impossible"] is None
    assert list(content["outcome"]) == ["claim", "value", "bound", "gap", "seconds", "stopped_by"]
    assert (content["outcome"]["claim"], content["outcome"]["value"], content["model"]) == ("proven best", 93, "safe")
    assert list(content["epics"][0]) == [
        "id", "rank", "wsjf", "decision", "start", "finish", "periods", "value", "delay_cost", "spend", "reason",
        "commitment",
    ]  # fmt: skip
    assert {epic["id"] for epic in content["epics"] if epic["decision"] == "start"} == {"E1", "E3", "E6", "E7", "E8"}
    assert list(content["value_streams"][0]) == [
        "id", "period", "capacity", "effort", "wip", "wip_limit", "budget", "funded", "spend",
    ]  # fmt: skip
    assert list(content["guardrails"][0]) == ["name", "place", "used", "at_least", "at_most", "met", "binding"]
    assert all(guardrail["met"] for guardrail in content["guardrails"])


def test_plan_writes_the_same_json_every_time(command: Command, example_j: Path) -> None:
    """But for the seconds, two runs print the same."""
    first, second = (command("plan", example_j, "--json").json for _ in range(2))
    for content in (first, second):
        content["outcome"].pop("seconds")
    assert first == second


def test_a_small_portfolio_is_proven_unasked(command: Command, example_j: Path) -> None:
    """Whatever gap is asked for: what is proven within a moment is called so, and is the plan that `--gap 0` gives."""
    unasked, wide, asked = (
        command("plan", example_j, "--json", *more).json for more in ([], ["--gap", "0.5"], ["--gap", "0"])
    )
    assert {found["outcome"]["claim"] for found in (unasked, wide, asked)} == {"proven best"}
    assert unasked["epics"] == wide["epics"] == asked["epics"]


def test_plan_without_a_plan(command: Command, impossible: Path) -> None:
    """No plan possible ends with 1, the clash on standard error, or in the JSON."""
    ended = command("plan", impossible)
    assert ended.code == 1
    assert ended.out.startswith("Small: impossible.\n\nWhat would make a plan possible: any one of these")
    assert "raise capacity of" in ended.out
    assert ended.err.startswith("error  impossible.json: No plan is possible. These cannot all be kept: ")
    ended = command("plan", impossible, "--json")
    assert (ended.code, ended.err) == (1, "")
    assert (ended.json["outcome"]["claim"], ended.json["outcome"]["value"]) == ("impossible", None)
    assert ended.json["findings"][0]["severity"] == "error"
    clash, repairs = ended.json["impossible"]["clashes"][0], ended.json["impossible"]["repairs"]
    assert all(member["fields"] for member in clash)
    assert {"unit", "total", "proven", "changes"} == set(repairs[0])


def test_plan_of_a_faulty_portfolio(command: Command, faulty: Path) -> None:
    """Errors end with 1 before anything is planned."""
    ended = command("plan", faulty)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("error  faulty.json") == 2
    ended = command("plan", faulty, "--json")
    assert (ended.code, ended.err, len(ended.json["findings"])) == (1, "", 3)


def test_plan_with_results_and_formulation(command: Command, sound: Path, tmp_path: Path) -> None:
    """-o writes a workbook, --formulation an MPS file; the file that was read stays as it was."""
    before = sound.read_bytes()
    ended = command("plan", sound, "-o", tmp_path / "out.xlsx", "--formulation", tmp_path / "out.mps")
    assert (ended.code, ended.err) == (0, "")
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")
    assert (tmp_path / "out.mps").read_text(encoding="utf-8").rstrip().endswith("ENDATA")
    assert sound.read_bytes() == before


def test_models(command: Command) -> None:
    """The list, one model with its sources, and both as JSON."""
    assert "safe" in command("models").out
    assert "source: " in command("models", "safe").out
    assert "safe" in [model["name"] for model in command("models", "--json").json["models"]]
    assert command("models", "safe", "--json").json["name"] == "safe"


def test_schema(command: Command) -> None:
    """The JSON Schema names every field of a portfolio with a description."""
    schema = command("schema").json
    assert {"epics", "value_streams", "calendar", "dependencies", "guardrails"} <= set(schema["properties"])
    assert all("description" in field for field in schema["properties"].values())


def test_new_and_convert(command: Command, sound: Path, tmp_path: Path) -> None:
    """A starter is written, never over a file; a portfolio goes to a workbook and back and is the same."""
    assert command("new", tmp_path / "starter.xlsx").code == 0
    assert command("check", tmp_path / "starter.xlsx").code == 0
    assert command("new", tmp_path / "starter.xlsx").code == 2
    assert command("convert", sound, tmp_path / "there.xlsx").code == 0
    assert command("convert", tmp_path / "there.xlsx", tmp_path / "back.json").code == 0
    assert command("convert", sound, tmp_path / "plain.json").code == 0
    assert json.loads((tmp_path / "back.json").read_text("utf-8")) == json.loads(
        (tmp_path / "plain.json").read_text("utf-8")
    )


WRONG = [
    (["plan", "nowhere.json"], "does not exist"),
    (["rank", "."], "is a folder"),
    (["plan", "{sound}", "--model", "unheard-of"], "no operating model"),
    (["plan", "{sound}", "--gap", "2"], "--gap"),
    (["plan", "{sound}", "--time-limit", "0"], "--time-limit"),
    (["plan"], "FILE"),
    (["models", "unheard-of"], "no operating model"),
    (["convert", "{sound}", "out.pdf"], ".xlsx, .json or .csv"),
    (["new", "starter.csv"], "should end in .xlsx"),
    (["fly"], "fly"),
]


@pytest.mark.parametrize(("arguments", "word"), WRONG, ids=[" ".join(case[0]) for case in WRONG])
def test_wrong_use(arguments: list[str], word: str, command: Command, sound: Path) -> None:
    """Wrong use ends with 2, a sentence on standard error, nothing on standard output."""
    ended = command(*(argument.replace("{sound}", str(sound)) for argument in arguments))
    assert (ended.code, ended.out) == (2, "")
    assert word in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("problem", [ZeroDivisionError("division"), InternalError("a plan that breaks its own rules")])
def test_our_own_faults_are_said_as_such(
    problem: Exception, command: Command, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is one sentence that says so, with exit code 2 and no traceback."""

    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(engine, "rank", fail)
    ended = command("rank", sound)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("This is our fault: ")
    assert len(ended.err.splitlines()) == 1


def test_markup_in_a_title_is_text(command: Command, tmp_path: Path) -> None:
    """What looks like markup of the terminal is shown as it was written."""
    from tests import asking
    from tests.cli.conftest import saved

    path = saved(
        asking.small(asking.epic("X", title="[red]hot[/red] [bold"), asking.epic("[/]")), tmp_path / "markup.json"
    )
    for name in ("rank", "plan"):
        assert "[red]hot[/red] [bold" in command(name, path).out
