"""What every view offers: its name, a title, one sentence, and its JSON, whatever it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.results.views.shown import Missing


@dataclass(frozen=True)
class View:
    """One view of a portfolio; `missing` says why there is nothing to show, and what to do next."""

    name: ClassVar[str]
    title: ClassVar[str]

    headline: str
    missing: Missing | None

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        raise NotImplementedError

    def as_json(self) -> dict[str, object]:
        """The view as the page asks for it."""
        missing = None if self.missing is None else {"message": self.missing.message, "fix": self.missing.fix}
        head = {"format": 1, "view": self.name, "title": self.title, "headline": self.headline, "missing": missing}
        return head if self.missing is not None else head | self.fields()
