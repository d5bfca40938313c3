"""Axes of charts: a column or a line is as high as its value only where the axis begins at zero."""

from __future__ import annotations

from collections.abc import Iterable


def value_axis(values: Iterable[float | None], num_format: str = "#,##0") -> dict[str, object]:
    """An axis that begins at zero, or below where a value does."""
    lowest = min((value for value in values if value is not None), default=0.0)
    grid = {"visible": True, "line": {"color": "#E3E6EC"}}
    return {"num_format": num_format, "major_gridlines": grid} | ({"min": 0} if lowest >= 0 else {})
