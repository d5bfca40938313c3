"""Mistakes in what is said to be uncertain, and in the settings of a study."""

from __future__ import annotations

from tests.mistakes.cases import Case

RANGE_CASES: tuple[Case, ...] = (
    Case(
        "range_low_above_value",
        {"Epics!U1": "Effort low", "Epics!U2": 45, "Epics!V1": "Effort high", "Epics!V2": 60},
        (
            "Epics!U2: Effort low 45 is above the value 40. Low, the value and high are the 10th, 50th and 90th percentile. Lower it, or raise the value.",
        ),
    ),
    Case(
        "range_high_below_value",
        {"Epics!U1": "Effort low", "Epics!U2": 30, "Epics!V1": "Effort high", "Epics!V2": 35},
        (
            "Epics!V2: Effort high 35 is below the value 40. Low, the value and high are the 10th, 50th and 90th percentile. Raise it, or lower the value.",
        ),
    ),
    Case(
        "range_low_of_zero",
        {"Epics!U1": "Effort low", "Epics!U2": 0, "Epics!V1": "Effort high", "Epics!V2": 60},
        (
            "Epics!U2: Effort low is 0. A range multiplies the value and never reaches 0. Write Effort cases, for example 0: 20%; 40: 80%.",
        ),
    ),
    Case(
        "range_around_zero",
        {
            "Epics!U1": "Cost low",
            "Epics!U2": 1,
            "Epics!V1": "Cost high",
            "Epics!V2": 5,
            "Epics!W1": "External cost",
            "Epics!W2": 0,
        },
        (
            "Epics!U2: Cost has a range around 0. A range multiplies the value, and 0 stays 0. Enter the value, or write Cost cases.",
        ),
    ),
    Case(
        "range_without_value",
        {"Epics!U1": "Cost low", "Epics!U2": 1, "Epics!V1": "Cost high", "Epics!V2": 5},
        (
            "Epics!U2: Cost has a range, but External cost is empty. Low, the value and high are the 10th, 50th and 90th percentile. Enter External cost: what it exceeds as likely as not.",
        ),
    ),
    Case(
        "range_and_cases",
        {"Epics!U1": "Effort low", "Epics!U2": 30, "Epics!V1": "Effort cases", "Epics!V2": "30: 50%; 60: 50%"},
        (
            "Epics!U2: Effort has a range and cases. What is drawn follows either of the two. Clear Effort low and Effort high, or Effort cases.",
        ),
    ),
    Case(
        "range_very_wide",
        {"Epics!U1": "Effort low", "Epics!U2": 3, "Epics!V1": "Effort high", "Epics!V2": 60},
        (
            "Epics!U2: Effort low is 13.3 times away from the value. With a side of more than 10 times the mean is about 5 times the value. Check the figure, or write Effort cases.",
        ),
        "warning",
    ),
    Case(
        "range_of_bounds",
        {"Epics!U1": "Effort min", "Epics!U2": 30, "Epics!V1": "Effort max", "Epics!V2": 60},
        (
            "Epics!U1: Column Effort min is not read. A range goes from the 10th to the 90th percentile, and nobody knows a least and a most. Head it Effort low, if it is undercut once in ten times.",
            "Epics!V1: Column Effort max is not read. A range goes from the 10th to the 90th percentile, and nobody knows a least and a most. Head it Effort high, if it is exceeded once in ten times.",
        ),
        "warning",
    ),
    Case(
        "range_of_bounds_in_german",
        {"Epics!U1": "Aufwand minimal", "Epics!U2": 30, "Epics!V1": "Max. Kosten", "Epics!V2": 60},
        (
            "Epics!U1: Column Aufwand minimal is not read. A range goes from the 10th to the 90th percentile, and nobody knows a least and a most. Head it Effort low, if it is undercut once in ten times.",
            "Epics!V1: Column Max. Kosten is not read. A range goes from the 10th to the 90th percentile, and nobody knows a least and a most. Head it Cost high, if it is exceeded once in ten times.",
        ),
        "warning",
    ),
    Case(
        "cases_below_one_hundred",
        {"Epics!U1": "Effort cases", "Epics!U2": "30: 50%; 60: 30%"},
        (
            "Epics!U2: The chances of Effort cases add up to 80 %. One of the cases comes true, so that they add up to 100 %. Write for example 30: 50%; 60: 30%; 100: 20%.",
        ),
    ),
    Case(
        "cases_of_one",
        {"Epics!U1": "Effort cases", "Epics!U2": "40: 100%"},
        (
            "Epics!U2: Effort cases has fewer than two amounts. One amount is certain. Write for example 30: 50%; 60: 30%; 100: 20%.",
        ),
    ),
    Case(
        "cases_below_zero",
        {"Epics!U1": "Effort cases", "Epics!U2": "-10: 50%; 60: 50%"},
        (
            "Epics!U2: Effort cases has a figure below 0. Amounts and chances are 0 or more. Write for example 30: 50%; 60: 30%; 100: 20%.",
        ),
    ),
    Case(
        "cases_not_written_so",
        {"Epics!U1": "Effort cases", "Epics!U2": "30 or 60"},
        (
            'Epics!U2: Effort cases is "30 or 60". It has to be cases `amount: chance` with numbers. Write for example 30: 50%; 60: 30%; 100: 20%.',
        ),
    ),
    Case(
        "cases_around_another_value",
        {"Epics!U1": "Effort cases", "Epics!U2": "50: 50%; 60: 50%"},
        (
            "Epics!U2: The cases of Effort do not surround the value 40. The plan counts on the value, which would then never come true. Check the amounts, or the value.",
        ),
        "warning",
    ),
    Case(
        "cases_without_value",
        {"Epics!U1": "Cost cases", "Epics!U2": "50: 50%; 60: 50%"},
        (
            "Epics!U2: Cost has cases, but its value is empty. What is drawn is a multiple of the value that is planned. Enter the value that is planned for.",
        ),
    ),
    Case(
        "capacity_range_above_all",
        {"Value streams!F1": "Capacity low", "Value streams!F2": 1.1},
        (
            "Value streams!F2: Capacity low 1.1 is above the value 1. Low, the value and high are the 10th, 50th and 90th percentile. They are shares of what is planned: write for example 80 % as low and 110 % as high.",
        ),
    ),
    Case(
        "capacity_range_of_units",
        {"Value streams!F1": "Capacity high", "Value streams!F2": 60},
        (
            "Value streams!F2: Capacity high is 60 times away from the value. With a side of more than 10 times the mean is about 5 times the value. They are shares of what is planned: write for example 80 % as low and 110 % as high.",
        ),
        "warning",
    ),
    Case(
        "variance_shared_twice",
        {
            "Portfolio!A7": "Shared by portfolio",
            "Portfolio!B7": 0.7,
            "Portfolio!A8": "Shared by value stream",
            "Portfolio!B8": 0.6,
        },
        (
            "Portfolio!B8: Shared by portfolio and Shared by value stream add up to 130%. They are shares of the same variance, at most 100 % together. Lower one of the two, for example to 10 % and 15 %.",
        ),
    ),
    Case(
        "steps_too_likely",
        {"Portfolio!A7": "Score step chance", "Portfolio!B7": 0.6},
        (
            "Portfolio!B7: Score step chance is 60%. It is the chance of a step down, and as much again of a step up: at most 50 % each. Enter at most 50 %, for example 25 %.",
        ),
    ),
    Case(
        "draws_of_none",
        {"Portfolio!A7": "Draws", "Portfolio!B7": 0},
        ("Portfolio!B7: Draws is 0. It cannot be below 1. Enter a whole number, for example 10000.",),
    ),
    Case(
        "seed_below_zero",
        {"Portfolio!A7": "Seed", "Portfolio!B7": -3},
        ("Portfolio!B7: Seed is -3. It cannot be below 0. Enter a whole number, for example 1.",),
    ),
    Case(
        "starts_of_another_word",
        {"Portfolio!A7": "Starts", "Portfolio!B7": "at period"},
        ('Portfolio!B7: Starts is "at period". It is one of any day or at periods. Write at periods.',),
    ),
    Case(
        "time_zone_unknown",
        {"Portfolio!A7": "Time zone", "Portfolio!B7": "Europe/Berln"},
        ('Portfolio!B7: Time zone "Europe/Berln" is unknown. It is a name of the IANA list. Write Europe/Berlin.',),
    ),
)
"""Mistakes in what is said to be uncertain, and in the settings of a study."""
