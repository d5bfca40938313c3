"""A forecast by throughput alone, and how good forecasts have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SHARES = (0.5, 0.85, 0.95)
"""How sure a forecast is to be."""


@dataclass(frozen=True)
class HowMany:
    """How many epics are finished within so many further periods, at least, at each of `SHARES`."""

    periods: int
    at_least: tuple[int, ...]
    by: date | None = None
    """The last day of the last of these periods."""


@dataclass(frozen=True)
class When:
    """Within how many further periods an epic is done by its place in the ranking, at each of `SHARES`."""

    epic: str | None
    """None for what is in progress, all of it."""
    epics: int
    """How many have to be finished until then: what is in progress counts."""
    within: tuple[int | None, ...]
    """None means further away than anybody can say."""
    days: tuple[date | None, ...] = ()
    """The last day of each of these periods."""


@dataclass(frozen=True)
class ThroughputForecast:
    """What is finished in further periods, if they are like the past ones, of all or of one part."""

    group: str | None
    finished: tuple[int, ...]
    """Epics finished in each past period."""
    how_many: tuple[HowMany, ...]
    when: tuple[When, ...]
    why_not: str = ""
    """Why there is no forecast; blank where there is one."""

    def as_json(self, key: str) -> dict[str, object]:
        """The forecast as JSON has it."""
        names = [f"p{round(share * 100)}" for share in SHARES]
        return {
            key: self.group,
            "finished": list(self.finished),
            "how_many": [
                {"periods": one.periods, "by": _iso(one.by), **dict(zip(names, one.at_least, strict=True))}
                for one in self.how_many
            ],
            "when": [
                {
                    "epic": one.epic, "epics": one.epics, **dict(zip(names, one.within, strict=True)),
                    **{f"{name}_by": _iso(day) for name, day in zip(names, one.days, strict=False)},
                }
                for one in self.when
            ],
            "why_not": self.why_not,
        }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@dataclass(frozen=True)
class Bin:
    """Forecasts that gave about the same chance: how many, their mean chance, and the share that came true."""

    low: float
    high: float
    count: int
    said: float
    came: float


@dataclass(frozen=True)
class Calibration:
    """How good forecasts have been whose day has come; under ten of a kind only counts are shown."""

    chances: int
    brier: float | None
    base_rate: float | None
    skill: float | None
    """1 is perfect, 0 no better than always saying the base rate."""
    bins: tuple[Bin, ...]
    held: int
    """Of `of` forecasts with a P85 so many held."""
    of: int
    interval: tuple[float, float] | None
    """Wilson's 95 % interval of the share that held."""
    chance_of_so_few: float | None
    """That so few or fewer hold if 85 % were right."""
    inside: int
    """Past epics whose effort ended within their range, which 80 % should."""
    below: int
    above: int

    @property
    def enough(self) -> bool:
        """Whether enough forecasts have a chance to judge them by."""
        return self.chances >= FEWEST

    def as_json(self) -> dict[str, object]:
        """Calibration as JSON has it."""
        few, held = not self.enough, self.of >= FEWEST
        return {
            "chances": self.chances,
            "brier": None if few else self.brier,
            "base_rate": None if few else self.base_rate,
            "skill": None if few else self.skill,
            "bins": [vars(one) for one in self.bins],
            "p85": {
                "held": self.held,
                "of": self.of,
                "interval": list(self.interval) if held and self.interval is not None else None,
                "chance_of_so_few": self.chance_of_so_few if held else None,
            },
            "ranges": {"inside": self.inside, "below": self.below, "above": self.above},
        }


FEWEST = 10
"""Under so many forecasts only counts are shown."""
