"""How work and people are divided: each line of a model speaks up just beyond what it says, as strongly as its source does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.domain import FieldFinding
from portfolio.errors import WrongUseError
from portfolio.operating_model import OperatingModel, check_model
from portfolio.storage.read_model import read_model
from tests import asking
from tests.operating_model.test_contradictions import OWN

WAYS = Path(__file__).parents[2] / "samples" / "ways-of-working"


def own(tmp_path: Path, structure: str) -> OperatingModel:
    """A model of one's own with this structure."""
    path = tmp_path / "own.yaml"
    path.write_text(f"{OWN}structure: {{source: a test, {structure}}}\n", encoding="utf-8")
    return read_model(path)


def findings(model: OperatingModel, raw: dict[str, Any]) -> list[FieldFinding]:
    """What a model says of how a portfolio is divided."""
    found = check_model(model, asking.portfolio_of(raw))
    return [problem for problem in found if problem.path[0] == "value_streams" or problem.path[-1] == "effort"]


def test_teams_are_counted_where_a_value_stream_says_how_many(tmp_path: Path) -> None:
    """Two to four: silent at the ends and where nothing is said."""
    model = own(tmp_path, "teams: {at_least: 2, at_most: 4}")
    for teams, said in ((None, 0), (2, 0), (4, 0), (1, 1), (5, 1)):
        raw = asking.small(asking.epic("X", a=1))
        raw["value_streams"][0]["teams"] = teams
        assert len(findings(model, raw)) == said, teams
    raw["value_streams"][0]["teams"] = 1
    (few,) = findings(model, raw)
    assert few.path == ("value_streams", 0, "teams")
    assert "has 1 team." in few.what
    assert "has 2 to 4" in few.rule
    assert few.severity == "warning"


def test_an_epic_of_too_many_value_streams_is_as_wrong_as_the_source_says(tmp_path: Path) -> None:
    """A must is an error, a should a warning; what needs nothing of a value stream does not belong to it."""
    raw = asking.small(asking.epic("BOTH", a=1, b=2), asking.epic("ONE", a=1, b=0))
    for strength, severity in (("must", "error"), ("should", "warning")):
        (found,) = findings(own(tmp_path, f"streams_per_epic: {{at_most: 1, strength: {strength}}}"), raw)
        assert (found.path, found.severity) == (("epics", 0, "effort"), severity)
        assert "BOTH needs A and B." in found.what
    assert findings(own(tmp_path, "streams_per_epic: {at_most: 2, strength: must}"), raw) == []


def test_value_streams_are_counted(tmp_path: Path) -> None:
    """A model may say how many there are, too."""
    raw = asking.small(asking.epic("X", a=1))
    there = len(raw["value_streams"])
    (found,) = findings(own(tmp_path, f"value_streams: {{at_least: {there + 1}}}"), raw)
    assert found.path == ("value_streams",)
    assert findings(own(tmp_path, f"value_streams: {{at_least: {there}, at_most: {there}}}"), raw) == []


@pytest.mark.parametrize(
    ("structure", "sentence"),
    [
        ("teams: {at_least: 5, at_most: 4}", "is 5, above at_most of 4; swap them"),
        ("streams_per_epic: {strength: must}", "says neither at_least nor at_most"),
        ("teams: {at_most: -1}", "greater than or equal to 0"),
        ("streams_per_epic: {at_most: 1, strength: perhaps}", "write must or should"),
    ],
)
def test_a_structure_that_makes_no_sense_is_refused(tmp_path: Path, structure: str, sentence: str) -> None:
    """With what is wrong, as for every section of a model."""
    with pytest.raises(WrongUseError, match=sentence):
        own(tmp_path, structure)


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("nexus", (2, 10), (3, 9)),  # Nexus Guide 2021: approximately three to nine teams
        ("less", (1, 9), (2, 8)),  # LeSS Rules: two to eight teams
        ("less-huge", (3, 9), (4, 8)),  # LeSS book: an area usually has four to eight teams
        ("scrum-at-scale", (3, 6), (4, 5)),  # Scrum@Scale guide: four or five teams
    ],
)
def test_teams_as_each_guide_has_them(name: str, wrong: tuple[int, ...], right: tuple[int, ...]) -> None:
    """The numbers of the guides, all of them recommendations."""
    for numbers, count in ((wrong, 1), (right, 0)):
        for teams in numbers:
            raw = asking.small(asking.epic("X", a=1))
            raw["value_streams"][0]["teams"] = teams
            found = findings(read_model(name), raw)
            assert [problem.severity for problem in found] == ["warning"] * count, (name, teams)


def test_an_item_of_two_requirement_areas_is_an_error_in_less_huge() -> None:
    """LeSS book: one and only one requirement area; the sample, which had four such items, has none."""
    raw = asking.small(asking.epic("BOTH", a=1, b=2))
    (found,) = findings(read_model("less-huge"), raw)
    assert found.severity == "error"
    assert "belongs to at most 1 requirement area" in found.rule
    assert engine.check(engine.load(WAYS / "less-huge.json")) == ()


@pytest.mark.parametrize("name", ["nexus", "less", "less-huge", "scrum-at-scale"])
def test_a_sprint_longer_than_a_month_is_an_error(name: str) -> None:
    """Scrum Guide 2020: a Sprint is of one month or less; six weeks were planned with a warning."""
    raw = asking.small(asking.epic("X", a=1))
    for weeks, severities in ((6, ["error"]), (4, [])):
        raw["calendar"]["period_weeks"] = weeks
        found = check_model(read_model(name), asking.portfolio_of(raw))
        assert [one.severity for one in found if one.path == ("calendar", "period_weeks")] == severities


@pytest.mark.parametrize("name", ["nexus", "less", "less-huge", "scrum-at-scale", "scrum-of-scrums", "flight-levels"])
def test_the_sample_obeys_its_model(name: str) -> None:
    """Check finds nothing in the file that shows a way of working."""
    assert engine.check(engine.load(WAYS / f"{name}.json")) == ()


def test_products_are_ranked_each_by_itself() -> None:
    """LeSS Rules: one backlog for a product; across products nothing is compared."""
    ranking = engine.rank(engine.load(WAYS / "less.json"))
    assert "ranks count within a value stream only" in ranking.headline
    places: dict[str, list[int]] = {}
    for epic in ranking.epics:
        assert epic.value_stream is not None
        assert epic.rank_in_stream is not None
        places.setdefault(epic.value_stream, []).append(epic.rank_in_stream)
    assert places == {stream: list(range(1, len(found) + 1)) for stream, found in places.items()}
    assert set(places) == {"Halls", "Online"}
    other = engine.rank(engine.load(WAYS / "scrum-at-scale.json"))
    assert all(epic.rank_in_stream is None for epic in other.epics)
    assert "rank_in_stream" not in other.epics[0].as_json()
