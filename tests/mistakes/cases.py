"""Small portfolios with one mistake each, and exactly what is said about it.

Each case changes cells of one sound workbook (`sound()`): `Sheet!A1` to a value. Findings are listed as they appear.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

Cells = dict[str, Any]


def sound() -> dict[str, list[list[Any]]]:
    """A workbook without any finding: three epics, two value streams, two periods, one of each kind of row."""
    return {
        "Portfolio": [
            ["Setting", "Value"],
            ["Name", "Small bank"],
            ["Start", datetime.date(2027, 1, 4)],
            ["Period weeks", 10],
            ["Periods", 2],
            ["Epic threshold", 9000],
        ],
        "Epics": [
            ["ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size", "Value stream", "Effort",
             "Min periods", "Max periods", "Urgency", "Deadline", "Value curve", "Earliest", "Latest", "Start", "Must",
             "Approved", "Confidence", "MVP cost"],
            ["EP-1", "Instant payments", 8, 5, 3, 5, "PAY", 40],
            ["EP-2", "Mobile onboarding", 5, 8, 1, 3, "PAY", 20],
            ["EP-3", "Data platform", 1, 1, 13, 8],
        ],
        "Effort": [["Epic", "Value stream", "Effort"], ["EP-3", "PAY", 10], ["EP-3", "DATA", 30]],
        "Value streams": [["ID", "Name", "Cost per unit", "WIP limit", "Max budget shift"], ["PAY", "Payments", 100, 3], ["DATA", "Data", 100]],
        "Capacity": [["Value stream", "PI 1", "PI 2"], ["PAY", 60, 60], ["DATA", 30, 30]],
        "Budget": [["Value stream", "PI 1", "PI 2"], ["PAY", 6000, 6000], ["DATA", 3000, 3000]],
        "Dependencies": [["Predecessor", "Successor", "Type", "Lag periods"], ["EP-3", "EP-2", "finish to start", 0]],
        "Guardrails": [
            ["Name", "Measure", "Where", "Per", "At least", "At most", "Of", "Enforce", "Price"],
            ["Payments share", "effort", "Value stream = PAY", "period", "", 0.8, "selected", "hard", ""],
        ],
    }  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One mistake: the cells that are changed in the sound workbook, and the findings, place first."""

    name: str
    cells: Cells
    findings: tuple[str, ...]
    severity: str = "error"


CASES: tuple[Case, ...] = (
    Case(
        "no_size",
        {"Epics!F3": None},
        ("Epics!F3: Job size is empty. Every epic needs a size to be ranked. Enter a number, for example 8.",),
    ),
    Case(
        "size_is_text",
        {"Epics!F3": "large"},
        ('Epics!F3: Job size is "large". It has to be a number. Enter a number, for example 8.',),
    ),
    Case(
        "size_is_ambiguous",
        {"Epics!F3": "1,234"},
        (
            'Epics!F3: Job size is the text "1,234". It can be read as 1234 or 1.234. Enter it as a number instead of text.',
        ),
    ),
    Case(
        "size_is_zero",
        {"Epics!F3": 0},
        ("Epics!F3: Job size is 0. It has to be above 0. Enter a number, for example 8.",),
    ),
    Case(
        "negative_score",
        {"Epics!C2": -3},
        ("Epics!C2: User-business value is -3. It cannot be below 0. Enter a number, for example 8.",),
    ),
    Case(
        "error_cell",
        {"Epics!F3": "=#REF!"},
        ("Epics!F3: Job size holds #REF!. An error has no value. Correct the formula.",),
    ),
    Case(
        "formula_never_calculated",
        {"Epics!F3": "=2+3"},
        (
            "Epics!F3: Job size holds a formula that was never calculated. Its result is not in the file. Open the file in Excel, save it, and try again.",
        ),
    ),
    Case(
        "duplicate_id",
        {"Epics!A3": "ep-1"},
        (
            "Epics!A3: ID ep-1 is already used by epic number 1, Instant payments. Every epic needs an ID of its own. Give one of the two another ID.",
            'Dependencies!B2: Successor "EP-2" is unknown. There is no epic with this ID. Write the ID of a known epic, add this one, or leave this out.',
        ),
    ),
    Case(
        "no_id",
        {"Epics!A3": None},
        ("Epics!A3: ID is empty. Every epic needs one. Enter it, for example EP-1.",),
    ),
    Case(
        "unknown_value_stream",
        {"Epics!G2": "PYA"},
        ('Epics!G2: Value stream "PYA" is unknown. There is no value stream with this ID. Write PAY.',),
    ),
    Case(
        "effort_without_value_stream",
        {"Epics!G2": None},
        (
            "Epics!H2: Effort is 40, but no value stream is named. Effort is asked of a value stream. Enter the ID of one in Value stream, or use the sheet Effort.",
        ),
    ),
    Case(
        "negative_effort",
        {"Epics!H2": -40},
        ("Epics!H2: Effort for PAY is -40. It cannot be below 0. Enter a number, for example 40.",),
    ),
    Case(
        "no_effort",
        {"Epics!G2": None, "Epics!H2": None},
        (
            "Epics!H2: EP-1 has no effort in any value stream. It is left out of the plan. Enter Value stream and Effort, for example 40.",
        ),
        "warning",
    ),
    Case(
        "decided_without_effort",
        {"Epics!G2": None, "Epics!H2": None, "Epics!Q2": "yes"},
        (
            "Epics!H2: EP-1 has no effort in any value stream. It has to be in the plan, so its work has to be known. Enter Value stream and Effort, for example 40.",
        ),
    ),
    Case(
        "not_scored_yet",
        {"Epics!C2": None, "Epics!D2": None, "Epics!E2": None, "Epics!F2": None},
        (
            "Epics!C2: EP-1 is not scored yet. It is left out of the ranking and of the plan. Score it when it is understood well enough.",
        ),
        "warning",
    ),
    Case(
        "decided_and_not_scored",
        {"Epics!C2": None, "Epics!D2": None, "Epics!E2": None, "Epics!F2": None, "Epics!P2": "PI 1"},
        (
            "Epics!C2: EP-1 is not scored yet. It has to be in the plan, so its value has to be known. Score it when it is understood well enough.",
        ),
    ),
    Case(
        "min_above_max_periods",
        {"Epics!I2": 2, "Epics!J2": 1},
        ("Epics!J2: Max periods 1 is below Min periods 2. The most cannot be less than the fewest. Enter 2 or more.",),
    ),
    Case(
        "too_long_for_its_dates",
        {"Epics!I2": 2, "Epics!N2": "PI 2"},
        (
            "Epics!N2: EP-1 needs 2 periods and has 1. It does not fit, so it is left out of the plan. Widen its dates, or lower Min periods.",
        ),
        "warning",
    ),
    Case(
        "unknown_urgency",
        {"Epics!K2": "dedline"},
        (
            'Epics!K2: Urgency is "dedline". It is one of standard, peak lost, short life, deadline, one-off or curve. Write deadline.',
        ),
    ),
    Case(
        "deadline_missing",
        {"Epics!K2": "deadline"},
        ("Epics!L2: Deadline is empty. Urgency deadline is computed from it. Enter it, for example 2027-06-30.",),
    ),
    Case(
        "deadline_before_start",
        {"Epics!K2": "deadline", "Epics!L2": datetime.date(2026, 6, 30)},
        (
            "Epics!L2: Deadline 2026-06-30 is before the plan starts, 2027-01-04. A deadline before start cannot be met. Correct one of the two dates.",
        ),
    ),
    Case(
        "deadline_is_no_date",
        {"Epics!K2": "deadline", "Epics!L2": "summer"},
        (
            'Epics!L2: Deadline is "summer". It is neither a date nor a number of weeks. Write a date like 2027-06-30, or a number of weeks.',
        ),
    ),
    Case(
        "deadline_without_start",
        {"Portfolio!B3": None, "Epics!K2": "deadline", "Epics!L2": datetime.date(2027, 6, 30)},
        (
            "Epics!L2: Deadline is the date 2027-06-30, but the plan has no start. A date is placed in the plan by its distance from the start. Enter Start (a date) in the portfolio's settings, or a number of weeks here.",
        ),
    ),
    Case(
        "deadline_ignored",
        {"Epics!L2": 20},
        (
            "Epics!L2: Deadline is given, but Urgency is standard. Only urgency deadline uses it, so it is ignored. Set Urgency to deadline, or clear Deadline.",
        ),
        "warning",
    ),
    Case(
        "curve_rises",
        {
            "Epics!K2": "curve",
            "Epics!M2": "0: 900; 20: 1000",
            "Epics!K3": "curve",
            "Epics!M3": "0: 9",
            "Epics!K4": "curve",
            "Epics!M4": "0: 9",
        },
        (
            "Epics!M2: The value rises from 900 to 1000 at week 20. Value may fall with time and never rise. Lower the later value, or raise the earlier one.",
        ),
    ),
    Case(
        "curve_runs_backwards",
        {
            "Epics!K2": "curve",
            "Epics!M2": "20: 900; 10: 500",
            "Epics!K3": "curve",
            "Epics!M3": "0: 9",
            "Epics!K4": "curve",
            "Epics!M4": "0: 9",
        },
        ("Epics!M2: Week 10 follows week 20. The weeks of a value curve increase. Put the points in order of time.",),
    ),
    Case(
        "curve_cannot_be_read",
        {"Epics!K2": "curve", "Epics!M2": "900 then 500"},
        (
            'Epics!M2: Value curve is "900 then 500". It has to be points `week: value` with numbers. Write for example 0: 900; 20: 500; 40: 0.',
        ),
    ),
    Case(
        "some_with_money",
        {"Epics!M2": "0: 900", "Epics!K2": "curve"},
        (
            "Epics!A3: Benefit per week is empty, while other epics are valued in money. Money and points cannot be added up. Enter a number, for example 12000, or set Point value (money per point and week) in the portfolio's settings. The same in A4.",
        ),
    ),
    Case(
        "unknown_period",
        {"Epics!N2": "PI 9"},
        (
            'Epics!N2: Earliest "PI 9" is not a period of the plan. The periods are PI 1, PI 2. Write one of them, for example PI 1.',
        ),
    ),
    Case(
        "latest_before_earliest",
        {"Epics!N2": "PI 2", "Epics!O2": "PI 1"},
        (
            "Epics!O2: Latest PI 1 is before Earliest PI 2. An epic ends no sooner than it begins. Change one of the two.",
        ),
    ),
    Case(
        "start_before_earliest",
        {"Epics!N2": "PI 2", "Epics!P2": "PI 1"},
        (
            "Epics!P2: Start PI 1 is before Earliest PI 2. An epic begins no sooner than its earliest period. Change one of the two.",
        ),
    ),
    Case(
        "must_is_neither_yes_nor_no",
        {"Epics!Q2": "perhaps"},
        ('Epics!Q2: Must is "perhaps". It is either yes or no. Write yes, or leave it blank.',),
    ),
    Case(
        "must_without_approval",
        {"Portfolio!B6": 3000, "Epics!Q2": "yes"},
        (
            "Epics!R2: EP-1 must be in the plan, costs 4000 and is not approved. An epic above the threshold of 3000 needs approval. Write yes once it is approved, or clear Must.",
        ),
    ),
    Case(
        "confidence_above_1",
        {"Epics!S2": 80},
        ("Epics!S2: Confidence is 80, and was read as 80%. A share lies between 0 and 1. Write 80% or 0.8.",),
        "warning",
    ),
    Case(
        "mvp_above_cost",
        {"Epics!T2": 5000, "Epics!I2": 2, "Epics!J2": 2},
        (
            "Epics!T2: MVP cost 5000 is above the epic's whole cost, 4000. The MVP is a part of the epic. Lower it, or correct the epic's effort, External cost or the Cost per unit.",
        ),
    ),
    Case(
        "mvp_fills_the_epic",
        {"Epics!T2": 1000},
        (
            "Epics!T2: The MVP takes 1 period, and the epic may be done in 1 period. An epic that short has no period after its MVP, so its spend is spread evenly. Lower MVP periods, or raise Min periods.",
        ),
        "warning",
    ),
    Case(
        "two_columns_for_one_field",
        {"Epics!B1": "Job size"},
        (
            "Epics!F1: There is a second column for Job size, Job size. Which of the two counts is not clear. Delete or rename one of them.",
        ),
    ),
    Case(
        "alias_beside_the_heading",
        {"Epics!T1": "BV"},
        (
            "Epics!T1: Column BV is not read. It is another word for User-business value, and there is such a column. Delete or rename one of them, if that is not meant.",
        ),
        "warning",
    ),
    Case(
        "heading_nearly_right",
        {"Epics!S1": "Confidnce", "Epics!S2": 0.5},
        ("Epics!S1: Column Confidnce is not read. No column has this name. Did you mean Confidence? Rename it.",),
        "warning",
    ),
    Case(
        "exclusive_group_of_one",
        {"Epics!T1": "Exclusive group", "Epics!T2": "Core"},
        (
            "Epics!T2: Exclusive group Core has one member. A group of one changes nothing. Write the same word for the other epics, or clear it.",
        ),
        "warning",
    ),
    Case(
        "effort_given_twice",
        {"Effort!A2": "EP-1"},
        (
            "Effort!C2: Effort of EP-1 from PAY is given on the sheet Epics too. Which of the two counts is not clear. Delete one of them.",
        ),
    ),
    Case(
        "effort_of_an_unknown_epic",
        {"Effort!A2": "EP-33"},
        (
            'Effort!A2: Epic "EP-33" is unknown. There is no epic with this ID. Write the ID of an epic, or delete the row.',
        ),
    ),
    Case(
        "effort_row_without_effort",
        {"Effort!C2": None},
        (
            "Effort!C2: Effort is empty. A row of this sheet needs one. Enter a number, for example 40, or delete the row.",
        ),
    ),
    Case(
        "unknown_setting",
        {"Portfolio!A6": "Epic treshold"},
        (
            'Portfolio!A6: Setting "Epic treshold" is not read. No setting has this name. Did you mean Epic threshold? Rename it.',
        ),
        "warning",
    ),
    Case(
        "period_count_disagrees",
        {"Portfolio!B5": 3},
        (
            "Portfolio!B5: Periods is 3, but Capacity has 2 periods. The periods are the columns of Capacity. Enter 2, or leave it blank.",
        ),
    ),
    Case(
        "period_weeks_negative",
        {"Portfolio!B4": -1},
        ("Portfolio!B4: Period weeks is -1. It has to be above 0. Enter a number, for example 10.",),
    ),
    Case(
        "start_is_no_date",
        {"Portfolio!B3": "4th of January"},
        ('Portfolio!B3: Start is "4th of January". It has to be a date. Write a date like 2027-01-04.',),
    ),
    Case(
        "duplicate_value_stream",
        {"Value streams!A3": "PAY"},
        (
            'Effort!B3: Value stream "DATA" is unknown. There is no value stream with this ID. Write the ID of a known value stream, add this one, or leave this out.',
            "Value streams!A3: ID PAY is already used by value stream number 1, Payments. Every value stream needs an ID of its own. Give one of the two another ID.",
            "Value streams!A3: PAY has no capacity. There is one amount for each period. Give one for each period.",
            'Capacity!A3: Value stream "DATA" is unknown. There is no value stream with this ID. Write the ID of a value stream, or delete the row.',
            'Budget!A3: Value stream "DATA" is unknown. There is no value stream with this ID. Write the ID of a value stream, or delete the row.',
        ),
    ),
    Case(
        "shift_without_cost",
        {"Value streams!C3": None, "Value streams!E3": 0.1},
        (
            "Value streams!E3: DATA has Max budget shift but no Cost per unit. A budget shift moves money and the capacity that it pays for. Enter its Cost per unit, or clear Max budget shift.",
        ),
        "warning",
    ),
    Case(
        "capacity_empty",
        {"Capacity!C2": None},
        (
            "Capacity!C2: Capacity in PI 2 is empty. Every period needs an amount. Enter a number, 0 if there is nothing.",
        ),
    ),
    Case(
        "capacity_of_unknown_stream",
        {"Capacity!A3": "DATTA"},
        (
            "Value streams!A3: DATA has no capacity. There is one amount for each period. Give one for each period.",
            'Capacity!A3: Value stream "DATTA" is unknown. There is no value stream with this ID. Write DATA.',
        ),
    ),
    Case(
        "duplicate_period",
        {
            "Capacity!C1": "pi 1",
            "Budget!C1": None,
            "Budget!B1": None,
            "Budget!A1": None,
            "Budget!A2": None,
            "Budget!B2": None,
            "Budget!C2": None,
            "Budget!A3": None,
            "Budget!B3": None,
            "Budget!C3": None,
        },
        ("Capacity!C1: Period pi 1 is given twice. Every period needs a label of its own. Rename one of the two.",),
    ),
    Case(
        "budget_of_other_periods",
        {"Budget!C1": "PI 3"},
        (
            'Budget!C1: Period "PI 3" is unknown. Budget has the same periods as Capacity. Use the headings of the sheet Capacity.',
        ),
    ),
    Case(
        "dependency_on_unknown_epic",
        {"Dependencies!A2": "EP-4"},
        (
            'Dependencies!A2: Predecessor "EP-4" is unknown. There is no epic with this ID. Write the ID of a known epic, add this one, or leave this out.',
        ),
    ),
    Case(
        "dependency_on_itself",
        {"Dependencies!A2": "EP-2"},
        (
            "Dependencies!B2: EP-2 depends on itself. Nothing can wait for itself. Name another epic, or delete the row.",
        ),
    ),
    Case(
        "dependency_twice",
        {"Dependencies!A3": "EP-3", "Dependencies!B3": "EP-2"},
        (
            "Dependencies!B3: The dependency of EP-2 on EP-3 is given twice. Once is enough. Delete one of the two rows.",
        ),
        "warning",
    ),
    Case(
        "dependency_circle",
        {"Dependencies!A3": "EP-2", "Dependencies!B3": "EP-1", "Dependencies!A4": "EP-1", "Dependencies!B4": "EP-3"},
        (
            "Dependencies!B4: These epics wait for each other: EP-1 -> EP-3 -> EP-2 -> EP-1. Dependencies cannot run in a circle. Remove one of these dependencies; epics that only make sense as a whole belong in one Together group.",
        ),
    ),
    Case(
        "dependency_type",
        {"Dependencies!C2": "start to start"},
        ('Dependencies!C2: Type is "start to start". It is one of finish to start or needs. Write finish to start.',),
    ),
    Case(
        "guardrail_without_measure",
        {"Guardrails!B2": None},
        ("Guardrails!B2: Measure is empty. Every guardrail needs one. Enter it, for example spend.",),
    ),
    Case(
        "filter_cannot_be_read",
        {"Guardrails!C2": "only payments"},
        (
            'Guardrails!C2: Where holds "only payments". A filter is written `name = word`, several by `;`. Write for example Horizon = H3; Type = Enabler, Business.',
        ),
    ),
    Case(
        "filter_by_unknown_attribute",
        {"Guardrails!C2": "Horizn = H3"},
        (
            'Guardrails!C2: Where names "horizn". It is one of value stream, period, budget period, epic, type, category, horizon, theme, fund, owner, state, urgency, class of service, outcome. Write horizon.',
        ),
    ),
    Case(
        "filter_matches_nothing",
        {"Guardrails!C2": "Horizon = H3"},
        (
            'Guardrails!C2: No epic has horizon "H3". A filter that matches nothing makes a ceiling idle and a floor impossible to meet. Write a horizon that exists.',
        ),
        "warning",
    ),
    Case(
        "filter_by_unknown_stream",
        {"Guardrails!C2": "Value stream = PYA"},
        ('Guardrails!C2: Value stream "PYA" is unknown. There is no such value stream. Write PAY.',),
    ),
    Case(
        "per_unknown",
        {"Guardrails!D2": "quarter"},
        (
            'Guardrails!D2: Per names "quarter". It is one of value stream, period, budget period, epic, type, category, horizon, theme, fund, owner, state, urgency, class of service, outcome. Write one of these words.',
        ),
    ),
    Case(
        "share_above_1",
        {"Guardrails!F2": 65},
        ("Guardrails!F2: At most is 65. A share of selected lies between 0 and 1. Write 65% or 0.65.",),
    ),
    Case(
        "no_level",
        {"Guardrails!F2": None},
        (
            "Guardrails!F2: Payments share has neither At least nor At most. A limit needs a level. Enter one of the two, for example 0.65 of selected.",
        ),
    ),
    Case(
        "least_above_most",
        {"Guardrails!E2": 0.9},
        ("Guardrails!E2: At least 0.9 is above At most 0.8. Nothing can be both. Change one of the two.",),
    ),
    Case(
        "effort_of_budget",
        {"Guardrails!G2": "budget"},
        (
            "Guardrails!G2: Payments share takes effort as a share of budget. A share of budget can only be spend or capex or opex. Write capacity, or selected.",
        ),
    ),
    Case(
        "soft_without_price",
        {"Guardrails!H2": "soft"},
        (
            "Guardrails!I2: Price is empty. Payments share is soft, and a breach has its price. Enter what one unit of breach costs, for example 2.",
        ),
    ),
    Case(
        "hard_with_price",
        {"Guardrails!I2": 5},
        (
            "Guardrails!I2: Payments share is hard and has a Price. A hard limit is never broken, so its price is ignored. Write soft in Enforce, or clear Price.",
        ),
        "warning",
    ),
    Case(
        "capex_without_shares",
        {"Guardrails!B2": "capex"},
        (
            "Guardrails!B2: 3 of 3 epics have no CapEx share. Payments share counts all their spend as OpEx. Enter it for every epic, 0 where nothing is capitalised.",
        ),
        "warning",
    ),
)
"""Every mistake that can be made in a workbook, in the order of the sheets."""
