"""Workbooks are read as people keep them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from portfolio.intake.read_portfolio import Reading, read_portfolio

Rows = list[list[Any]]
Write = Callable[..., Reading]
HEADINGS = ["ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size"]
EPIC = ["EP-1", "Instant payments", 8, 5, 3, 2]
STREAMS: Rows = [["ID", "Cost per unit"], ["PAY", 100]]
CAPACITY: Rows = [["Value stream", "PI 1", "PI 2"], ["PAY", 60, 40]]


@pytest.fixture
def read(tmp_path: Path) -> Write:
    def write_and_read(change: Callable[[Workbook], None] | None = None, /, **sheets: Rows) -> Reading:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name.replace("_", " "))
            for row in rows:
                sheet.append(row)
        if change is not None:
            change(workbook)
        workbook.save(tmp_path / "list.xlsx")
        return read_portfolio(tmp_path / "list.xlsx")

    return write_and_read


def epic(reading: Reading, index: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = reading.raw["epics"][index]
    return found


def lines(reading: Reading) -> list[str]:
    return [str(finding).removeprefix("list.xlsx, ") for finding in reading.findings]


def test_bare_minimum_ranks(read: Write) -> None:
    reading = read(Epics=[HEADINGS, EPIC])
    assert reading.findings == ()
    assert reading.portfolio is not None
    assert not reading.portfolio.can_plan
    assert epic(reading) == {"id": "EP-1", "title": "Instant payments", "user_business_value": 8, "time_criticality": 5,
                             "rr_oe": 3, "job_size": 2}  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("BV", "user_business_value"), ("business VALUE", "user_business_value"), ("UBV *", "user_business_value"),
        ("User / Business\nValue", "user_business_value"), ("user_business_value", "user_business_value"),
        ("TC", "time_criticality"), ("Time criticality (1-20)", "time_criticality"),
        ("RROE", "rr_oe"), ("RR|OE", "rr_oe"), ("RR - OE", "rr_oe"), ("RR&OE", "rr_oe"), ("Risk reduction", "rr_oe"),
        ("Size", "job_size"), ("Job duration", "job_size"), ("JOB SIZE [points]", "job_size"),
    ],
)  # fmt: skip
def test_headings_people_use(read: Write, heading: str, field: str) -> None:
    names = ["id", "title", "user_business_value", "time_criticality", "rr_oe", "job_size"]
    headings = [heading if name == field else known for name, known in zip(names, HEADINGS, strict=True)]
    reading = read(Epics=[headings, EPIC])
    assert reading.findings == ()
    assert epic(reading)[field] == EPIC[names.index(field)]


@pytest.mark.parametrize(
    ("first", "second", "id_column"),
    [
        ("Key", "Epic", 0),
        ("Epic", "Title", 0),
        ("ID", "Initiative", 0),
        ("Epic", "Name", 0),
        ("Epic ID", "Epic name", 0),
    ],
)
def test_what_epic_means_depends_on_its_neighbours(read: Write, first: str, second: str, id_column: int) -> None:
    reading = read(Epics=[[first, second, *HEADINGS[2:]], EPIC])
    assert reading.findings == ()
    assert epic(reading)["id"] == EPIC[id_column]
    assert epic(reading)["title"] == EPIC[1 - id_column]


def test_titles_are_ids_where_there_are_none(read: Write) -> None:
    reading = read(Epics=[HEADINGS[1:], EPIC[1:]])
    assert reading.findings == ()
    assert epic(reading)["id"] == "Instant payments"


def test_table_anywhere_with_title_notes_totals_and_blank_rows(read: Write) -> None:
    rows: Rows = [[], [None, None, "Portfolio backlog, spring"], [], [None, None, *HEADINGS, "Notes"],
                  [None, None, *EPIC, "agreed"], [], [None, None, "EP-2", "Onboarding", 1, 1, 1, 1],
                  [None, None, "Total", None, 9, 6, 4, 3], [None, None, None, "Average", 4, 3, 2, 1], [],
                  [None, None, "Scores agreed in March, see minutes"]]  # fmt: skip

    def merge_and_hide(workbook: Workbook) -> None:
        workbook["Epics"].merge_cells("C2:H2")
        workbook["Epics"].row_dimensions[7].hidden = True

    reading = read(merge_and_hide, Epics=rows)
    assert reading.findings == ()
    assert [found["id"] for found in reading.raw["epics"]] == ["EP-1", "EP-2"]


def test_place_is_the_real_cell(read: Write) -> None:
    rows: Rows = [[], [None, None, *HEADINGS], [], [None, None, *EPIC[:5]], [None, None, *EPIC[:5], 5]]
    rows[4][2] = "EP-2"
    assert lines(read(Epics=rows)) == [
        "Epics!H4: Job size is empty. Every epic needs a size to be ranked. Enter a number, for example 8."
    ]


@pytest.mark.parametrize("name", ["Epics", "epics ", "Backlog", "Portfolio Kanban", "Tabelle1", "Portfolio"])
def test_finds_the_sheet(read: Write, name: str) -> None:
    reading = read(**{"Read me first": [["How we score"], ["BV", "is business value"]], name: [HEADINGS, EPIC]})
    assert reading.findings == ()
    assert epic(reading)["id"] == "EP-1"


def test_says_when_no_sheet_or_several_could_be_the_epics(read: Write) -> None:
    assert lines(read(Sheet1=[["a", "b"]]))[0].startswith(
        "list.xlsx: There is no sheet Epics. Epics are read from a sheet"
    )
    several = lines(read(North=[HEADINGS, EPIC], South=[HEADINGS, EPIC]))
    assert several[0].startswith("list.xlsx: There is no sheet Epics, and several could be it: North, South.")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("8", 8), (" 8.5 ", 8.5), ("1,234.5", 1234.5), ("1 234", 1234), ("1'234", 1234), ("12,5", 12.5), ("50%", 0.5),
     (7.0, 7), ("1,234,567", 1234567), ("1e3", 1000), ("1.234,5", 1234.5), ("1.234.567", 1234567)],
)  # fmt: skip
def test_numbers_in_text(read: Write, cell: Any, number: float) -> None:
    reading = read(Epics=[HEADINGS, [*EPIC[:5], cell]])
    assert reading.findings == ()
    assert epic(reading)["job_size"] == number


@pytest.mark.parametrize("cell", ["1.234", "1,234"])
def test_ambiguous_numbers_are_asked_about(read: Write, cell: str) -> None:
    assert "It can be read as 1234 or 1.234." in lines(read(Epics=[HEADINGS, [*EPIC[:5], cell]]))[0]


@pytest.mark.parametrize("cell", ["1.23.4,5", "12 k€", "eight", "8 / 2", True])
def test_what_is_no_number_is_said(read: Write, cell: Any) -> None:
    (line,) = lines(read(Epics=[HEADINGS, [*EPIC[:5], cell]]))
    assert "It has to be a number. Enter a number, for example 8." in line


def test_identifiers_that_are_numbers_and_kinds_of_yes(read: Write) -> None:
    rows: Rows = [[*HEADINGS, "Must", "Confidence"]]
    for number, yes in enumerate((True, "yes", "X", 1, "✓")):
        rows.append([7 + number, "A", 1, 1, 1, 1, yes, 0.8])
    reading = read(Epics=rows)
    assert reading.portfolio is not None
    assert [found.id for found in reading.portfolio.epics] == ["7", "8", "9", "10", "11"]
    assert all(found.must for found in reading.portfolio.epics)


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates(read: Write, epoch_1904: bool) -> None:
    def use_epoch(workbook: Workbook) -> None:
        if epoch_1904:
            workbook.epoch = CALENDAR_MAC_1904

    due = [datetime.date(2027, 6, 30), "2027-06-30", datetime.datetime(2027, 6, 30, 8), 25, "25"]
    rows: Rows = [[*HEADINGS, "Urgency", "Deadline"]]
    rows += [[f"EP-{number}", *EPIC[1:], "Deadline", moment] for number, moment in enumerate(due)]
    reading = read(use_epoch, Epics=rows, Portfolio=[["Setting", "Value"], ["Start", datetime.date(2027, 1, 4)]])
    assert reading.findings == ()
    assert [found["deadline"] for found in reading.raw["epics"]] == ["2027-06-30"] * 3 + [25, 25]
    assert reading.raw["calendar"]["start"] == "2027-01-04"


def test_result_columns_and_sheets_are_not_read(read: Write) -> None:
    ranking: Rows = [[*HEADINGS, "Rank"], [*EPIC, 1]]
    reading = read(Epics=[[*HEADINGS, "WSJF", "Rank", "Decision", "Planned start", "Planned finish"],
                          [*EPIC, 8, 1, "start", "PI 1", "PI 2"]], Ranking=ranking)  # fmt: skip
    assert reading.findings == ()


def test_plans_with_streams_capacity_and_budget(read: Write) -> None:
    budget: Rows = [
        ["Total budget"],
        ["Value Stream", "PI 2", "PI 1", "Total"],
        ["pay", 4000, 6000, 10000],
        ["Total", 4000, 6000, 10000],
    ]
    settings: Rows = [
        ["Setting", "Value"],
        ["Budget periods", 1],
        ["Periods", 2],
        ["Period weeks", 10],
        ["Discount rate", "8%"],
    ]
    capacity: Rows = [*CAPACITY, ["Total", 60, 40]]
    epics: Rows = [[*HEADINGS, "Value stream", "Effort", "Earliest"], [*EPIC, "pay", 30, "pi 2"]]
    reading = read(Portfolio=settings, Epics=epics, Value_streams=STREAMS, Capacity=capacity, Budget=budget)
    assert lines(reading) == []
    assert reading.portfolio is not None
    (stream,) = reading.portfolio.value_streams
    assert (stream.capacity, stream.budget) == ((60, 40), (6000, 4000))
    assert reading.portfolio.calendar.periods == ("PI 1", "PI 2")
    assert reading.portfolio.calendar.budget_periods == ("Budget 1", "Budget 2")
    assert reading.portfolio.discount_rate == 0.08
    assert reading.portfolio.epics[0].effort == {"PAY": 30}
    assert reading.portfolio.epics[0].earliest == "PI 2"


def test_capacity_alone_names_the_value_streams_and_empty_columns_are_no_periods(read: Write) -> None:
    capacity: Rows = [
        ["Value stream", "PI 1", "Spare", None, "PI 2", "Notes"],
        ["PAY", 60, None, None, 40, "no holidays"],
    ]
    reading = read(Epics=[[*HEADINGS, "Value stream", "Effort"], [*EPIC, "PAY", 30]], Capacity=capacity)
    assert reading.findings == ()
    assert reading.raw["calendar"]["periods"] == ["PI 1", "PI 2"]
    assert reading.raw["value_streams"] == [{"id": "PAY", "capacity": [60, 40]}]


def test_budget_periods_by_name(read: Write) -> None:
    settings: Rows = [["Setting", "Value"], ["Budget periods", "FY27, FY28"]]
    epics: Rows = [[*HEADINGS, "Value stream", "Effort"], [*EPIC, "PAY", 30]]
    reading = read(Portfolio=settings, Epics=epics, Value_streams=STREAMS, Capacity=CAPACITY)
    assert reading.findings == ()
    assert reading.raw["calendar"]["budget_periods"] == ["FY27", "FY28"]


def test_guardrails_and_curves_in_words(read: Write) -> None:
    guardrails: Rows = [
        ["Name", "Measure", "Where", "Per", "At least", "Of"],
        ["Mix", "Effort", "Type = Enabler, Business; value  stream = PAY", "Value stream; Period", "20%", "Selected"],
    ]
    epics: Rows = [[*HEADINGS, "Type", "Urgency", "Value curve", "Value stream", "Effort"],
                   [*EPIC, "Enabler", "curve", "0: 900; 20:500;", "PAY", 30], ["EP-2", *EPIC[1:], "Business", "curve", "0: 9", "PAY", 3]]  # fmt: skip
    reading = read(Epics=epics, Value_streams=STREAMS, Capacity=CAPACITY, Guardrails=guardrails)
    assert lines(reading) == []
    assert reading.portfolio is not None
    (limit,) = reading.portfolio.guardrails
    assert limit.where == {"type": ("Enabler", "Business"), "value stream": ("PAY",)}
    assert (limit.per, limit.at_least, limit.of) == (("value stream", "period"), 0.2, "selected")
    assert reading.portfolio.epics[0].value_curve == ((0, 900), (20, 500))


@pytest.mark.parametrize(
    "text", ["2027/10/01", "1.10.2027", "01.10.2027", "1 Oct 2027", "Oct 1 2027", "October 1, 2027", "1-Oct-2027"]
)
def test_dates_in_text(read: Write, text: str) -> None:
    reading = read(Epics=[[*HEADINGS, "Urgency", "Deadline"], [*EPIC, "deadline", text]], Portfolio=[["Start", text]])
    assert reading.findings == ()
    assert epic(reading)["deadline"] == reading.raw["calendar"]["start"] == "2027-10-01"


def test_a_date_with_two_readings(read: Write) -> None:
    reading = read(Epics=[HEADINGS, EPIC], Portfolio=[["Start", "01/10/2027"]])
    assert lines(reading) == [
        'Portfolio!B1: Start is the text "01/10/2027". It can be read as 2027-10-01 or 2027-01-10. '
        "Write 2027-10-01, if that is meant."
    ]


def test_a_second_sheet_of_a_kind_is_said_to_be_ignored(read: Write) -> None:
    reading = read(Epics=[HEADINGS, EPIC], Backlog=[HEADINGS, EPIC], Epic=[["just a note"]])
    assert lines(reading) == [
        "Backlog: The sheet Backlog is not read. Epics is another name for it, and the sheet Epics is read instead. "
        "Move its rows there, or rename or delete it, if that is not meant."
    ]
    assert reading.portfolio is not None


def test_a_column_of_capacities_without_a_period(read: Write) -> None:
    capacity: Rows = [["Value stream", "PI 1", None, "PI 3"], ["PAY", 1, 2, 3]]
    reading = read(
        Epics=[[*HEADINGS, "Value stream", "Effort"], [*EPIC, "PAY", 1]], Value_streams=STREAMS, Capacity=capacity
    )
    assert [line for line in lines(reading) if "no period" in line] == [
        "Capacity!C1: This column has capacities but no period. The heading of a column says which period its amounts "
        "are for. Write the period here, for example PI 3, or clear the column."
    ]


@pytest.mark.parametrize("text", ["n/a", "NaN", "1.23.4,50"])
def test_a_capacity_that_is_no_number(read: Write, text: str) -> None:
    capacity: Rows = [["Value stream", "PI 1", "PI 2"], ["PAY", 60, text]]
    reading = read(
        Epics=[[*HEADINGS, "Value stream", "Effort"], [*EPIC, "PAY", 1]], Value_streams=STREAMS, Capacity=capacity
    )
    assert lines(reading) == [
        f'Capacity!C2: Capacity number 2 is "{text}". It has to be a number. '
        "Enter a number, for example 120, or 0 if there is nothing."
    ]


def test_titles_that_stand_in_for_ids_in_vain(read: Write) -> None:
    reading = read(Epics=[["Wish", *HEADINGS[1:]], EPIC], Dependencies=[["Predecessor", "Successor"], ["EP-1", "EP-2"]])
    assert [line for line in lines(reading) if "column ID" in line] == [
        'Epics!A1: No column ID was found. Titles stand in for IDs, but other sheets refer to "EP-1", '
        "which is not a title. Give the column that holds the IDs the heading ID."
    ]


def test_spellings_of_dimensions_and_periods(read: Write) -> None:
    reading = read(
        Epics=[[*HEADINGS, "Value stream", "Effort", "Earliest"], [*EPIC, "PAY", 1, "pi2"]],
        Value_streams=STREAMS,
        Capacity=CAPACITY,
        Guardrails=[["Name", "Measure", "Where", "Per", "At most"], ["Cap", "effort", "Stream = PAY", "VS, PI", 50]],
    )
    assert reading.findings == ()
    assert reading.portfolio is not None
    assert reading.portfolio.epics[0].earliest == "PI 2"
    assert reading.portfolio.guardrails[0].per == ("value stream", "period")
    assert reading.portfolio.guardrails[0].where == {"value stream": ("PAY",)}
