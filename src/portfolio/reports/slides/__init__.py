"""The slides: what is shown when the decision is told, in shapes, tables and charts that people can edit."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from portfolio.errors import WrongUseError
from portfolio.reports.report import Report
from portfolio.reports.slides.decision import decision_slide
from portfolio.reports.slides.deck import Deck, read_deck
from portfolio.reports.slides.difference import difference_slides
from portfolio.reports.slides.guardrails import guardrails_slide
from portfolio.reports.slides.load import load_slide
from portfolio.reports.slides.prices import prices_slides
from portfolio.reports.slides.roadmap import roadmap_slides
from portfolio.reports.slides.sureness import sureness_slide
from portfolio.reports.slides.value_and_duration import value_and_duration_slide

SLIDES: tuple[Callable[[Deck, Report], None], ...] = (
    decision_slide,
    difference_slides,
    sureness_slide,
    roadmap_slides,
    load_slide,
    guardrails_slide,
    prices_slides,
    value_and_duration_slide,
)
"""What is shown, in this order; each leaves itself out where it has nothing to say."""


def slides_of(report: Report, template: Path | None = None) -> bytes:
    """The slides as a presentation, the same bytes for the same answer; `template` is one whose looks they take."""
    check_installed()
    deck = read_deck(template)
    for slide in SLIDES:
        slide(deck, report)
    return deck.content(report.title)


def check_installed() -> None:
    """Raises WrongUseError where slides cannot be written."""
    if find_spec("pptx") is None:
        raise WrongUseError("Slides need python-pptx, which is not installed: pip install 'portfolio[pptx]'.")
