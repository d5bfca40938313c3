"""The worst workbooks that the limits still let through: what reading each takes, in time and memory.

    python benchmarks/reading_bounds.py [words of the kinds to measure]

A workbook within the limits is to be read in 2 s and 300 MB, or refused with a sentence. Each kind has one thing in
excess, as much as its limit allows, beside a small table of epics; it is read in a process of its own (`read_portfolio`). The
figures are seconds on the processor, without those that starting takes, and the highest memory of that process.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from portfolio.xlsx.cell_names import column_letters
from portfolio.xlsx.guard.limits import (
    MAX_AREA,
    MAX_CELLS,
    MAX_EPICS,
    MAX_INPUT_CELLS,
    MAX_MERGES,
    MAX_PART_BYTES,
    MAX_READ_BYTES,
    MAX_ROWS,
    MAX_SHEETS,
    MAX_SHOWN_BYTES,
    MAX_STYLES,
    MAX_TEXTS,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADINGS = ("ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size")
CELL_LENGTH = 32_000
"""Characters of the longest texts; Excel allows 32,767."""
ROOM = 0.98
"""The share of each limit that is used."""
Cells = Iterable[tuple[int, Iterable[str]]]
Sheet = tuple[str, str]
"""A sheet's name and XML."""


def text(row: int, column: int, said: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{column_letters(column)}{row}" t="inlineStr"><is><t>{said}</t></is></c>'


def number(row: int, column: int, value: float) -> str:
    """A cell with a number."""
    return f'<c r="{column_letters(column)}{row}"><v>{value}</v></c>'


def shared(row: int, column: int, turn: int) -> str:
    """A cell with a text of the list of all texts."""
    return f'<c r="{column_letters(column)}{row}" t="s"><v>{turn}</v></c>'


def worksheet(rows: Iterable[str], more: str = "") -> str:
    """A sheet of rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData>{more}</worksheet>'


def row(turn: int, cells: Iterable[str]) -> str:
    """A row of cells."""
    return f'<row r="{turn}">{"".join(cells)}</row>'


def header(headings: Iterable[str] = HEADINGS) -> str:
    """The row of headings."""
    return row(1, (text(1, column, heading) for column, heading in enumerate(headings, 1)))


def epic_rows(count: int, chance: random.Random) -> Iterator[str]:
    """So many epics with four scores each."""
    yield header()
    for turn in range(2, count + 2):
        scores = (number(turn, column, chance.choice((1, 2, 3, 5, 8, 13, 20))) for column in range(3, 7))
        yield row(turn, (text(turn, 1, f"EP-{turn}"), text(turn, 2, f"Epic number {turn}"), *scores))


def small() -> Sheet:
    """A table of ten epics."""
    return "Epics", worksheet(epic_rows(10, random.Random(1)))


def package(
    path: Path, sheets: Iterable[Sheet], parts: Iterable[tuple[str, str]] = (), texts: str = "", styles: str = ""
) -> None:
    """Writes a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        listed, relations, kinds = [], [], []
        for turn, (name, xml) in enumerate(sheets, 1):
            book.writestr(f"xl/worksheets/sheet{turn}.xml", xml)
            listed.append(f'<sheet name="{name}" sheetId="{turn}" r:id="rId{turn}"/>')
            relations.append(
                f'<Relationship Id="rId{turn}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{turn}.xml"/>'
            )
            kinds.append(f'<Override PartName="/xl/worksheets/sheet{turn}.xml" ContentType="{CONTENT}.worksheet+xml"/>')
        for name, xml, kind in (("sharedStrings", texts, "sharedStrings"), ("styles", styles, "styles")):
            if xml:
                book.writestr(f"xl/{name}.xml", xml)
                relations.append(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>')
                kinds.append(f'<Override PartName="/xl/{name}.xml" ContentType="{CONTENT}.{kind}+xml"/>')
        for name, xml in parts:
            book.writestr(name, xml)
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{"".join(listed)}</sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{"".join(relations)}</Relationships>'
        )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>{"".join(kinds)}</Types>',
        )


def noise(chance: random.Random, length: int) -> str:
    """A text that packs badly, as a package may hold no more than a hundred times its size."""
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=length))


def many_epics(path: Path) -> None:
    """As many epics as there may be."""
    package(path, [("Epics", worksheet(epic_rows(int(MAX_EPICS * ROOM), random.Random(1))))])


def many_columns(path: Path) -> None:
    """Epics with as many columns of numbers as there may be cells of inputs."""
    columns = 200
    chance = random.Random(1)
    rows = [header([*HEADINGS, *(f"Note {turn}" for turn in range(columns - len(HEADINGS)))])]
    for turn in range(2, int(MAX_INPUT_CELLS * ROOM) // columns):
        cells = [text(turn, 1, f"EP-{turn}"), text(turn, 2, f"Epic {turn}")]
        rows.append(
            row(turn, [*cells, *(number(turn, column, chance.randrange(1, 9)) for column in range(3, columns))])
        )
    package(path, [("Epics", worksheet(rows))])


def other_sheet(path: Path, name: str = "Export 2026") -> None:
    """A large sheet of numbers beside the epics."""
    chance = random.Random(1)
    width = 10
    rows = [
        row(turn, (number(turn, column, chance.randrange(1000)) for column in range(1, width + 1)))
        for turn in range(1, int(min(MAX_ROWS, MAX_CELLS / width) * ROOM))
    ]
    package(path, [small(), (name, worksheet(rows))])


def budget_sheet(path: Path) -> None:
    """A large sheet that is called like an input."""
    other_sheet(path, "Budget")


def many_texts(path: Path) -> None:
    """As many short shared texts as there may be, each in a cell."""
    count = int(min(MAX_TEXTS, MAX_CELLS) * ROOM)
    width = 10
    rows = [
        row(turn, (shared(turn, column, (turn - 2) * width + column - 1) for column in range(1, width + 1)))
        for turn in range(2, count // width + 2)
    ]
    texts = "".join(f"<si><t>text {turn}</t></si>" for turn in range(count + width))
    package(path, [small(), ("Texts", worksheet(rows))], texts=f'<sst xmlns="{MAIN}">{texts}</sst>')


def long_texts(path: Path) -> None:
    """Shared texts of 32,000 characters each, as much as cells may show."""
    chance = random.Random(1)
    base = noise(chance, 1_000_000)
    count = int(MAX_SHOWN_BYTES * ROOM) // CELL_LENGTH
    said = (base[(start := chance.randrange(len(base) - CELL_LENGTH)) : start + CELL_LENGTH] for _ in range(count))
    texts = "".join(f"<si><t>{one}</t></si>" for one in said)
    rows = [header(), *(row(turn, [shared(turn, 1, turn - 2), text(turn, 2, "x")]) for turn in range(2, count + 2))]
    package(path, [small(), ("Texts", worksheet(rows))], texts=f'<sst xmlns="{MAIN}">{texts}</sst>')


def same_text(path: Path) -> None:
    """One text of 32,000 characters, in as many cells as may show it."""
    count = int(MAX_SHOWN_BYTES * ROOM) // CELL_LENGTH
    rows = (row(turn, (shared(turn, column, 0) for column in range(1, 3))) for turn in range(2, count // 2))
    texts = f"<si><t>{noise(random.Random(1), CELL_LENGTH)}</t></si>"
    package(path, [small(), ("Budget", worksheet(rows))], texts=f'<sst xmlns="{MAIN}">{texts}</sst>')


def many_sheets(path: Path) -> None:
    """As many sheets as there may be, each like a table of epics."""
    sheet = worksheet(epic_rows(20, random.Random(1)))
    package(path, [small(), *((f"Team {turn}", sheet) for turn in range(int(MAX_SHEETS * ROOM)))])


def many_formats(path: Path) -> None:
    """As many cell formats as there may be."""
    count = int(MAX_STYLES * ROOM) // 2
    formats = "".join(f'<numFmt numFmtId="{turn + 200}" formatCode="0.0&quot; {turn}&quot;"/>' for turn in range(count))
    cells = "".join(f'<xf numFmtId="{turn + 200}" applyNumberFormat="1"/>' for turn in range(count))
    rows = [header(), *(
        row(turn, [text(turn, 1, f"E{turn}"), text(turn, 2, "x"), *(
            f'<c r="{column_letters(column)}{turn}" s="{(turn * 4 + column) % count}"><v>3</v></c>' for column in range(3, 7)
        )]) for turn in range(2, count // 4)
    )]  # fmt: skip
    styles = f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'
    package(path, [("Epics", worksheet(rows))], styles=styles)


def far_cells(path: Path) -> None:
    """Few cells, far apart: what lies between them has to be held all the same."""
    last = int(MAX_ROWS * ROOM)
    width = int(MAX_AREA * ROOM) // last
    rows = [*epic_rows(10, random.Random(1)), row(last, [number(last, width, 1)])]
    package(path, [("Epics", worksheet(rows))])


def wide_cells(path: Path) -> None:
    """The same across: a cell in the last column that there is."""
    width = 16_384
    rows = [*epic_rows(10, random.Random(1)), row(int(MAX_AREA * ROOM) // width, [number(300, width, 1)])]
    package(path, [("Epics", worksheet(rows).replace("XFD300", f"XFD{int(MAX_AREA * ROOM) // width}"))])


def long_formulas(path: Path) -> None:
    """Formulas of 8,000 characters, as much as is read."""
    chance = random.Random(1)
    base = "+".join(f"A{chance.randrange(1, 9999)}" for _ in range(200_000))
    length, rows = 8_000, list(epic_rows(10, chance))
    for turn in range(12, 12 + int(MAX_READ_BYTES * ROOM) // length):
        start = chance.randrange(len(base) - length)
        rows.append(row(turn, [f'<c r="H{turn}"><f>{base[start : start + length]}</f><v>1</v></c>']))
    package(path, [("Epics", worksheet(rows))])


def many_formulas(path: Path) -> None:
    """A short formula in every cell, none of which was ever calculated."""
    width = 10
    rows = [*epic_rows(10, random.Random(1)), *(
        row(turn, (f'<c r="{column_letters(column)}{turn}"><f>SUM(A{turn}:B{turn})</f></c>' for column in range(7, 7 + width)))
        for turn in range(12, int(min(MAX_ROWS, MAX_CELLS / width) * ROOM))
    )]  # fmt: skip
    package(path, [("Epics", worksheet(rows))])


def many_comments(path: Path) -> None:
    """Comments, up to the size of a part."""
    chance = random.Random(1)
    base = noise(chance, 100_000)
    said = "".join(
        f'<comment ref="A{turn}" authorId="0"><text><t>{base[(start := chance.randrange(99_000)) : start + 500]}</t></text></comment>'
        for turn in range(2, int(MAX_PART_BYTES * ROOM) // 570)
    )
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList>{said}</commentList></comments>'
    )
    relation = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
        "</Relationships>"
    )
    package(path, [small()], [("xl/comments1.xml", comments), ("xl/worksheets/_rels/sheet1.xml.rels", relation)])


def many_merges(path: Path) -> None:
    """As many merged ranges as there may be, down the columns of the epics."""
    count = int(MAX_MERGES * ROOM)
    ranges = "".join(f'<mergeCell ref="G{3 * turn + 2}:G{3 * turn + 4}"/>' for turn in range(count))
    rows = epic_rows(min(3 * count, int(MAX_EPICS * ROOM)), random.Random(1))
    package(path, [("Epics", worksheet(rows, f"<mergeCells>{ranges}</mergeCells>"))])


def unknown_links(path: Path) -> None:
    """Dependencies of epics that do not exist, each a letter away from one that does."""
    count = 20_000
    rows = [row(1, [text(1, 1, "Predecessor"), text(1, 2, "Successor")])]
    rows += [row(turn, [text(turn, 1, f"EQ-{turn}"), text(turn, 2, f"EP-{turn}")]) for turn in range(2, count)]
    epics = worksheet(epic_rows(count, random.Random(1)))
    package(path, [("Epics", epics), ("Dependencies", worksheet(rows))])


KINDS: tuple[Callable[[Path], None], ...] = (
    many_epics,
    many_columns,
    other_sheet,
    budget_sheet,
    many_texts,
    long_texts,
    same_text,
    many_sheets,
    many_formats,
    far_cells,
    wide_cells,
    long_formulas,
    many_formulas,
    many_comments,
    many_merges,
    unknown_links,
)
READ = """
import resource, sys
from pathlib import Path
import portfolio.engine
from portfolio.intake.read_portfolio import read_portfolio
before = resource.getrusage(resource.RUSAGE_SELF)
said = "read"
try:
    said = f"read, {len(read_portfolio(Path(sys.argv[1])).findings)} findings"
except portfolio.errors.WrongUseError as why:
    said = f"refused: {why}"
after = resource.getrusage(resource.RUSAGE_SELF)
spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(f"{spent:6.2f} s {after.ru_maxrss / 1000:6.0f} MB  {said[:150]}")
"""


def main(words: list[str]) -> None:
    """Makes and reads one workbook of each kind, each in a process of its own, since memory is counted from the parent's on."""
    if words[:1] == ["--make"]:
        next(kind for kind in KINDS if kind.__name__ == words[1])(Path(words[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            if words and not any(word in kind.__name__ for word in words):
                continue
            path = Path(folder) / "worst.xlsx"
            subprocess.run([sys.executable, __file__, "--make", kind.__name__, str(path)], check=True)
            read = subprocess.run(
                [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False, timeout=120
            )
            said = read.stdout.strip() or read.stderr.strip()[-200:]
            print(f"{kind.__name__.replace('_', ' '):16} {path.stat().st_size / 1e6:6.1f} MB  {said}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
