"""Running epics: what the plan does with those that are in progress, stops and pauses first, and what going on would cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from portfolio.domain.wording import counted, labelled
from portfolio.results.price_words import range_words

ORDER = ("stop", "pause", "continue")
"""What people have to hear of first."""


@dataclass(frozen=True)
class Age:
    """How many days an epic has been in progress, and than what that is longer, where it is much."""

    epic: str
    days: int
    older_than: str = ""

    @property
    def words(self) -> str:
        """The same as people say it: `274 days, longer than each of the 5 finished epics took`."""
        days = counted(self.days, "day")
        return f"{days}, longer than {self.older_than} took" if self.older_than else days


@dataclass(frozen=True)
class RunningLine:
    """One epic in progress, and what the plan does with it; periods are labels, None where it stops.

    `at_least` and `at_most` enclose the price of going on with it from the first period: the value of this plan less that of
    the best plan in which it goes on. They are None where the price is not known;
    for what goes on it is asked only where running work is decided again.
    """

    id: str
    title: str | None
    decision: Literal["stop", "pause", "continue"]
    start: str | None
    finish: str | None
    at_least: float | None = None
    at_most: float | None = None
    remaining: float = 0.0
    """Units of effort that are left to do."""
    decide_after: str | None = None
    """The last period of its MVP in this plan, after which it is decided about; None where there is no MVP to judge."""
    age: int | None = None
    """Days since it was committed to, by its history; None where that is not known."""
    older_than: str = ""
    """Than what it is older, where that is much: `each of the 5 finished epics`."""

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format; its age only where it is known."""
        fields = asdict(self)
        return (
            fields if self.age is not None else {key: fields[key] for key in fields if key not in ("age", "older_than")}
        )

    @property
    def age_words(self) -> str:
        """How old it is, and than what that is older: `274 days, older than each of the 5 finished epics`; nothing where it is not known."""
        return "" if self.age is None else Age(self.id, self.age, self.older_than).words

    @property
    def costs(self) -> bool:
        """Whether going on with it certainly costs something."""
        return self.at_least is not None and self.at_least > 0

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return labelled(self.id, self.title)

    @property
    def happens(self) -> str:
        """What happens to it, in a word or two: `stops`, `pauses until PI 3`, `goes on until PI 2`."""
        if self.decision == "stop":
            return "stops"
        return f"pauses until {self.start}" if self.decision == "pause" else f"goes on until {self.finish}"

    def price(self, unit: str) -> str:
        """What going on with it would cost, with its unit."""
        return range_words(self.at_least, self.at_most, unit)

    def sentence(self, unit: str) -> str:
        """What happens to it and what going on would cost: `E1 Kiln stops; going on with it would cost 120 EUR.`."""
        if self.decision == "continue":
            return f"{self.label} {self.happens}."
        return f"{self.label} {self.happens}; going on with it would cost: {self.price(unit)}."


def by_urgency(lines: Iterable[RunningLine]) -> tuple[RunningLine, ...]:
    """Stops first, then pauses, then what goes on."""
    return tuple(sorted(lines, key=lambda line: ORDER.index(line.decision)))
