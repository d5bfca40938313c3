"""The page about the words of people's tables in their languages, with the source of each language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from portfolio.intake.columns import EPICS
from portfolio.intake.languages import ENGLISH, Language, vocabulary

Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]
STATES = {
    "before": "not begun",
    "waiting": "held up",
    "active": "being done",
    "done": "done",
    "stopped": "given up",
}
"""What the kinds of states mean, in words."""


def languages_page(table: Table) -> str:
    """The headings and states that each language has, besides those of the workbook's own page."""
    parts = [
        "# Languages",
        "Words by which tables and exports are understood, one page of YAML a language in `intake/languages/`: headings, "
        "states, levels, months, totals, units, sizes, links. A word is found without regard to case, spaces, accents and "
        "punctuation. English counts first; no word means two things in two languages. These are the headings of the sheet "
        "[Epics](workbook.md#epics) and the states; the pages have the rest.",
    ]
    for code, language in vocabulary().languages.items():
        parts.append(f"## {language.own_name} ({language.language}, `{code}`)")
        parts.append("\n".join(f"- {_sentence(source)}" for source in language.sources))
        if code != ENGLISH:
            parts.append(table(("Column", "Also called"), _headings(language)))
        parts.append(table(("A state", "Words"), _states(language)))
    return "\n\n".join(parts) + "\n"


def _sentence(source: str) -> str:
    text = " ".join(source.split())
    return f"{text[0].upper()}{text[1:]}."


def _headings(language: Language) -> list[tuple[str, str]]:
    words = language.section("headings.epics")
    return [(column.heading, ", ".join(words[column.field])) for column in EPICS.columns if column.field in words]


def _states(language: Language) -> list[tuple[str, str]]:
    return [(STATES[kind], ", ".join(words)) for kind, words in language.section("states").items()]
