"""Reads CSV as tools and spreadsheets write it: whatever its encoding and delimiter, within bounds."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from portfolio.errors import WrongUseError
from portfolio.intake.tables.csv_formula_guard import restored
from portfolio.xlsx.guard.limits import MAX_AREA, MAX_ROWS, refusal

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MOST_COLUMNS = 16_384
LONGEST_CELL = 1_000_000
SAMPLE = 100_000
UNPRINTABLE = re.compile("[\x01-\x08\x0e-\x1a\x7f]")
MOST_UNPRINTABLE, FEW = 0.01, 10
"""A text may hold a few control characters, or this share of them; a binary file holds more."""
HINT = re.compile(r"sep=(.)(\r\n|\r|\n|$)")
"""Spreadsheets understand a first line `sep=;`, and do not count it as a row."""
FIRST_ROWS = 200
"""Rows of the beginning by which the delimiter is chosen."""
ALMOST_ALL = 0.9


@dataclass(frozen=True)
class CsvText:
    """The cells of a CSV, row by row, and how it was written; `nuls` counts characters that were left out."""

    rows: list[list[str]]
    encoding: str
    delimiter: str
    nuls: int

    @property
    def written(self) -> str:
        """How it was written, in words."""
        return f"{self.encoding}, separated by {DELIMITERS.get(self.delimiter, self.delimiter)}"


@lru_cache(maxsize=1)
def read_csv(content: bytes, name: str) -> CsvText:
    """The cells of a CSV file, which are only looked at and so kept for a second look; raises WrongUseError where it is none or is larger than any export."""
    text, encoding = decode(content, name)
    nuls = text.count("\0")
    text = text.replace("\0", "")
    delimiter = delimiter_of(text)
    if text.count(delimiter) + text.count("\n") > 2 * MAX_AREA:
        raise refusal(name, f"it has more than {2 * MAX_AREA:,} separators", "no more are read")
    hint = HINT.match(text)
    rows = _rows(text[hint.end() if hint else 0 :], delimiter, name, 2 if hint else 1)
    return CsvText(rows, encoding, delimiter, nuls)


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of a table and its encoding as people say it; raises WrongUseError where it is no text."""
    encoding = next((encoding for mark, encoding in MARKS if content.startswith(mark)), None) or _unmarked(content)
    candidates = [(encoding, _spoken(encoding)), *([("cp1252", "Windows-1252")] if encoding == "utf-8" else [])]
    for candidate, spoken in candidates:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        sample = text[:SAMPLE]
        if len(UNPRINTABLE.findall(sample)) > max(FEW, MOST_UNPRINTABLE * len(sample)):
            break
        return text.removeprefix("\ufeff"), spoken
    raise WrongUseError(f"{name} is not a text table; export it again as CSV in UTF-8, or save it as .xlsx.")


def _spoken(encoding: str) -> str:
    return "UTF-16" if encoding.startswith("utf-16") else "UTF-8"


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark shows in zeros at every other place."""
    even, odd = content[:SAMPLE:2].count(0), content[1:SAMPLE:2].count(0)
    half = min(len(content), SAMPLE) / 2
    if max(even, odd) > half / 2 and min(even, odd) < half / 10:
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The one that gives the rows as many cells as the first full row, not the one that stands there most often."""
    if (hint := HINT.match(text)) is not None:
        return hint[1]
    sample = text if len(text) <= SAMPLE else text[: text.rfind("\n", 0, SAMPLE) + 1] or text[:SAMPLE]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int, float, int]:
    """How well a delimiter divides the rows: with quotes where they may stand, at all, alike, into how many cells."""
    widths: Counter[int] = Counter()
    sound = True
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in islice(reader, FIRST_ROWS):
            if len(cells) > 1 or any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
    except csv.Error:
        sound = False
    width, count = max(widths.items(), key=lambda entry: (entry[0] > 1, entry[1], entry[0]), default=(1, 0))
    share = count / max(widths.total(), 1)
    return (int(width > 1 and sound), int(width > 1), round(share, 2) if share < ALMOST_ALL else 1.0, width)


def _rows(text: str, delimiter: str, name: str, first_line: int) -> list[list[str]]:
    """The cells row by row: all at once, which is many times as fast, unless a row has a fault that has to be named."""
    limit_before = csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as failure:
        raise WrongUseError(_fault(name, _faulty_line(text, delimiter, first_line), str(failure))) from None
    finally:
        csv.field_size_limit(limit_before)
    widths = list(map(len, rows))
    _check(name, len(rows), max(widths, default=0), sum(widths))
    if "'" not in text:
        return rows
    return [[restored(cell) if cell[:1] == "'" else cell for cell in cells] for cells in rows]


def _faulty_line(text: str, delimiter: str, first_line: int) -> int:
    """The line in which the row begins that cannot be read."""
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), first_line
    with contextlib.suppress(csv.Error):
        for _ in reader:
            line = first_line + reader.line_num
    return line


def _check(name: str, rows: int, columns: int, area: int) -> None:
    for count, limit, noun in ((rows, MAX_ROWS, "rows"), (columns, MOST_COLUMNS, "columns"), (area, MAX_AREA, "cells")):
        if count > limit:
            raise refusal(name, f"it has more than {limit:,} {noun}", "no more are read")


def _fault(name: str, line: int, fault: str) -> str:
    where = f"{name}, the row that begins in line {line}"
    if "field larger" in fault:
        return f"{where}: a cell has more than {LONGEST_CELL:,} characters; a quote may be missing, export it again."
    if "unexpected end" in fault:
        return f"{where}: a quote is opened and never closed; close it, or export the file again."
    return f"{where}: text follows a closing quote; write a quote inside a cell twice, or export the file again."
