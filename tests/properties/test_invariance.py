"""What must not change an answer: the order of rows, the names of things, asking again."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests import asking, oracle
from tests.random_portfolios import random_portfolio

SEEDS = range(400, 440)
SHUFFLED = ("epics", "value_streams", "dependencies", "guardrails")


def has_tied_streams(raw: asking.Raw) -> bool:
    """Whether an external cost falls to the first of several equally large value streams, which their order decides."""
    for epic in raw["epics"]:
        needed = sorted((oracle.effort_in(epic, stream) for stream in raw["value_streams"]), reverse=True)
        if epic.get("external_cost") and len(needed) > 1 and needed[0] == needed[1]:
            return True
    return False


@pytest.mark.parametrize("seed", SEEDS)
def test_order_of_rows_never_changes_the_value(seed: int) -> None:
    """Epics, value streams, dependencies and guardrails may come in any order."""
    raw, rng = random_portfolio(seed), random.Random(seed)
    shuffled = copy.deepcopy(raw)
    for section in SHUFFLED:
        if section != "value_streams" or not has_tied_streams(raw):
            rng.shuffle(shuffled.get(section, []))
    expected = asking.value(raw)
    assert asking.value(shuffled) == (None if expected is None else pytest.approx(expected, rel=1e-7, abs=1e-6))


def renamed(raw: asking.Raw) -> tuple[asking.Raw, dict[str, str]]:
    """The same portfolio with other IDs, period labels and attribute words, and the new word for each old one."""
    calendar = raw["calendar"]
    old = [*(epic["id"] for epic in raw["epics"]), *(stream["id"] for stream in raw["value_streams"])]
    old += [*calendar["periods"], *dict.fromkeys(calendar.get("budget_periods", ()))]
    attributes = {
        epic[name] for epic in raw["epics"] for name in oracle.get(raw, "renamed", ATTRIBUTES) if name in epic
    }
    words = {word: f"Ünlike {len(old) - number:02} ({word[-1]})" for number, word in enumerate(old)}
    words |= {word: f"Word {number}" for number, word in enumerate(sorted(attributes), start=100)}
    folded = {word.casefold(): new for word, new in words.items()}

    def translate(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            names = key == "effort"
            return {words[name] if names else name: translate(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [translate(inner, key) for inner in value]
        if isinstance(value, str) and key not in {"name", "measure", "of", "enforce", "per", "title", "urgency"}:
            return folded.get(value.casefold(), value)
        return value

    return translate(raw), words


ATTRIBUTES = ("type", "category", "horizon", "theme", "fund", "owner")
"""What people call as they like; a state says something: whether an epic is running, or committed to."""


@pytest.mark.parametrize("seed", SEEDS)
def test_names_change_nothing_but_names(seed: int) -> None:
    """Other IDs, labels and words give the same plan with the new names, and the same figures."""
    raw = random_portfolio(seed)
    other, words = renamed(raw)
    expected, found = asking.best(raw), asking.best(other)
    assert found.outcome.claim == expected.outcome.claim
    assert found.outcome.value == expected.outcome.value
    if expected.plan is not None and found.plan is not None:
        assert {words[name]: booking for name, booking in expected.plan.bookings.items()} == found.plan.bookings


@pytest.mark.parametrize("seed", range(440, 460))
def test_asking_again_gives_the_same_answer(seed: int, tmp_path: Path) -> None:
    """The whole answer is the same byte for byte, but for the seconds it took."""
    raw = random_portfolio(seed)
    texts = []
    for _ in range(2):
        content = asking.answer(raw, tmp_path).as_json()
        content["outcome"].pop("seconds")
        texts.append(json.dumps(content))
    assert texts[0] == texts[1]
