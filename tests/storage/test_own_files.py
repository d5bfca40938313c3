"""Files that may be replaced without a word: those of this program's own that nobody has saved since."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.storage.own_files import is_own, refuse_to_replace, sealed
from tests.cases.reading import Command, case
from tests.cli.running import run


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `portfolio` with these arguments."""
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def depot(to: Path) -> Path:
    """A small portfolio."""
    return Path(shutil.copy(case("output-over-another-workbook") / "depot.xlsx", to / "depot.xlsx"))


ENDINGS = ("xlsx", "json", "csv")


def written(ending: str, folder: Path) -> Path:
    """A portfolio as this program converts it."""
    path = folder / f"out.{ending}"
    engine.convert(engine.read_as_given(depot(folder)), path)
    return path


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_just_written_may_be_replaced(ending: str, tmp_path: Path) -> None:
    path = written(ending, tmp_path)
    assert is_own(path)
    copied = Path(shutil.copy(path, tmp_path / f"copied.{ending}"))
    assert is_own(copied)
    refuse_to_replace(copied)


def saved_in_a_spreadsheet(path: Path) -> None:
    """Somebody types a remark and saves, in the way of spreadsheet programs or editors."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        book["Epics"].cell(9, 20).value = "Ada: ask finance"
        book.save(path)
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([*rows, ["Ada: ask finance"]])
    else:
        path.write_text(json.dumps({**json.loads(path.read_text()), "name": "Ada"}, indent=2), encoding="utf-8")


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_somebody_saved_since_is_theirs(ending: str, tmp_path: Path, command: Command) -> None:
    path = written(ending, tmp_path)
    saved_in_a_spreadsheet(path)
    theirs = path.read_bytes()
    with pytest.raises(WrongUseError, match=f"out.{ending} exists already"):
        refuse_to_replace(path)
    ended = command("convert", tmp_path / "depot.xlsx", path)
    assert (ended.code, path.read_bytes()) == (2, theirs)
    assert f"out.{ending}" in ended.err
    assert "--force" in ended.err
    assert command("convert", tmp_path / "depot.xlsx", path, "--force").code == 0
    assert is_own(path)


FOREIGN = {
    "export.csv": '\ufeff"ID","Title","Effort"\r\n"A-1","Gate","8"\r\n'.encode(),
    "plain.csv": b"ID,Title\nA-1,Gate\n",
    "settings.json": b'{"format": 1}',
    "notes.xlsx": b"no workbook at all",
    "model.mps": b"NAME other\nROWS\n",
    "minutes.csv": b"\xff\xfe\x00",
    "half.json": b'{\n "format": 1,',
}
"""What other programs write, also where it looks much like ours."""


@pytest.mark.parametrize("name", FOREIGN)
def test_files_of_other_programs_stay(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FOREIGN[name])
    assert not is_own(path)
    with pytest.raises(WrongUseError, match="exists already"):
        refuse_to_replace(path)
    refuse_to_replace(path, force=True)


def test_a_merged_workbook_may_be_merged_again(tmp_path: Path, command: Command) -> None:
    """Also where the workbook keeps document properties of its own."""
    base, out = depot(tmp_path), tmp_path / "merged.xlsx"
    book = openpyxl.load_workbook(base)
    book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="Sensitivity", value="Internal"))
    book.save(base)
    copied = Path(shutil.copy(base, tmp_path / "copied.xlsx"))
    for _ in range(2):
        assert command("merge", base, copied, "-o", out).code == 0
        assert openpyxl.load_workbook(out).custom_doc_props["Sensitivity"].value == "Internal"
    assert is_own(out)


@pytest.mark.parametrize("name", ["plan", "rank"])
def test_tables_of_results_may_be_written_again(name: str, tmp_path: Path, command: Command) -> None:
    base, out = depot(tmp_path), tmp_path / "out.csv"
    assert command(name, base, "-o", out).code == 0
    assert command(name, base, "-o", out).code == 0


@pytest.mark.parametrize("name", ["new", "import"])
def test_beginnings_replace_with_force_only(name: str, tmp_path: Path, command: Command) -> None:
    export, out = tmp_path / "export.csv", tmp_path / "portfolio.xlsx"
    export.write_bytes(FOREIGN["plain.csv"])
    out.write_bytes(b"minutes")
    asked = ("new", out) if name == "new" else ("import", export, "-o", out)
    ended = command(*asked)
    assert (ended.code, out.read_bytes()) == (2, b"minutes")
    assert "--force" in ended.err
    assert command(*asked, "--force").code == 0
    assert out.read_bytes() != b"minutes"


def test_a_report_is_known_by_its_seal(tmp_path: Path) -> None:
    """A report as it was written is ours, one in which a letter was changed or added is somebody else's."""
    path = tmp_path / "report.html"
    text = sealed("<!doctype html>\n<p>yes</p>\n")
    for content, own in ((text, True), (text.replace("yes", "no"), False), (text + "\n", False), ("<p>yes</p>", False)):
        path.write_text(content, encoding="utf-8", newline="\n")
        assert is_own(path) is own
