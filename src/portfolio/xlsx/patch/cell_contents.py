"""What a cell of a worksheet holds, read from its XML."""

from __future__ import annotations

import re

from portfolio.xlsx.date_serials import serial
from portfolio.xlsx.patch.cell import CellEdit, Formula, Scalar
from portfolio.xlsx.patch.markup import attributes, element, elements, tags, unescape

_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_TEXT = re.compile(rb"<si><t(?: xml:space=\"preserve\")?>([^<]*)</t></si>")
_ANY_TEXT = re.compile(rb"<(?:[^\s<>/!?:]+:)?si[\s/>]")
_STARTS = re.compile(rb"<[^\s<>]+([^<>]*)>")


def read_text(xml: bytes, name: str) -> str:
    """The text of an element and of everything in it: all runs of a rich text, without its reading aids."""
    found = element(xml, name)
    if found is None:
        return ""
    inner = xml[found.inside : found.inside_end]
    for aid in reversed(list(elements(inner, "rPh"))):
        inner = inner[: aid.start] + inner[aid.end :]
    runs = [inner[run.inside : run.inside_end] for run in elements(inner, "t")]
    return _meant(b"".join(runs))


def _meant(raw: bytes) -> str:
    text = unescape(raw.decode()).replace("\r\n", "\n")
    return _CODE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_shared_texts(xml: bytes) -> list[str]:
    """The texts that cells refer to by number."""
    plain = _PLAIN_TEXT.findall(xml)
    if len(plain) == len(_ANY_TEXT.findall(xml)):
        return [_meant(text) for text in plain]
    return [read_text(xml[found.start : found.end], "si") for found in elements(xml, "si")]


def read_cell(xml: bytes, shared_texts: list[str]) -> Scalar | Formula:
    """A cell's content from its XML; an error is its text, a date is its number."""
    start = _STARTS.match(xml)
    kind = attributes(start[1]).get("t", "n") if start else "n"
    value = _value(xml, kind, shared_texts)
    formula = element(xml, "f")
    if formula is not None:
        return Formula(_meant(xml[formula.inside : formula.inside_end]), value)
    return value


def _value(xml: bytes, kind: str, shared_texts: list[str]) -> Scalar:
    if kind == "inlineStr":
        return read_text(xml, "is")
    found = element(xml, "v")
    if found is None:
        return None
    text = _meant(xml[found.inside : found.inside_end])
    if kind == "s":
        return shared_texts[int(text)] if text.strip().isdigit() and int(text) < len(shared_texts) else ""
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind in ("str", "e", "d"):
        return text
    try:
        return float(text)
    except ValueError:
        return text


def holds(xml: bytes, edit: CellEdit, shared_texts: list[str], counts_from_1904: bool) -> bool:
    """Whether a cell holds what an edit says already."""
    if any(tag.attributes.get("t") for tag in tags(xml, "f") if not tag.closes):
        return False
    found, wanted = read_cell(xml, shared_texts), edit.content
    if isinstance(wanted, Formula):
        return isinstance(found, Formula) and found.text == wanted.text and _same(found.value, wanted.value)
    if wanted is not None and not isinstance(wanted, str | float | int | bool):
        wanted = serial(wanted, counts_from_1904)
    return not isinstance(found, Formula) and _same(found, wanted)


def _same(found: Scalar, wanted: Scalar) -> bool:
    if isinstance(found, bool) != isinstance(wanted, bool):
        return False
    if isinstance(found, float) and isinstance(wanted, int | float):
        return found == float(wanted)
    return found == wanted or (found in (None, "") and wanted in (None, ""))
