"""Each column gets its field: the surest heading first, of two equals the one that tells the rows apart."""

from __future__ import annotations

from portfolio.intake.columns import EPICS
from portfolio.intake.headings.assign import Assignment, assign


def assigned(*headings: str, distinct: dict[int, int] | None = None) -> Assignment:
    """The fields of these headings, with how many different entries columns have."""
    return assign(headings, EPICS.columns, lambda index: (distinct or {}).get(index, 9), lambda *_: True)


def fields(made: Assignment) -> dict[str, int]:
    """The column of each field."""
    return {column.field: index for column, index in made.columns.items()}


def test_a_word_that_may_be_two_fields_takes_the_free_one() -> None:
    """In Russian the same word heads titles in one tool and themes in the other."""
    assert fields(assigned("Ключ", "Название", "Тема")) == {"id": 0, "title": 1, "theme": 2}
    assert fields(assigned("Ключ", "Тема")) == {"id": 0, "title": 1}
    assert fields(assigned("Ключ", "Тема", distinct={0: 9, 1: 2})) == {"id": 0, "theme": 1}


def test_who_an_epic_is_assigned_to_owns_it_where_nobody_else_does() -> None:
    assert fields(assigned("ID", "Assignee"))["owner"] == 1
    assert fields(assigned("ID", "Owner", "Assignee"))["owner"] == 1


def test_accents_make_no_difference() -> None:
    assert fields(assigned("Nº", "Thème"))["theme"] == 1


def test_two_columns_of_one_name_are_said() -> None:
    made = assigned("ID", "Job size", "Job size")
    assert [(column.field, index) for column, index in made.twice] == [("job_size", 2)]
