"""What every record of a portfolio has in common: frozen, closed, finite numbers, forgiving about case."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Record(BaseModel):
    """An immutable record with a closed set of fields; absent means not given."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)


def _word(value: Any) -> Any:
    return " ".join(value.replace("_", " ").split()).lower() if isinstance(value, str) else value


def _blank_is_absent(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _no_boolean(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("yes/no is not a number")
    return value


Word = BeforeValidator(_word)
"""Reads `Finish to Start`, `finish_to_start` and `finish to start` as the same word."""

Text = Annotated[str | None, BeforeValidator(_blank_is_absent)]
"""Optional text; blank is the same as absent."""

Number = Annotated[float, BeforeValidator(_no_boolean)]
Whole = Annotated[int, BeforeValidator(_no_boolean)]
