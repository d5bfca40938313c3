"""Runs a merge: reads base and copies, recognises rows and columns, compares, writes the base with the changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portfolio.domain import Finding
from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import ZIP, read_content, refuse_other_formats
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.intake.unresolved_conflicts import CONFLICTS
from portfolio.merge.apply_changes import apply
from portfolio.merge.base_sheet import add_base
from portfolio.merge.conflicts_sheet import conflicts_book, read_answers
from portfolio.merge.copy_differences import Copy
from portfolio.merge.followed_names import follow_outside
from portfolio.merge.identity import known_again, known_again_through, with_formulas, with_results
from portfolio.merge.merged import Conflict, Merged
from portfolio.merge.notes_sheet import keep_notes
from portfolio.merge.read_contents import read_contents
from portfolio.merge.resolve_conflicts import resolution
from portfolio.merge.result_remarks import Remark
from portfolio.merge.result_sheet_edits import ResultSheets
from portfolio.merge.snapshot import TamperedError, read_snapshot
from portfolio.merge.three_way import three_way
from portfolio.merge.unmerged_content import outside_findings
from portfolio.merge.unrelated_workbook import refuse_stranger
from portfolio.merge.workbook_contents import Contents, Table
from portfolio.xlsx.patch.editing import PackageEditor

OWN, BASE = "own snapshot", "BASE"


@dataclass(frozen=True)
class Returned:
    """One copy that came back: its name, who saved it last, and what it is compared with."""

    file: str
    author: str
    base: str


@dataclass
class Merge:
    """A merge that was prepared; nothing is written yet."""

    path: Path
    base: Contents
    returned: tuple[Returned, ...]
    merged: Merged
    content: bytes
    """The base workbook with everything applied."""
    names: dict[tuple[str, str], str]
    """The ID or name of each row, by sheet and identity."""


def prepare(base_path: Path, paths: Sequence[Path]) -> Merge:
    """Merges returned copies into a base workbook, in memory; raises WrongUseError where a file is none."""
    content = _read_workbook_file(base_path)
    editing = PackageEditor(content, base_path.name)
    base = with_formulas(read_contents(content, base_path.name))
    returned, copies, findings, remarks = [], [], list[Finding](), list[Remark]()
    around: list[tuple[str, Contents, Contents]] = []
    results = ResultSheets(editing)
    for label, copy_content in _copies(paths):
        now = read_contents(copy_content, label)
        own, found = _base_of(copy_content, label)
        own = own and with_results(own, base, now)
        refuse_stranger(label, base_path.name, base.tables, now.tables, {} if own is None else own.tables)
        now, before = (known_again(now, base), base) if own is None else known_again_through(now, own, base)
        returned.append(Returned(label, now.author, BASE if own is None else OWN))
        copies.append(Copy(label, now.author, before.tables, now.tables))
        typed, kept = results.edits(label, PackageEditor(copy_content, label, inspected=True))
        around.append((label, before, now))
        findings += [*found, *typed]
        remarks += kept
    merged = three_way(base.tables, copies)
    followed = follow_outside(merged, base)
    for label, before, now in around:
        findings += outside_findings(label, before, now, base, followed)
    merged.findings += findings
    unwritten = apply(editing, base, merged.edits, followed)
    merged.findings += unwritten.findings
    merged.changes = [
        replace(change, status="not merged") if (change.sheet, change.row, change.column) in unwritten.cells else change
        for change in merged.changes
    ]
    _write_conflicts(editing, [(conflict, "") for conflict in merged.conflicts], content)
    if remarks:
        keep_notes(editing, remarks)
    add_base(editing)
    merged.findings.sort(key=lambda finding: (finding.severity, finding.place))
    names = _names([*(tables for copy in copies for tables in (copy.now, copy.before)), base.tables])
    return Merge(base_path, base, tuple(returned), merged, editing.content(), names)


def _names(several: Sequence[Mapping[str, Table]]) -> dict[tuple[str, str], str]:
    return {
        (sheet, identity): row.name
        for tables in several
        for sheet, table in tables.items()
        for identity, row in table.rows.items()
    }


def _read_workbook_file(path: Path) -> bytes:
    content = read_content(path, "a workbook (.xlsx) is needed")
    if not content.startswith(ZIP):
        refuse_other_formats(content, path)
        raise WrongUseError(f"{path.name} is not a workbook; copies are merged as workbooks (.xlsx).")
    return content


def _copies(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The copies by name; the same file twice is one, and files of one name are told apart by their folders."""
    files = sorted({path.resolve(): path for path in paths}.values())
    names = [path.name for path in files]
    labels = [path.name if names.count(path.name) == 1 else f"{path.parent.name}/{path.name}" for path in files]
    turns = [f"{label} ({labels[:turn].count(label) + 1})" for turn, label in enumerate(labels)]
    apart = [turn if labels.count(label) > 1 else label for label, turn in zip(labels, turns, strict=True)]
    return sorted((label, _read_workbook_file(path)) for label, path in zip(apart, files, strict=True))


def _base_of(content: bytes, label: str) -> tuple[Contents | None, list[Finding]]:
    """What a copy was made from: its own snapshot if it is sound."""
    instead = "The copy is compared with the base as it is now, so changes made in the base since then look like changes of the copy."
    fix = "Check the changes of this copy, or merge into the workbook that was sent out."
    try:
        own = read_snapshot(content, label)
    except TamperedError as why:
        return None, [Finding("warning", label, f"The base snapshot in it was changed: {why}.", instead, fix)]
    if own is None:
        return None, [Finding("warning", label, "There is no base snapshot in it.", instead, fix)]
    return own, []


def _write_conflicts(editing: PackageEditor, conflicts: Sequence[tuple[Conflict, str]], before: bytes) -> None:
    """Puts the conflicts on their sheet; those that stood there already stay."""
    title = conflicts_title(editing)
    old = _old_conflicts(before, editing.name, title) if before else []
    known = {_key(conflict) for conflict, _ in old}
    left = [*old, *((conflict, choice) for conflict, choice in conflicts if _key(conflict) not in known)]
    if not left:
        if title in editing.sheets and CONFLICTS in editing.own_sheets:
            editing.remove_sheet(title)
        return
    book = conflicts_book([conflict for conflict, _ in left], title, [choice for _, choice in left])
    editing.bring(book, {title: CONFLICTS})


def _key(conflict: Conflict) -> tuple[object, ...]:
    """What makes two conflicts the same one: the place, and who says what."""
    said = tuple((option.file, option.action, option.words, option.rows) for option in conflict.options)
    return conflict.kind, conflict.sheet, conflict.row, conflict.column, said


def conflicts_title(editing: PackageEditor) -> str:
    """What the sheet of conflicts is called in a workbook."""
    return editing.names_for([CONFLICTS])[CONFLICTS]


def _old_conflicts(content: bytes, name: str, title: str) -> list[tuple[Conflict, str]]:
    sheets = WorkbookSheets(content, name)
    if title not in sheets.names:
        return []
    answers = read_answers(sheets.grid(title))
    return [(answer.conflict, answer.choice) for answer in answers if answer.conflict is not None]


def has_choices(path: Path) -> bool:
    """Whether a file is a merged workbook on whose sheet of conflicts somebody has filled in something."""
    try:
        content = _read_workbook_file(path)
        title = conflicts_title(PackageEditor(content, path.name))
        sheets = WorkbookSheets(content, path.name)
    except WrongUseError:
        return False
    answers = read_answers(sheets.grid(title)) if title in sheets.names else []
    return any(answer.choice or answer.other is not None for answer in answers)


@dataclass
class Resolved:
    """What came of the choices, and the workbook with those that were applied."""

    resolved: int
    left: int
    findings: list[Finding]
    content: bytes
    sha256: str
    """Of the bytes that were read."""


def resolve(path: Path) -> Resolved:
    """Applies the choices on the sheet Conflicts, in memory; raises WrongUseError where there is no such sheet."""
    content = _read_workbook_file(path)
    editing = PackageEditor(content, path.name)
    title = conflicts_title(editing)
    sheets = WorkbookSheets(content, path.name)
    if title not in sheets.names:
        raise WrongUseError(
            f"{path.name} has no sheet {CONFLICTS}, so there is nothing to resolve; name a workbook that a merge wrote."
        )
    base = with_formulas(read_contents(content, path.name))
    found = resolution(read_answers(sheets.grid(title)), base.tables, path.name, title)
    findings = [*found.findings, *apply(editing, base, found.edits).findings]
    if not found.lost:
        _write_conflicts(editing, found.left, b"")
    add_base(editing)
    return Resolved(
        found.resolved, len(found.left) + found.lost, findings, editing.content(), hashlib.sha256(content).hexdigest()
    )
