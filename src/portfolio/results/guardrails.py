"""How a plan stands to its guardrails, in the words that every medium uses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from typing import Literal

from portfolio.domain import Portfolio
from portfolio.domain.wording import place_words, rounded
from portfolio.guardrails import GuardrailStatus, rules_of

Standing = Literal["kept", "at its limit", "broken", "breached at its price"]
DATES = "Dates"
"""The rule that epics keep their own dates."""
OF_ALL = {"Approval": "asks", "Must": "missing", "Start": "moved"}
"""Rules that come from an epic's own cells, so that any epic may break them once these are changed, with what says so."""
HEADINGS = {
    "name": "Guardrail",
    "place": "Where",
    "used": "Used",
    "at_least": "At least",
    "at_most": "At most",
    "met": "Status",
    "binding": "Binding",
    "unit": "Unit",
    "enforce": "Enforce",
}
"""What each part of a guardrail's status is called."""
WITHOUT_LEVEL = {"epic", "predecessor", "exclusive group", "together group"}
"""Places of rules that have no amount of their own."""
SHOWN = ("name", "place", "used", "at_least", "at_most", "met", "binding")
"""What the published JSON format has of each guardrail."""


def standing(status: GuardrailStatus) -> Standing:
    """Whether a guardrail is kept with room to spare, at its limit, or broken, which a soft one may be at its price."""
    if not status.met:
        return "broken" if status.enforce == "hard" else "breached at its price"
    return "at its limit" if status.binding else "kept"


def level_words(level: float, status: GuardrailStatus) -> str:
    """How much is used or allowed: a share where the guardrail is one."""
    return f"{level:.1%}" if status.unit.startswith("share") else rounded(level)


def broken_words(line: GuardrailStatus) -> str:
    """A guardrail that is not met: what is used, and what would be right."""
    words = place_words(line.name, line.place)
    if WITHOUT_LEVEL & set(line.place):
        return words
    limits = [
        f"{word} {level_words(level, line)}"
        for word, level in (("at least", line.at_least), ("at most", line.at_most))
        if level is not None
    ]
    return f"{words} ({level_words(line.used, line)}, {' and '.join(limits)})"


def as_json(status: GuardrailStatus, shown: Collection[str] = SHOWN) -> dict[str, object]:
    """A guardrail in the published JSON format."""
    return {key: value for key, value in asdict(status).items() if key in shown}


def watched(statuses: Iterable[GuardrailStatus], portfolio: Portfolio) -> Iterator[GuardrailStatus]:
    """Every line that another plan could break, for media in which people change the plan by hand.

    These are the lines of this plan, then the rules that it gives nothing to keep, such as a dependency whose successor
    waits, and last the rules that any epic may break once its cells or a setting are changed, for all other epics together.
    """
    broken, touched = 0, set()
    for status in statuses:
        broken += status.name == DATES and not status.met
        touched.add((status.name, *status.place.items()))
        yield status
    for rule in rules_of(portfolio):
        if not rule.fixed and rule.name != DATES and (rule.name, *rule.place.items()) not in touched:
            yield GuardrailStatus(rule.name, rule.place, 0.0, None, 0.0, True, False, "epics")
    for name in OF_ALL:
        yield GuardrailStatus(name, {}, 0.0, None, 0.0, True, False, "epics")
    yield GuardrailStatus(DATES, {}, float(broken), None, 0.0, not broken, False, "epics")
