"""`plan --keep` where the order of the sheet decides: keeping costs places, never the order.

Nexus Guide 2021: one ordered Product Backlog decides what is done next. What is frozen until a review, as in Scrum@Scale, stays where it
was agreed: that is tested with the commitment.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.asking import Raw
from tests.cli.conftest import Command, saved

MODELS = ["scrum-of-scrums", "nexus", "flight-levels"]


def backlog(model: str, order: str) -> Raw:
    """Three items of one team that does one of them at a time, in this order."""
    periods = [f"P{number}" for number in range(1, 5)]
    return {
        "format": 1,
        "model": model,
        "calendar": {"start": "2027-01-04", "periods": periods},
        "value_streams": [{"id": "Team", "name": "Team", "capacity": [10] * 4}],
        "epics": [{"id": name, "effort": {"Team": 10}} for name in order],
    }


def starts(told: Raw) -> dict[str, str]:
    """When each starts."""
    return {line["id"]: line["start"] for line in told["epics"] if line["start"]}


@pytest.fixture(params=MODELS)
def moved_up(request: pytest.FixtureRequest, command: Command, tmp_path: Path) -> tuple[Path, Path]:
    """The agreed plan of A, B, C, and the portfolio in which C has moved to the top."""
    old = saved(backlog(request.param, "ABC"), tmp_path / "old.json")
    agreed = tmp_path / "agreed.json"
    agreed.write_text(command("plan", old, "--json").out, encoding="utf-8")
    return agreed, saved(backlog(request.param, "CAB"), tmp_path / "new.json")


def test_what_moves_to_the_top_comes_first(command: Command, moved_up: tuple[Path, Path]) -> None:
    """The order is the value there, so nothing of it is given up unless places are."""
    agreed, new = moved_up
    for more in ([], ["--tolerance", "0%"]):
        told = command("plan", new, "--keep", agreed, "--json", *more).json
        assert starts(told) == {"C": "P1", "A": "P2", "B": "P3"}
        assert told["outcome"]["claim"] == "proven best"
        assert told["kept"]["places"] == {"allowed": 0, "later": {}}
    assert "Keeping costs no place." in command("plan", new, "--keep", agreed).out


def test_places_that_are_given_up_are_said_and_nothing_is_called_proven(
    command: Command, moved_up: tuple[Path, Path]
) -> None:
    """Two places keep the old plan; one does not, and those above are served first."""
    agreed, new = moved_up
    told = command("plan", new, "--keep", agreed, "--places", "2", "--json").json
    assert starts(told) == {"A": "P1", "B": "P2", "C": "P3"}
    assert told["outcome"]["claim"] == "best found"
    assert told["kept"]["places"] == {"allowed": 2, "later": {"C": 2}}
    shown = " ".join(command("plan", new, "--keep", agreed, "--places", "2").out.split())
    assert "proven best" not in shown
    assert "Keeping costs places: C ends 2" in shown
    assert "later than by the order alone" in shown
    told = command("plan", new, "--keep", agreed, "--places", "1", "--json").json
    assert starts(told)["C"] == "P1"


def test_a_share_of_value_says_nothing_here(command: Command, moved_up: tuple[Path, Path], tmp_path: Path) -> None:
    """It is refused with what to say instead, and so are places where value decides."""
    agreed, new = moved_up
    ended = command("plan", new, "--keep", agreed, "--tolerance", "5%")
    assert (ended.code, "--places" in ended.err) == (2, True)
    assert command("plan", new, "--places", "1").code == 2
    raw = json.loads(new.read_text(encoding="utf-8")) | {"model": "cost-of-delay"}
    for epic in raw["epics"]:
        epic["benefit_per_week"] = 5
    ended = command("plan", saved(raw, tmp_path / "money.json"), "--keep", agreed, "--places", "1")
    assert (ended.code, "--tolerance" in ended.err) == (2, True)
