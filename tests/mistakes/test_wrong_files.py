"""What is no portfolio at all is refused in one sentence: what it is, what is needed."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import read_portfolio
from tests.mistakes.make import FILES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WHOLE = (FILES / "no_size.xlsx").read_bytes()


def package(**parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


DAMAGED = "is damaged or cut off; open it in Excel, let Excel repair it, and save it as .xlsx."
WRONG = (
    ("empty.xlsx", b"", "empty.xlsx is empty; a workbook (.xlsx) or a portfolio in JSON is needed."),
    ("cut.xlsx", WHOLE[: len(WHOLE) // 2], f"cut.xlsx {DAMAGED}"),
    ("old.xls", OLE + bytes(600), "old.xls is an old Excel file (.xls); save it as .xlsx."),
    ("secret.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
     "secret.xlsx is protected by a password; save it without one."),
    ("list.csv", b"ID,Title\n1,A\n", "list.csv is a text table; `portfolio import list.csv` makes a portfolio of it."),
    ("list.xlsx", b"ID,Title\n1,A\n",
     "list.xlsx is not a workbook, whatever its name says; open it in Excel and save it as .xlsx."),
    ("picture.png", b"\x89PNG\r\n", "picture.png is neither a workbook nor JSON; a workbook (.xlsx) or a portfolio in JSON is needed."),
    ("letter.docx", package(**{"word/document.xml": "<a/>"}),
     "letter.docx is a package without a workbook in it; an Excel workbook (.xlsx) is needed."),
    ("letter.xlsx", package(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}),
     "letter.xlsx is a Word document; an Excel workbook (.xlsx) is needed."),
    ("slides.xlsx", package(**{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}),
     "slides.xlsx is a presentation; an Excel workbook (.xlsx) is needed."),
    ("open.xlsx", package(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
     "open.xlsx is an OpenDocument file (.ods); save it as .xlsx."),
    ("binary.xlsx", package(**{"xl/workbook.bin": ""}), "binary.xlsx is a binary workbook (.xlsb); save it as .xlsx."),
    ("old.xlsx", OLE + bytes(600), "old.xlsx is an old Excel file (.xls); save it as .xlsx."),
    ("secret.xls", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
     "secret.xls is protected by a password; save it without one."),
    ("list.tsv", b"ID\tTitle\n1\tA\n", "list.tsv is a text table; `portfolio import list.tsv` makes a portfolio of it."),
    ("page.xls", b"<html><table></table></html>",
     "page.xls is neither a workbook nor JSON; a workbook (.xlsx) or a portfolio in JSON is needed."),
    ("binary.xlsb", package(**{"xl/workbook.bin": ""}), "binary.xlsb is a binary workbook (.xlsb); save it as .xlsx."),
    ("broken.json", b'{"epics": [\n  {"id": }\n]}',
     "broken.json is not valid JSON: Expecting value at line 2, column 10; correct it there."),
    ("list.json", b"[]", 'list.json holds a list; a portfolio is an object: {"format": 1, "epics": [...]}.'),
    ("latin.json", b'{"name": "\xe9"}', "latin.json is not text in UTF-8; a portfolio in JSON (UTF-8) is needed."),
    ("half.json", b'{"name": "\\ud800"}', "half.json holds half of a character (\\ud800 to \\udfff); delete it."),
    ("deep.json", b"[" * 200_000, "deep.json is nested too deeply or holds a number with thousands of digits; a portfolio is not."),
    ("long.json", b'{"epics": [' + b"9" * 5000 + b"]}",
     "long.json is nested too deeply or holds a number with thousands of digits; a portfolio is not."),
)  # fmt: skip


@pytest.mark.parametrize(("name", "content", "sentence"), WRONG, ids=[wrong[0] for wrong in WRONG])
def test_refuses_what_is_no_portfolio(name: str, content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WrongUseError) as refusal:
        read_portfolio(tmp_path / name)
    assert str(refusal.value) == sentence


def test_refuses_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="does not exist; a workbook"):
        read_portfolio(tmp_path / "none.xlsx")
    with pytest.raises(WrongUseError, match="is a folder; a workbook"):
        read_portfolio(tmp_path)


def test_any_cut_of_a_workbook_is_refused_and_never_crashes(tmp_path: Path) -> None:
    for length in range(1, len(WHOLE), 997):
        (tmp_path / "cut.xlsx").write_bytes(WHOLE[:length])
        with pytest.raises(WrongUseError):
            read_portfolio(tmp_path / "cut.xlsx")


def test_any_damaged_byte_ends_in_a_sentence(tmp_path: Path) -> None:
    """A flipped byte gives a refusal or findings, never a traceback."""
    for position in range(0, len(WHOLE), 211):
        damaged = bytearray(WHOLE)
        damaged[position] ^= 0x55
        (tmp_path / "damaged.xlsx").write_bytes(damaged)
        with contextlib.suppress(WrongUseError):
            assert read_portfolio(tmp_path / "damaged.xlsx").sha256
