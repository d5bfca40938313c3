"""`--tables`: every command that has tables writes them, says so, and refuses a place before it plans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

COMMANDS = {
    "plan": ((), "epics"),
    "rank": ((), "ranking"),
    "diff": (("FILE", "--no-plan"), "changes"),
    "prices": ((), "rules"),
    "explain": (("X",), "epics"),
    "compare": (("--vary", "capacity 90%..110% by 10%"), "steps"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_writes_its_tables(name: str, command: Command, sound: Path, tmp_path: Path) -> None:
    """The one that is shown first is the first in the schema; with --json nothing else is on standard output."""
    others, first = COMMANDS[name]
    arguments = [str(sound) if other == "FILE" else other for other in others]
    ended = command(name, sound, *arguments, "--tables", tmp_path / "tables")
    assert ended.code == 0
    assert f" written to {tmp_path / 'tables'}" in ended.out.splitlines()[-1]
    schema = json.loads((tmp_path / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    assert schema["resources"][0]["name"] == first
    assert command(name, sound, *arguments, "--tables", tmp_path / "again", "--json").json
    assert (tmp_path / "again" / "datapackage.json").exists()


def test_wrong_places_are_refused_before_planning(command: Command, sound: Path, tmp_path: Path) -> None:
    """Exit 2 and a sentence; a format without a folder is no use."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.txt").touch()
    ended = command("plan", sound, "--tables", tmp_path / "tables")
    assert (ended.code, ended.out) == (2, "")
    assert "mine.txt" in ended.err
    ended = command("plan", sound, "--tables-format", "csv")
    assert (ended.code, ended.err) == (2, "--tables-format says what --tables writes; give --tables DIR too.\n")


def test_an_impossible_plan_is_in_its_tables(command: Command, impossible: Path, tmp_path: Path) -> None:
    """A report shows that there is none, rather than the last one there was."""
    assert command("plan", impossible, "--tables", tmp_path / "tables").code == 1
    assert '"impossible"' in (tmp_path / "tables" / "run.csv").read_text(encoding="utf-8-sig")
