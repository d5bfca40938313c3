"""`portfolio export` and `-o OUT.html`: what is said, what is written, and how wrong use ends."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.cli.conftest import Command
from tests.reports.reading import Reading


def test_a_plan_as_a_report(command: Command, sound: Path, tmp_path: Path) -> None:
    """The headline on the terminal and in the report is the same sentence; there it stands under the name."""
    ended = command("plan", sound, "--gap", "0", "-o", tmp_path / "out.html")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, f"Written to {tmp_path / 'out.html'}.")
    page = Reading((tmp_path / "out.html").read_text("utf-8"))
    assert ended.out.splitlines()[0].removeprefix("Small: ") in page.text
    assert "X Rocket" in page.text


def test_a_kept_plan_has_its_difference(command: Command, sound: Path, tmp_path: Path) -> None:
    """`--keep` puts what was agreed beside the plan."""
    agreed = tmp_path / "agreed.json"
    agreed.write_text(command("plan", sound, "--json").out, "utf-8")
    assert command("plan", sound, "--keep", agreed, "-o", tmp_path / "out.html").code == 0
    assert "Against the agreed plan" in Reading((tmp_path / "out.html").read_text("utf-8")).text


def test_a_ranking_as_a_report(command: Command, sound: Path, tmp_path: Path) -> None:
    """Nothing is planned: the ranking and its figures."""
    assert command("rank", sound, "-o", tmp_path / "out.html").code == 0
    assert "There is no plan yet." in Reading((tmp_path / "out.html").read_text("utf-8")).text


def test_an_impossible_portfolio_says_what_would_help(command: Command, impossible: Path, tmp_path: Path) -> None:
    """The report is written all the same: what clashes, and the changes that would make a plan possible."""
    ended = command("plan", impossible, "-o", tmp_path / "out.html")
    assert ended.code == 1
    page = Reading((tmp_path / "out.html").read_text("utf-8"))
    assert "What would make a plan possible" in page.text
    assert page.foreign == []


def test_export_of_what_was_planned(command: Command, sound: Path, tmp_path: Path) -> None:
    """From a workbook with its plan, or from a portfolio and an answer in JSON."""
    assert command("plan", sound, "--gap", "0", "-o", tmp_path / "planned.xlsx").code == 0
    ended = command("export", tmp_path / "planned.xlsx", tmp_path / "out.html")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, f"Written to {tmp_path / 'out.html'}.")
    (tmp_path / "plan.json").write_text(command("plan", sound, "--json").out, "utf-8")
    assert command("export", sound, tmp_path / "two.csv", "--plan", tmp_path / "plan.json").code == 0
    assert json.loads((tmp_path / "plan.json").read_text("utf-8"))["epics"][0]["id"] in (
        tmp_path / "two.csv"
    ).read_text("utf-8")


def test_wrong_use_of_export(command: Command, sound: Path, faulty: Path, tmp_path: Path) -> None:
    """Each ends in a sentence, and nothing is written."""
    cases = [
        (("export", sound, tmp_path / "x.pdf"), 2, "should end in"),
        (("export", sound, tmp_path / "x.html"), 2, "--plan"),
        (("export", sound, sound), 2, "never written over"),
        (("export", tmp_path / "none.xlsx", tmp_path / "x.html"), 2, "does not exist"),
        (("export", faulty, tmp_path / "x.html"), 1, "error"),
        (("export", sound), 2, "OUTPUT"),
    ]
    for arguments, code, word in cases:
        ended = command(*arguments)
        assert (ended.code, ended.out) == (code, "")
        assert word in ended.err
        assert "Traceback" not in ended.err
    assert not (tmp_path / "x.html").exists()


def test_slides(command: Command, sound: Path, tmp_path: Path) -> None:
    """`plan` and `export` write the same slides; a template goes with slides only, and is looked at before anybody waits."""
    assert command("plan", sound, "--gap", "0", "-o", tmp_path / "one.pptx").code == 0
    (tmp_path / "plan.json").write_text(command("plan", sound, "--gap", "0", "--json").out, "utf-8")
    assert command("export", sound, tmp_path / "two.pptx", "--plan", tmp_path / "plan.json").code == 0
    assert (tmp_path / "two.pptx").read_bytes()[:2] == b"PK"
    for arguments, word in (
        (("plan", sound, "-o", tmp_path / "x.html", "--template", tmp_path / "one.pptx"), "has no slides"),
        (("plan", sound, "--template", tmp_path / "one.pptx"), "has no slides"),
        (("plan", sound, "-o", tmp_path / "x.pptx", "--template", sound), "no presentation"),
        (("export", sound, tmp_path / "x.pptx", "--template", tmp_path / "none.pptx"), "no presentation"),
    ):
        ended = command(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert word in ended.err
    assert not (tmp_path / "x.pptx").exists()


def test_the_steps_of_a_figure_as_a_report(command: Command, sound: Path, tmp_path: Path) -> None:
    """Its chart and its table, and which file it is about; scenarios have a workbook only."""
    ended = command("compare", sound, "--vary", "capacity 80%..120% by 20%", "--gap", "0", "-o", tmp_path / "out.html")
    assert ended.code == 0
    page = Reading((tmp_path / "out.html").read_text("utf-8"))
    assert [section["id"] for section in page.all("section") if section.get("id")] == ["frontier"]
    assert "What capacity is worth, from 80% to 120%" in page.text
    assert hashlib.sha256(sound.read_bytes()).hexdigest() in page.text
    assert page.foreign == []
    assert "should end in .xlsx" in command("compare", sound, "-o", tmp_path / "no.html").err
