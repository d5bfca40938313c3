"""A line of a scenario said as a sentence: `scale capacity of Web by 80%`, `relax Horizon 3 floor`, `lock EP-3 in PI 2`.

It reads what a line prints, so that whatever a comparison shows can be written again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portfolio.domain.dependency import Dependency
from portfolio.domain.field import entry
from portfolio.domain.finding import Finding
from portfolio.domain.json_form import record_form
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.spelling import nearest, shown
from portfolio.edits.figure_names import Unknown, splits
from portfolio.edits.figures import find
from portfolio.edits.scenario import VERBS, Scenario, ScenarioLine, Value, Verb

NUMBER = re.compile(r"(?P<figure>[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?)\s*(?P<percent>%?)", re.IGNORECASE)
LINK_TYPES = entry(Dependency, "type").choices
NEEDED = ("set", "scale")
"""Verbs that make no sense without a value; the others take everything that is a name as a name."""
EXAMPLE = "scale capacity of Web by 80%"


def scenario_from_sentences(
    portfolio: Portfolio, name: str, sentences: str | Sequence[str]
) -> tuple[Scenario, tuple[Finding, ...]]:
    """A scenario from sentences, or from one; every sentence that cannot be read is a finding."""
    place = f"scenario {name}"
    lines, findings = [], []
    for number, sentence in enumerate([sentences] if isinstance(sentences, str) else sentences, 1):
        here = f"{place}, change {number}"
        try:
            lines.append(line_from_sentence(portfolio, sentence, here))
        except Unknown as unknown:
            findings.append(Finding("error", here, unknown.what, unknown.rule, unknown.fix))
    return Scenario(name, tuple(lines), place), tuple(findings)


def line_from_sentence(portfolio: Portfolio, sentence: str, place: str = "") -> ScenarioLine:
    """The line that a sentence says; raises Unknown where it does not begin with a verb or names nothing.

    Where a name holds the word that a value follows, as `lock Log in page` does, a name of the portfolio comes first.
    """
    first, _, rest = " ".join(sentence.split()).partition(" ")
    verb = next((known for known in VERBS if known == first.casefold()), None)
    if verb is None:
        meant = nearest(first, VERBS)
        fix = f"Did you mean {meant}?" if meant else f"Write for example {EXAMPLE}."
        raise Unknown(f"{shown(sentence)} is not a change.", f"A change begins with {', '.join(VERBS)}.", fix)
    if not rest:
        raise Unknown(f"{verb} names nothing.", "A change names what it changes.", f"Write for example {EXAMPLE}.")
    name, value = _name_and_value(portfolio, verb, rest)
    return ScenarioLine(verb, name, value, place)


def _name_and_value(portfolio: Portfolio, verb: Verb, rest: str) -> tuple[str, Value]:
    word = VERBS[verb][0]
    parts = [(name, text) for name, text in splits(rest, f" {word} ") if name and text] if word else []
    parts = [(name, text) for name, text in parts if verb in NEEDED or _may_follow(verb, text)]
    if not parts or (verb not in NEEDED and _is_name(portfolio, rest)):
        return rest, None
    links = [(name, text) for name, text in parts if text.casefold() in LINK_TYPES]
    name, text = links[0] if links else parts[-1]
    return name, _value(text)


def _may_follow(verb: Verb, text: str) -> bool:
    """Whether a text can be the value of a verb that also goes without: a number, a kind of dependency, a period."""
    if verb == "lock":
        return True
    return NUMBER.fullmatch(text) is not None or (verb == "add" and text.casefold() in LINK_TYPES)


def _is_name(portfolio: Portfolio, name: str) -> bool:
    """Whether the whole text already names something."""
    try:
        return bool(find(record_form(portfolio), name))
    except Unknown:
        return False


def _value(text: str) -> Value:
    """A value as lines hold it: numbers as numbers, percentages as shares, anything else as text."""
    match = NUMBER.fullmatch(text)
    if match is None:
        return text
    number = float(match["figure"])
    return float(f"{number / 100:.12g}") if match["percent"] else number
