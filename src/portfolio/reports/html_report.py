"""The report as one HTML file: no request, no script, the same bytes for the same answer; it prints one section a page."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain.wording import figure, rounded
from portfolio.reports.report import Report, worth_reading
from portfolio.reports.sections import sections
from portfolio.results.drawings.bars import bullet_svg, periods_svg, score_svg
from portfolio.results.drawings.value_and_duration import legend_svg
from portfolio.storage.own_files import sealed
from portfolio.tabular.html import seen

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
LOOK = HERE.parent / "web" / "static" / "css"
"""Where the look is declared that the page and the report share: its colours and sizes, and how drawings look."""
SHEETS = (LOOK / "tokens.css", LOOK / "drawings.css", HERE / "report.css")
"""The stylesheets, in the order in which they stand in the file."""
LONGEST = 1000
"""Characters of one text that are shown; only what nobody can read is longer."""


def html_of(report: Report) -> str:
    """The report as text, with a last line from which it is known again."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = _environment().get_template("report.html")
    text = template.render(
        report=report,
        sections=sections(report),
        findings=worth_reading(report.findings),
        style=_safe(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )
    return sealed(text)


@cache
def _style() -> str:
    return "\n".join(sheet.read_text(encoding="utf-8").strip() for sheet in SHEETS) + "\n"


@cache
def _environment() -> Environment:
    """The templates: whatever is put into them is text, unless a drawing made it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        score=lambda share: _safe(score_svg(share)),
        bullet=lambda *given: _safe(bullet_svg(*given)),
        span=lambda row, periods: _safe(periods_svg(row.first, row.last, periods, forecast=_foreseen(row.commitment))),
        sign=lambda place: _safe(legend_svg(place)),
        drawing=lambda view: _safe(view.svg()),
        drawn=lambda pages: [_safe(page) for page in pages],
    )
    found.filters.update(figure=_figure, rounded=_rounded)
    return found


def _safe(markup: str) -> str:
    """What our own writer of drawings made, or our own stylesheet, stands as it is."""
    from markupsafe import Markup

    return Markup(markup)


def _shown(value: object) -> object:
    """A text as it is shown: every character can be seen, and it ends where nobody reads on."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return "" if value is None else value
    return seen(value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…")


def _foreseen(commitment: str | None) -> bool:
    return commitment in {"forecast", "outlook"}


def _figure(number: float | None) -> str:
    return "" if number is None else figure(number)


def _rounded(number: float | None, digits: int = 0) -> str:
    return "" if number is None else rounded(number, digits)
