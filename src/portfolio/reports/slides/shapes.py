"""Texts, boxes and tables on slides, in the colours of the theme, so that a company's own look stays its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from portfolio.reports.slides.deck import Room, words

if TYPE_CHECKING:
    from pptx.dml.fill import FillFormat
    from pptx.shapes.autoshape import Shape
    from pptx.table import _Cell
    from pptx.text.text import TextFrame

Colour = Literal["ink", "page", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"]
"""A colour of the theme: text, background, or one of the six that stand out."""
MOST_ROWS = 25
"""Rows of a table on one slide; the rest is counted."""
ROW, SMALL, BODY = 15.0, 9.0, 12.0
"""How high a row is, and sizes of letters, in points."""
FEW_ROWS, FEW_COLUMNS, TALL_ROW = 14, 7, 22.0
"""So many rows and columns have room for larger letters, and rows are so high then."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its words, how strong its ground is from 0 to 1, and whether it stands out."""

    text: str
    ground: float = 0.0
    strong: bool = False
    right: bool = False


def fill(target: FillFormat, colour: Colour, light: float = 0.0, opaque: float = 1.0) -> None:
    """Fills something with a colour of the theme, made lighter by a share, so that a share of what is behind it is seen."""
    from pptx.enum.dml import MSO_THEME_COLOR

    known = {"ink": MSO_THEME_COLOR.TEXT_1, "page": MSO_THEME_COLOR.BACKGROUND_1}
    target.solid()
    target.fore_color.theme_color = known.get(colour) or getattr(
        MSO_THEME_COLOR, colour.upper().replace("ACCENT", "ACCENT_")
    )
    if light:
        target.fore_color.brightness = light
    if opaque < 1:
        from pptx.oxml.ns import qn

        colour_of = target._xPr.find(qn("a:solidFill"))[0]
        colour_of.append(colour_of.makeelement(qn("a:alpha"), {"val": str(round(opaque * 100_000))}))


def write(
    frame: TextFrame, lines: Sequence[tuple[str, bool]], size: float, colour: Colour = "ink", *, right: bool = False
) -> None:
    """Writes lines into a frame, each with whether it is strong."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    for number, (line, strong) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = words(line)
        run.font.size, run.font.bold = Pt(size), strong
        fill(run.font.fill, colour)
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT


def text(
    room: Room, box: tuple[float, float, float, float], lines: Sequence[tuple[str, bool]], size: float = BODY
) -> None:
    """A text at a place: left, top, width and height in points."""
    from pptx.util import Pt

    frame = room.slide.shapes.add_textbox(*(Pt(each) for each in box)).text_frame
    frame.margin_left = frame.margin_right = 0
    write(frame, lines, size)


def box(
    room: Room,
    place: tuple[float, float, float, float],
    content: str,
    colour: Colour | None,
    *,
    light: float = 0.0,
    size: float = SMALL,
    ink: Colour = "page",
    rounded: bool = True,
    dashed: bool = False,
) -> Shape:
    """A box with one line of text; without a colour only its edge is drawn."""
    from pptx.enum.dml import MSO_LINE
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    kind = MSO_SHAPE.ROUNDED_RECTANGLE if rounded else MSO_SHAPE.RECTANGLE
    shape = room.slide.shapes.add_shape(kind, *(Pt(each) for each in place))
    if rounded:
        shape.adjustments[0] = 0.15
    shape._element.remove(shape._element.find(qn("p:style")))
    if colour is None:
        shape.fill.background()
    else:
        fill(shape.fill, colour, light)
    edge = colour is None or light > 0
    if edge and rounded:
        fill(shape.line.fill, colour or "ink")
        shape.line.width = Pt(0.75)
    else:
        shape.line.fill.background()
    if dashed:
        shape.line.dash_style = MSO_LINE.DASH
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Pt(4)
    frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(frame, [(content, False)], size, ink)
    frame.word_wrap = False
    return shape


def table(
    room: Room, headings: Sequence[Cell], rows: Sequence[Sequence[Cell]], widths: Sequence[float], most: int = MOST_ROWS
) -> None:
    """A table over the room; of more rows than fit the rest is counted below it."""
    from pptx.util import Pt

    shown = rows[:most]
    few = len(rows) <= FEW_ROWS and len(headings) <= FEW_COLUMNS
    height, size = (TALL_ROW, BODY) if few else (ROW, SMALL)
    frame = room.slide.shapes.add_table(
        len(shown) + 1, len(headings), Pt(room.left), Pt(room.top), Pt(room.width), Pt(height * (len(shown) + 1))
    )
    drawn = frame.table
    drawn.horz_banding = False
    whole = sum(widths)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Pt(room.width * width / whole)
    for row, cells in enumerate((headings, *shown)):
        drawn.rows[row].height = Pt(height)
        for column, cell in enumerate(cells):
            _cell(drawn.cell(row, column), cell, size, heading=row == 0)
    if len(rows) > len(shown):
        top = room.top + height * (len(shown) + 1) + 4
        text(room, (room.left, top, room.width, 16), [(f"and {len(rows) - len(shown)} more", False)], SMALL)


def _cell(target: _Cell, cell: Cell, size: float, *, heading: bool) -> None:
    from pptx.util import Pt

    target.margin_top = target.margin_bottom = Pt(1)
    target.margin_left = target.margin_right = Pt(4)
    if heading:
        fill(target.fill, "accent1")
    elif cell.ground:
        fill(target.fill, "accent1", 1 - 0.4 * cell.ground)
    else:
        fill(target.fill, "page")
    write(
        target.text_frame, [(cell.text, heading or cell.strong)], size, "page" if heading else "ink", right=cell.right
    )
