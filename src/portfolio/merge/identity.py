"""Knowing rows and columns again: after sorting, after new rows and columns, after a changed ID, title or heading.

A row is looked for by its hidden key, then by its identity (of an epic: its ID), then by its title: a row whose old ID
vanished, and whose new ID is new, is the same row with another ID if its title is the same. A column is looked for by the
field it stands for, then by its heading, then by what is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from portfolio.intake.agreed_words import WORDS
from portfolio.merge.cell_content import Content, same
from portfolio.merge.followed_names import BY_PERIOD, EPICS, STREAMS, old_identities
from portfolio.merge.formula_references import is_same_formula, resolved
from portfolio.merge.workbook_contents import RESULT_KIND, Contents, Layout, RowAt, Table, layouts

ALIKE = 0.9
"""A column with another heading is the same if this share of its cells is."""
FEWEST_ALIKE = 3


def known_again(contents: Contents, to: Contents) -> Contents:
    """A workbook with the identities of another one; its formulas are free of positions afterwards.

    The other one's formulas have to be so already (`with_formulas`).
    """
    matches = _matches(contents.tables, to.tables)
    tables = {
        name: _renamed(table, *matches[name], to.tables[name]) if name in matches else table
        for name, table in contents.tables.items()
    }
    return _compared_with(replace(contents, tables=tables), to)


def known_again_through(contents: Contents, own: Contents, to: Contents) -> tuple[Contents, Contents]:
    """A copy and its own base, both with the identities of the base as it is now.

    The copy's rows and columns are those of its own base first, and that base's are then looked for in the other: so a
    copy that changed a title finds its epic again although the base has given it another ID since.
    """
    copies, bases = dict(contents.tables), dict(own.tables)
    of_copy, of_base = _matches(contents.tables, own.tables), _matches(own.tables, to.tables)
    for name, old in own.tables.items():
        copy, base = contents.tables.get(name), to.tables.get(name)
        first = _renamed(copy, *of_copy[name], old) if copy is not None else None
        if base is not None:
            rows, columns = of_base[name]
            bases[name] = _renamed(old, rows, columns, base)
            first = None if first is None else _carried(first, rows, columns, bases[name])
        if first is not None:
            copies[name] = first
    before = _compared_with(replace(own, tables=bases), to)
    return _compared_with(replace(contents, tables=copies), before), before


def with_results(own: Contents, base: Contents, copy: Contents) -> Contents:
    """A snapshot with what is kept since it was made: agreed words, and those result columns that its copy has, too."""
    words = base.tables.get(WORDS)
    if words is not None and WORDS not in own.tables:
        own = replace(own, tables={**own.tables, WORDS: words})
    before, now = own.tables.get(EPICS), base.tables.get(EPICS)
    if before is None or now is None or any(column.kind == RESULT_KIND for column in before.columns.values()):
        return own
    there = copy.tables[EPICS].columns if EPICS in copy.tables else {}
    columns = {
        identity: column for identity, column in now.columns.items() if column.kind == RESULT_KIND and identity in there
    }
    cells = {key: held for key, held in now.cells.items() if key[1] in columns and key[0] in before.rows}
    table = replace(before, columns=before.columns | columns, cells=before.cells | cells)
    return replace(own, tables={**own.tables, EPICS: table})


def _carried(copy: Table, rows: Mapping[str, str], columns: Mapping[str, str], old: Table) -> Table:
    """A copy with the names that its own base has got; what is new in it makes way for a name that is taken."""
    new_rows = _names(copy.rows, rows)
    found = _renamed(copy, new_rows, _names(copy.columns, columns), old)
    for identity, name in new_rows.items():
        if identity not in rows and name != identity:
            found.rows[name] = replace(found.rows[name], copy_of=identity)
    return found


def _names(identities: Collection[str], known: Mapping[str, str]) -> dict[str, str]:
    found = {identity: known[identity] for identity in identities if identity in known}
    taken = {*known.values()}
    for identity in identities:
        if identity not in known:
            found[identity] = _unlike(identity, taken)
            taken.add(found[identity])
    return found


def _compared_with(contents: Contents, to: Contents) -> Contents:
    """The workbook with its formulas free of positions, and those of before where they say the same."""
    found = with_formulas(contents)
    here, there = layouts(found.tables), layouts(to.tables)
    for name, table in found.tables.items():
        if name in to.tables:
            _keep_same_formulas(table, here, to.tables[name], there)
    return found


def with_formulas(contents: Contents) -> Contents:
    """The same workbook with its formulas free of positions."""
    places = layouts(contents.tables)
    tables = {name: replace(table, cells=dict(table.cells)) for name, table in contents.tables.items()}
    for table in tables.values():
        for (row, column), content in table.cells.items():
            if content.kind == "formula" and content.shown:
                table.cells[row, column] = resolved(content, table.title, table.rows[row].number, places)
    outside = {
        title: {
            cell: resolved(content, title, cell[0], places) if content.kind == "formula" else content
            for cell, content in cells.items()
        }
        for title, cells in contents.outside.items()
    }
    return replace(contents, tables=tables, outside=outside)


def _keep_same_formulas(table: Table, here: Mapping[str, Layout], old: Table, there: Mapping[str, Layout]) -> None:
    """Formulas whose ranges only look different because rows were sorted in between are those of before."""
    for (row, column), content in table.cells.items():
        before = old.cells.get((row, column))
        if content.kind == "formula" and before is not None and before.kind == "formula" and before != content:
            place = (table.title, table.rows[row].number, here)
            if is_same_formula(content, place, before, (old.title, old.rows[row].number, there)):
                table.cells[row, column] = replace(content, text=before.text, template=before.template)


_Match = tuple[dict[str, str], dict[str, str]]
"""The other table's identities for rows and columns."""


def _matches(tables: Mapping[str, Table], to: Mapping[str, Table]) -> dict[str, _Match]:
    """The other identities for each table; rows that name a record are known again by its new name, too."""
    found: dict[str, _Match] = {}
    renamed: dict[str, dict[str, str]] = {}
    for name in sorted({*tables} & {*to}, key=lambda name: name not in (EPICS, STREAMS)):
        table, other = tables[name], to[name]
        old = old_identities(table, renamed)
        rows = _match_rows(_with_identities(table, old), other)
        rows = {identity: rows[old.get(identity, identity)] for identity in table.rows}
        found[name] = rows, _match_columns(table, other, rows)
        renamed[name] = {new: old for new, old in rows.items() if new != old and new not in other.rows}
    return found


def _with_identities(table: Table, names: Mapping[str, str]) -> Table:
    """The same rows by other identities."""
    if not names:
        return table
    rows = {
        names.get(identity, identity): replace(row, copy_of=names.get(row.copy_of, row.copy_of))
        for identity, row in table.rows.items()
    }
    return replace(table, rows=rows)


def _renamed(table: Table, rows: Mapping[str, str], columns: Mapping[str, str], to: Table) -> Table:
    ambiguous = {columns[extra]: columns[first] for extra, first in table.ambiguous.items()}
    return replace(
        table,
        rows={rows[identity]: row for identity, row in _with_copies(table.rows, rows, to.rows)},
        columns={columns[identity]: column for identity, column in table.columns.items()},
        cells={(rows[row], columns[column]): content for (row, column), content in table.cells.items()},
        comments={
            (rows.get(row, row), columns.get(column, column)): said for (row, column), said in table.comments.items()
        },
        ambiguous={extra: first for extra, first in ambiguous.items() if extra not in to.columns},
    )


def _with_copies(rows: Mapping[str, RowAt], names: Mapping[str, str], old: Collection[str]) -> list[tuple[str, RowAt]]:
    """Of rows that share an identity, those that were not there before remember whose it is."""
    families: dict[str, list[str]] = {}
    for identity, row in rows.items():
        families.setdefault(row.copy_of or identity, []).append(identity)
    found = []
    for identity, row in rows.items():
        family = families[row.copy_of or identity]
        original = next((member for member in family if names[member] in old), family[0])
        is_copy = identity != original and names[identity] not in old
        found.append((identity, replace(row, copy_of=names[original] if is_copy else "")))
    return found


def _match_rows(table: Table, to: Table) -> dict[str, str]:
    """The other table's identity for each row; a row that is not there keeps its own, or gets a free one."""
    found: dict[str, str] = {}
    _match_by_key(table, to, found)
    taken = set(found.values())
    _match_copies(table, to, found)
    for identity in table.rows:
        if identity not in found and identity in to.rows and identity not in taken:
            found[identity] = identity
    taken = set(found.values())
    gone = [identity for identity in to.rows if identity not in taken]
    new = [identity for identity, row in table.rows.items() if identity not in found and not row.copy_of]
    old_titles = Counter(_title(to.rows[identity]) for identity in gone)
    new_titles = Counter(_title(table.rows[identity]) for identity in new)
    by_title = {_title(to.rows[identity]): identity for identity in gone}
    for identity in new:
        title = _title(table.rows[identity])
        if title and old_titles[title] == 1 and new_titles[title] == 1:
            found[identity] = by_title[title]
    taken = {*found.values(), *to.rows}
    for identity in table.rows:
        if identity not in found:
            found[identity] = _unlike(identity, taken)
            taken.add(found[identity])
    return found


def _title(row: RowAt) -> str:
    return row.title.casefold()


def _match_by_key(table: Table, to: Table, found: dict[str, str]) -> None:
    """Rows by their hidden key; of several with one key, the one that looks most like the original is the original."""
    originals = {row.key: identity for identity, row in to.rows.items() if row.key}
    rows_of: dict[str, list[str]] = {}
    for identity, row in table.rows.items():
        if row.key in originals:
            rows_of.setdefault(row.key, []).append(identity)
    for key, rows in rows_of.items():
        original = originals[key]
        best = min(
            rows, key=lambda identity: (_title(table.rows[identity]) != _title(to.rows[original]), identity != original)
        )
        found[best] = original


def _match_copies(table: Table, to: Table, found: dict[str, str]) -> None:
    """Of rows that share an identity, the one with the old title is the old one, wherever it stands."""
    for identity, row in table.rows.items():
        first = row.copy_of
        if not first or first not in to.rows or first in found or identity in found or identity in to.rows:
            continue
        if _title(row) == _title(to.rows[first]) != _title(table.rows[first]):
            found[identity], found[first] = first, identity


def _unlike(identity: str, taken: set[str]) -> str:
    number, free = 1, identity
    while free in taken:
        number += 1
        free = f"{identity}#{number}"
    return free


def _match_columns(table: Table, to: Table, rows: Mapping[str, str]) -> dict[str, str]:
    """The other table's identity for each column."""
    found = {identity: identity for identity in table.columns}
    gone = [identity for identity in to.columns if identity not in table.columns]
    new = [name for name in table.columns if name.startswith("=") and not {name} & {*to.columns, *table.ambiguous}]
    if gone and new:
        here, there = _by_column(table, rows), _by_column(to, {})
        for identity in new:
            fits = [old for old in gone if _alike(here.get(identity, {}), there.get(old, {}))]
            if len(fits) == 1:
                found[identity] = fits[0]
                gone.remove(fits[0])
    if table.name in BY_PERIOD:
        _match_periods(table, to, found)
    return found


def _match_periods(table: Table, to: Table, found: dict[str, str]) -> None:
    """Periods that stand where others stood are these with another label, if there are as many as there were."""
    here = [identity for identity in table.columns if identity.startswith("=")]
    there = [identity for identity in to.columns if identity.startswith("=")]
    if len(here) != len(there):
        return
    kept = {found[identity] for identity in here} & {*there}
    for identity, old in zip(here, there, strict=True):
        if found[identity] not in to.columns and old not in kept:
            found[identity] = old


def _by_column(table: Table, rows: Mapping[str, str]) -> dict[str, dict[str, Content]]:
    columns: dict[str, dict[str, Content]] = {}
    for (row, column), content in table.cells.items():
        columns.setdefault(column, {})[rows.get(row, row)] = content
    return columns


def _alike(one: Mapping[str, Content], other: Mapping[str, Content]) -> bool:
    """Whether two columns hold the same, nearly everywhere; a column of one and the same word is no evidence."""
    rows = one.keys() | other.keys()
    equal = [row for row in rows if same(one.get(row), other.get(row))]
    words = {one[row].text for row in equal if row in one}
    return len(words) >= FEWEST_ALIKE and len(equal) >= ALIKE * len(rows)
