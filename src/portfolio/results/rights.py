"""Decision rights as an answer shows them: who may decide what about this portfolio, where, and when next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.domain import Portfolio
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.governance import Decision
from portfolio.operating_model.rights import next_words, right_words


@dataclass(frozen=True)
class RightLine:
    """One right of the operating model; `next` is when it may be used for the first time, where that is known.

    `only` says that nobody else may, and `text` says all of it in a sentence.
    """

    decision: Decision
    by: str
    where: str
    when: str
    only: bool
    next: str | None
    text: str


def rights_of(model: OperatingModel, portfolio: Portfolio) -> Iterator[RightLine]:
    """Every right that the way of working has, in its order; none where it does not say who decides."""
    words, reviews = model.vocabulary, model.cadence.reviews
    for right in () if model.decision_rights is None else model.decision_rights.rights:
        yield RightLine(
            right.decision, right.by, right.where, right.when, right.only,
            next_words(right, words, reviews, portfolio),
            right_words(right, words, reviews, portfolio),
        )  # fmt: skip
