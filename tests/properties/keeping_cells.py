"""How a value stands in a cell: numbers, money, shares, dates and yes or no, in the habits of different people."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

NARROW_SPACE = "\u202f"
MARKS = {
    "decimal comma": ("", ","),
    "thousands comma": (",", "."),
    "thousands dot": (".", ","),
    "thousands space": (" ", ","),
    "thousands narrow space": (NARROW_SPACE, ","),
    "thousands apostrophe": ("'", "."),
}
UNITS = {"kEUR": 1_000, "T€": 1_000, "in thousands": 1_000, "MEUR": 1_000_000}
YES = {
    "yes/no": ("yes", "no"),
    "x": ("x", None),
    "ja/nein": ("ja", "nein"),
    "oui/non": ("oui", "non"),
    "truth": (True, False),
}


@dataclass(frozen=True)
class Cells:
    """How somebody types values."""

    numbers: str = "numbers"
    """`numbers`, `text`, or one of MARKS: text with these marks for thousands and decimals."""
    currency: str = ""
    """A sign before or behind money: `€ {}`, `{} EUR`."""
    unit: str = ""
    """A unit in the heading of money."""
    shares: str = "fractions"
    """`fractions`, `percent text`, `percent numbers`, or `percent heading`."""
    dates: str = "ISO"
    """`ISO`, `cells`, `dotted`, `two digits`, `day first`, `month first`, `long`, or `German`."""
    yes: str = "yes/no"


def rendered(cells: Cells, kind: str, value: Any) -> Any:
    """What stands in the cell for a value of this kind; None stays an empty cell."""
    if value is None:
        return None
    if kind == "money":
        return money(cells, value)
    if kind == "number":
        return number(cells, value)
    if kind == "share":
        return share(cells, value)
    if kind == "date":
        return number(cells, value) if isinstance(value, int) else date(cells, value)
    if kind == "yes":
        return YES[cells.yes][0 if value else 1]
    if kind == "pairs":
        return "; ".join(f"{week}: {worth}" for week, worth in value)
    return value


def number(cells: Cells, value: float, decimals: int | None = None) -> Any:
    """A number as a number, or as text; whole numbers have no decimals unless asked for."""
    value = int(value) if float(value).is_integer() else value
    if cells.numbers == "numbers":
        return value
    if cells.numbers == "text":
        return str(value)
    thousands, decimal = MARKS[cells.numbers]
    plain = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,}"
    return plain.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def money(cells: Cells, value: float) -> Any:
    """Money in the unit of its heading; with marks for thousands it has cents, as spreadsheets show it."""
    amount = value / UNITS.get(cells.unit, 1)
    if cells.unit or cells.numbers in {"numbers", "text", "decimal comma"}:
        shown = number(cells, amount)
    else:
        shown = number(cells, amount, 2)
    return cells.currency.format(shown) if cells.currency else shown


def share(cells: Cells, value: float) -> Any:
    """A share of 1, or percent."""
    percent = round(value * 100, 9)
    if cells.shares == "fractions":
        return number(cells, value)
    shown = number(cells, percent)
    return f"{shown} %" if cells.shares == "percent text" else shown


def date(cells: Cells, text: str) -> Any:
    """A date as a cell with a date, or as text."""
    day = datetime.date.fromisoformat(text)
    return {
        "ISO": text,
        "cells": datetime.datetime(day.year, day.month, day.day),
        "dotted": f"{day:%d.%m.%Y}",
        "two digits": f"{day:%d.%m.%y}",
        "day first": f"{day:%d/%m/%Y}",
        "month first": f"{day:%m/%d/%Y}",
        "long": f"{day.day} {day:%B} {day.year}",
        "short month": f"{day:%d-%b-%y}",
    }[cells.dates]


def marked_heading(cells: Cells, kind: str, heading: str) -> str:
    """A heading with the unit of its column."""
    if kind == "money" and cells.unit:
        return f"{heading} ({cells.unit})"
    return f"{heading} (%)" if kind == "share" and cells.shares == "percent heading" else heading


def without_units(cells: Cells) -> Cells:
    """Cells whose heading can carry neither a unit nor percent."""
    plain = "percent text" if cells.shares.startswith("percent") else cells.shares
    return replace(cells, unit="", shares=plain)
