"""Reports what a returned copy has outside the tables: it is not merged, and must not get lost unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from portfolio.domain import Finding
from portfolio.domain.wording import first_of
from portfolio.intake.source_map import name_of
from portfolio.merge.cell_content import Content, content_of
from portfolio.merge.workbook_contents import Contents, Table

SHOWN = 8
"""Cells that a finding names; it counts the others."""
RULE = "Only the tables of the input sheets are merged."


Followed = Mapping[str, Mapping[tuple[int, int], tuple[Content, Content]]]
"""Cells outside the tables that follow a changed name, by sheet: before and after."""
NONE_FOLLOWED: Followed = MappingProxyType({})


def outside_findings(
    file: str, before: Contents, now: Contents, base: Contents | None = None, followed: Followed = NONE_FOLLOWED
) -> list[Finding]:
    """One finding for each sheet with cells outside its table that are not as they were, and for each new sheet.

    A sheet that a snapshot does not know, although the base has it, is compared with the base's. What the base gets
    anyway, since it follows a changed name, is no difference.
    """
    if base is not None:
        before = replace(before, outside={**_unknown(before, base), **before.outside})
    old = {_sheet_key(before, title): title for title in {*before.outside, *(t.title for t in before.tables.values())}}
    found = []
    lost = {table.title: table for name, table in before.tables.items() if name not in now.tables}
    for title, cells in now.outside.items():
        key = _sheet_key(now, title)
        if key not in old and title in lost:
            new = list(_new_cells(cells, Counter(_known(_laid_out(lost[title]).values()))))
            found += [_listed(file, title, new)] if new else []
            continue
        if key not in old:
            if key not in now.tables:
                found.append(
                    _finding(
                        f"{file}, {title}",
                        f"Not merged: the sheet {title} is new ({_count(len(cells))}).",
                        "Copy it into the base, if it is wanted.",
                    )
                )
            continue
        there = Counter(_known(before.outside.get(old[key], {}).values()))
        there.update(_known(after for _, after in followed.get(old[key], {}).values()))
        new = list(_new_cells(cells, there))
        if new:
            found.append(_listed(file, title, new))
    return [*found, *_gone(file, before, now, followed), *_comments(file, before, now, old)]


def _comments(file: str, before: Contents, now: Contents, old: Mapping[str, str]) -> Iterator[Finding]:
    """Comments outside the tables that were not there before."""
    for title, comments in now.outside_comments.items():
        said = before.outside_comments.get(old.get(_sheet_key(now, title), ""), {})
        known = [comment for several in said.values() for comment in several]
        for cell, several in sorted(comments.items()):
            for comment in several:
                if not comment.is_said_in(known):
                    what = f'Not merged, outside the table: the comment "{comment.text}" of {comment.author or file}.'
                    yield _finding(f"{file}, {name_of((title, *cell))}", what, "Copy it by hand, if it is wanted.")


def _listed(file: str, title: str, new: list[tuple[tuple[int, int], Content]]) -> Finding:
    """What is new on a sheet, cell by cell."""
    shown = first_of([f"{name_of((title, *cell))} {content}" for cell, content in new], SHOWN)
    what, fix = f"Not merged, outside the table: {shown}.", "Enter it in the base by hand, if it is wanted."
    return _finding(f"{file}, {name_of((title, *new[0][0]))}", what, fix)


def _laid_out(table: Table) -> dict[tuple[int, int], Content]:
    """The cells of a table by their places, with its headings."""
    cells = {
        (table.rows[row].number, table.columns[column].number): held for (row, column), held in table.cells.items()
    }
    headings = ((column.number, content_of(column.heading)) for column in table.columns.values())
    return cells | {(table.header, number): held for number, held in headings if held is not None}


def _unknown(before: Contents, base: Contents) -> dict[str, dict[tuple[int, int], Content]]:
    known = {title.casefold() for title in (*before.outside, *(table.title for table in before.tables.values()))}
    return {title: cells for title, cells in base.outside.items() if title.casefold() not in known and cells}


def _gone(file: str, before: Contents, now: Contents, followed: Followed) -> Iterator[Finding]:
    """Cells outside the tables that were emptied or overwritten."""
    titles = {_sheet_key(now, title): title for title in {*now.outside, *(t.title for t in now.tables.values())}}
    headless = {
        table.title: _laid_out(table)
        for name, table in before.tables.items()
        if name not in now.tables and table.title in now.outside
    }
    for title, cells in {**before.outside, **headless}.items():
        key = f"sheet {title.casefold()}" if title in headless else _sheet_key(before, title)
        if key not in titles:
            if cells and key not in before.tables:
                yield _finding(
                    f"{file}, {title}",
                    f"The sheet {title} no longer exists.",
                    "It is kept; delete it in the base, if that is meant.",
                )
            continue
        there = Counter(_known(now.outside.get(titles[key], {}).values()))
        there.update(_known(held for held, _ in followed.get(title, {}).values()))
        gone = list(_new_cells(cells, there))
        if gone:
            place = f"{file}, {name_of((titles[key], *gone[0][0]))}"
            words = ", ".join(str(content) for _, content in gone[:SHOWN])
            yield _finding(
                place,
                f"Outside the table, {words} no longer exists ({_count(len(gone))}).",
                "It is kept; delete it in the base, if that is meant.",
            )


def _new_cells(
    cells: dict[tuple[int, int], Content], there: Counter[tuple[str, str]]
) -> Iterator[tuple[tuple[int, int], Content]]:
    """Cells whose content is not there as often, in reading order."""
    for cell, content in sorted(cells.items(), key=lambda entry: entry[0]):
        key = (content.kind, content.text)
        if there[key]:
            there[key] -= 1
        else:
            yield cell, content


def _known(contents: Iterable[Content]) -> Iterator[tuple[str, str]]:
    for content in contents:
        yield content.kind, content.text


def _sheet_key(contents: Contents, title: str) -> str:
    """A sheet by the table on it, whatever it is called, else by its name."""
    return next((name for name, table in contents.tables.items() if table.title == title), f"sheet {title.casefold()}")


def _count(number: int) -> str:
    return f"{number:,} cell{'' if number == 1 else 's'}"


def _finding(place: str, what: str, fix: str) -> Finding:
    return Finding("warning", place, what, RULE, fix)
