"""Guardrails: their filters, groups, levels, bases and prices make sense."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain.finding import FieldFinding
from portfolio.domain.limit_spec import DIMENSIONS, EPIC_ATTRIBUTES, LimitSpec
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.spelling import nearest, shown, suggestion

BASES = {"capacity": ("effort",), "budget": ("spend", "capex", "opex")}
"""Which measures can be a share of what; anything can be a share of what is selected."""


def check_names(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """No two limits have the same name: statuses and prices of breach are told apart by it."""
    seen: set[str] = set()
    for index, limit in enumerate(portfolio.guardrails):
        if limit.name.casefold() in seen:
            yield FieldFinding(
                ("guardrails", index, "name"),
                f"Guardrail {shown(limit.name)} is given twice.",
                "Results tell guardrails apart by their names.",
                "Rename one of the two.",
            )
        seen.add(limit.name.casefold())


def check_grouping(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Limits are grouped and filtered by things that exist."""
    for index, limit in enumerate(portfolio.guardrails):
        for field, names in (("where", tuple(limit.where)), ("per", limit.per)):
            for name in names:
                if name not in DIMENSIONS:
                    path = ("guardrails", index, field)
                    rule = f"It is one of {', '.join(DIMENSIONS)}."
                    yield FieldFinding(
                        path,
                        f"{field.capitalize()} names {shown(name)}.",
                        rule,
                        suggestion(name, DIMENSIONS, "Write one of these words."),
                    )


def _known_values(portfolio: Portfolio, dimension: str) -> list[str]:
    if dimension in EPIC_ATTRIBUTES:
        found = [
            epic.id if dimension == "epic" else getattr(epic, dimension.replace(" ", "_")) for epic in portfolio.epics
        ]
        values = dict.fromkeys(value for value in found if value is not None)
        return [*values, "standard"] if dimension == "urgency" else list(values)
    if dimension == "value stream":
        return [stream.id for stream in portfolio.value_streams]
    return list(portfolio.calendar.periods if dimension == "period" else portfolio.calendar.budget_labels)


def check_filters(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A filter's words are words that epics, value streams or periods have."""
    known: dict[str, list[str]] = {}
    for index, limit in enumerate(portfolio.guardrails):
        for name, words in limit.where.items():
            if name not in DIMENSIONS or portfolio.is_open(limit):
                continue
            values = known.setdefault(name, _known_values(portfolio, name))
            folded = {value.casefold() for value in values}
            for word in words:
                if word.strip().casefold() not in folded:
                    yield _unknown_word(index, name, word, values)


def _unknown_word(index: int, name: str, word: str, values: list[str]) -> FieldFinding:
    meant = nearest(word, values)
    fix = f"Write {meant}." if meant else f"Write a {name} that exists."
    path = ("guardrails", index, "where", name)
    if name in EPIC_ATTRIBUTES and name != "epic":
        return FieldFinding(
            path,
            f"No epic has {name} {shown(word)}.",
            "A filter that matches nothing makes a ceiling idle and a floor impossible to meet.",
            fix,
            "warning",
        )
    return FieldFinding(path, f"{name.capitalize()} {shown(word)} is unknown.", f"There is no such {name}.", fix)


def check_levels(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A limit has a level, its lower one is not above its upper one, and a share is not above 1."""
    for index, limit in enumerate(portfolio.guardrails):
        if portfolio.is_open(limit):
            continue
        if limit.at_least is None and limit.at_most is None:
            yield FieldFinding(
                ("guardrails", index, "at_most"),
                f"{limit.name} has neither At least nor At most.",
                "A limit needs a level.",
                "Enter one of the two, for example 0.65 of selected.",
            )
        elif limit.at_least is not None and limit.at_most is not None and limit.at_least > limit.at_most:
            what = f"At least {limit.at_least:g} is above At most {limit.at_most:g}."
            yield FieldFinding(
                ("guardrails", index, "at_least"), what, "Nothing can be both.", "Change one of the two."
            )
        for field, level in (("at_least", limit.at_least), ("at_most", limit.at_most)):
            if limit.of is not None and level is not None and level > 1:
                fix = (
                    f"Write {level:g}% or {level / 100:g}."
                    if level <= 100
                    else "Enter a share, or clear Of if an amount is meant."
                )
                title = "At least" if field == "at_least" else "At most"
                yield FieldFinding(
                    ("guardrails", index, field),
                    f"{title} is {level:g}.",
                    f"A share of {limit.of} lies between 0 and 1.",
                    fix,
                )


def check_bases(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Effort is a share of capacity, money a share of a budget."""
    for index, limit in enumerate(portfolio.guardrails):
        allowed = BASES.get(limit.of or "")
        if allowed is not None and limit.measure not in allowed:
            what = f"{limit.name} takes {limit.measure} as a share of {limit.of}."
            rule = f"A share of {limit.of} can only be {' or '.join(allowed)}."
            fix = next(
                (f"Write {base}, or selected." for base, measures in BASES.items() if limit.measure in measures),
                "Write selected, or clear Of.",
            )
            yield FieldFinding(("guardrails", index, "of"), what, rule, fix)


def check_prices(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A soft limit says what a breach costs, and only a soft one does."""
    for index, limit in enumerate(portfolio.guardrails):
        path = ("guardrails", index, "price")
        if limit.enforce == "soft" and limit.price is None:
            yield FieldFinding(
                path,
                "Price is empty.",
                f"{limit.name} is soft, and a breach has its price.",
                "Enter what one unit of breach costs, for example 2.",
            )
        elif limit.enforce == "hard" and limit.price is not None:
            yield FieldFinding(
                path,
                f"{limit.name} is hard and has a Price.",
                "A hard limit is never broken, so its price is ignored.",
                "Write soft in Enforce, or clear Price.",
                "warning",
            )


def check_capex_shares(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A limit on CapEx or OpEx needs to know what is capitalised."""
    without = sum(epic.capex_share is None for epic in portfolio.epics)
    for index, limit in enumerate(portfolio.guardrails):
        if without and _about_capex(limit):
            what = f"{without} of {len(portfolio.epics)} epics have no CapEx share."
            yield FieldFinding(
                ("guardrails", index, "measure"),
                what,
                f"{limit.name} counts all their spend as OpEx.",
                "Enter it for every epic, 0 where nothing is capitalised.",
                "warning",
            )


def _about_capex(limit: LimitSpec) -> bool:
    return limit.measure in {"capex", "opex"}
