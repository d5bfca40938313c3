"""A table that people keep gives back the portfolio that stands in it, or a finding names what was not understood."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cases.reading import Command, Reading, holds, opened, read, sentence
from tests.cli.running import run
from tests.properties.keeping_differences import Difference, differences
from tests.properties.keeping_styles import FEATURES, Kept, write

SEEDS, MANY = 2, 10
MIXTURES = 30
READ = 0.8
"""The share of portfolios that have to be read exactly; a finding for each is no reader."""


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `portfolio` with these arguments."""
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def ordinary(command: Command, kept: Kept, folder: Path) -> set[str]:
    """What is found in the portfolio itself, however it is kept: the messages for it as JSON."""
    path = folder / "ordinary.json"
    path.write_text(json.dumps({"format": 1, **kept.portfolio}), encoding="utf-8")
    return {finding["message"] for finding in command("check", path, "--json").json["findings"]}


def untold(found: Sequence[Difference], reading: Reading, expected: set[str]) -> list[str]:
    """The differences that no finding names; a file of which nothing was taken needs one finding of severity error."""
    news = [one for one in reading.findings if one["message"] not in expected and one["severity"] != "note"]
    sentences = [sentence(one) for one in news]
    return [
        difference.what
        for difference in found
        if not any(word and holds(text, [word]) for word in difference.words for text in sentences)
    ]


def is_sound(command: Command, kept: Kept, folder: Path) -> bool:
    """Whether a portfolio, without what its style has no words for, is one at all: the same as JSON is accepted."""
    path = folder / "sound.json"
    path.write_text(json.dumps({"format": 1, **kept.portfolio}), encoding="utf-8")
    return command("check", path, "--json").code == 0


def told_apart(command: Command, folder: Path, seed: int, habits: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether a portfolio kept so is read exactly, and what was read otherwise without a word."""
    kept = write(folder / "kept", seed, habits)
    reading = read(command, kept.path, folder)
    if reading.portfolio is None:
        refused = (bool(reading.findings) or reading.code == 2) and not holds(reading.words, ["our fault"])
        as_json = refused and not is_sound(command, kept, folder)
        return as_json, [] if refused else ["nothing was read, and nothing was said"]
    found = differences(kept.portfolio, reading.portfolio, kept.named)
    return not found, untold(found, reading, ordinary(command, kept, folder)) if found else []


def kept_with(command: Command, folder: Path, habit: str, seeds: int) -> int:
    """How many portfolios kept with one habit are read exactly; none is read otherwise without a word."""
    exact = 0
    for seed in range(seeds):
        right, wrong = told_apart(command, folder, seed, (habit,))
        assert wrong == [], seed
        exact += right
    return exact


@pytest.mark.parametrize("habit", FEATURES)
def test_each_habit_alone(command: Command, tmp_path: Path, habit: str) -> None:
    """A portfolio kept with one habit is read exactly; here and there a finding may say what was not understood."""
    assert kept_with(command, tmp_path, habit, SEEDS) >= 1


@pytest.mark.many
@pytest.mark.parametrize("habit", FEATURES)
def test_each_habit_alone_many_times(command: Command, tmp_path: Path, habit: str) -> None:
    """The same for more portfolios, most of which are read exactly."""
    assert kept_with(command, tmp_path, habit, MANY) >= READ * MANY


def mixture(seed: int) -> tuple[str, ...]:
    """Three to eight habits that are understood, in any order; of two that contradict each other the last one counts."""
    rng = random.Random(seed)
    known = sorted(FEATURES)
    return tuple(rng.sample(known, rng.randrange(3, 9)))


def hold_together(command: Command, folder: Path, seeds: range) -> None:
    """None of these portfolios is read otherwise without a word, and most are read exactly."""
    exact = 0
    for seed in seeds:
        right, wrong = told_apart(command, folder, seed, mixture(seed))
        assert wrong == [], (seed, mixture(seed))
        exact += right
    assert exact >= READ * len(seeds)


def test_habits_together(command: Command, tmp_path: Path) -> None:
    """Portfolios kept with several habits at once, as everybody keeps them."""
    hold_together(command, tmp_path, range(MIXTURES))


@pytest.mark.many
@pytest.mark.parametrize("thousand", range(3))
def test_habits_together_many(command: Command, tmp_path: Path, thousand: int) -> None:
    """The same for thousands of mixtures."""
    hold_together(command, tmp_path, range(1_000 * (thousand + 1), 1_000 * (thousand + 2)))


def test_differences_are_seen(command: Command, tmp_path: Path) -> None:
    """The judge itself: a changed score, effort, link, period or budget is a difference; the portfolio as JSON has none."""
    kept = write(tmp_path / "kept", 3, ("plain",))
    path = tmp_path / "same.json"
    path.write_text(json.dumps({"format": 1, **kept.portfolio}), encoding="utf-8")
    again = opened(command, path, tmp_path).portfolio
    assert again is not None
    assert differences(kept.portfolio, again, kept.named) == []
    for change in ("epics", "value_streams", "calendar"):
        other = json.loads(json.dumps(again))
        if change == "epics":
            other["epics"][0]["job_size"] = 99
        elif change == "value_streams":
            other["value_streams"][0]["capacity"][0] += 1
        else:
            other["calendar"]["periods"][0] = "FTE"
        assert differences(kept.portfolio, other, kept.named) != [], change
