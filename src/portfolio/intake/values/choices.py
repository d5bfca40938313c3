"""Words to choose from, and yes and no, in whatever language they are written."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.intake.languages import ENGLISH, fold, vocabulary
from portfolio.intake.values.cell_values import as_text, as_yes_no, is_blank
from portfolio.intake.values.context import Wanted


def read_choices(values: Sequence[object], wanted: Wanted) -> list[object]:
    """The words of a column as the field takes them; a word that is none of them stays as it is."""
    known = {fold(choice): choice for choice in wanted.column.choices}
    read: dict[object, object] = {}
    for value in values:
        if value not in read:
            read[value] = None if is_blank(value) else _choice(value, known)
    return [read[value] for value in values]


def _choice(value: object, known: dict[str, str]) -> object:
    text = as_text(value)
    if not isinstance(value, str) or fold(text) in known:
        return text
    for meaning in vocabulary().meanings("choices", text):
        if (choice := known.get(fold(meaning.name))) is not None and meaning.language != ENGLISH:
            return choice
    return text


def read_yes_no(values: Sequence[object]) -> list[object]:
    """Yes and no, however they are marked."""
    return [None if is_blank(value) else _yes_no(value) for value in values]


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        if vocabulary().meaning("yes", value) is not None:
            return True
        if vocabulary().meaning("no", value) is not None:
            return False
    return as_yes_no(value)
