"""The judge of the round trip: what differs between two workbooks that was not meant to.

It knows nothing of the program that it judges: zip, XML and the rules of the format are read here anew. Parts that
nobody meant to change have to be the same byte for byte, in the same order and packed alike; a changed sheet may differ
in the cells that were meant; the workbook's list, relationships, content types and styles may only grow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from tests.xlsx.markup_tree import Node, Row, Worksheet, ascend, column_number, top, tree, within, worksheet
from tests.xlsx.package_parts import TYPES, PackageParts, relation_id

CALCULATION = {"calcId", "fullCalcOnLoad", "forceFullCalc", "calcCompleted", "calcOnSave"}
"""What may change of how a workbook is calculated; whether by hand, and how often, may not."""


@dataclass
class _Comparison:
    """Two packages and what was meant."""

    before: PackageParts
    after: PackageParts
    changed: Mapping[str, Collection[str]]
    added: frozenset[str]
    replaced: frozenset[str]
    free: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Parts that only a replaced sheet needs are free to change or go."""
        stay = [part for name, part in self.before.sheets.items() if name not in self.replaced]
        needed = set().union(*(self.before.reachable(part) for part in stay))
        for name in self.replaced & set(self.before.sheets):
            around = frozenset({self.before.workbook})
            self.free |= self.before.reachable(self.before.sheets[name], around) - needed

    @property
    def calculation(self) -> set[str]:
        return set(self.before.related(self.before.workbook, "calcChain"))


def differences(
    before: bytes,
    after: bytes,
    changed: Mapping[str, Collection[str]] | None = None,
    added: Collection[str] = (),
    replaced: Collection[str] = (),
) -> list[str]:
    """Every difference that was not meant; empty if all is well.

    `changed` names the cells that were meant to change by sheet; `added` and `replaced` name whole sheets.
    """
    meant = {sheet: {name.upper() for name in names} for sheet, names in (changed or {}).items()}
    pair = _Comparison(PackageParts(before), PackageParts(after), meant, frozenset(added), frozenset(replaced))
    return [*_entries(pair), *_sheet_list(pair), *_parts(pair)]


def _entries(pair: _Comparison) -> Iterator[str]:
    """The zip itself: what went, what came, in which order, packed how."""
    before, after = pair.before, pair.after
    if len(set(after.names)) < len(after.names):
        yield "two entries of the zip have the same name"
    may_go = pair.calculation | pair.free
    yield from (f"{name}: lost" for name in before.names if name not in after.data and name not in may_go)
    stayed = [name for name in before.names if name in after.data and name not in pair.free]
    if stayed != [name for name in after.names if name in set(stayed)]:
        yield "the entries of the zip stand in another order"
    new = [after.sheets[name] for name in pair.added | pair.replaced if name in after.sheets]
    new += [part for kind in ("styles", "sharedStrings") for part in after.related(after.workbook, kind)]
    expected = set().union(*(after.reachable(part) for part in new))
    for name in after.names:
        if name not in before.data and name not in expected:
            yield f"{name}: added, and no new sheet needs it"
    packed = {entry.filename: entry for entry in after.entries}
    for entry in before.entries:
        now = packed.get(entry.filename)
        if (
            now is not None
            and entry.filename not in pair.free
            and before.data[entry.filename] == after.data[now.filename]
        ):
            looks = [(one.compress_type, one.date_time, one.comment) for one in (entry, now)]
            if looks[0] != looks[1]:
                yield f"{entry.filename}: packed otherwise, {looks[0]} -> {looks[1]}"


def _sheet_list(pair: _Comparison) -> Iterator[str]:
    before, after = list(pair.before.sheets), list(pair.after.sheets)
    new = [name for name in after if name not in before]
    if after[: len(before)] != before:
        yield f"the sheets were {before}, now {after}"
    if set(new) != pair.added:
        yield f"sheets added: {new}, meant: {sorted(pair.added)}"
    for name, part in pair.before.sheets.items():
        if name not in pair.replaced and pair.after.sheets.get(name) != part:
            yield f"sheet {name} is now in {pair.after.sheets.get(name)}, was in {part}"


def _parts(pair: _Comparison) -> Iterator[str]:
    """The parts that stayed: the same bytes, or only such changes as their kind may have."""
    before, after = pair.before, pair.after
    sheets = {before.sheets[name]: cells for name, cells in pair.changed.items() if name in before.sheets}
    tables = {table for part in sheets for table in before.related(part, "table")}
    styles = set(before.related(before.workbook, "styles"))
    yield from (f"sheet {name}: to be changed, but not there" for name in pair.changed if name not in before.sheets)
    for name in before.names:
        if name not in after.data or name in pair.free or before.data[name] == after.data[name]:
            continue
        try:
            yield from (f"{name}: {one}" for one in _part(pair, name, sheets, tables, styles))
        except expat.ExpatError as failure:
            yield f"{name}: no XML any more, {failure}"


def _part(
    pair: _Comparison, name: str, sheets: Mapping[str, Collection[str]], tables: set[str], styles: set[str]
) -> Iterator[str]:
    """What differs in one part that did not stay the same."""
    before, was, now = pair.before, pair.before.data[name], pair.after.data[name]
    if name in sheets:
        return _worksheets(worksheet(was), worksheet(now), sheets[name])
    if name == before.workbook:
        return _workbooks(tree(was), tree(now), pair)
    if name == before.find(before.relations_part(before.workbook)):
        return _grown(top(was), top(now), "Target", {part.rpartition("/")[2] for part in pair.calculation})
    if name == TYPES:
        return _types(pair)
    if name in styles:
        return _styles(top(was), top(now))
    if name in tables:
        return _tables(top(was), top(now))
    return iter([f"{len(was)} bytes became {len(now)} others"])


def _compared(was: Node, now: Node, path: str = "") -> Iterator[str]:
    """The first difference between two trees."""
    here = f"{path}/{was.name}"
    if (was.name, was.attributes) != (now.name, now.attributes):
        yield f"{path}/{was.said()} became {now.said()}"
        return
    for one, other in zip(was.inside, now.inside, strict=False):
        if one == other:
            continue
        if isinstance(one, Node) and isinstance(other, Node):
            yield from _compared(one, other, here)
        else:
            yield f"{here}: {one if isinstance(one, str) else one.said()!r} became {other if isinstance(other, str) else other.said()!r}"
        return
    if len(was.inside) != len(now.inside):
        longer = max(was.inside, now.inside, key=len)[min(len(was.inside), len(now.inside))]
        said = longer if isinstance(longer, str) else longer.said()
        yield f"{here}: {'lost' if len(was.inside) > len(now.inside) else 'gained'} {said}"


def _worksheets(was: Worksheet, now: Worksheet, meant: Collection[str]) -> Iterator[str]:
    extents = [next(sheet.around.all("dimension"), None) for sheet in (was, now)]
    if extents[0] is not None and extents[1] is not None:
        if not within(extents[0].attributes.get("ref", ""), extents[1].attributes.get("ref", "")):
            yield f"{extents[0].said()} shrank to {extents[1].said()}"
        extents[1].attributes["ref"] = extents[0].attributes.get("ref", "")
    yield from _compared(was.around, now.around)
    numbers = [row.number for row in now.rows]
    if len(set(numbers)) < len(numbers) or (numbers != sorted(numbers) and ascend([row.number for row in was.rows])):
        yield "rows are not in order or stand twice"
    before, rows = {row.number: row for row in was.rows}, {row.number: row for row in now.rows}
    if [number for number in before if number in rows] != [number for number in rows if number in before]:
        yield "rows stand in another order"
    for number in sorted({*before, *rows}):
        if number not in rows:
            yield f"row {number}: lost"
        else:
            yield from _rows(before.get(number), rows[number], meant)


def _rows(was: Row | None, now: Row, meant: Collection[str]) -> Iterator[str]:
    given = Row(now.number, {}) if was is None else was
    kept = [{key: value for key, value in row.attributes.items() if key not in ("r", "spans")} for row in (given, now)]
    if kept[0] != kept[1]:
        yield f"row {now.number}: {kept[0]} became {kept[1]}"
    if was is None and not any(name in meant for name in now.cells):
        yield f"row {now.number}: added without need"
    if was is not None and was.attributes.get("r") not in (None, now.attributes.get("r")):
        yield f"row {now.number}: lost its number"
    if given.odd != now.odd:
        yield f"row {now.number}: something between its cells changed"
    order = [column_number(re.sub(r"\d", "", name)) for name in now.cells]
    if not ascend(order) and ascend([column_number(re.sub(r"\d", "", name)) for name in given.cells]):
        yield f"row {now.number}: its cells are not in order"
    stayed = [[name for name in row.cells if name in given.cells and name in now.cells] for row in (given, now)]
    if stayed[0] != stayed[1]:
        yield f"row {now.number}: its cells stand in another order"
    for name in [*given.cells, *(name for name in now.cells if name not in given.cells)]:
        if name.upper() not in meant:
            yield from _cells(name, given.cells.get(name), now.cells.get(name))


def _cells(name: str, was: Node | None, now: Node | None) -> Iterator[str]:
    if was is None or now is None:
        yield f"cell {name}: {'added' if was is None else 'lost'}, not meant"
        return
    if "r" not in was.attributes:
        now = Node(now.name, {key: value for key, value in now.attributes.items() if key != "r"}, now.inside)
    yield from (f"cell {name}, not meant: {one}" for one in _compared(was, now))


def _workbooks(was: Node, now: Node, pair: _Comparison) -> Iterator[str]:
    """Sheets and names of new sheets may come, and how it is calculated may be asked anew; all else stays."""
    roots = [next(child for child in node.children() if not child.name.startswith("!")) for node in (was, now)]
    settings = [node.child("calcPr") or Node("calcPr") for node in roots]
    kept = [{key: value for key, value in node.attributes.items() if key not in CALCULATION} for node in settings]
    if kept[0] != kept[1] or (roots[0].child("calcPr") and not roots[1].child("calcPr")):
        yield f"{settings[0].said()} became {settings[1].said()}"
    own = {str(number) for number, name in enumerate(pair.after.sheets) if name in pair.added | pair.replaced}
    for node in roots:
        for names in [*node.children("definedNames")]:
            names.inside = [one for one in names.inside if not (isinstance(one, Node) and _named_for(one, own))]
            if not any(names.children()):
                node.inside.remove(names)
        listed = node.child("sheets")
        if listed is not None:
            for sheet in [*listed.children("sheet")]:
                if sheet.attributes.get("name") in pair.added:
                    listed.inside.remove(sheet)
                elif sheet.attributes.get("name") in pair.replaced:
                    sheet.attributes = {"name": sheet.attributes["name"], "replaced": relation_id(sheet) and "yes"}
        node.inside = [one for one in node.without("calcPr").inside if not isinstance(one, str) or one.strip()]
    yield from _compared(was, now)


def _named_for(name: Node, sheets: set[str]) -> bool:
    return name.attributes.get("localSheetId", "") in sheets


def _grown(was: Node, now: Node, key: str, may_go: Collection[str]) -> Iterator[str]:
    """A flat list that may only grow; what names one of `may_go` may be taken out."""
    if (was.name, was.attributes) != (now.name, now.attributes):
        yield f"{was.said()} became {now.said()}"
    entries = list(now.children())
    for one in was.children():
        if one not in entries and one.attributes.get(key, "").rpartition("/")[2] not in may_go:
            yield f"lost or changed {one.said()}"


def _types(pair: _Comparison) -> Iterator[str]:
    was, now = top(pair.before.data[TYPES]), top(pair.after.data[TYPES])
    gone = {part for part in pair.before.names if part not in pair.after.data}
    yield from _grown(was, now, "PartName", {part.rpartition("/")[2] for part in gone})
    for part in pair.before.names:
        if part in pair.after.data and pair.before.content_type(part) != pair.after.content_type(part):
            yield f"{part} is now of type {pair.after.content_type(part)}"


def _styles(was: Node, now: Node) -> Iterator[str]:
    """Every entry keeps its number; new ones stand behind, and what counts them is right."""
    kept = [child for child in now.inside if isinstance(child, str) or was.child(child.local) is not None]
    order = [[child.local for child in part if isinstance(child, Node)] for part in (was.inside, kept)]
    if (was.name, was.attributes, order[0]) != (now.name, now.attributes, order[1]):
        yield f"{was.said()} {order[0]} became {now.said()} {order[1]}"
        return
    for one in was.children():
        other = now.child(one.local) or Node("")
        entries = [list(one.children()), list(other.children())]
        attributes = [{key: value for key, value in node.attributes.items() if key != "count"} for node in (one, other)]
        if attributes[0] != attributes[1] or one.name != other.name:
            yield f"{one.said()} became {other.said()}"
        if one.local in ("colors", "extLst", "tableStyles") and one != other:
            yield f"{one.local} changed"
        for number, entry in enumerate(entries[0]):
            if entry not in entries[1][number : number + 1]:
                yield f"{one.local} {number} changed: {entry.said()}"
    for node in now.children():
        count, entries_now = node.attributes.get("count"), sum(not one.name.startswith("!") for one in node.children())
        old = was.child(node.local)
        if node != old and count is not None and int(count) != entries_now:
            yield f"{node.local} says {count} entries and has {entries_now}"


def _tables(was: Node, now: Node) -> Iterator[str]:
    """A table may grow by rows and by columns behind the ones that it has."""
    columns = [list((node.child("tableColumns") or Node("")).children()) for node in (was, now)]
    if columns[1][: len(columns[0])] != columns[0]:
        yield "a column that was there changed"
    for node in (was, now):
        for part in [node, *node.children("autoFilter"), *node.children("tableColumns")]:
            part.attributes = {key: value for key, value in part.attributes.items() if key not in ("ref", "count")}
        for part in node.children("tableColumns"):
            part.inside = []
    yield from _compared(was, now)
