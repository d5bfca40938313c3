"""Words that stand for figures: T-shirt sizes, High and Low, `3 - Medium`, MoSCoW, ranges; people say which figure each is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolio.intake.languages import fold, vocabulary
from portfolio.intake.values.context import MONEY_OR_WORK, SCORES, Context, Wanted
from portfolio.intake.values.question import ColumnValues, Question

NUMBER_FIRST = re.compile(r"(\d+(?:[.,]\d+)?)\s*[-\u2013\u2014:=.)]\s*\(?[^\W\d_].*", re.DOTALL)
NUMBER_LAST = re.compile(r"[^\d]*[^\W\d_][^\d]*[(\[]\s*(\d+(?:[.,]\d+)?)\s*[)\]]", re.DOTALL)
"""`3 - Medium` and `Medium (3)` say their figure themselves."""
RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-|\u2013|\u2014|to|bis|\.\.+)\s*(\d+(?:[.,]\d+)?)")
FIGURES: Mapping[str, float] = {
    "xxs": 0.5, "xs": 1, "s": 2, "m": 5, "l": 8, "xl": 13, "xxl": 20, "xxxl": 40,
    "lowest": 1, "low": 2, "medium": 5, "high": 8, "highest": 13, "none": 1,
    "must": 13, "should": 8, "could": 3, "wont": 1,
}  # fmt: skip
SHARES: Mapping[str, float] = {
    "lowest": 0.1, "low": 0.3, "medium": 0.5, "high": 0.8, "highest": 0.95, "none": 0.0,
    "must": 0.95, "should": 0.8, "could": 0.5, "wont": 0.1,
    "xs": 0.1, "s": 0.3, "m": 0.5, "l": 0.8, "xl": 0.95,
}  # fmt: skip
"""What is proposed for a word, and never taken unless somebody agrees."""
MOST_WORDS = 12


def figure_in(text: str, wanted: Wanted, context: Context) -> float | None:
    """The figure that a text stands for: as it was agreed, or as the text says itself; None where neither is so."""
    folded = fold(text)
    for key in (f"{wanted.name}:{folded}", folded):
        if key in context.words:
            return context.words[key]
    if wanted.name not in SCORES:
        return None
    found = NUMBER_FIRST.fullmatch(text) or NUMBER_LAST.fullmatch(text)
    return float(found[1].replace(",", ".")) if found is not None else None


def ask_about_words(made: ColumnValues, words: Mapping[int, str], wanted: Wanted, numbers: int) -> None:
    """One question for a column that holds words instead of figures, with a scale to begin from."""
    if wanted.name not in SCORES | MONEY_OR_WORK | {"confidence"}:
        return
    different = list(dict.fromkeys(" ".join(text.split()) for text in words.values()))
    known = [word for word in different if _proposed(word, wanted) is not None]
    if (numbers and (len(words) < 2 or len(known) < len(different))) or len(different) > MOST_WORDS:
        return
    if not known and (len(words) < 2 or len(different) > len(words) / 2):
        return
    proposal = ", ".join(f"{word}={_spoken(_proposed(word, wanted), wanted)}" for word in _ordered(different, wanted))
    first = min(words)
    made.whole.append(
        (first, Question(f"{wanted.column.heading} holds words instead of figures: {', '.join(_ordered(different, wanted))}.",
                         "Which figure each of them is, nobody knows but you.",
                         f'Say so with `words` "{proposal}", or on a sheet Words with the columns Word and Figure.'))
    )  # fmt: skip
    for place in words:
        made.values[place] = None


def _proposed(word: str, wanted: Wanted) -> float | None:
    if found := RANGE.fullmatch(word):
        low, high = (float(part.replace(",", ".")) for part in found.groups())
        return (low + high) / 2 if low < high else None
    meaning = vocabulary().meaning("sizes", word)
    figures = SHARES if wanted.column.kind == "share" else FIGURES
    return figures.get(meaning.name) if meaning is not None else None


def _ordered(words: list[str], wanted: Wanted) -> list[str]:
    return sorted(words, key=lambda word: (_proposed(word, wanted) is None, _proposed(word, wanted) or 0, word))


def _spoken(figure: float | None, wanted: Wanted) -> str:
    if figure is None:
        return "?"
    return f"{figure:.0%}" if wanted.column.kind == "share" else f"{figure:g}"
