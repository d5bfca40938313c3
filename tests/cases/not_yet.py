"""Cases that are not right yet: a case that is right may not stand here, so whoever mends one removes its line."""

from __future__ import annotations

NOT_YET: frozenset[str] = frozenset(
    {
        "test_merging.py::test_changed_id_leaves_its_rows_behind",
        "test_merging.py::test_decision_typed_over_lost_in_merge",
        "test_merging.py::test_periods_renamed_in_a_copy",
        "test_merging.py::test_text_on_the_plan_lost_in_merge",
        "test_planning.py::test_keep_after_the_quarter",
        "test_writing.py::test_chart_in_own_workbook",
        "test_writing.py::test_effort_changed_in_own_workbook[in place]",
        "test_writing.py::test_reserved_for_a_waiting_epic",
        "test_writing.py::test_threshold_lowered_in_the_plan_workbook",
    }
)
