"""What every record of a portfolio has in common: frozen, closed, finite numbers, forgiving about case."""

from __future__ import annotations

import sys
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

LARGEST = 1e15
"""Beyond this, adding 1 to a number may change nothing, and sums and shares stop being right."""


class Record(BaseModel):
    """An immutable record with a closed set of fields; absent means not given."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


def word_rule(value: object) -> object:
    """A word in small letters, with single spaces."""
    return " ".join(value.replace("_", " ").split()).lower() if isinstance(value, str) else value


def text_rule(value: object) -> object:
    """A text; blank is the same as absent."""
    return None if isinstance(value, str) and not value.strip() else value


def number_rule(value: object) -> object:
    """A number that can be computed with; yes and no are none."""
    if isinstance(value, bool):
        raise ValueError("yes/no is not a number")
    if LARGEST < magnitude(value) < float("inf"):
        raise PydanticCustomError("too_large", "too large to compute with")
    return value


def magnitude(value: object) -> float:
    """How far a number, also one in text, is from 0; 0 for anything else."""
    try:
        return abs(float(value)) if isinstance(value, int | float | str) else 0
    except ValueError:
        return 0
    except OverflowError:
        return sys.float_info.max


Word = BeforeValidator(word_rule)
"""Reads `Finish to Start`, `finish_to_start` and `finish to start` as the same word."""

Text = Annotated[str | None, BeforeValidator(text_rule)]
"""Optional text; blank is the same as absent."""

Number = Annotated[float, BeforeValidator(number_rule)]
Whole = Annotated[int, BeforeValidator(number_rule)]
