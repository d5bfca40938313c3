"""One long text may stand in any number of cells: what they show is counted before a reader holds it."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from portfolio.errors import WrongUseError
from portfolio.xlsx.guard.limits import MAX_SHOWN_BYTES
from portfolio.xlsx.guard.package_guard import inspect

LENGTH = 32_000


def workbook(cells: int, *, others: int = 0) -> bytes:
    """A workbook of which so many cells show one long text, and others a short one."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Epics")
        for row in range(cells):
            sheet.write_string(row, 0, "long " * (LENGTH // 5))
        for row in range(others):
            sheet.write_string(row, 1, "short")
    return target.getvalue()


def test_a_text_that_many_cells_share_is_counted_for_each() -> None:
    with pytest.raises(WrongUseError, match="its cells repeat long texts too often; at most 40 MB of text are read"):
        inspect(workbook(MAX_SHOWN_BYTES // LENGTH + 10), "texts.xlsx")


def test_one_long_text_among_many_short_ones_is_fine() -> None:
    """The bound alone, longest text times cells, would be far beyond the limit."""
    assert inspect(workbook(10, others=MAX_SHOWN_BYTES // LENGTH), "texts.xlsx").parts == {
        "Epics": "xl/worksheets/sheet1.xml"
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [(b't="s"><v>', b"t='s'><v>"), (b't="s"><v>', b't = "s" ><v >'), (b't="s"><v>', b't="s"><!-- so --><v>')],
)
def test_it_is_counted_however_it_is_written(old: bytes, new: bytes) -> None:
    content, changed = workbook(MAX_SHOWN_BYTES // LENGTH + 10), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as other:
        for part in book.namelist():
            xml = book.read(part)
            other.writestr(part, xml.replace(old, new) if "sheet1" in part else xml)
    with pytest.raises(WrongUseError, match="repeat long texts"):
        inspect(changed.getvalue(), "texts.xlsx")
