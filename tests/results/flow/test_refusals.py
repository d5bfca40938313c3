"""What is never measured: each refusal of people, rankings and targets has its sentence, and an option that says it."""

from __future__ import annotations

import pytest

from portfolio.cli.commands.flow import NEVER
from portfolio.errors import WrongUseError
from portfolio.results.flow.refusals import GROUPINGS, SENTENCES, grouping_by, refuse

EXPECTED = {
    "people": "it measures the system, and a figure of one person or team is soon worked for instead of the outcome.",
    "sort": "stand in the order of the workbook and are not sorted by a measure",
    "score": "No score is made of several measures",
    "target": "No target is set on a flow measure",
    "lights": "No best, worst, traffic lights or positions across value streams",
    "points": "Story points are not compared or added across value streams",
}


def test_every_refusal_has_its_sentence_and_an_option() -> None:
    """None is missing, and none is there that nobody can come upon; grouping by people is asked for with `--by`."""
    assert set(SENTENCES) == set(EXPECTED)
    assert set(NEVER.values()) == set(SENTENCES) - {"people"}


@pytest.mark.parametrize("asked", sorted(set(EXPECTED) - {"people"}))
def test_what_is_refused_is_said_with_its_reason(asked: str) -> None:
    """What is not done, and after it why, or what to do instead."""
    with pytest.raises(WrongUseError) as refused:
        refuse(asked)
    said = str(refused.value)
    assert EXPECTED[asked] in said
    assert said.endswith(".")
    assert len(said) > len(EXPECTED[asked]) + 20


@pytest.mark.parametrize(
    "by",
    [
        "owner",
        "assignee",
        "Assigned to",
        "responsible",
        "scorer",
        "reviewer",
        "Team lead",
        "created-by",
        "squad",
        "vendor",
    ],
)
def test_no_column_of_people_is_a_group(by: str) -> None:
    """Whatever a tool calls it; the sentence says by what it may be grouped."""
    with pytest.raises(WrongUseError) as refused:
        grouping_by(by)
    assert EXPECTED["people"] in str(refused.value)
    assert "value stream, type, horizon" in str(refused.value)


@pytest.mark.parametrize("by", ["p85", "velocity", "throughput", "Bearbeiter", "colour"])
def test_nothing_else_is_a_group(by: str) -> None:
    """Measures and what nobody knows are none either."""
    with pytest.raises(WrongUseError, match="group by one of"):
        grouping_by(by)


def test_groups_are_parts_of_the_system() -> None:
    """As people write them."""
    assert [grouping_by(name.upper().replace(" ", "_")) for name in GROUPINGS] == list(GROUPINGS)
