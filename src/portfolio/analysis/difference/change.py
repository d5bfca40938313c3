"""One change: what it is about, what stood there before and after, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as beside
from typing import Any, Literal

from portfolio.domain.json_form import json_form

Kind = Literal["setting", "epic", "value stream", "capacity", "budget", "dependency", "guardrail"]
How = Literal["added", "removed", "renamed", "changed"]


@dataclass(frozen=True)
class Change:
    """One thing that differs between two portfolios.

    `id` is the epic's or value stream's ID, the guardrail's name, the setting's field or `E6 -> E3`, spelt as in the
    second portfolio. `at` says more exactly where: `value stream` for an effort, `period` for capacity and budget,
    `predecessor` and `successor` for a dependency. `field` is the JSON field; null where a record was added or removed
    as a whole, which then stands in `after` or `before`. `place_a` and `place_b` are the cells (in JSON, the fields) of
    the two files.
    """

    kind: Kind
    change: How
    id: str
    at: Mapping[str, str]
    field: str | None
    before: Any
    after: Any
    place_a: str | None
    place_b: str | None
    heading: str = beside(default="", kw_only=True)
    """The field as people know it."""
    label: str = beside(default="", kw_only=True)
    """The thing as people say it: an ID with its title."""
    shares: tuple[bool, bool] = beside(default=(False, False), kw_only=True)
    """Whether the value before and the one after are shares."""

    def as_json(self) -> dict[str, Any]:
        """The change in the published JSON format."""
        hidden = {"heading", "label", "shares"}
        return {name: json_form(value) for name, value in vars(self).items() if name not in hidden}
