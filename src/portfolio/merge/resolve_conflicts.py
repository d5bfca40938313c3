"""Applies what was chosen on the sheet Conflicts, and keeps the rest of it to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.domain import Finding
from portfolio.domain.spelling import shown
from portfolio.intake.source_map import name_of
from portfolio.intake.unresolved_conflicts import CHOICE, OTHER
from portfolio.merge.cell_content import Content, same
from portfolio.merge.conflicts_sheet import KEEP, Answer
from portfolio.merge.merged import Conflict, Edits, Option
from portfolio.merge.workbook_contents import ColumnAt, RowAt, Table


@dataclass
class Resolution:
    """What the choices come to: edits, the conflicts that are left with the choices made for them, and findings."""

    edits: dict[str, Edits] = field(default_factory=dict)
    left: list[tuple[Conflict, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    resolved: int = 0
    lost: int = 0
    """Rows of the sheet that cannot be read any more."""


def resolution(answers: list[Answer], tables: Mapping[str, Table], file: str, title: str) -> Resolution:
    """Turns answers into edits; an answer that is not understood is a finding at its cell."""
    found = Resolution()
    rows_removed: dict[str, set[str]] = {}
    chosen: list[tuple[Conflict, Option, str]] = []
    for answer in answers:
        place = f"{file}, {name_of((title, answer.row, answer.choice_column))}"
        if answer.conflict is None:
            found.lost += 1
            found.findings.append(
                Finding(
                    "error",
                    place,
                    "This conflict cannot be read.",
                    "Its hidden cells were changed.",
                    "Enter the value by hand where it belongs, and delete the row.",
                )
            )
            continue
        option = _option(answer, found, place)
        if option is not None:
            chosen.append((answer.conflict, option, place))
            if option.action == "remove":
                rows_removed.setdefault(answer.conflict.sheet, set()).update(option.rows)
    for conflict, option, place in chosen:
        table, removed = tables.get(conflict.sheet), rows_removed.get(conflict.sheet, set())
        why = "Its sheet no longer exists." if table is None else _apply(found, table, conflict, option, removed)
        if why:
            found.left.append((conflict, ""))
            fix = f"Choose {KEEP}, or put right what is in the way and choose again."
            found.findings.append(Finding("error", place, "This choice was not applied.", why, fix))
        else:
            found.resolved += 1
    return found


def _option(answer: Answer, found: Resolution, place: str) -> Option | None:
    """The option that was chosen; None where nothing was, or nothing that is understood, or to keep the base."""
    conflict = answer.conflict
    assert conflict is not None
    choice = _label(answer.choice)
    labels = {_label(option.file): option for option in conflict.options}
    if answer.other is not None and choice in ("", "other", _label(OTHER)):
        if conflict.column:
            return Option(file="", author="", content=answer.other)
        _refuse(
            found,
            conflict,
            answer,
            place,
            f"{OTHER} is {shown(answer.other.value)}.",
            "This conflict is about a whole row.",
        )
        return None
    if answer.other is not None and choice:
        _refuse(
            found,
            conflict,
            answer,
            place,
            f"Both {CHOICE} and {OTHER} are filled in.",
            "Which of the two counts is not clear.",
        )
        return None
    if not choice:
        found.left.append((conflict, ""))
        return None
    if choice == _label(KEEP):
        found.resolved += 1
        return None
    if choice not in labels:
        known = [*(option.file for option in conflict.options), KEEP]
        _refuse(
            found,
            conflict,
            answer,
            place,
            f"{CHOICE} is {shown(answer.choice)}.",
            f"It is one of {', '.join(known)}.",
            "Choose one of them from the list.",
        )
        return None
    return labels[choice]


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _refuse(
    found: Resolution,
    conflict: Conflict,
    answer: Answer,
    place: str,
    what: str,
    rule: str,
    fix: str = "Clear one of them.",
) -> None:
    found.left.append((conflict, answer.choice))
    found.findings.append(Finding("error", place, what, rule, fix))


def _apply(found: Resolution, table: Table, conflict: Conflict, option: Option, removed: set[str]) -> str:
    """Adds what an option asks for to the edits; says why if that cannot be."""
    edits, key = found.edits.setdefault(conflict.sheet, Edits()), (conflict.row, conflict.column)
    if option.action == "keep":
        return ""
    if option.action == "remove":
        edits.rows_removed += [row for row in option.rows if row in table.rows and row not in edits.rows_removed]
        return ""
    if option.action == "add":
        if conflict.row not in table.rows:
            edits.rows_added[conflict.row] = RowAt(name=conflict.label)
        headings = option.headings or [column.lstrip("=") for column, _ in option.cells]
        for (column, content), heading in zip(option.cells, headings, strict=False):
            _need_column(edits, table, column, heading)
            edits.cells[conflict.row, column] = content
        return ""
    if conflict.row not in table.rows:
        return "Its row no longer exists."
    if conflict.row in removed:
        return "Another choice removes the row."
    if key in edits.cells and not same(edits.cells[key], option.content):
        return "Another choice says otherwise for the same cell."
    held = table.cells.get(key)
    if not _is_same(held, conflict.now) and not _is_same(held, option.content):
        return f"The cell was changed since: it holds {'nothing' if held is None else shown(str(held))}."
    _need_column(edits, table, conflict.column, conflict.heading)
    edits.cells[key] = option.content
    return ""


def _is_same(held: Content | None, said: Content | None) -> bool:
    """Whether a cell still holds what the sheet says; a formula from the sheet has its template only."""
    if held is not None and said is not None and held.kind == said.kind == "formula":
        return held.template == said.template
    return same(held, said)


def _need_column(edits: Edits, table: Table, column: str, heading: str) -> None:
    if column not in table.columns:
        edits.columns_added[column] = ColumnAt(heading).heading
