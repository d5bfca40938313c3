"""Drop-down lists stand among those that a sheet has, whoever made them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from portfolio.xlsx.patch.data_validation import with_list
from portfolio.xlsx.patch.ranges import Range
from tests.xlsx.packages import package, part

WHOLE = '<{0}dataValidation type="whole" sqref="{1}"><{0}formula1>1</{0}formula1></{0}dataValidation>'
LATER = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    f'<x14:dataValidations count="1">{WHOLE.format("x14:", "Z1")}</x14:dataValidations></ext></extLst>'
)


def listed(after: str) -> tuple[str, list[str]]:
    """The sheet's XML with a list added, and the cells of its lists as another reader finds them."""
    content = package('<row r="1"><c r="A1"/></row>', after=after)
    sheet = "xl/worksheets/sheet1.xml"
    xml = with_list(part(content, sheet).encode(), Range(2, 1, 9, 1), "Other!$A$1:$C$1").decode()
    longer = package(
        '<row r="1"><c r="A1"/></row>', after=xml.partition("</sheetData>")[2].removesuffix("</worksheet>")
    )
    rules = openpyxl.load_workbook(io.BytesIO(longer))["Sheet"].data_validations.dataValidation
    return xml, [str(rule.sqref) for rule in rules]


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_lists_of_later_versions_are_none_of_its_neighbours() -> None:
    """They have the same name without their prefix, and another form."""
    xml, cells = listed(LATER)
    assert LATER in xml
    assert cells == ["A2:A9"]


@pytest.mark.parametrize("said", ["", ' count="1"', ' count="7"'])
def test_the_count_is_the_number_of_lists(said: str) -> None:
    rules = WHOLE.format("", "C1") + WHOLE.format("", "D1")
    xml, cells = listed(f"<dataValidations{said}>{rules}</dataValidations>")
    assert '<dataValidations count="3">' in xml
    assert cells == ["C1", "D1", "A2:A9"]
