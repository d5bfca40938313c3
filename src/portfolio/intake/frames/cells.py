"""What a frame holds, as the cells of a sheet: absent is blank, and whatever pandas or numpy made is a plain value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, time
from numbers import Real

EXACT = 2**53
"""Up to here every whole number is exact as a float, which is what cells hold."""


def cell_of(value: object) -> object:
    """A value as a cell holds it: blank text where it is absent, a list or mapping as it is."""
    import numpy as np
    import pandas as pd

    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, str):
        return sound_text(value)
    if isinstance(value, np.datetime64):
        return cell_of(pd.Timestamp(value))
    if isinstance(value, np.generic) and not isinstance(value, np.timedelta64):
        return cell_of(value.item())
    if isinstance(value, bool):
        return value
    if isinstance(value, Real) or type(value).__name__ == "Decimal":
        return _number(value)
    if isinstance(value, date):
        return _day(value)
    return value if is_nested(value) else sound_text(str(value))


def is_nested(value: object) -> bool:
    """Whether a value holds others: a list, a mapping, an array."""
    import numpy as np

    return isinstance(value, Mapping | Set | list | tuple | np.ndarray)


def plain_form(value: object) -> object:
    """A value as JSON holds it, with everything inside it; None where nothing is in it."""
    if isinstance(value, Mapping):
        return {sound_text(str(key)): plain_form(inner) for key, inner in value.items()} or None
    if is_nested(value) and isinstance(value, Iterable):
        return [plain_form(inner) for inner in value] or None
    cell = cell_of(value)
    if isinstance(cell, date):
        return cell.isoformat()
    whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT
    return int(cell) if whole and isinstance(cell, float) else None if cell == "" else cell


def sound_text(text: str) -> str:
    """A text that can be shown and saved: half of a character becomes a mark in its place."""
    return str(text).encode("utf-8", "replace").decode("utf-8") if not text.isascii() else str(text)


def _number(value: object) -> object:
    """A number as cells hold it; what is no number at all is blank."""
    if isinstance(value, int) and abs(value) > EXACT:
        return value
    number = float(value)  # type: ignore[arg-type]
    return "" if math.isnan(number) else number


def _day(value: date) -> date:
    """A date; with the time of day where that is not midnight."""
    import pandas as pd

    if not isinstance(value, datetime):
        return value
    moment = value.to_pydatetime(warn=False) if isinstance(value, pd.Timestamp) else value
    return moment.date() if moment.time() == time() and moment.tzinfo is None else moment
