"""The page's own scripts make elements by one function that takes text; nothing in them takes HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "portfolio" / "web" / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
SHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((STATIC.parent / "templates").iterdir())
FORBIDDEN = {
    "takes HTML": r"\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|srcdoc)\b|document\.write|text/html",
    "runs text": r"\beval\(|new Function\(|set(Timeout|Interval)\(\s*[\"'`]",
    "has the grid take HTML": r"formatter:\s*[\"'](html|link|image|textarea|star)|\btooltip:\s*true|headerTooltip|htmlOutput",
    "has a chart show HTML": r"renderMode:\s*[\"']html",
    "writes styles into elements": r"setAttribute\(\s*[\"']style",
    "asks somebody else": r"https?://(?!www\.w3\.org/2000/svg)",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_takes_text_only(script: Path) -> None:
    """None of the ways by which a name becomes an element is used, and nothing names another machine."""
    text = script.read_text(encoding="utf-8")
    assert [why for why, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_what_it_is_for(script: Path) -> None:
    """It begins with what it is for, and stays small enough to be read."""
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("// ")
    assert lines[0].endswith((".", "?"))
    assert len(lines) <= 300


def test_charts_show_tooltips_as_text() -> None:
    """Every tooltip of a chart comes from the one function that has it drawn as text."""
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        if script.name == "charts.js":
            assert 'renderMode: "richText"' in text
        else:
            assert all(found.startswith("tooltip(") for found in re.findall(r"tooltip:\s*(\S+)", text))


def test_sheets_and_templates_ask_nobody() -> None:
    """Styles and templates name no other machine, and elements carry no styles or scripts of their own."""
    for path in (*SHEETS, *TEMPLATES):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"https?://", text.replace("http://www.w3.org/2000/svg", "")) == []
        assert re.findall(r"\s(style|on\w+)=\"", text) == []


def test_letters_in_tables_are_large_enough_for_a_projector() -> None:
    """Tables have at least 14 pixels."""
    tokens = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    found = re.search(r"--text-table:\s*(\d+)px", tokens)
    assert found is not None
    assert int(found[1]) >= 14
