"""A row more: what is added to a formulation after it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.options import Floats, Ints


@dataclass(frozen=True)
class Row:
    """One line: at_least <= sum of coefficient * column <= at_most."""

    columns: Ints
    coefficients: Floats
    at_least: float = -np.inf
    at_most: float = np.inf


def with_rows(formulation: Formulation, rows: Sequence[Row], name: str) -> Formulation:
    """The formulation with these rows after its own, which belong to no guardrail and have this name."""
    lengths = np.array([len(row.columns) for row in rows], dtype=np.int64)
    return replace(
        formulation,
        sources=[*formulation.sources, *[RowSource(-1, name, {})] * len(rows)],
        first=np.concatenate([formulation.first, formulation.first[-1] + np.cumsum(lengths)]),
        column=np.concatenate([formulation.column, *(row.columns for row in rows)]),
        coefficient=np.concatenate([formulation.coefficient, *(row.coefficients for row in rows)]),
        row_lower=np.append(formulation.row_lower, [row.at_least for row in rows]),
        row_upper=np.append(formulation.row_upper, [row.at_most for row in rows]),
    )
