"""How workbooks look: colours and number formats, by what a cell is."""

from __future__ import annotations

from collections.abc import Mapping

INK = "#1F2A44"
LINE = "#D5DAE3"
GREY = "#7A8290"
BLUE = "#0000FF"
GREEN, GREEN_INK = "#D9F0DD", "#1D6B2F"
RED, RED_INK = "#F9D3D3", "#A31515"
AMBER, AMBER_INK = "#FCEBC6", "#7F5A00"

WORTH = "[>=100]#,##0;[<0]-#,##0.0#;#,##0.0#"
"""Figures that may be a few points or millions: whole above a hundred. Not every reader adds a minus to a last part."""

STREAM_COLOURS = (
    "#4E79A7",
    "#F28E2B",
    "#59A14F",
    "#B07AA1",
    "#2E9C9C",
    "#C9A227",
    "#9C755F",
    "#D37295",
    "#6B7A8F",
    "#8CBF4D",
)
"""One for each value stream in turn; beyond ten they begin again."""

STYLES: Mapping[str, Mapping[str, object]] = {
    "base": {"valign": "vcenter"},
    "title": {"bold": True, "font_size": 16, "font_color": INK},
    "note": {"italic": True, "font_color": GREY},
    "heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": INK,
        "text_wrap": True,
        "border": 1,
        "border_color": LINE,
    },
    "result heading": {"bg_color": "#5C6B8A"},
    "left": {"align": "left"},
    "right": {"align": "right"},
    "indented": {"align": "left", "indent": 1},
    "centre": {"align": "center"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True},
    "cell": {"border": 1, "border_color": LINE},
    "input": {"font_color": BLUE},
    "answer": {"font_color": BLUE, "bg_color": "#FFF9E0"},
    "helper": {"font_color": GREY},
    "link": {"font_color": GREEN_INK},
    "alert": {"font_color": RED_INK},
    "blank zero": {"num_format": "General;-General;;@"},
    "label": {"num_format": "@"},
    "plain": {"num_format": "General"},
    "figure": {"num_format": "#,##0;-#,##0;;@"},
    "figure input": {"num_format": "#,##0"},
    "amount": {"num_format": "#,##0.0;-#,##0.0;;@"},
    "limit": {"num_format": "#,##0.0"},
    "worth": {"num_format": WORTH},
    "whole": {"num_format": "0"},
    "ratio": {"num_format": "0.00"},
    "share": {"num_format": "0%"},
    "chance": {"num_format": '[=0]0%;[<=0.005]"<1%";0%'},
    "nearly sure": {"num_format": '[<0.995]0%;[<1]">99%";0%'},
    "fine share": {"num_format": "0.0##%"},
    "used share": {"num_format": "0.0%;-0.0%;;@"},
    "percent": {"num_format": "0.00%"},
    "any share": {"num_format": "0.0%"},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "day": {"num_format": "d mmm yy"},
    **{
        f"stream {number}": {"bg_color": colour, "font_color": "#FFFFFF"}
        for number, colour in enumerate(STREAM_COLOURS)
    },
}

CHANGES: Mapping[str, Mapping[str, object]] = {
    "good": {"bg_color": GREEN, "font_color": GREEN_INK},
    "bad": {"bg_color": RED, "font_color": RED_INK, "bold": True},
    "tight": {"bg_color": AMBER, "font_color": AMBER_INK},
    "waiting": {"font_color": GREY},
}
"""What conditional formats do to a cell; they must not touch number formats."""

LEFT = frozenset(
    {
        "ID",
        "Title",
        "Name",
        "Epic",
        "Value stream",
        "Guardrail",
        "Where",
        "Unit",
        "Reason",
        "Change",
        "Setting",
        "What it means",
        "Type",
        "Category",
        "Horizon",
        "Theme",
        "Fund",
        "Owner",
        "State",
        "Urgency",
        "Predecessor",
        "Successor",
    }
)
"""Headings that stand to the left, as the texts below them do."""


def lighter(colour: str) -> str:
    """A colour most of the way to white, as hexadecimal digits."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{(part + 255 * 2) // 3:02X}" for part in parts)
