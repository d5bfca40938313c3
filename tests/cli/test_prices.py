"""`portfolio explain` and `portfolio prices`: what they print, where, and how they end."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

import pytest

from tests import asking
from tests.cli.conftest import Command, saved
from tests.cli.running import start
from tests.cli.test_processes import generated


def test_explain_one_epic(command: Command, example_j: Path) -> None:
    """The claim, the epic, and each thing to know about it in a sentence."""
    ended = command("explain", example_j, "e2")
    assert ended.code == 0
    assert ended.out.startswith("J. A whole portfolio: the plan is worth 93 points, proven best.\n")
    assert "E2\n  Waits: " in ended.out
    assert "  Forcing it in costs 28 points: E1, E3 and E6 wait; E5 starts instead.\n" in ended.out


def test_explain_every_epic_in_a_line(command: Command, example_j: Path) -> None:
    """Without an epic, each has its rank and reason, and nothing is solved again."""
    ended = command("explain", example_j)
    assert ended.code == 0
    assert ended.out.count("Waits: ") == 3
    assert "Forcing" not in ended.out


def test_explain_as_json(command: Command, example_j: Path) -> None:
    """The published fields, and nothing else on either output."""
    content = command("explain", example_j, "E2", "E7", "--json").json
    assert list(content) == ["format", "portfolio", "unit", "outcome", "epics", "findings"]
    second, seventh = content["epics"]
    assert second["cost"] == {"at_least": 28, "at_most": 28}
    assert second["ways_in"] == [
        {
            "kind": "capacity",
            "name": "Capacity",
            "place": {"value stream": "B", "period": "PI 1"},
            "amount": 15,
            "unit": "effort",
            "to": None,
            "value": 100,
            "proven": True,
        }
    ]
    assert seventh["needs"] == [{"stream": "A", "period": "PI 1", "effort": 10, "spend": 150}]
    assert [shift["id"] for shift in seventh["shifts"]] == ["E1", "E3", "E6", "E8"]
    every = command("explain", example_j, "--json").json["epics"]
    assert [line["id"] for line in every if line["decision"] == "wait"] == ["E4", "E2", "E5"]


def test_an_unknown_epic_is_wrong_use(command: Command, example_j: Path) -> None:
    """One sentence with the nearest ID, and exit 2."""
    ended = command("explain", example_j, "E22")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("j.json has no epic E22; did you mean E2?")


def test_prices(command: Command, example_j: Path) -> None:
    """Highest first with a bar; what costs nothing is counted."""
    ended = command("prices", example_j, "--capacity", "10")
    assert ended.code == 0
    (line,) = [line for line in ended.out.splitlines() if line.startswith(" H3 floor")]
    assert line.split()[2:] == ["7", "█" * 30]
    assert "6 cost nothing." in ended.out
    assert "What one unit more is worth, points: 0 for each of the 3 lines." in ended.out


def test_top_limits_the_table(command: Command, tmp_path: Path) -> None:
    """Only so many lines are shown, and the rest is counted."""
    raw = asking.small(*(asking.epic(name, a=10, benefit=number) for number, name in enumerate("UVWXYZ")))
    ended = command("prices", saved(raw, tmp_path / "p.json"), "--capacity", "10", "--top", "1")
    assert ended.code == 0
    assert ended.out.count("more capacity") == 1
    assert "more; --top shows them." in ended.out


def test_prices_as_json(command: Command, example_j: Path) -> None:
    """The published fields; the same bytes every time."""
    ended = command("prices", example_j, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert list(ended.json) == [
        "format", "portfolio", "unit", "outcome", "asked", "rules", "units", "running", "coordination_tax", "cross_stream_dependencies",
        "remove_first", "better", "findings",
    ]  # fmt: skip
    assert ended.json["rules"][0] == {
        "kind": "guardrail", "name": "H3 floor", "place": {}, "amount": None, "unit": None, "at_least": 7, "at_most": 7,
        "found": 7,
    }  # fmt: skip


def test_nothing_to_price(command: Command, impossible: Path, faulty: Path) -> None:
    """Where no plan is possible, or the portfolio has errors, the findings say so and the exit code is 1."""
    for name in ("prices", "explain"):
        ended = command(name, impossible)
        assert ended.code == 1
        assert "No plan is possible." in ended.err
        assert command(name, impossible, "--json").json["findings"][0]["severity"] == "error"
        assert command(name, faulty).code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_keeps_what_is_known(tmp_path: Path) -> None:
    """Ctrl-C ends within seconds, and a price that is not known yet says so."""
    process = start("prices", saved(generated(60, 6), tmp_path / "large.json"), "--time-limit", "12", "--json")
    time.sleep(10)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - began < 8
    assert (process.returncode, err) == (0, "")
    lines = json.loads(out)["rules"]
    assert lines
    known = [line for line in lines if line["at_least"] is not None and line["at_most"] is not None]
    assert all(line["at_least"] <= line["at_most"] for line in known)
    assert not any(line["at_least"] == line["at_most"] for line in known if line["kind"] == "guardrail")


def test_a_rule_asked_for_is_answered_first(command: Command, example_j: Path) -> None:
    """One line above everything else; in JSON a list of its own; an unknown name is wrong use, with the nearest one."""
    ended = command("prices", example_j, "--rule", "H3 floor", "--rule", "H1 ceiling")
    assert ended.out.splitlines()[:3] == [
        "H3 floor costs 7 points: proven.",
        "H1 ceiling costs nothing: proven.",
        "",
    ]
    told = command("prices", example_j, "--rule", "H3 floor", "--json").json
    assert [line["name"] for line in told["asked"]] == ["H3 floor"]
    assert told["asked"][0] in told["rules"]
    ended = command("prices", example_j, "--rule", "H1 cieling")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == 'No rule is called "H1 cieling"; did you mean H1 ceiling?\n'
