"""Frames: what a program holds in tables is read like a workbook, and nothing that is missing there becomes a value."""

from __future__ import annotations

import copy
import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import portfolio
from portfolio import Loaded, WrongUseError
from portfolio.domain import Portfolio
from tests import asking
from tests.asking import epic
from tests.random_portfolios import portfolios

ABSENT = (None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  ", np.datetime64("NaT"), np.float32("nan"), Decimal("NaN"))


def small() -> dict[str, Any]:
    """Three epics in the headings of a workbook, two value streams, two periods."""
    return {
        "epics": pd.DataFrame(
            {
                "ID": ["EP-1", "EP-2", "EP-3"],
                "Title": ["Rocket", "Web", "Cellar"],
                "User-business value": [8, 5, 3],
                "Time criticality": [3, 5, 1],
                "RR/OE": [1, 2, 3],
                "Job size": [5, 8, 3],
                "Benefit per week": [10.0, 20.0, 5.0],
                "Deadline": [pd.Timestamp("2027-05-03"), pd.NaT, pd.NaT],
                "Urgency": ["deadline", None, "standard"],
                "Must": [True, False, False],
            }
        ),
        "effort": pd.DataFrame(
            {"Epic": ["EP-1", "EP-2", "EP-2", "EP-3"], "Value stream": ["A", "A", "B", "B"], "Effort": [4, 2, 3, 1]}
        ),
        "value_streams": pd.DataFrame({"ID": ["A", "B"], "Cost per unit": [100, 50]}),
        "capacity": pd.DataFrame({"PI 1": [10, 10], "PI 2": [10, 12]}, index=pd.Index(["A", "B"], name="Value stream")),
        "settings": {"Currency": "kEUR", "Start": date(2027, 1, 4), "Period weeks": 10},
    }


def read(**tables: Any) -> Loaded:
    """The small portfolio with other tables in place of its own."""
    return portfolio.from_frames(**{**small(), **tables})


def sound(loaded: Loaded) -> Portfolio:
    """The portfolio, which has no finding at all."""
    assert loaded.findings == ()
    assert loaded.portfolio is not None
    return loaded.portfolio


def places(loaded: Loaded) -> list[str]:
    """Where something is wrong."""
    return [finding.place for finding in loaded.findings]


def test_frames_are_read_by_the_headings_of_a_workbook() -> None:
    """Every table arrives, and the plan is the same as from the same portfolio in JSON."""
    found = sound(read())
    rocket, web, cellar = found.epics
    assert (rocket.user_business_value, rocket.job_size, rocket.deadline, rocket.must) == (8, 5, date(2027, 5, 3), True)
    assert (rocket.effort, web.effort, cellar.effort) == ({"A": 4}, {"A": 2, "B": 3}, {"B": 1})
    assert found.calendar.periods == ("PI 1", "PI 2")
    assert [stream.capacity for stream in found.value_streams] == [(10, 10), (10, 12)]
    assert (found.currency, found.calendar.start) == ("kEUR", date(2027, 1, 4))
    assert portfolio.plan(read(), gap=0).outcome.claim == "proven best"


def test_names_of_json_are_headings_too_and_records_are_tables() -> None:
    """What a JSON file holds section by section is a portfolio, nested lists and mappings included."""
    raw = asking.small(
        epic("E", a=3, b=2, urgency="curve", value_curve=[[0, 9], [20, 4]], benefit=None),
        epic("F", a=1, must=True, urgency="deadline", deadline="2027-06-30"),
        dependencies=[{"predecessor": "E", "successor": "F", "type": "needs"}],
        guardrails=[
            {"name": "Few", "measure": "epics", "where": {"epic": ["E", "F"]}, "per": ["period"], "at_most": 2}
        ],
    )
    del raw["epics"][0]["benefit_per_week"]
    streams = [{key: value for key, value in one.items() if key != "capacity"} for one in raw["value_streams"]]
    capacity = [
        {"value_stream": one["id"], **dict(zip(raw["calendar"]["periods"], one["capacity"], strict=True))}
        for one in raw["value_streams"]
    ]
    loaded = portfolio.from_frames(
        epics=raw["epics"],
        value_streams=streams,
        capacity=capacity,
        dependencies=raw["dependencies"],
        guardrails=raw["guardrails"],
        settings={"name": raw["name"], "currency": "EUR", "calendar": raw["calendar"]},
    )
    assert sound(loaded) == asking.portfolio_of(raw)


@pytest.mark.parametrize("kind", ["named index", "text index", "column", "aliases"])
def test_an_index_may_hold_the_ids(kind: str) -> None:
    """An index that is named like the ID is the ID; so is one of texts where no column is."""
    epics, streams = small()["epics"], small()["value_streams"]
    if kind == "named index":
        epics, streams = epics.set_index("ID"), streams.set_index("ID").rename_axis("value stream id")
    elif kind == "text index":
        epics, streams = epics.set_index("ID").rename_axis(None), streams.set_index("ID").rename_axis(None)
    elif kind == "aliases":
        epics = epics.rename(columns={"ID": "Key", "Job size": "JOB_SIZE", "Title": "Summary"})
    assert sound(read(epics=epics, value_streams=streams)) == sound(read())


def capacities() -> dict[str, Any]:
    """The same capacity in every form that people keep it in."""
    wide = small()["capacity"]
    long = wide.stack().rename_axis(["Value stream", "Period"]).rename("Capacity")
    backwards = long[::-1].reset_index()
    order = pd.CategoricalDtype(["PI 1", "PI 2", "PI 3"], ordered=True)
    return {
        "wide with a column": wide.reset_index(),
        "wide without a name": wide.rename_axis(None),
        "wide mapping": {"Stream": ["A", "B"], "PI 1": [10, 10], "PI 2": [10, 12]},
        "long": long.reset_index(),
        "long series": long,
        "long with a note": long.reset_index().assign(Note="seen"),
        "long in the order of its categories": backwards.assign(Period=backwards["Period"].astype(order)),
    }


@pytest.mark.parametrize("form", capacities())
def test_capacity_is_wide_or_long(form: str) -> None:
    """A column for each period, or a row for each amount; the order of periods is that of rows or categories."""
    assert sound(read(capacity=capacities()[form])) == sound(read())


def test_budget_has_the_periods_of_capacity() -> None:
    """A value stream without a row has no budget, and periods are matched by their names."""
    found = sound(read(budget={"Value stream": ["B"], "PI 2": [70], "PI 1": [60]}))
    assert [stream.budget for stream in found.value_streams] == [None, (60, 70)]
    (place,) = places(read(budget={"Value stream": ["B"], "PI 1": [60], "PI 3": [70]}))
    assert place == 'budget["PI 3"]'


@pytest.mark.parametrize("absent", ABSENT, ids=repr)
@pytest.mark.parametrize(
    "heading", ["User-business value", "Deadline", "Must", "Title", "Benefit per week", "Earliest"]
)
def test_what_is_missing_is_absent_and_never_a_value(heading: str, absent: object) -> None:
    """NaN, NaT, NA, None and empty text give what a column without an entry there gives."""
    epics = small()["epics"]
    column = list(epics[heading]) if heading in epics else [None] * 3
    column[1] = absent
    with_gap = epics.assign(**{heading: pd.Series(column, dtype=object)})
    raw = portfolio.to_frames(read())["epics"].reset_index()
    field = {
        "Earliest": "earliest",
        "User-business value": "user_business_value",
        "Benefit per week": "benefit_per_week",
    }
    name = field.get(heading, heading.lower())
    without = [{key: value for key, value in row.items() if not (key == name and turn == 1) and not _missing(value)}
               for turn, row in enumerate(raw.to_dict("records"))]  # fmt: skip
    expected = read(epics=without)
    found = read(epics=with_gap)
    assert found.portfolio == expected.portfolio
    assert [(one.severity, one.what) for one in found.findings] == [
        (one.severity, one.what) for one in expected.findings
    ]
    assert not any("nan" in str(finding).casefold() for finding in found.findings)


def _missing(value: object) -> bool:
    return bool(pd.isna(value))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([8, 5, 3], "int8"),
        ([8, 5, 3], "uint64"),
        ([8, 5, 3], "float32"),
        ([8, 5, 3], "Int64"),
        ([8, 5, 3], "Float64"),
        ([8, 5, 3], "category"),
        ([np.int32(8), np.float64(5), Decimal(3)], "object"),
        (["8", "5.0", " 3 "], "string"),
    ],
)
def test_numbers_of_every_type_are_the_same(values: list[object], dtype: str) -> None:
    """Numpy and pandas scalars, nullable types, categories and numbers in text are plain numbers."""
    column = pd.Series(values, dtype=dtype)
    assert sound(read(epics=small()["epics"].assign(**{"User-business value": column}))) == sound(read())


@pytest.mark.parametrize(
    "moment",
    [
        pd.Timestamp("2027-05-03"),
        pd.Timestamp("2027-05-03", tz="Europe/Berlin"),
        np.datetime64("2027-05-03"),
        np.datetime64("2027-05-03T00:00:00", "ns"),
        datetime(2027, 5, 3),
        date(2027, 5, 3),
        "2027-05-03",
    ],
    ids=repr,
)
def test_days_of_every_type_are_dates(moment: object) -> None:
    """Timestamps, with a time zone or without, are the day that they show."""
    days = pd.Series([moment, None, None], dtype=object)
    assert sound(read(epics=small()["epics"].assign(Deadline=days))) == sound(read())


def test_settings_are_a_mapping_a_series_or_a_frame() -> None:
    """However they are kept; what is missing among them is absent."""
    given = {**small()["settings"], "Discount rate": float("nan"), "Name": None}
    forms = [
        given,
        pd.Series(given),
        pd.DataFrame({"Value": pd.Series(given)}),
        pd.DataFrame({"Setting": list(given), "Value": pd.Series(list(given.values()), dtype=object)}),
    ]
    assert [sound(read(settings=form)) for form in forms] == [sound(read())] * len(forms)
    assert sound(read(settings={**given, "Budget periods": ["FY27", "FY27"]})).calendar.budget_periods == ("FY27",) * 2


def test_findings_stand_where_a_program_would_look_them_up() -> None:
    """A row by its ID, a column by its heading; a table that refers to others by its own rows."""
    epics = small()["epics"].assign(**{"Job size": [5, -1, 3]})
    effort = small()["effort"].assign(Epic=["EP-1", "EP-9", "EP-2", "EP-3"])
    loaded = read(
        epics=epics,
        effort=effort,
        capacity=small()["capacity"].assign(**{"PI 2": [10, None]}),
        settings={**small()["settings"], "Discount rate": 7, "Colour": "red"},
        dependencies=[{"predecessor": "EP-1", "successor": "EP-7"}],
        guardrails={"Name": ["Cap"], "Measure": ["effort"], "At most": ["many"]},
    )
    assert loaded.portfolio is None
    assert set(places(loaded)) >= {
        'epics["EP-2", "Job size"]',
        'effort[1, "Epic"]',
        'capacity["B", "PI 2"]',
        'settings["Discount rate"]',
        'settings["Colour"]',
        'dependencies[0, "successor"]',
        'guardrails["Cap", "At most"]',
    }
    with pytest.raises(portfolio.HasErrorsError, match=r'epics\["EP-2", "Job size"\]: ') as told:
        portfolio.rank(loaded)
    assert told.value.findings == loaded.findings


def test_rows_without_an_id_of_their_own_are_named_by_the_index() -> None:
    """Two rows of one ID cannot be told apart by it."""
    epics = small()["epics"].assign(ID=["EP-1", "EP-1", "EP-3"])
    epics.index = pd.Index([7, 8, 9])
    assert 'epics[8, "ID"]' in places(read(epics=epics))


def test_amounts_that_are_there_twice_or_for_no_period_are_told() -> None:
    """Long tables say the same amount once."""
    rows = [("A", "PI 1", 5), ("A", "PI 1", 6), ("B", "PI 1", 7), ("B", None, 8)]
    loaded = read(capacity=pd.DataFrame(rows, columns=["Value stream", "Period", "Capacity"]))
    assert [finding.what for finding in loaded.findings] == [
        "Capacity of A in PI 1 is given twice.",
        "Capacity of B names no period.",
    ]


def test_epics_without_ids_and_titles_are_refused_by_a_finding() -> None:
    """One sentence instead of one for each row."""
    (finding,) = read(epics=small()["epics"].drop(columns=["ID", "Title"]), effort=None).findings
    assert (
        str(finding)
        == "epics: The frame `epics` has no column ID. An epic is named by its ID. Give the column or index that holds the IDs the name ID."
    )


@pytest.mark.parametrize(
    "nothing", [pd.DataFrame(), [], {}, pd.DataFrame({"ID": []})], ids=["frame", "list", "mapping", "rows"]
)
def test_empty_tables_hold_nothing(nothing: object) -> None:
    """A table without rows is as good as none."""
    assert sound(read(dependencies=nothing, guardrails=nothing, budget=nothing)) == sound(read())
    assert portfolio.from_frames(epics=nothing).portfolio == portfolio.from_frames(epics=[]).portfolio  # type: ignore[arg-type]


@pytest.mark.parametrize("table", [7, "epics", object], ids=repr)
def test_what_is_no_table_is_refused(table: object) -> None:
    """Pandas cannot make a frame of it, and the sentence says which one."""
    with pytest.raises(WrongUseError, match="`epics` is not a table"):
        read(epics=table)


def test_what_is_read_is_left_as_it_was() -> None:
    """Frames that were given are not changed."""
    given = small()
    before = copy.deepcopy(given)
    portfolio.from_frames(**given)
    for name in ("epics", "effort", "value_streams", "capacity"):
        pd.testing.assert_frame_equal(given[name], before[name])


def test_a_portfolio_in_memory_goes_the_whole_way() -> None:
    """It is ranked, planned, explained, compared, varied and kept like one that was read from a file."""
    loaded = read()
    assert loaded.path is None
    answer = portfolio.plan(loaded, gap=0)
    assert portfolio.check(loaded) == loaded.findings == ()
    told = portfolio.compare(loaded, {"Less": "scale capacity by 50%"}, gap=0)
    assert [one.name for one in told.alternatives] == ["As it is", "Less"]
    less = portfolio.scenario(loaded, "Less", ["scale capacity by 50%"])
    assert less.ready.value_streams[0].capacity == (5, 5)
    assert sound(portfolio.from_frames(**portfolio.to_frames(less))) == less.ready
    assert (
        [change.verb for change in portfolio.diff(loaded, less).changes or ()]
        if False
        else portfolio.diff(loaded, less)
    )
    assert portfolio.vary(loaded, "capacity 50%..100% by 50%", gap=0).steps
    assert portfolio.explain(loaded, "EP-2").epics[0].id == "EP-2"
    kept = portfolio.replan(loaded, answer, gap=0)
    assert not isinstance(kept, portfolio.Answer)
    assert kept.answer.plan == answer.plan


def test_changes_that_cannot_be_read_are_findings() -> None:
    """A scenario with a wrong sentence cannot be used, and says why."""
    wrong = portfolio.scenario(read(), "Odd", ["scale capacity by 50%", "capacity is less", "ban EP-9"])
    assert wrong.portfolio is None
    assert places(wrong) == ["scenario Odd, change 2"]
    assert places(portfolio.scenario(read(), "Odd", "ban EP-9")) == ["scenario Odd, change 1"]
    with pytest.raises(portfolio.HasErrorsError, match="scenario Odd, change 1"):
        portfolio.compare(read(), {"Odd": "be quick"})


@settings(max_examples=60, deadline=None)
@given(raw=portfolios())
def test_to_frames_and_back_is_the_same_portfolio(raw: dict[str, Any]) -> None:
    """Every field of a random portfolio survives, whatever it holds."""
    loaded = _loaded(raw)
    again = portfolio.from_frames(**portfolio.to_frames(loaded))
    assert again.portfolio == loaded.portfolio


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates(), st.datetimes(),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=2), st.floats(), max_size=2),
    st.sampled_from([pd.NA, pd.NaT, np.float32(1), np.array([1, 2]), Decimal("1.5"), 1j, b"x", pd.Timedelta("1D"),
                     pd.Period("2027-01"), object, "\ud800", "\x00", math.inf]),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_is_raised_for_what_is_wrong_inside(data: st.DataObject) -> None:
    """Any value in any cell is taken, left out or told; nothing escapes as an exception."""
    tables = small()
    name = data.draw(st.sampled_from(["epics", "effort", "value_streams", "capacity"]))
    table = tables[name].astype(object)
    row = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.integers(0, table.shape[1] - 1))
    table.iat[row, column] = data.draw(CELLS)
    loaded = portfolio.from_frames(**{**tables, name: table})
    assert all(str(finding).encode() for finding in loaded.findings)


def _loaded(raw: dict[str, Any]) -> Loaded:
    from functools import partial

    from portfolio.domain.parsing import build
    from portfolio.engine.load import loaded_by_model
    from portfolio.intake.read_portfolio import Reading

    found, _ = build(raw)
    assume(found is not None)
    return loaded_by_model(Reading(None, "", raw, found, (), partial(str)), None)
