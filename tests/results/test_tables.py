"""The tables of the results: declared once, keyed, and true to the result that they show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import portfolio
from portfolio import engine
from portfolio.results.catalogue import CATALOGUE
from portfolio.results.explanations import Explained
from portfolio.results.flow.coordination import CoordinationCost, Removal
from portfolio.results.prices import PriceList
from portfolio.tabular import Table, TabularResult
from tests import asking
from tests.asking import epic, small
from tests.random_portfolios import random_portfolio

COLUMNS = Path(__file__).with_name("columns.txt")
HOSTILE = '<script>alert("1")</script>'
OTHER = ["set job size of E to 3", "scale capacity by 150%", "relax Cap"]
ALL = [(kind, table) for kind, tables in CATALOGUE.items() for table in tables]


@cache
def bank() -> portfolio.Loaded:
    """Two value streams, budgets, a dependency, guardrails, and an epic that waits."""
    raw = small(
        epic("E", a=12, b=4, max_periods=2, external_cost=60, capex_share=0.5, title=HOSTILE),
        epic("F", a=6, confidence=0.5, deadline=30, urgency="deadline", must=True),
        epic("G", benefit=1, a=90, earliest="PI 2"),
        dependencies=[{"predecessor": "F", "successor": "E"}],
        guardrails=[
            {"name": "Cap", "measure": "spend", "where": {"epic": ["E", "F"]}, "per": ["period"], "at_most": 5000}
        ],
    )
    for stream in raw["value_streams"]:
        stream["budget"] = [2000] * 4
    return asking.in_memory(raw)


@cache
def flow() -> TabularResult:
    """Flow with something in each table: a year of history, with its forecast, and what coordination costs where it costs something."""
    read = portfolio.load(Path("samples/year-of-delivery/portfolio.xlsx"))
    found = engine.flow(read, as_of=date(2027, 1, 3), window=364, forecast=True)
    removal = Removal("a boundary", ("A", "B"), 1, 5.0, 9.0, 7.0)
    assert found.coordination is not None
    cost = CoordinationCost("EUR", 1, 5.0, 9.0, 7.0, (removal,))
    return replace(found, coordination=replace(found.coordination, cost=cost))


@cache
def results() -> dict[str, TabularResult]:
    """A result of each kind."""
    return {
        "Loaded": bank(),
        "Ranking": portfolio.rank(bank()),
        "Answer": portfolio.plan(bank(), gap=0),
        "Comparison": portfolio.compare(bank(), {"Less": "scale capacity by 50%", "No E": ["ban E"]}, gap=0),
        "Frontier": portfolio.vary(bank(), "capacity 50%..150% by 50%", gap=0),
        "PriceList": portfolio.prices(bank()),
        "Explained": portfolio.explain(bank(), ["E", "F", "G"]),
        "Simulation": _simulated(),
        "Ranks": engine.ranks(bank(), draws=20),
        "Flow": flow(),
        "Difference": portfolio.diff(bank(), portfolio.scenario(bank(), "Other", OTHER), gap=0),
    }


def _simulated() -> TabularResult:
    """With everything that can be asked for."""
    plan = portfolio.plan(bank(), gap=0).plan
    asked = engine.Choosing(anew=True, information=True, robust="mean", plans=1)
    assert plan is not None
    played = engine.simulate(bank(), plan, draws=20, choices=asked)
    return engine.with_ranks(played, bank(), plan)


@pytest.mark.parametrize(("kind", "table"), ALL, ids=[f"{kind} {table.name}" for kind, table in ALL])
def test_declarations_are_whole(kind: str, table: Table) -> None:
    """Names in snake case, each once, each with a meaning that is a sentence; keys and short views name columns."""
    assert kind
    assert len(set(table.names)) == len(table.names)
    assert set(table.key) <= set(table.names)
    assert set(table.shown) <= set(table.names)
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in (table.name, *table.names))
    assert all(column.meaning.endswith((".", "`")) for column in table.columns), table.columns
    assert table.meaning.endswith(".")


def test_key_columns_are_the_same_wherever_they_stand() -> None:
    """Tables can be joined by them: one name, one kind."""
    kinds: dict[str, set[str]] = {}
    for _, table in ALL:
        for column in table.columns:
            if column.name in table.key and column.name not in {"number", "name"}:
                kinds.setdefault(column.name, set()).add(column.kind)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_columns_are_only_added() -> None:
    """Whoever reads a table finds what was there, by the name and in the unit that it had; new ones are added to the list."""
    there = [
        f"{kind}.{table.name}.{column.name}: {column.kind}{f', {column.unit}' if column.unit else ''}"
        for kind, table in ALL
        for column in table.columns
    ]
    listed = COLUMNS.read_text(encoding="utf-8").splitlines()
    assert set(listed) - set(there) == set()
    assert set(there) - set(listed) == set(), f"add to {COLUMNS.name}"


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_result_has_the_tables_of_the_catalogue(kind: str) -> None:
    """In that order, the one that is shown first; and every value stands in a column that was declared."""
    result = results()[kind]
    assert type(result).__name__ == kind
    assert [filled.table for filled in result.filled_tables()] == list(CATALOGUE[kind])
    pd.testing.assert_frame_equal(result.frame(), result.frame(CATALOGUE[kind][0].name))


@pytest.mark.parametrize(("kind", "table"), ALL, ids=[f"{kind} {table.name}" for kind, table in ALL])
def test_frames_are_keyed_and_typed(kind: str, table: Table) -> None:
    """The key tells every row apart; periods are ordered as in the calendar; a column that is never filled is a mistake."""
    frame = results()[kind].frame(table.name)
    assert tuple(frame.index.names) == table.key
    assert frame.index.is_unique
    assert list(frame.columns) == [name for name in table.names if name not in table.key]
    for column in table.columns:
        if column.kind == "period" and column.name in frame:
            assert list(frame[column.name].cat.categories)[:1] in (["PI 1"], ["FY27"])
            assert frame[column.name].cat.ordered
        if column.kind == "number" and column.name in frame:
            assert str(frame[column.name].dtype) == "float64"


@pytest.mark.parametrize("seed", range(40))
def test_keys_tell_rows_apart_in_any_portfolio(seed: int) -> None:
    """Also where guardrails have several dimensions, and where no plan is possible."""
    found = asking.in_memory(random_portfolio(seed))
    if found.portfolio is None:
        pytest.skip("not sound")
    for result in (found, portfolio.plan(found, time_limit=5)):
        for filled in result.filled_tables():
            assert result.frame(filled.table.name).index.is_unique, filled.table.name


def test_work_adds_up_to_the_allocation() -> None:
    """Effort and spend by epic, value stream and period are those of each value stream and period, and of each epic."""
    answer = results()["Answer"]
    work, streams = answer.frame("work"), answer.frame("value_stream_periods")
    by_stream = work.groupby(["value_stream", "period"], observed=False)[["effort", "spend"]].sum()
    for column in ("effort", "spend"):
        for key, total in by_stream[column].items():
            assert total == pytest.approx(streams.loc[key, column])
    assert work.groupby("epic")["spend"].sum().sum() == pytest.approx(answer.frame("epics")["spend"].sum())
    funding = answer.frame("funding")
    assert work["capex"].sum() == pytest.approx(funding["capex"].sum())
    assert funding["spend"].sum() == pytest.approx(streams["spend"].sum())


def test_tables_join_by_their_keys() -> None:
    """A program joins a fact to what it is about without renaming anything."""
    answer = results()["Answer"]
    joined = (
        answer.frame("work").join(answer.frame("epics")[["title", "wsjf"]]).join(answer.frame("periods")["first_day"])
    )
    assert len(joined) == len(answer.frame("work"))
    assert joined["title"].dropna().unique().tolist() == [HOSTILE]
    assert joined["first_day"].notna().all()


def test_an_answer_says_what_was_decided() -> None:
    """The run, the epics with their reasons, the guardrails with their standing."""
    answer = results()["Answer"]
    assert isinstance(answer, portfolio.Answer)
    (run,) = answer.frame("run").itertuples()
    assert (run.Index, run.model, run.claim, run.value) == ("Small", "safe", "proven best", answer.outcome.value)
    assert (run.unit, run.currency, len(run.inputs_sha256)) == ("EUR", "EUR", 64)
    epics = answer.frame("epics")
    assert list(epics.index) == [line.id for line in answer.ranking.epics]
    assert epics.loc["G", "decision"] == "wait"
    assert pd.isna(epics.loc["G", "start"])
    assert epics.loc["F", "deadline"] == pd.Timestamp("2027-08-01")
    assert list(epics["spend"]) == [line.spend for line in answer.epics]
    assert answer.frame("guardrails")["met"].all()


def test_a_portfolio_without_a_plan_still_has_its_tables() -> None:
    """There is no row about a plan, and nothing starts."""
    impossible = portfolio.scenario(bank(), "None", ["set capacity of A to 0"])
    answer = portfolio.plan(impossible)
    assert answer.outcome.claim == "impossible"
    assert answer.frame("run")["value"].isna().all()
    assert [len(answer.frame(name)) for name in ("work", "value_stream_periods", "guardrails", "funding")] == [0] * 4
    assert set(answer.frame("epics")["decision"]) == {"wait"}
    assert "<svg" not in answer._repr_html_()


def test_errors_are_the_table_of_a_portfolio_that_cannot_be_used() -> None:
    """What was read shows what is wrong with it."""
    broken = portfolio.from_frames(epics={"ID": ["E"], "Job size": [-1]})
    assert broken.headline == "The portfolio: 1 error, 1 warning."
    assert broken.frame().iloc[0]["place"] == 'epics["E", "Job size"]'
    assert broken.frame().iloc[0]["severity"] == "error"
    assert "Job size" in broken._repr_html_()


def test_every_table_of_flow_is_filled_where_there_is_evidence() -> None:
    """Each row says the part that it is of; parts stand in the order of the workbook."""
    found = results()["Flow"]
    empty = {filled.table.name for filled in found.filled_tables() if not len(found.frame(filled.table.name))}
    assert empty <= {"findings"}
    assert found.frame("lead_times").index.fillna("").tolist() == ["", "SHOP", "NET", "LAST", "CORE"]
    assert found.frame("throughput")["finished"].groupby(level="group").sum()["SHOP"] == 7
    assert found.frame("growth").loc["LAST", "has_scaled"] == False  # noqa: E712


def test_steps_can_be_plotted_as_they_are() -> None:
    """The step and its value are columns."""
    frame = results()["Frontier"].frame()
    assert list(frame["step"]) == [0.5, 1.0, 1.5]
    assert frame["value"].isna().tolist() == [True, False, False]
    assert frame["value"].dropna().is_monotonic_increasing


def test_differences_are_told_side_by_side() -> None:
    """What stood there and stands there now; what a record that is gone was has nothing after it."""
    changes = results()["Difference"].frame().reset_index()
    told = {(row.what, row.how): (row.before, row.after) for row in changes.fillna("").itertuples()}
    assert told[f"E {HOSTILE}", "Job size"] == ("", "3")
    assert told["Cap", "removed"][1] == ""
    assert len(changes) == 2 * 4 + 2


def test_prices_are_listed_dearest_first() -> None:
    """Each rule with what it costs at least and at most, and one unit more of each thing that is limited."""
    found = results()["PriceList"]
    assert isinstance(found, PriceList)
    rules = found.frame("rules")
    assert rules["rule"].tolist() == [line.label for line in found.rules]
    assert rules["found"].is_monotonic_decreasing
    assert len(found.frame("units")) == len(found.units) > 0


@pytest.mark.parametrize("kind", CATALOGUE)
def test_notebooks_show_the_sentence_and_the_table(kind: str) -> None:
    """The claim and the gap are never left out, and names are text."""
    result = results()[kind]
    markup = result._repr_html_()
    assert HOSTILE not in markup
    assert "<table" in markup
    assert len(repr(result)) < 500
    if kind not in {"Loaded", "Ranking", "Simulation", "Ranks", "Flow"}:
        assert "proven best" in result.headline
    if kind == "Answer":
        assert "<svg" in markup


def test_a_gap_is_said_wherever_it_is_open() -> None:
    """What is not proven says how far below the best it may lie."""
    answer = results()["Answer"]
    assert isinstance(answer, portfolio.Answer)
    open_ended = replace(answer, outcome=replace(answer.outcome, claim="best found", gap=0.0213, bound=950.0))
    assert "(best found, at most 2.13% below the best possible)" in open_ended._repr_html_()
    assert open_ended.frame("run")["gap"].tolist() == [0.0213]


def test_explanations_are_sentences_too() -> None:
    """An explanation is a text, each way in a sentence; a notebook shows what is said of each epic."""
    found = results()["Explained"]
    assert isinstance(found, Explained)
    for one in found.epics:
        assert str(one) == " ".join(one.sentences)
        assert one.id in found._repr_html_()
