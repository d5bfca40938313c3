"""What a notebook shows: well-formed HTML in which text is text, whatever it holds, and nothing runs or is fetched."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pytest

from portfolio.tabular import Bar, Column, FilledTable, Table, TabularResult, roadmap

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "&lt;b&gt; & </td></table>",
    "\x1b[31mred\x00\x07",
    "left\u202eright\u2066",
    "half \ud800",
    "x" * 10_000,
)
ELEMENTS = {"div", "p", "table", "thead", "tbody", "tr", "th", "td", "svg", "text", "title", "rect", "line"}


class Named(TabularResult):
    """A result in which every text is the same."""

    def __init__(self, name: str, count: int = 1) -> None:
        self.name, self.count = name, count

    @property
    def headline(self) -> str:
        """The name."""
        return self.name

    def filled_tables(self) -> Sequence[FilledTable]:
        """A row for each thing of the name."""
        columns = (
            Column("name", "text", "Name."),
            Column("share", "number", "Share.", "share"),
            Column("none", "text", "-"),
        )
        return (Table("t", "T.", columns, ("name",)).filled(lambda: [{"name": self.name, "share": 0.5}] * self.count),)

    def drawing(self) -> str:
        """The name on a roadmap."""
        return roadmap([self.name, "PI 2"], [Bar(self.name, self.name, 0, 1)])


def parsed(result: TabularResult) -> ET.Element:
    """The HTML, which is well-formed as XML too."""
    return ET.fromstring(result._repr_html_().replace(' xmlns="http://www.w3.org/2000/svg"', ""))


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_names_are_text(name: str) -> None:
    """No foreign element or attribute appears, and nothing that a browser would run or fetch."""
    root = parsed(Named(name))
    assert {element.tag for element in root.iter()} <= ELEMENTS
    attributes = {attribute for element in root.iter() for attribute in element.attrib}
    assert not {one for one in attributes if one.startswith("on")} | (attributes & {"href", "src", "id", "class"})
    markup = Named(name)._repr_html_()
    assert "<script" not in markup
    assert "<style" not in markup
    assert "url(" not in markup
    markup.encode()


def test_what_nobody_sees_is_shown_by_its_number() -> None:
    """A control character or a mark of direction cannot change how a name is read."""
    markup = Named("a\x1b\u202eb\tc")._repr_html_()
    assert r"a\u001b\u202eb c" in markup
    assert not any(ord(letter) < 0x20 or letter == "\u202e" for letter in markup)


def test_fifty_rows_are_shown_and_the_rest_is_counted() -> None:
    """The headline, the rows, then how many more there are."""
    root = parsed(Named("Epic", 63))
    assert len(root.findall("./table/tbody/tr")) == 50
    assert [one.text for one in root.findall("./p")] == ["Epic", "13 more"]
    assert [one.text for one in parsed(Named("Epic", 50)).findall("./p")] == ["Epic"]


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    """Shares are percentages; a column without an entry is no column."""
    root = parsed(Named("Epic"))
    assert [one.text for one in root.findall("./table/thead/tr/th")] == ["Name", "Share"]
    assert [one.text for one in root.findall("./table/tbody/tr/td")] == ["Epic", "50.0%"]


def test_colours_are_readable_on_light_and_dark() -> None:
    """Texts take the colour of the page, and nothing has a background of its own."""
    root = parsed(Named("Epic"))
    assert {element.get("fill") for element in root.iter("text")} == {"currentColor"}
    assert "background" not in Named("Epic")._repr_html_()


def test_a_long_roadmap_is_cut_and_counted() -> None:
    """Fifty bars, each heading once, then how many more."""
    bars = [Bar("Web" if place < 40 else "Ops", f"Epic {place}", 0, 0) for place in range(63)]
    root = ET.fromstring(f"<div>{roadmap(['PI 1'], bars)}</div>".replace(' xmlns="http://www.w3.org/2000/svg"', ""))
    assert len(list(root.iter("rect"))) == 50
    bold = [one.text for one in root.iter("text") if one.get("font-weight") == "bold"]
    assert bold == ["Web", "Ops"]
    assert [one.text for one in root.iter("p")] == ["13 more"]


def test_what_comes_after_is_joined_by_a_line() -> None:
    """From the end of the first bar to the beginning of the second; a bar that is not there has no line."""
    bars = [Bar("Web", "A", 0, 1), Bar("Web", "B <2>", 3, 3, after=("A", "gone"))]
    periods = ["PI 1", "PI 2", "PI 3", "PI 4"]
    root = ET.fromstring(f"<div>{roadmap(periods, bars)}</div>".replace(' xmlns="http://www.w3.org/2000/svg"', ""))
    (line,) = root.iter("path")
    (title,) = line.iter("title")
    assert title.text == "B <2> begins after A"
    first, second = root.iter("rect")
    begin, *_, end = [float(number) for number in re.findall(r"[\d.]+", line.get("d") or "")]
    assert begin <= float(first.get("x") or 0) + float(first.get("width") or 0) + 2
    assert end >= float(second.get("x") or 0)
