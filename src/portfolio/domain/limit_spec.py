"""A guardrail as the user declares it: how much of what, where, and out of what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from portfolio.domain.field import entry
from portfolio.domain.record import Number, Record, Word

MeasureName = Literal["effort", "spend", "epics", "starts", "capex", "opex"]
Base = Literal["capacity", "budget", "selected"]

EPIC_ATTRIBUTES = (
    "epic",
    "type",
    "category",
    "horizon",
    "theme",
    "fund",
    "owner",
    "state",
    "urgency",
    "class of service",
    "outcome",
)
"""What epics can be filtered and grouped by."""
PLACES = ("value stream", "period", "budget period")
"""What work can be grouped by besides."""
DIMENSIONS = (*PLACES, *EPIC_ATTRIBUTES)
SPELLINGS = (
    dict.fromkeys(("pi", "pis", "periods"), "period")
    | dict.fromkeys(("stream", "streams", "vs", "value streams"), "value stream")
    | {"budget periods": "budget period"}
)
"""Other words for dimensions."""


def _words(value: object) -> object:
    return _dimensions(value) if isinstance(value, list | tuple) else value


def _dimensions(words: Iterable[object]) -> list[object]:
    return [_dimension(word) if isinstance(word, str) else word for word in words]


def _dimension(word: str) -> str:
    written = " ".join(word.replace("_", " ").split()).lower()
    return SPELLINGS.get(written, written)


def _where(value: object) -> object:
    if not isinstance(value, dict):
        return value
    listed = [values if isinstance(values, list | tuple) else [values] for values in value.values()]
    found: dict[object, list[object]] = {}
    for name, words in zip(_dimensions(value), listed, strict=True):
        found[name] = [*found.get(name, []), *words]
    return found


class LimitSpec(Record):
    """A limit on a measure, per group, absolute or as a share of capacity, of budget or of what is selected."""

    name: str = Field(min_length=1, title="Name", description="What people call it.", examples=["Horizon 3 floor"])
    measure: Annotated[MeasureName, Word] = Field(
        title="Measure",
        description="What is counted: effort, spend, epics in progress, starts, capex or opex.",
        examples=["spend"],
    )
    where: Annotated[dict[str, tuple[str, ...]], BeforeValidator(_where)] = Field(
        default_factory=dict,
        title="Where",
        description="Which epics count: `Horizon = H3`, several by `;`, alternatives by `,`.",
        examples=["Horizon = H3"],
    )
    per: Annotated[tuple[str, ...], BeforeValidator(_words)] = Field(
        (),
        title="Per",
        description="One limit for each of these; blank means the whole plan.",
        examples=["value stream, period"],
    )
    at_least: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="At least", description="Lower limit: an amount, or a share if `Of` is given.", examples=[0.1]
    )
    at_most: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="At most", description="Upper limit: an amount, or a share if `Of` is given.", examples=[0.65]
    )
    of: Annotated[Base | None, Word] = Field(
        None,
        title="Of",
        description="What a share is a share of: capacity, budget or selected; blank means an amount.",
        examples=["selected"],
    )
    enforce: Annotated[Literal["hard", "soft"], Word] = Field(
        "hard", title="Enforce", description="Hard: never broken. Soft: may be broken at its price.", examples=["hard"]
    )
    price: Annotated[Number, Field(ge=0)] | None = Field(
        None,
        title="Price",
        description="What one unit of breach of a soft limit costs, in the unit of value.",
        examples=[2],
    )


def is_share(record: BaseModel, field: str) -> bool:
    """Whether a field of a record holds a share, which people write in per cent."""
    level = isinstance(record, LimitSpec) and field in {"at_least", "at_most"} and record.of is not None
    return level or entry(type(record), field).kind == "share"


def limit_words(limit: LimitSpec) -> str:
    """What a limit is about, as people write it in `Where`."""
    return "; ".join(f"{dimension.capitalize()} = {', '.join(accepted)}" for dimension, accepted in limit.where.items())
