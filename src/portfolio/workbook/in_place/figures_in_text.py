"""Formulas that read a cell with several figures in it, such as `Web: 5; App: 2`."""

from __future__ import annotations

from portfolio.xlsx.write.area import quoted


def parts_in(reference: str) -> str:
    """A cell with several figures, `Web: 5; App: 2`, as `;Web:5;App:2;`."""
    text = reference
    for found, put in (('", "', '";"'), ('"\n"', '";"'), ('" "', '""'), ('"="', '":"')):
        text = f"SUBSTITUTE({text},{found},{put})"
    return f'";"&{text}&";"'


def key_of(part: str) -> str:
    """What stands before the figure of a part, as a constant."""
    return quoted(f";{part.replace(' ', '')}:")


def figure_behind(part: str, reference: str) -> str:
    """The figure behind a word in a cell with several."""
    text, key = parts_in(reference), key_of(part)
    begin = f"SEARCH({key},{text})+LEN({key})"
    return f'VALUE(MID({text},{begin},SEARCH(";",{text},{begin})-({begin})))'
