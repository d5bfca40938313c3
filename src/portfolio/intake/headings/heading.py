"""A heading taken apart: what it may be called, and what stands beside the name, in brackets or after a comma."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from portfolio.intake.columns import bare, plain
from portfolio.intake.headings.units import Unit, unit_of
from portfolio.intake.languages import vocabulary

BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\}|<([^<>]*)>")


JOINTS = " ,;:-\u2013\u2014/"
"""What stands between a name and its unit."""
BEHIND = re.compile(r"\s*:\s*|\s+[-\u2013\u2014]\s+|,\s+")
"""What stands between a heading and its scale: `Job size: 1 - 20`, `Time criticality - 1 to 20`."""
SCORED = re.compile(r"(.+\S)[\s_-]+(?:score|value|rating|points?|est(?:imate)?)", re.IGNORECASE)
"""`Time criticality score` is Time criticality, `RROE value` is RR/OE."""


@dataclass(frozen=True)
class Heading:
    """The names that a heading may go by, the likeliest first, each with the unit that it is counted in if it is that one."""

    text: str
    names: tuple[tuple[str, Unit | None], ...]


@lru_cache(maxsize=10_000)
def take_apart(text: str) -> Heading:
    """The names and the unit of one heading."""
    said = " ".join(unicodedata.normalize("NFKC", text).split())
    brackets = [part for found in BRACKETS.findall(said) for part in found if part.strip()]
    unit = next((found for part in brackets if (found := unit_of(part)) is not None), None)
    names = [(plain(said), unit), (bare(said), unit)]
    outside = " ".join(BRACKETS.sub(" ", said).split())
    names.append((plain(outside), unit))
    before, _, after = (part.strip() for part in BEHIND.sub("\0", outside, count=1).partition("\0"))
    if after and (scale := unit_of(after)) is not None:
        names.append((plain(before), unit or scale))
    names += _by_rate(outside, unit)
    name, behind = _tail(outside)
    names += _by_rate(name, unit or behind) if behind is not None else []
    names += [(plain(name), unit or behind)] if behind is not None else []
    inside = wrapped_in(said)
    names += [(plain(inner), unit) for inner in inside]
    names += [(plain(scored[1]), unit) for part in (outside, *inside) if (scored := SCORED.fullmatch(part))]
    return Heading(said, tuple({name: unit for name, unit in reversed(names) if name}.items())[::-1])


def _by_rate(text: str, money: Unit | None) -> list[tuple[str, Unit | None]]:
    """The name of what is counted by month or year: `Benefit/month`, `Annual benefit`, `Benefit per year`, in the money said beside it, if any."""
    named, slash, rate = text.rpartition("/")
    first, _, rest = text.partition(" ")
    found = [(named, unit_of(f"/{rate}"))] if slash else []
    found += [(rest, unit_of(first))] if rest else []
    found.append(_tail(text))
    rates = [(name, unit) for name, unit in found if unit is not None and unit.rate and not unit.is_money]
    of_money = money if money is not None and money.is_money else None
    return [
        (plain(name), replace(of_money, rate=of_money.rate or unit.rate) if of_money else unit) for name, unit in rates
    ]


def _tail(text: str) -> tuple[str, Unit | None]:
    """The heading without the unit that it ends with, and the unit: `Cost in kEUR`, `Effort, PD`, `CapEx %`."""
    words = text.split(" ")
    for length in range(min(3, len(words) - 1), 0, -1):
        unit = unit_of(" ".join(words[-length:]).strip(JOINTS))
        if unit is not None and unit.scale is None:
            name = " ".join(words[:-length]).rstrip(JOINTS)
            return re.sub(r"\s(?:in|en|em|w|\u0432)$", "", name, flags=re.IGNORECASE), unit
    return text, None


@lru_cache(maxsize=1)
def _wrappers() -> tuple[re.Pattern[str], ...]:
    forms = [form for language in vocabulary().languages.values() for form in language.wrapped]
    return tuple(re.compile(re.escape(form).replace(r"\{\}", "(.+)"), re.IGNORECASE) for form in dict.fromkeys(forms))


def wrapped_in(text: str) -> list[str]:
    """The field's own name inside what a tool wraps around it, such as `Custom field (Job Size)`."""
    if not text.endswith((")", "]")):
        return []
    return [found[1] for pattern in _wrappers() if (found := pattern.fullmatch(text))]
