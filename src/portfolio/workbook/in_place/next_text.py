"""Figures in a text that somebody typed, such as `Web: 5; App: 2`: each gets its new amount, and the words stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portfolio.intake.values.number_text import number_text

_FIGURE = r"\d+(?:[.,]\d+)*"
_NAMED, _BARE = re.compile(rf"(?<=[:=])\s*{_FIGURE}"), re.compile(_FIGURE)


def with_figures(text: str, amounts: Sequence[tuple[float, float]]) -> str | None:
    """The text with the amounts after instead of those before, in order; None where it has other figures."""
    pattern = _NAMED if _NAMED.search(text) else _BARE
    if len(pattern.findall(text)) != len(amounts):
        return None
    left = iter(amounts)

    def renewed(found: re.Match[str]) -> str:
        before, after = next(left)
        return found[0] if before == after else _like(found[0], before, after)

    return pattern.sub(renewed, text)


def _like(typed: str, before: float, after: float) -> str:
    """An amount as another one is typed: in its unit, with its decimal mark and the blanks before it."""
    read = number_text(typed.strip())
    held = None if read is None else read.value(None) or read.value(".")
    amount = rounded(after * held / before) if held and before else rounded(after)
    shown = f"{amount:.12g}"
    blanks = typed[: len(typed) - len(typed.lstrip())]
    return blanks + (shown.replace(".", ",") if "," in typed and "." not in typed else shown)


def rounded(number: float) -> float:
    """A figure without the digits that dividing left behind."""
    return float(f"{number:.12g}")
