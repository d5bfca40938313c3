"""Sentences: each says what the same change says in a file, and what cannot be read is told."""

from __future__ import annotations

import pytest

from portfolio.edits import ScenarioLine, Unknown, Value, Verb
from portfolio.edits.read_sentence import line_from_sentence, scenario_from_sentences
from tests import asking
from tests.asking import epic
from tests.edits.test_scenarios import raw

Told = tuple[Verb, str, Value]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("scale capacity of Web by 80%", ("scale", "capacity of Web", 0.8)),
        ("SCALE  capacity of Web   by 1.2", ("scale", "capacity of Web", 1.2)),
        ("set capacity of Web in PI 2 to 60", ("set", "capacity of Web in PI 2", 60.0)),
        ("set deadline of EP-1 to 2027-03-01", ("set", "deadline of EP-1", "2027-03-01")),
        ("set must of EP-1 to yes", ("set", "must of EP-1", "yes")),
        ("set at least of Floor to -.5", ("set", "at least of Floor", -0.5)),
        ("add budget of Ops in FY28 by -10", ("add", "budget of Ops in FY28", -10.0)),
        ("add dependency of EP-3 on EP-2", ("add", "dependency of EP-3 on EP-2", None)),
        ("add dependency of EP-3 on EP-2 by needs", ("add", "dependency of EP-3 on EP-2", "needs")),
        ("add dependency of EP-3 on EP-2 by 2", ("add", "dependency of EP-3 on EP-2", 2.0)),
        (
            "set dependency of EP-3 on EP-1 to finish to start",
            ("set", "dependency of EP-3 on EP-1", "finish to start"),
        ),
        ("lock EP-3", ("lock", "EP-3", None)),
        ("lock EP-3 in PI 2", ("lock", "EP-3", "PI 2")),
        ("lock Web in Rome", ("lock", "Web in Rome", None)),
        ("lock Web in Rome in PI 2", ("lock", "Web in Rome", "PI 2")),
        ("ban Web in Rome", ("ban", "Web in Rome", None)),
        ("relax Floor", ("relax", "Floor", None)),
        ("relax Floor by 5%", ("relax", "Floor", 0.05)),
        ("relax capacity by the way", ("relax", "capacity by the way", None)),
        ("scale budget by a lot", ("scale", "budget", "a lot")),
        ("scale budget", ("scale", "budget", None)),
    ],
)
def test_a_sentence_is_a_change(sentence: str, told: Told) -> None:
    """Verb, name and value, however they are spaced and spelt."""
    assert line_from_sentence(asking.portfolio_of(raw()), sentence) == ScenarioLine(*told)


@pytest.mark.parametrize(
    "told",
    [
        ("set", "capacity of Web in PI 2", 60.0),
        ("scale", "budget", 1.05),
        ("add", "dependency of EP-3 on EP-2", "finish to start"),
        ("lock", "EP-2", "PI 3"),
        ("ban", "EP-1", None),
        ("relax", "Cap of the web", None),
    ],
)
def test_a_change_reads_what_it_prints(told: Told) -> None:
    """What a comparison shows can be written again."""
    change = ScenarioLine(*told)
    assert line_from_sentence(asking.portfolio_of(raw()), str(change)) == change


@pytest.mark.parametrize("name", ["Stand by 5", "Move to 3", "Log in PI 2"])
def test_names_that_hold_the_word_before_a_value_are_names(name: str) -> None:
    """An epic may be called like the end of a sentence."""
    portfolio = asking.portfolio_of(asking.small(epic("E", title=name)))
    for verb in ("lock", "relax", "ban"):
        assert line_from_sentence(portfolio, f"{verb} {name}").name == name


@pytest.mark.parametrize(
    ("sentence", "what", "fix"),
    [
        ("scael budget by 80%", '"scael budget by 80%" is not a change.', "Did you mean scale?"),
        ("", '"" is not a change.', "Write for example scale capacity of Web by 80%."),
        ("ban", "ban names nothing.", "Write for example scale capacity of Web by 80%."),
    ],
)
def test_what_is_no_sentence_says_what_one_is(sentence: str, what: str, fix: str) -> None:
    """The finding has the sentence, the rule and the way out."""
    with pytest.raises(Unknown) as told:
        line_from_sentence(asking.portfolio_of(raw()), sentence)
    assert (told.value.what, told.value.fix) == (what, fix)


def test_a_scenario_reads_every_sentence_and_tells_all_that_is_wrong() -> None:
    """Each change has its place; one sentence needs no list."""
    portfolio = asking.portfolio_of(raw())
    scenario, findings = scenario_from_sentences(
        portfolio, "Fewer", ["scale capacity by 80%", "shrink it", "ban EP-1", "cut"]
    )
    assert [(change.verb, change.place) for change in scenario.lines] == [
        ("scale", "scenario Fewer, change 1"),
        ("ban", "scenario Fewer, change 3"),
    ]
    assert [finding.place for finding in findings] == ["scenario Fewer, change 2", "scenario Fewer, change 4"]
    assert scenario_from_sentences(portfolio, "One", "ban EP-1")[0].lines == (
        ScenarioLine("ban", "EP-1", None, "scenario One, change 1"),
    )
