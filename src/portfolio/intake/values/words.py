"""Words that stand for figures: T-shirt sizes, High and Low, `3 - Medium`, MoSCoW, ranges; people say which figure each is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from portfolio.intake.languages import fold, vocabulary
from portfolio.intake.values.context import EFFORTS, SCORES, Context, Wanted
from portfolio.intake.values.question import ColumnValues, Question

NUMBER_FIRST = re.compile(r"(?P<figure>\d+(?:[.,]\d+)?)\s*[-\u2013\u2014:=.)]\s*\(?(?P<word>[^\W\d_].*?)\)?", re.DOTALL)
NUMBER_LAST = re.compile(r"(?P<word>[^\d]*[^\W\d_][^\d]*?)\s*[(\[]\s*(?P<figure>\d+(?:[.,]\d+)?)\s*[)\]]", re.DOTALL)
"""`3 - Medium` and `Medium (3)` have a figure, which may be a score or a place in an order: `High priority (1)`."""
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
    """The figure that was agreed for a text, or for the word in it; None where none was."""
    for folded in dict.fromkeys((fold(text), fold(_parts(text)[0]))):
        for key in (f"{wanted.name}:{folded}", folded):
            if key in context.words:
                return context.words[key]
    return None


def _parts(text: str) -> tuple[str, float | None]:
    """The word of a text, and the figure that stands beside it."""
    found = NUMBER_FIRST.fullmatch(text) or NUMBER_LAST.fullmatch(text)
    return (found["word"], float(found["figure"].replace(",", "."))) if found is not None else (text, None)


def ask_about_words(made: ColumnValues, words: Mapping[int, str], wanted: Wanted, numbers: int) -> None:
    """One question for a column that holds words instead of figures, with a scale to begin from."""
    if wanted.name not in (SCORES | EFFORTS | {"confidence"}) - {"capacity"}:
        return
    different = list(dict.fromkeys(" ".join(text.split()) for text in words.values()))
    figures = _proposed(different, wanted)
    known = [word for word in different if figures[word] is not None]
    if (numbers and (len(words) < 2 or len(known) < len(different))) or len(different) > MOST_WORDS:
        return
    if not known and (len(words) < 2 or len(different) > len(words) / 2):
        return
    ordered = sorted(different, key=lambda word: (figures[word] is None, figures[word] or 0, word))
    proposal = ", ".join(f"{word}={_spoken(figures[word], wanted)}" for word in ordered)
    first = min(words)
    made.whole.append(
        (first, Question(f"{wanted.column.heading} holds words instead of figures: {', '.join(ordered)}.",
                         "Which figure each of them is, nobody knows but you.",
                         f'Say so with `words` "{proposal}", or on a sheet Words with the columns Word and Figure.'))
    )  # fmt: skip
    for place in words:
        made.values[place] = None


def _proposed(words: Sequence[str], wanted: Wanted) -> dict[str, float | None]:
    """A figure for each word: the one beside it, unless those rise where the words fall; else one for its meaning."""
    own = {word: _parts(word)[1] for word in words}
    meant = {word: _meant(_parts(word)[0], wanted) for word in words}
    by_own = sorted((figure, meant[word]) for word, figure in own.items() if figure is not None)
    falls = any(
        before is not None and after is not None and before > after for (_, before), (_, after) in pairwise(by_own)
    )
    return {word: meant[word] if falls or own[word] is None else own[word] for word in words}


def _meant(word: str, wanted: Wanted) -> float | None:
    if found := RANGE.fullmatch(word):
        low, high = (float(part.replace(",", ".")) for part in found.groups())
        return (low + high) / 2 if low < high else None
    meaning = vocabulary().meaning("sizes", word)
    figures = SHARES if wanted.column.kind == "share" else FIGURES
    return figures.get(meaning.name) if meaning is not None else None


def _spoken(figure: float | None, wanted: Wanted) -> str:
    if figure is None:
        return "?"
    return f"{figure:.0%}" if wanted.column.kind == "share" else f"{figure:g}"
