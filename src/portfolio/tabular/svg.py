"""Drawings as SVG: elements with classes instead of styles, so that a page's own stylesheet says how they look; nothing runs.

This is the one place where markup is made of texts: what is `Markup` came from here, everything else is escaped.
"""

from __future__ import annotations

import unicodedata
from typing import NewType

from portfolio.tabular.html import shortened, text

Markup = NewType("Markup", str)
"""Text that may stand in a page as it is."""

Attribute = str | float | None
LETTER = 0.56
"""How wide a letter is at most times, as a part of its size; letters of East Asia are as wide as they are high."""


def element(name: str, *children: Markup, **attributes: Attribute) -> Markup:
    """One element; a name that ends in `_` loses that, other `_` become `-`, and what is None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def words(content: object) -> Markup:
    """A text that is nothing but text, whatever it holds; a very long one is cut."""
    return Markup(text(shortened(str(content))))


def together(*parts: Markup) -> Markup:
    """Several pieces, one after another."""
    return Markup("".join(parts))


def tip(content: str) -> Markup:
    """What is shown where the mouse rests."""
    return element("title", words(content))


def svg(width: float, height: float, spoken: str, *children: Markup, class_: str) -> Markup:
    """A whole drawing of this size, which may shrink with the page; `spoken` says what it is to those who cannot see it.

    Without that it only repeats what is written beside it, and is left out for them.
    """
    told = {"role": "group", "aria_label": shortened(spoken)} if spoken else {"aria_hidden": "true"}
    size = f"0 0 {_figure(width)} {_figure(height)}"
    return element(
        "svg", *children, xmlns="http://www.w3.org/2000/svg", class_=class_, viewBox=size, width=width, height=height, **told
    )  # fmt: skip


def label(across: float, down: float, content: str, *, class_: str = "label", anchor: str | None = None) -> Markup:
    """A text in one line."""
    return element("text", words(content), class_=class_, x=across, y=down, text_anchor=anchor)


def cut(content: str, width: float, size: float) -> str:
    """As much of a text as fits into a width in letters of a size; what is missing is marked."""
    room, used = width / size, 0.0
    if len(content) <= room:  # however wide its letters are
        return content
    for place, letter in enumerate(content):
        used += 1.0 if unicodedata.east_asian_width(letter) in "WF" else LETTER
        if used > room:
            return f"{content[: max(place - 1, 0)].rstrip()}…"
    return content


def _value(value: str | float) -> str:
    return text(value) if isinstance(value, str) else _figure(value)


def _figure(number: float) -> str:
    """A length, to a hundredth of a pixel."""
    return f"{round(number, 2) + 0.0:g}" if abs(number) < 1e5 else f"{number:.0f}"
