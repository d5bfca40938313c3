"""A row of a linear program: a weighted sum of columns between two limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portfolio.options import Floats, Ints


@dataclass(frozen=True)
class Row:
    """One line: at_least <= sum of coefficient * column <= at_most."""

    columns: Ints
    coefficients: Floats
    at_least: float = -np.inf
    at_most: float = np.inf
