"""The part of the reference about what `portfolio flow --json` prints, from the declarations of its parts."""

from __future__ import annotations

from collections.abc import Callable

from portfolio.results.flow.flow import PURPOSE
from portfolio.results.flow.json_parts import PARTS

Table = Callable[..., str]


def flow_parts(table: Table) -> list[str]:
    """Every part with what it holds; the columns of its tables say the same in units."""
    said = (
        f"{PURPOSE} Parts stand in the order of the workbook. A measure that is not there is an empty list or null, and `lacks` says what it needs. The same "
        "figures with their units: [tables of Flow](tables.md#flow)."
    )
    return [
        "# What `portfolio flow FILE --json` prints",
        said,
        table(("Field", "Holds"), [(f"`{name}`", holds) for name, holds in PARTS.items()]),
    ]
