"""Whether a workbook's package holds together: what Excel would repair or refuse, found without Excel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from tests.xlsx.markup_tree import Node, top, worksheet
from tests.xlsx.package_parts import TYPES, PackageParts, relation_id

ORDERS = {
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences"
    " definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr"
    " webPublishObjects extLst",
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges"
    " scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting"
    " dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties"
    " cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls"
    " webPublishItems tableParts extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
}
"""The order in which the format wants the children of an element; Excel repairs a file that has another one."""


def problems(content: bytes) -> list[str]:
    """What does not hold together, one sentence each."""
    parts = PackageParts(content)
    if broken := list(_well_formed(parts)):
        return broken
    found = [*_directory(parts), *_relations(parts), *_workbook(parts), *_orders(parts)]
    for name in parts.sheets:
        if parts.sheets[name] in parts.data and parts.is_worksheet(name):
            found += [f"sheet {name}: {one}" for one in _sheet(parts, parts.sheets[name])]
    return [*found, *_calculation(parts), *_tables(parts)]


def new_problems(before: bytes, after: bytes) -> list[str]:
    """What holds together no longer; real files bring problems of their own."""
    return list((Counter(problems(after)) - Counter(problems(before))).elements())


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(name.casefold() for name in names).items() if times > 1]


def _well_formed(parts: PackageParts) -> Iterator[str]:
    """XML whose prefixes are all bound; a reader that knows namespaces refuses any other."""
    for name in parts.names:
        if name.lower().endswith((".xml", ".rels")):
            names: set[str] = set()
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.StartElementHandler = lambda tag, _given, names=names: names.add(tag)
            try:
                parser.Parse(parts.data[name], True)
            except expat.ExpatError as failure:
                yield f"{name}: {failure}"
            yield from (f"{name}: {tag} has two prefixes" for tag in names if ":" in tag.rpartition(" ")[2])


def _directory(parts: PackageParts) -> Iterator[str]:
    yield from (f"part {name} stands twice" for name in _twice(parts.names))
    for name in parts.names:
        if name != TYPES and not name.endswith("/") and parts.content_type(name) is None:
            yield f"part {name} has no content type"
    types = top(parts.data[TYPES])
    named = [node.attributes["PartName"] for node in types.children("Override")]
    yield from (f"content type of {name} given twice" for name in _twice(named))
    yield from (f"content type of {name}, which is not there" for name in named if parts.find(name) is None)
    extensions = [node.attributes["Extension"] for node in types.children("Default")]
    yield from (f"content type of *.{name} given twice" for name in _twice(extensions))


def _relations(parts: PackageParts) -> Iterator[str]:
    for name in parts.names:
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        source = f"{folder}{file.removesuffix('.rels')}"
        if source and parts.find(source) is None:
            yield f"{name}: belongs to {source}, which is not there"
        relations = parts.relations(source)
        yield from (f"{name}: {one} given twice" for one in _twice(relation.id for relation in relations))
        for relation in relations:
            if relation.inside and "#" not in relation.target and parts.find(relation.target) is None:
                yield f"{name}: {relation.id} leads to {relation.target}, which is not there"


def _workbook(parts: PackageParts) -> Iterator[str]:
    root, relations = top(parts.data[parts.workbook]), {one.id for one in parts.relations(parts.workbook)}
    nodes = parts.sheet_nodes
    yield from (f"sheet {name} stands twice" for name in _twice(node.attributes["name"] for node in nodes))
    yield from (f"sheetId {one} stands twice" for one in _twice(node.attributes["sheetId"] for node in nodes))
    yield from (f"relationship {one} has two sheets" for one in _twice(map(relation_id, nodes)))
    for node in nodes:
        name = node.attributes["name"]
        if relation_id(node) not in relations:
            yield f"sheet {name} has no relationship"
        if not 0 < len(name) <= 31 or set(name) & set("[]:*?/\\"):
            yield f"sheet {name} has a name that Excel does not allow"
    names = [one for part in root.children("definedNames") for one in part.children()]
    places = [(one.attributes.get("name", ""), one.attributes.get("localSheetId", "")) for one in names]
    yield from (f"name {one} stands twice" for one in _twice(f"{name} of {place}" for name, place in places))
    for name, place in places:
        if place and int(place) >= len(nodes):
            yield f"name {name} is of sheet {place} of {len(nodes)}"
    for view in root.all("workbookView"):
        if int(view.attributes.get("activeTab", 0)) >= max(len(nodes), 1):
            yield "the active sheet is not there"


def _orders(parts: PackageParts) -> Iterator[str]:
    for name in parts.names:
        if not name.lower().endswith(".xml") or not name.lower().startswith("xl/"):
            continue
        root = top(parts.data[name])
        order = ORDERS.get(root.local, "").split()
        places = [order.index(child.local) for child in root.children() if child.local in order]
        if places != sorted(places):
            yield f"{name}: the children of {root.local} are not in order"


def _sheet(parts: PackageParts, part: str) -> Iterator[str]:
    sheet, relations = worksheet(parts.data[part]), {one.id for one in parts.relations(part)}
    styles = parts.related(parts.workbook, "styles")
    formats = [*top(parts.data[styles[0]]).all("cellXfs")] if styles and styles[0] in parts.data else []
    known = max(len(list(formats[0].children())) if formats else 0, 1)  # a choice of two forms is one format
    texts = parts.related(parts.workbook, "sharedStrings")
    strings = len(list(top(parts.data[texts[0]]).children("si"))) if texts and texts[0] in parts.data else 0
    numbers = [row.number for row in sheet.rows]
    if numbers != sorted(set(numbers)):
        yield "rows are not in order"
    for row in sheet.rows:
        yield from (
            f"row {row.number}: {odd if isinstance(odd, str) else odd.name}" for odd in row.odd if not _is_comment(odd)
        )
        for name, cell in row.cells.items():
            if int(cell.attributes.get("s", 0)) >= known:
                yield f"{name} has format {cell.attributes['s']}, which is not there"
            value = cell.child("v")
            if cell.attributes.get("t") == "s" and value is not None and int(value.text()) >= strings:
                yield f"{name} has text {value.text()}, which is not there"
    for node in _all(sheet.around):
        for key, given in node.attributes.items():
            if key.startswith(("r:", "rel:")) and given and given not in relations:
                yield f"{node.name} needs {given}, which is not there"


def _all(node: Node) -> Iterator[Node]:
    for child in node.children():
        yield child
        yield from _all(child)


def _calculation(parts: PackageParts) -> Iterator[str]:
    """Excel repairs a workbook whose order of calculation names a cell without a formula."""
    by_id = {node.attributes["sheetId"]: node.attributes["name"] for node in parts.sheet_nodes}
    formulas: dict[str, set[str]] = {}
    sheet = ""
    for chain in parts.related(parts.workbook, "calcChain"):
        for entry in top(parts.data[chain]).children("c") if chain in parts.data else ():
            sheet = entry.attributes.get("i", sheet)
            if sheet not in formulas:
                part = parts.data[parts.sheets[by_id[sheet]]]
                cells = [pair for row in worksheet(part).rows for pair in row.cells.items()]
                formulas[sheet] = {name for name, cell in cells if cell.child("f") is not None}
            if entry.attributes["r"] not in formulas[sheet]:
                yield f"{entry.attributes['r']} of sheet {by_id[sheet]} is to be calculated and has no formula"


def _tables(parts: PackageParts) -> Iterator[str]:
    roots = [
        top(parts.data[table])
        for part in parts.sheets.values()
        for table in parts.related(part, "table")
        if table in parts.data
    ]
    yield from (f"table {one} stands twice" for one in _twice(root.attributes.get("displayName", "") for root in roots))
    yield from (f"two tables have id {one}" for one in _twice(root.attributes["id"] for root in roots))
    for root in roots:
        columns = [one.attributes["name"] for one in root.all("tableColumn")]
        yield from (f"table {root.attributes.get('name')}: column {one} stands twice" for one in _twice(columns))


def _is_comment(what: Node | str) -> bool:
    return isinstance(what, Node) and what.name.startswith("!comment")
