"""Numbers as people and spreadsheets write them."""

from __future__ import annotations

import pytest

from portfolio.intake.values.number_text import figure, mark_of, number_text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("12 000", 12_000),
        ("12'000.\N{EN DASH}", 12_000),
        ("1,234,567", 1_234_567),
        ("12,00,000", 1_200_000),
        ("\N{YEN SIGN}12,000", 12_000),
        ("$1,500", 1500),
        ("USD 9,500", 9500),
        ("(80)", -80),
        ("2,5", 2.5),
        (".5", 0.5),
    ],
)
def test_numbers_that_leave_no_doubt(text: str, number: float) -> None:
    found = number_text(text)
    assert found is not None
    assert found.value(None) == number


@pytest.mark.parametrize(("mark", "number"), [(".", 1.5), (",", 1500.0)])
def test_numbers_that_the_column_decides(mark: str, number: float) -> None:
    found = number_text("1.500")
    assert found is not None
    assert found.is_open
    assert found.value(None) is None
    assert found.value(mark) == number  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "eight", "12 to 15", "8 / 2", "1,23,4", "v1.2"])
def test_what_is_no_number(text: str) -> None:
    found = number_text(text)
    assert found is None or found.value(".") is None


def test_one_cell_shows_the_mark_of_all() -> None:
    texts = [found for text in ("9,500", "1,234,567") if (found := number_text(text)) is not None]
    assert mark_of(texts) == "."
    assert mark_of(texts[:1]) is None


def test_a_figure_is_a_number_or_a_text_with_one() -> None:
    assert [figure(cell) for cell in (8, "8,5", "80 %", True, "", None, "x")] == [
        8.0,
        8.5,
        80.0,
        None,
        None,
        None,
        None,
    ]
