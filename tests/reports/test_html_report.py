"""The report: one file that asks for nothing and runs nothing, whatever people call things, with everything that was decided."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest

from portfolio.domain import Finding
from portfolio.reports.html_report import html_of
from portfolio.reports.report import Report, Source
from portfolio.results.running import RunningLine
from portfolio.results.views import Shown
from tests.reports.reading import Reading
from tests.results.views.test_views import other, shown
from tests.workbook.answers import COMPLETE_PLAN, answer_for, complete_answer, complete_portfolio, without_plan

SOURCE = Source("bank.xlsx", "ab" * 32, "Left out of ranking and plan: 1 epic that is done (E9).")
FOUND = (Finding("warning", "bank.xlsx, Epics!F12", "E1 is odd.", "Nothing is odd.", "Make it even."),)
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></svg><svg onload=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "{{ 7 * 7 }}{% for x in y %}",
    "<!-- --><![CDATA[",
    "\x1b[31mred\x07",
    "\u202egnp.exe\u2066",
    "N" * 10_000,
    "&amp;<b>東京</b>",
]


def report(subject: Shown | None = None) -> Report:
    return Report(subject or shown(complete_answer(), other()), SOURCE, FOUND)


def test_it_asks_for_nothing_and_runs_nothing() -> None:
    """The policy forbids everything but the stylesheet, whose hash it names; no script, no style of an element, no link out."""
    text = html_of(report())
    page = Reading(text)
    policy = next(
        meta["content"] or "" for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    )
    style = "".join(page.texts["style"])
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert page.foreign == []
    assert not re.search(r"url\(|@import|https?:", style)


def test_what_is_in_progress_is_not_said_to_start() -> None:
    """The tile says how many epics are in the plan, and how many of them start; where none is in progress, those that start."""
    answer = complete_answer()
    assert answer.plan is not None
    said, (first, *_) = f"{len(answer.plan)} of {len(answer.epics)}", answer.plan.bookings
    assert ("Epics that start", said, "") in {(tile.heading, tile.words, tile.note) for tile in report().tiles}
    on = replace(answer, running=(RunningLine(first, None, "continue", None, None),))
    begin = len(answer.plan) - 1
    counted = ("Epics in the plan", said, f"{begin} {'starts' if begin == 1 else 'start'}, 1 in progress")
    assert counted in {(tile.heading, tile.words, tile.note) for tile in report(shown(on)).tiles}


def test_everything_that_was_decided_is_there() -> None:
    """Claim, inputs, decisions, difference, every epic with its reason, value streams, guardrails, charts with tables, findings."""
    answer = complete_answer()
    page = Reading(html_of(report()))
    names = [section.get("id") for section in page.all("section") if section.get("id")]
    assert names == [
        "decisions",
        "difference",
        "ranking",
        "roadmap",
        "load",
        "guardrails",
        "value_and_duration",
        "findings",
    ]
    assert [link["href"] for link in page.all("a")] == [f"#{name}" for name in names]
    said = answer.headline.removeprefix(f"{answer.portfolio.name}: ")
    for words in (said, "ab" * 32, "1 epic that is done (E9)", "bank.xlsx, Epics!F12", "Make it even."):
        assert words in page.text
    for line in answer.epics:
        assert (line.merit if line.start is not None else line.obstacle) in page.text
    for stream in answer.portfolio.value_streams:
        assert stream.title in page.text


def test_the_same_answer_is_the_same_text() -> None:
    """Byte for byte, however often it is made."""
    assert html_of(report()) == html_of(report())


def hostile(name: str) -> Shown:
    """The complete portfolio in which every text that people write is this one."""
    raw: dict[str, Any] = complete_portfolio()
    raw["name"] = raw["currency"] = name
    raw["calendar"]["periods"] = [f"{name}{number}" for number in range(4)]
    for stream in raw["value_streams"]:
        stream["name"] = name
    for epic in raw["epics"]:
        epic.update({field: name for field in ("title", "theme", "owner", "fund", "outcome") if field != "outcome"})
        for field in ("earliest", "latest", "start"):
            if epic.get(field) is not None:
                epic[field] = raw["calendar"]["periods"][0]
    for limit in raw.get("guardrails", []):
        limit["name"] = f"{name} {limit['name']}"
    return shown(answer_for(raw, COMPLETE_PLAN))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    """What looks like markup, a formula, a template or a command stands there as people wrote it, and is nothing else."""
    subject = hostile(name)
    found = (Finding("error", name, name, name, name),)
    page = Reading(html_of(Report(subject, Source(name, name, name), found)))
    assert page.foreign == []
    assert len(page.comments) == 1
    assert page.comments[0].startswith(" written by portfolio, ")
    if len(name) < 100 and name.isprintable():
        assert name in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page.text)


def test_without_a_plan_the_report_says_what_to_do() -> None:
    """A portfolio that only ranks has a ranking and its figures, one whose rules clash says so."""
    answer = complete_answer()
    alone = answer.portfolio.model_copy(update={"value_streams": ()})
    ranked = Reading(html_of(Report(Shown(alone, answer.model, answer.ranking), SOURCE, ())))
    assert [section["id"] for section in ranked.all("section") if section.get("id")] == [
        "ranking",
        "value_and_duration",
    ]
    assert "ranked but not planned" in ranked.text
    assert ranked.foreign == []
    nothing = Reading(html_of(Report(shown(without_plan(answer)), SOURCE, ())))
    assert answer.portfolio.name or "" in nothing.text
    empty = replace(answer.ranking, epics=())
    none = Shown(answer.portfolio.model_copy(update={"epics": ()}), answer.model, empty)
    assert "There are no epics yet." in Reading(html_of(Report(none, Source(), ()))).text
