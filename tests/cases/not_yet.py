"""Cases that are not right yet: a case that is right may not stand here, so whoever mends one removes its line."""

from __future__ import annotations

NOT_YET: frozenset[str] = frozenset(
    {
        "test_planning.py::test_keep_after_the_quarter",
        "test_writing.py::test_chart_in_own_workbook",
        "test_writing.py::test_effort_changed_in_own_workbook[in place]",
        "test_writing.py::test_reserved_for_a_waiting_epic",
        "test_writing.py::test_threshold_lowered_in_the_plan_workbook",
    }
)
