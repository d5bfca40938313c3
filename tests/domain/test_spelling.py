"""The word that was probably meant, and where none was."""

from __future__ import annotations

import pytest

from portfolio.domain.spelling import KnownWords, nearest


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("deadlin", ["standard", "deadline"], "deadline"),
        ("pi2", ["PI 1", "PI 2"], "PI 2"),
        ("EP-01", ["EP-1", "EP-2"], "EP-1"),
        ("PAY-9", ["PAY-5", "PAY-1"], None),
        ("RB-101", ["RB-901", "RB-102"], None),
        ("Horizn 1", ["Horizon 2", "Horizon 1"], "Horizon 1"),
        ("zebra", ["standard", "deadline"], None),
    ],
)
def test_only_a_word_with_the_same_number_was_meant(word: str, known: list[str], meant: str | None) -> None:
    """Somebody who writes PAY-9 has no typing error in PAY-5: another epic is missing."""
    assert nearest(word, known) == meant


def test_long_lists_are_compared_only_so_often() -> None:
    """Thousands of unknown words take seconds, not minutes; spelling variants are found all the same."""
    words = KnownWords(f"epic {chr(97 + number % 26)}{chr(97 + number // 26 % 26)}" for number in range(600))
    assert words.nearest("epik ab") is not None
    for _ in range(100):
        words.nearest("something else")
    assert words.nearest("epik ab") is None
    assert words.nearest("EPIC-AB") == "epic ab"
