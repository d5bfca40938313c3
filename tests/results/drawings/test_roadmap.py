"""The drawing of a roadmap: every bar is there, and whatever people call things, nothing but shapes and texts comes of it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from portfolio.results.views.roadmap import roadmap_view
from tests.results.views.test_views import other, shown
from tests.workbook.answers import COMPLETE_PLAN, answer_for, complete_answer, complete_portfolio

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "g", "rect", "text", "line", "path", "title"}
ATTRIBUTES = {
    "class", "x", "y", "x1", "x2", "y1", "y2", "rx", "d", "width", "height", "viewBox", "role", "aria-label",
    "data-epic", "data-from", "data-to",
}  # fmt: skip
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</text></svg><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "]]><!--",
    "&lt;b&gt;",
    "\x1b[31mred\x07",
    "\u202eevil\u2066",
    "\x00\ufffe\uffff",
    "W" * 10_000,
    "東" * 10_000,
]


def test_every_bar_is_drawn() -> None:
    """Each epic of the plan has a bar with its ID, and each dependency between them an arrow."""
    view = roadmap_view(shown(complete_answer(), other()))
    drawing = ElementTree.fromstring(view.svg())
    bars = [element for element in drawing.iter(f"{SVG}g") if (element.get("class") or "").startswith("bar ")]
    assert {element.get("data-epic") for element in bars} == {*COMPLETE_PLAN, "E5"}
    arrows = [element for element in drawing.iter(f"{SVG}g") if (element.get("class") or "").startswith("arrow")]
    assert len(arrows) == len(view.links)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text(name: str) -> None:
    """A title, a value stream or a period that looks like markup is written as it is, and characters that nobody sees are shown."""
    raw = complete_portfolio()
    raw["value_streams"][0]["name"] = name
    for epic in raw["epics"]:
        epic["title"] = name
    drawing = ElementTree.fromstring(roadmap_view(shown(answer_for(raw, COMPLETE_PLAN))).svg())
    for element in drawing.iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    texts = "".join(element.text or "" for element in drawing.iter())
    assert "\x1b" not in texts
    assert "\u202e" not in texts
