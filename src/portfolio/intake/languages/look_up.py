"""Looks up what a word means, whatever language it is in; a language is read only when a word may be in it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

from portfolio.intake.languages.fold import fold, spellings, spellings_on
from portfolio.intake.languages.language import Language, Section, StateKind, Words
from portfolio.storage.read_yaml import read_yaml

FOLDER = Path(__file__).parent
ENGLISH = "en"
"""The language of our own headings; a word that it knows is taken in its sense."""
MOST_REMEMBERED = 10_000
"""The words of a column are mostly few, and each is looked up for every row; of prose nothing is kept for long."""


class Meaning(NamedTuple):
    """What a word means: a field, a kind of state, a unit; and the language that says so."""

    name: str
    language: str


class LanguageFile:
    """One page of YAML with the words of a language, which is parsed only when a word may be in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.code = path.stem

    @cached_property
    def language(self) -> Language:
        """The words, validated; raises WrongUseError with the line of whatever is wrong."""
        return read_yaml(self.path, Language, "language")

    @cached_property
    def _on_page(self) -> frozenset[str]:
        return spellings_on(self.path.read_text(encoding="utf-8"))

    def may_know(self, folded: str) -> bool:
        """Whether a word can be among these, without parsing the page; signs are not looked for."""
        return "language" in vars(self) or not folded[0].isalnum() or folded in self._on_page

    @cached_property
    def _indexes(self) -> dict[Section, dict[str, tuple[Meaning, ...]]]:
        return {}

    def index(self, section: Section) -> dict[str, tuple[Meaning, ...]]:
        """The meanings of each folded word of a section."""
        if section not in self._indexes:
            made: dict[str, tuple[Meaning, ...]] = {}
            for name, words in self.language.section(section).items():
                for folded in dict.fromkeys(folded for word in words for folded in spellings(word)):
                    made[folded] = (*made.get(folded, ()), Meaning(name, self.code))
            self._indexes[section] = made
        return self._indexes[section]


class Vocabulary:
    """The words of all languages in a folder; English counts first, then the others by their code."""

    def __init__(self, folder: Path = FOLDER) -> None:
        codes = sorted((path.stem for path in folder.glob("*.yaml")), key=lambda code: (code != ENGLISH, code))
        self.files = tuple(LanguageFile(folder / f"{code}.yaml") for code in codes)
        self._looked_up: dict[tuple[Section, str], tuple[Meaning, ...]] = {}

    @property
    def languages(self) -> dict[str, Language]:
        """Every language by its code."""
        return {file.code: file.language for file in self.files}

    def words(self, section: Section, language: str = ENGLISH) -> dict[str, Words]:
        """The words of a section of one language, by what they mean."""
        file = next(file for file in self.files if file.code == language)
        return dict(file.language.section(section))

    def meanings(self, section: Section, word: object) -> tuple[Meaning, ...]:
        """All that a word means in a section, in the first language that knows it; empty where none does."""
        asked = (section, word if isinstance(word, str) else str(word))
        found = self._looked_up.get(asked)
        if found is None:
            found = self._look_up(section, fold(word))
            if len(self._looked_up) >= MOST_REMEMBERED:
                self._looked_up.clear()
            self._looked_up[asked] = found
        return found

    def _look_up(self, section: Section, folded: str) -> tuple[Meaning, ...]:
        for file in self.files:
            if folded and file.may_know(folded) and (found := file.index(section).get(folded)):
                return found
        return ()

    def meaning(self, section: Section, word: object) -> Meaning | None:
        """What a word means in a section; None where no language knows it."""
        return next(iter(self.meanings(section, word)), None)

    def state(self, word: object) -> StateKind | None:
        """What a state says about an epic, in whatever language."""
        found = self.meaning("states", word)
        return None if found is None else cast("StateKind", found.name)

    def is_translated_state(self, word: object) -> bool:
        """Whether a word is a state in another language than English, in which models name theirs."""
        english = {fold(known) for words in self.words("states").values() for known in words}
        return self.state(word) is not None and fold(word) not in english

    def month(self, word: object) -> int | None:
        """The number of a month, by its long or its short name."""
        found = self.meaning("months", word)
        return None if found is None else int(found.name)
