"""Words for figures, counts and lists."""

from __future__ import annotations

import pytest

from portfolio.domain.wording import counted, first_of


@pytest.mark.parametrize(
    ("words", "shown"),
    [([], ""), (["E1"], "E1"), (["E1", "E2"], "E1, E2"), (["E1", "E2", "E3", "E4"], "E1, E2 and 2 more")],
)
def test_the_first_of_many_are_named_and_the_rest_counted(words: list[str], shown: str) -> None:
    """At the limit nothing is left to count."""
    assert first_of(words, 2) == shown
    assert first_of(words, 2, "; ") == shown.replace(", ", "; ")


@pytest.mark.parametrize(
    ("number", "word", "said"),
    [(0, "error", "no errors"), (1, "epic", "1 epic"), (2, "epic", "2 epics"), (3, "dependency", "3 dependencies")],
)
def test_how_many_there_are(number: int, word: str, said: str) -> None:
    """None, one and many."""
    assert counted(number, word) == said


def test_one_and_many_are_said_as_people_say_them() -> None:
    assert [counted(number, word) for number, word in ((1, "day"), (2, "day"), (0, "error"), (3, "dependency"))] == [
        "1 day", "2 days", "no errors", "3 dependencies",
    ]  # fmt: skip
