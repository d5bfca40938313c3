"""A cut: a row that every plan keeps."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.options import Floats, Ints


@dataclass(frozen=True)
class Cut:
    """A row: sum of coefficient * column <= at_most."""

    columns: Ints
    coefficients: Floats
    at_most: float
