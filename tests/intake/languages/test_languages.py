"""The words of every language: complete, each with one meaning, found however people write them."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import get_args

import pytest

from portfolio.domain.evidence import LISTS as EVIDENCE
from portfolio.errors import WrongUseError
from portfolio.intake.columns import SHEETS, plain
from portfolio.intake.languages import ENGLISH, FOLDER, Section, Vocabulary, fold, vocabulary
from portfolio.intake.languages.fold import spellings
from portfolio.intake.languages.language import HEADINGS, NAMED

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
SECTIONS: tuple[Section, ...] = get_args(Section)
SEVERAL_MEANINGS = ("loose",)
"""Where a word may mean two things in one language, since the sheet decides which."""
HEADING_SECTIONS: tuple[Section, ...] = ("headings.epics", "loose", "naming", "others", "links")
"""Where the headings of a table of epics are looked up."""
SHARED = {"currencies": set(NAMED["currencies"]), "sizes": {"xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "none"}}
"""Words that languages share, so that only some have their own for them."""
FULL_WIDTH = "".join(chr(ord(letter) + 0xFEE0) for letter in "JOBSIZE")
"""As a Japanese keyboard writes it."""
OWN = """format: 1
language: Esperanto
own_name: Esperanto
sources: [made up for this test]
headings:
  epics: {title: [Titolo], job_size: [Grandeco, Amplekso]}
states: {done: [Farita]}
months: [[Januaro], [Februaro], [Marto], [Aprilo], [Majo], [Junio], [Julio], [Aŭgusto], [Septembro], [Oktobro], [Novembro], [Decembro]]
"""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_language_is_complete(code: str, section: Section) -> None:
    words = vocabulary().words(section, code)
    wanted = set(HEADINGS.get(section.removeprefix("headings."), NAMED.get(section, (section,))))
    if section == "months":
        wanted = {str(number) for number in range(1, 13)}
    missing = set() if section in SEVERAL_MEANINGS else wanted - set(words) - SHARED.get(section, set())
    assert not missing
    assert words


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_is_there_twice(code: str) -> None:
    for section in SECTIONS:
        for name, words in vocabulary().words(section, code).items():
            twice = [word for word, times in Counter(word.casefold() for word in words).items() if times > 1]
            assert not twice, f"{code}, {section}, {name}"


@pytest.mark.parametrize(
    "section", [section for section in SECTIONS if section not in SEVERAL_MEANINGS and section != "headings.evidence"]
)
def test_a_word_means_one_thing_in_all_languages(section: Section) -> None:
    """What would mean two things is left out, rather than decided by the order of the languages."""
    assert not several_meanings(section)


@pytest.mark.parametrize("name", EVIDENCE)
def test_a_heading_means_one_thing_on_a_sheet_of_evidence(name: str) -> None:
    """The sheets of evidence have their words together, since many are the same; a sheet's own heading comes before them."""
    fields = EVIDENCE[name].model_fields
    own = {folded for field in fields.values() for folded in spellings(str(field.title))}
    assert not {*several_meanings("headings.evidence", {*fields})} - own


def several_meanings(section: Section, among: Collection[str] | None = None) -> dict[str, list[tuple[str, str]]]:
    """The words that mean several things, each with its meanings and the languages that say so."""
    meanings = defaultdict(set)
    for code in LANGUAGES:
        for name, words in vocabulary().words(section, code).items():
            for folded in {folded for word in words for folded in spellings(word)}:
                if among is None or name in among:
                    meanings[folded].add((name, code))
    return {word: sorted(meant) for word, meant in meanings.items() if len({name for name, _ in meant}) > 1}


def test_a_heading_means_one_thing_whatever_the_language() -> None:
    """A heading that is a field in one language is not another thing in another one, such as Art and ART."""
    meanings = defaultdict(lambda: defaultdict(set))
    for code in LANGUAGES:
        for section in HEADING_SECTIONS:
            for name, words in vocabulary().words(section, code).items():
                for folded in {folded for word in words for folded in spellings(word)}:
                    meanings[folded][code].add(name)
    several = {
        word: dict(languages)
        for word, languages in meanings.items()
        if any(one.isdisjoint(other) for one in languages.values() for other in languages.values())
    }
    assert not several


def test_english_has_the_headings_of_the_workbook() -> None:
    sections: dict[str, Section] = {"Portfolio": "headings.settings"}
    for sheet in SHEETS:
        words = vocabulary().words(sections.get(sheet.name) or f"headings.{sheet.field}")  # type: ignore[arg-type]
        proper = {name: found[0] for name, found in words.items()}
        assert proper == {column.field.removeprefix("calendar."): column.heading for column in sheet.columns}
        assert all(plain(alias) for column in sheet.columns for alias in column.aliases)


@pytest.mark.parametrize(
    ("section", "word", "name", "language"),
    [
        ("headings.epics", "job_size", "job_size", "en"),
        ("headings.epics", "  RR & OE ", "rr_oe", "en"),
        ("headings.epics", FULL_WIDTH, "job_size", "en"),
        ("headings.epics", "#", "id", "en"),
        ("headings.epics", "GRÖSSE", "job_size", "de"),
        ("headings.epics", "Groesse", "job_size", "de"),
        ("headings.epics", "Gro\u0308ße", "job_size", "de"),
        ("naming", "Betreff", "title", "de"),
        ("units", "Mio.", "million", "en"),
        ("units", "Tsd. ", "thousand", "en"),
        ("totals", "Gesamt:", "totals", "de"),
        ("yes", "ja", "yes", "de"),
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_written(section: Section, word: str, name: str, language: str) -> None:
    assert vocabulary().meaning(section, word) == (name, language)


def test_a_word_that_nobody_knows() -> None:
    for word in ("Wibble", "", " ", None, "***"):
        assert vocabulary().meaning("headings.epics", word) is None
    assert vocabulary().state("Wibble") is None
    assert vocabulary().month("Wibble") is None


def test_states_and_months() -> None:
    assert [vocabulary().state(word) for word in ("In Progress", "Zu erledigen", "DONE", "Abgebrochen", "On hold")] == [
        "active",
        "before",
        "done",
        "stopped",
        "waiting",
    ]
    words = ("Sept.", "Mai", "märz", "Maerz", "dez", "FÉVR.", "août", "ene", "paź", "мая", "3月", "out.")
    assert [vocabulary().month(word) for word in words] == [9, 5, 3, 3, 12, 2, 8, 1, 10, 5, 3, 10]


@pytest.mark.parametrize(
    ("language", "summary", "to_do", "done"),
    [
        ("en", "Summary", "To Do", "Done"),
        ("de", "Zusammenfassung", "Zu erledigen", "Fertig"),
        ("fr", "Résumé", "À faire", "Terminé(e)"),
        ("es", "Resumen", "Tareas por hacer", "Finalizada"),
        ("pt", "Resumo", "Tarefas pendentes", "Concluído"),
        ("it", "Riepilogo", "Da completare", "Completato"),
        ("nl", "Samenvatting", "Te doen", "Gereed"),
        ("pl", "Podsumowanie", "Do zrobienia", "Gotowe"),
        ("ru", "Тема", "Открыт", "Готово"),
        ("ja", "要約", "未着手", "完了"),
    ],
)
def test_jira_in_every_language(language: str, summary: str, to_do: str, done: str) -> None:
    assert vocabulary().meaning("headings.epics", summary) == ("title", language)
    assert [vocabulary().state(word) for word in (to_do, done)] == ["before", "done"]
    assert any("{}" in pattern for pattern in vocabulary().words("wrapped", language)["wrapped"])


def test_a_word_may_stand_for_two_columns_where_the_sheet_decides() -> None:
    assert [meaning.name for meaning in vocabulary().meanings("loose", "Epic")] == ["id", "title"]


def test_a_further_language_is_a_further_file(tmp_path: Path) -> None:
    for code in (ENGLISH, "de"):
        shutil.copy(FOLDER / f"{code}.yaml", tmp_path)
    (tmp_path / "eo.yaml").write_text(OWN, encoding="utf-8")
    words = Vocabulary(tmp_path)
    assert list(words.languages) == ["en", "de", "eo"]
    assert words.meaning("headings.epics", "amplekso") == ("job_size", "eo")
    assert words.meaning("headings.epics", "Size") == ("job_size", "en")
    assert (words.state("farita"), words.month("AUGUSTO")) == ("done", 8)
    assert words.meaning("totals", "Summe") == ("totals", "de")


def test_a_language_is_read_only_when_a_word_may_be_in_it(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "en.yaml", tmp_path)
    (tmp_path / "eo.yaml").write_text("not: [a language", encoding="utf-8")
    words = Vocabulary(tmp_path)
    assert words.meaning("headings.epics", "Size") == ("job_size", "en")
    assert words.meaning("headings.epics", "Wibble") is None
    with pytest.raises(WrongUseError):
        words.meaning("headings.epics", "a language")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_is_found_before_its_language_is_read(code: str, tmp_path: Path) -> None:
    shutil.copy(FOLDER / f"{code}.yaml", tmp_path)
    unread = Vocabulary(tmp_path).files[0]
    listed = (words for section in SECTIONS for words in vocabulary().words(section, code).values())
    unknown = [word for words in listed for word in words if not unread.may_know(fold(word))]
    assert (unknown, "language" in vars(unread)) == ([], False)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("states: {done", "stats: {done", "line 7: stats is not a setting of a language; did you mean states?"),
        ("job_size: [", "jobsize: [", "line 6: headings.epics.jobsize is not a setting of a language; did you mean job_size?"),
        ("[Farita]", "Farita", "line 7: states.done is \"Farita\"; write a list, for example [one, two]."),
        ("[Farita]", "[yes]", "line 7: states.done.0 is yes; write words, in quotes where they look like a number or a date."),
        ("[[Januaro], ", "[", "line 8: months is "),
    ],
)  # fmt: skip
def test_a_wrong_language_is_refused_with_its_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in OWN
    (tmp_path / "eo.yaml").write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(WrongUseError) as refusal:
        _ = Vocabulary(tmp_path).languages
    assert f"eo.yaml, {sentence}" in str(refusal.value)
