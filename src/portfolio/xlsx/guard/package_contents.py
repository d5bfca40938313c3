"""Reads what a package says of its parts: which one is the workbook, and which part each sheet is."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from xml.etree import ElementTree

from portfolio.errors import WrongUseError
from portfolio.xlsx.guard.contents import ROOT, TYPES, Contents, plain_name
from portfolio.xlsx.guard.limits import MAX_SHEETS, refusal

SHEET = re.compile(rb"<(?:[^\s<>/:]+:)?sheet[\s/>]")
WORKBOOK_TYPE = re.compile(r"(spreadsheetml|ms-excel)\..*main\+xml$")


def sheet_parts(archive: zipfile.ZipFile, contents: Contents, name: str) -> dict[str, str]:
    """The part of each sheet by the sheet's name; raises WrongUseError if the package is no workbook as it says.

    Its parts were looked at before, so that parsing them is safe.
    """
    parts = {plain_name(part): part for part in archive.namelist()}
    if any(part not in parts for part in (TYPES, ROOT, contents.relations)):
        raise WrongUseError(
            f"{name} is damaged, its list of contents is missing; open it in Excel, let Excel repair it, "
            "and save it as .xlsx."
        )
    _check_type(ElementTree.fromstring(archive.read(parts[TYPES])), contents.workbook, name)
    _check_root(ElementTree.fromstring(archive.read(parts[ROOT])), contents.workbook, name)
    workbook = archive.read(parts[contents.workbook])
    count = sum(1 for _ in SHEET.finditer(workbook))
    if count > MAX_SHEETS:
        raise refusal(name, f"it has {count:,} sheets", f"at most {MAX_SHEETS:,} are read")
    relations = ElementTree.fromstring(archive.read(parts[contents.relations]))
    return _sheets(ElementTree.fromstring(workbook), relations, contents.folder, name)


def _check_type(types: ElementTree.Element, workbook: str, name: str) -> None:
    """The list of contents calls the workbook a workbook."""
    kind = None
    for entry in types:
        if entry.get("PartName", "").lower() == f"/{workbook}":
            kind = entry.get("ContentType", "")
    if kind is None:
        kinds = [entry.get("ContentType", "") for entry in types if entry.get("Extension", "").lower() == "xml"]
        kind = kinds[0] if kinds else ""
    if not WORKBOOK_TYPE.search(kind):
        what = "its list of contents does not call its workbook a workbook"
        raise refusal(name, what, "open it in Excel and save it as .xlsx")


def _check_root(relations: ElementTree.Element, workbook: str, name: str) -> None:
    """What Excel opens is what is read."""
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument") and _target("/", relation) != workbook:
            what = f"its workbook is said to be {relation.get('Target', '')[:80]}"
            raise refusal(name, what, f"it is read from {workbook}")


def _target(folder: str, relation: ElementTree.Element) -> str:
    """The part that a relation leads to; some programs write `xl/` twice where it is meant once."""
    target = plain_name(relation.get("Target", ""))
    return posixpath.normpath(posixpath.join("/" if target.startswith("xl/") else folder, target)).lstrip("/")


def _sheets(workbook: ElementTree.Element, relations: ElementTree.Element, folder: str, name: str) -> dict[str, str]:
    by_id = {relation.get("Id"): relation for relation in relations}
    found: dict[str, str] = {}
    for element in workbook.iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        relation = by_id.get(
            next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id"), None)
        )
        sheet = element.get("name", "")
        if relation is None:
            continue
        if relation.get("TargetMode", "").lower() == "external":
            raise refusal(name, f"its sheet {sheet[:80]} lies outside the file", "only what is inside is read")
        if sheet in found:
            raise refusal(name, f"two of its sheets are called {sheet[:80]}", "every sheet needs a name of its own")
        found[sheet] = _target(f"/{folder}", relation)
    (part, uses), *_ = Counter(found.values()).most_common(1) or [("", 0)]
    if uses > 1:
        raise refusal(name, f"{uses} of its sheets are the same part, {part}", "every sheet has a part of its own")
    return found
