"""A result that a program looks at: as frames by the names of its tables, and in a notebook as a sentence and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolio.errors import WrongUseError
from portfolio.tabular.table import FilledTable

if TYPE_CHECKING:
    import pandas as pd


class TabularResult:
    """What every result offers a program besides its own fields; the first of its tables is the one that is shown."""

    @property
    def headline(self) -> str:
        """The result in one sentence, with all that can be claimed of it."""
        raise NotImplementedError

    def filled_tables(self) -> Sequence[FilledTable]:
        """The tables of the result, the one that is shown first."""
        raise NotImplementedError

    def frame(self, name: str | None = None) -> pd.DataFrame:
        """One table of the result as a new pandas frame, its key as the index; the one that is shown without a name.

        Raises WrongUseError for a name that no table has.
        """
        from portfolio.tabular.frame import frame

        tables = {filled.table.name: filled for filled in self.filled_tables()}
        chosen = next(iter(tables)) if name is None else name
        if chosen not in tables:
            raise WrongUseError(f"There is no table {chosen}; there are {', '.join(tables)}.")
        return frame(tables[chosen])

    def drawing(self) -> str:
        """What a notebook shows below the table, in HTML."""
        return ""

    def _repr_html_(self) -> str:
        """The headline, then the table that is shown; plain HTML without scripts."""
        from portfolio.tabular import html

        return f"<div>{html.paragraph(self.headline)}{html.table(self.filled_tables()[0])}{self.drawing()}</div>"

    def __repr__(self) -> str:
        """The headline, short enough for a prompt."""
        return f"<{type(self).__name__}: {self.headline}>"
