"""References: an ID, or a title that only one thing has; several in a cell, whatever stands between them."""

from __future__ import annotations

import pytest

from portfolio.intake.references.names import Names

EPICS = Names(
    [
        {"id": "E1", "title": "Cards"},
        {"id": "E2", "title": "Crew app; ground staff"},
        {"id": "E3", "title": "Instant payments, phase 2"},
        {"id": "E4", "title": "Loans"},
        {"id": "E5", "title": "Loans"},
    ],
    "title",
)


@pytest.mark.parametrize(
    ("cell", "found", "unknown"),
    [
        ("E1", ["E1"], []),
        ("e1, E2", ["E1", "E2"], []),
        ("E1 und E3", ["E1", "E3"], []),
        ("Cards; Crew app; ground staff", ["E1", "E2"], []),
        ("Instant payments, phase 2, Cards", ["E3", "E1"], []),
        ("E1 - Cards", ["E1"], []),
        ("Loans", [], ["Loans"]),
        ("legal approval", [], ["legal approval"]),
        ("E1; E9", ["E1"], ["E9"]),
    ],
)
def test_what_a_cell_refers_to(cell: str, found: list[str], unknown: list[str]) -> None:
    assert EPICS.find_all(cell) == (found, unknown)


def test_a_title_that_two_have_refers_to_neither() -> None:
    assert EPICS.find("Loans") is None
    assert EPICS.shared("loans") == ["E4", "E5"]


@pytest.mark.parametrize("said", ["FER-17 Cards", "FER-17: Cards", "Cards (FER-17)", "fer-17 - cards", "FER-17"])
def test_an_id_with_a_hyphen_may_stand_before_its_title(said: str) -> None:
    """As most trackers number their items."""
    assert Names([{"id": "FER-17", "title": "Cards"}, {"id": "FER", "title": "Ferry"}], "title").find(said) == "FER-17"
