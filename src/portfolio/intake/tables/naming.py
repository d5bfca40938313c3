"""Which column names the epics where no heading says so: by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from portfolio.intake.headings.heading import take_apart
from portfolio.intake.headings.names import beside
from portfolio.intake.languages import fold
from portfolio.intake.values.cell_values import is_blank

ENDS_WITH_ID = re.compile(r"(?:^|.*[\s_\-./]|.*[a-z](?=I))(?:id|ids|key|code|no|nr|number|#)\.?", re.IGNORECASE)
HIDDEN_KEY = "portfoliokey"
"""The hidden column by which merging tells epics without an ID apart; it is nobody's ID."""
SAMPLE = 2_000
"""Rows that are looked at; what names the first thousands names the rest."""
FEWEST_DIFFERENT = 0.8


def entries(rows: Iterable[Sequence[object]], column: int) -> list[object]:
    """What stands in the first rows of a column, without what is empty."""
    return [row[column] for row in islice(rows, SAMPLE) if column < len(row) and not is_blank(row[column])]


def id_by_entries(headings: Sequence[object], rows: Sequence[Sequence[object]], taken: set[int]) -> int | None:
    """A column whose heading ends like an ID's and whose entries are all different."""
    for index, heading in enumerate(headings):
        if index in taken or not isinstance(heading, str) or not ENDS_WITH_ID.fullmatch(heading.strip()):
            continue
        found = entries(rows, index)
        if fold(heading) != HIDDEN_KEY and beside(heading) is None and len(found) > 1 and len(set(found)) == len(found):
            return index
    return None


def title_by_entries(headings: Sequence[object], rows: Sequence[Sequence[object]], taken: set[int]) -> int | None:
    """The first column of different texts under a heading that says nothing else."""
    for index, heading in enumerate(headings):
        if index in taken or not isinstance(heading, str) or not take_apart(heading).names:
            continue
        found = entries(rows, index)
        texts = {text for text in found if isinstance(text, str)}
        if found and len(texts) == len(set(found)) and len(texts) >= FEWEST_DIFFERENT * len(found):
            return index
    return None
