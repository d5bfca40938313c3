"""Cases that are not right yet: a case that is right may not stand here, so whoever mends one removes its line."""

from __future__ import annotations

NOT_YET: frozenset[str] = frozenset(
    {
        "test_merging.py::test_changed_id_leaves_its_rows_behind",
        "test_merging.py::test_decision_typed_over_lost_in_merge",
        "test_merging.py::test_periods_renamed_in_a_copy",
        "test_merging.py::test_text_on_the_plan_lost_in_merge",
        "test_reading_dates.py::test_due_dates_twice_reported",
        "test_reading_dates.py::test_one_finding_for_a_column[Job size-tbd-text]",
        "test_reading_dates.py::test_one_finding_for_a_column[Job size-tbd-workbook]",
        "test_reading_dates.py::test_one_finding_for_a_column[Penalty-n/a?-text]",
        "test_reading_dates.py::test_one_finding_for_a_column[Penalty-n/a?-workbook]",
        "test_reading_habits.py::test_nothing_is_read_otherwise_in_silence[effort by period]",
        "test_reading_habits.py::test_nothing_is_read_otherwise_in_silence[value for a month]",
        "test_reading_sheets.py::test_other_budgets_by_year[years2]",
        "test_reading_sheets.py::test_other_names_of_the_budget[Finanzplan]",
        "test_reading_sheets.py::test_other_names_of_the_budget[Money]",
        "test_reading_sheets.py::test_other_names_of_the_capacity[no name]",
        "test_reading_sheets.py::test_other_names_of_the_capacity[supply]",
        "test_reading_sheets.py::test_other_types_of_links[Dependent]",
        "test_reading_sheets.py::test_other_types_of_links[Depends]",
        "test_reading_sheets.py::test_other_types_of_links[Gantt: finish-start]",
        "test_reading_sheets.py::test_other_types_of_links[Predecessor]",
        "test_reading_sheets.py::test_other_types_of_links[Requires]",
        "test_writing.py::test_effort_changed_in_own_workbook[in place]",
        "test_writing.py::test_reserved_for_a_waiting_epic",
        "test_writing.py::test_threshold_lowered_in_the_plan_workbook",
    }
)
