"""`portfolio merge`: the preview, the merged workbook, the choices."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Command
from tests.merge.workbooks import cell, epics_in, heading_places, put, returned, sent_out


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A workbook as it is sent out."""
    return sent_out(tmp_path)


@pytest.fixture
def copies(base: Path) -> list[Path]:
    """Two copies that came back; they do not agree on the size of E1."""
    ann = returned(
        base, "ann.xlsx", lambda book: [put("E1", "Job size", 1)(book), put("E2", "Job size", 2)(book)], "Ann"
    )
    bob = returned(base, "bob.xlsx", put("E1", "Job size", 13), "Bob")
    return [ann, bob]


def test_the_preview_shows_every_change_and_writes_nothing(base: Path, copies: list[Path], command: Command) -> None:
    """For people: file, place, before, after; and a sentence that counts. Conflicts left: exit code 1."""
    before = {path: path.read_bytes() for path in base.parent.iterdir()}
    for options in ([], ["--dry-run", "-o", base.parent / "out.xlsx"]):
        ended = command("merge", base, *copies, *options)
        assert ended.code == 1
        words = " ".join(ended.out.split())
        assert "base.xlsx and 2 returned copies: 1 change, 1 conflict." in words
        assert "ann.xlsx Epics E2 New ledger Job size 8 2 applied" in words
        assert "Epics E1 Chatbot Job size different values 5 5 ann.xlsx: 1" in words
        assert "Nothing was written" in words
    assert {path: path.read_bytes() for path in base.parent.iterdir()} == before


def test_json_has_every_change_with_its_files(base: Path, copies: list[Path], command: Command) -> None:
    """The shape that scripts rely on."""
    found = command("merge", base, *copies, "--json").json
    assert list(found) == [
        "format", "base", "returned", "changes", "conflicts", "added", "removed", "columns", "comments", "findings",
    ]  # fmt: skip
    assert found["returned"] == [
        {"file": "ann.xlsx", "author": "Ann", "base": "own snapshot"},
        {"file": "bob.xlsx", "author": "Bob", "base": "own snapshot"},
    ]
    place = {"sheet": "Epics", "id": "E2", "column": "Job size"}
    assert {**place, "before": 8, "after": 2, "files": ["ann.xlsx"], "status": "applied"} in found["changes"]
    assert sorted(change["status"] for change in found["changes"]) == ["applied", "conflict", "conflict"]
    (conflict,) = found["conflicts"]
    assert (conflict["kind"], conflict["before"], conflict["now"]) == ("value", 5, 5)
    assert [option["value"] for option in conflict["options"]] == [1, 13]


def test_without_conflicts_the_merge_is_fine(base: Path, copies: list[Path], command: Command) -> None:
    """Exit code 0, and the merged workbook is a portfolio like any other."""
    out = base.parent / "out.xlsx"
    ended = command("merge", base, copies[0], "-o", out)
    assert (ended.code, ended.err) == (0, "")
    assert f"Written to {out}." in ended.out
    found = epics_in(openpyxl.load_workbook(out))
    assert (found["E1"]["Job size"], found["E2"]["Job size"]) == (1, 2)
    assert command("check", out).code == command("check", base).code


def test_conflicts_are_chosen_in_the_workbook_and_resolved(base: Path, copies: list[Path], command: Command) -> None:
    """Merge, choose, resolve in place; then there is nothing left to resolve."""
    out = base.parent / "out.xlsx"
    assert command("merge", base, *copies, "-o", out).code == 1
    book = openpyxl.load_workbook(out)
    book["Conflicts"].cell(5, heading_places(book["Conflicts"], 4)["Choice"]).value = "bob.xlsx"
    book.save(out)
    ended = command("merge", "--resolve", out, "--write")
    assert (ended.code, ended.err) == (0, "")
    assert "1 conflict resolved, none is left." in ended.out
    book = openpyxl.load_workbook(out)
    assert cell(book, "E1", "Job size").value == 13
    assert "Conflicts" not in book.sheetnames
    ended = command("merge", "--resolve", out, "--write")
    assert ended.code == 2
    assert "no sheet Conflicts" in ended.err


def test_the_way_on_is_said_and_choices_are_never_written_over(
    base: Path, copies: list[Path], command: Command
) -> None:
    """After a merge: how to choose. While choices wait: not the same merge once more. After the last one: check."""
    out = base.parent / "out.xlsx"
    for _ in range(2):
        ended = command("merge", base, *copies, "-o", out)
        assert f"portfolio merge --resolve {out} --write" in ended.out
    ended = command("check", out)
    assert "out.xlsx, Conflicts: 1 conflict is left to choose." in ended.err
    book = openpyxl.load_workbook(out)
    book["Conflicts"].cell(5, heading_places(book["Conflicts"], 4)["Choice"]).value = "bob.xlsx"
    book.save(out)
    before = out.read_bytes()
    ended = command("merge", base, *copies, "-o", out)
    assert (ended.code, out.read_bytes()) == (2, before)
    assert "out.xlsx has choices on its sheet Conflicts, which would be lost" in ended.err
    assert command("merge", base, *copies, "-o", out, "--dry-run").code == 1
    ended = command("merge", "--resolve", out, "--write")
    assert f"Next: portfolio check {out}" in ended.out
    assert "left to choose" not in command("check", out).err


def test_what_is_left_to_choose_stays(base: Path, copies: list[Path], command: Command) -> None:
    """Nothing chosen: exit code 1, the conflict is still there, and the source is as it was."""
    out, done = base.parent / "out.xlsx", base.parent / "done.xlsx"
    command("merge", base, *copies, "-o", out)
    before = out.read_bytes()
    ended = command("merge", "--resolve", out, "-o", done, "--json")
    assert ended.code == 1
    assert ended.json == {"format": 1, "resolved": 0, "left": 1, "findings": []}
    assert out.read_bytes() == before
    assert openpyxl.load_workbook(done)["Conflicts"].max_row == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name the workbook that was sent out"),
        (("{base}", "{ann}", "--write"), "--write goes with --resolve only"),
        (("{base}", "{ann}", "-o", "{base}"), "never written over"),
        (("{base}", "{ann}", "-o", "{ann}"), "never written over"),
        (("{base}", "{ann}", "-o", "{folder}/out.json"), "should end in .xlsx"),
        (("{base}", "{folder}/nobody.xlsx"), "does not exist"),
        (("{folder}/text.json", "{ann}"), "text.json is not a workbook"),
        (("--resolve", "{base}", "{ann}", "--write"), "takes one workbook and no copies"),
        (("--resolve", "{base}"), "Say where the result goes"),
        (("--resolve", "{base}", "--write", "-o", "{folder}/out.xlsx"), "Say where the result goes"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(
    arguments: tuple[str, ...], said: str, base: Path, copies: list[Path], command: Command
) -> None:
    """Exit code 2, nothing written."""
    (base.parent / "text.json").write_text(json.dumps({"epics": []}), encoding="utf-8")
    before = {path: path.read_bytes() for path in base.parent.iterdir()}
    ended = command("merge", *(part.format(base=base, ann=copies[0], folder=base.parent) for part in arguments))
    assert ended.code == 2
    assert said in ended.err
    assert len(ended.err.strip().splitlines()) == 1
    assert {path: path.read_bytes() for path in base.parent.iterdir()} == before
