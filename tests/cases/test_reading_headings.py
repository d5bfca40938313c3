"""Headings as people write them: which column names the epics, in which language, with what in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.reading import Command, case, imported, opened, read
from tests.cases.tables import either, text_table

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
FIRST, SECOND = (8, 5, 3, 5), (5, 3, 2, 3)
WAYS = ("workbook", "text")


def test_project_heading(command: Command, tmp_path: Path) -> None:
    """K8: the column that names the epics is not recognised."""
    reading = opened(command, case("project-heading") / "projects.xlsx", tmp_path)
    right = reading.scores == {"Bridge lights": FIRST, "Fish ladder": SECOND}
    assert right or reading.says("Epics!A1", "Project", "Title")


def test_feature_heading(command: Command, tmp_path: Path) -> None:
    """K8: the column that names the epics is not recognised, so nothing is taken, and the exit code is 0."""
    reading = imported(command, case("feature-heading") / "features.csv", tmp_path)
    right = reading.code == 0 and reading.scores == {"Coupons": FIRST, "Gift cards": SECOND}
    refused = reading.code in {1, 2} and reading.says("feature", "title") and len(reading.findings) <= 1
    assert right or refused


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "heading",
    ["Project_Name", "Use case", "Work item", "User story", "Requirement", "Idea", "Topic", "Task name", "Vorhaben"],
)
def test_other_headings_of_what_is_ranked(command: Command, tmp_path: Path, heading: str, way: str) -> None:
    """K8: the only column of text of a complete table names its epics, whatever people call them."""
    rows = [[heading, *SCORED], ["Coupons", *FIRST], ["Gift cards", *SECOND]]
    reading = read(command, either(tmp_path / "items", rows, way), tmp_path)
    right = reading.scores == {"Coupons": FIRST, "Gift cards": SECOND}
    assert right or (reading.code in {1, 2} and reading.says(heading, "title"))


def test_task_id_same_title(command: Command, tmp_path: Path) -> None:
    """K8: the column with the IDs is not recognised: titles stand in, and rows with the same title are thrown away."""
    reading = imported(command, case("task-id-same-title") / "tasks.csv", tmp_path)
    assert reading.ids == ["T-1", "T-2", "T-3"]
    assert [epic.get("title") for epic in reading.epics] == ["Visual inspection"] * 3


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("heading", ["Ticket ID", "req_id", "Initiative no.", "Vorgangs-ID"])
def test_other_headings_of_the_id(command: Command, tmp_path: Path, heading: str, way: str) -> None:
    """K8: a column whose heading ends with ID or number, and whose values all differ, has the IDs."""
    rows = [[heading, "Name", *SCORED], ["T-1", "Inspection", *FIRST], ["T-2", "Inspection", *SECOND]]
    reading = read(command, either(tmp_path / "items", rows, way), tmp_path)
    assert reading.ids == ["T-1", "T-2"]
    assert [epic.get("title") for epic in reading.epics] == ["Inspection"] * 2


def test_subject_and_description(command: Command, tmp_path: Path) -> None:
    """K21: a long description is taken as the title although the title is there."""
    reading = imported(command, case("subject-and-description") / "packages.csv", tmp_path)
    assert reading.names == ["Night trains", "Day trains"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("title", "long"),
    [("Summary", "Description"), ("Titel", "Beschreibung"), ("Name", "Notes"), ("Summary", "Parent summary")],
)
def test_other_descriptions(command: Command, tmp_path: Path, title: str, long: str, way: str) -> None:
    """K21: neither a description before the title nor the title of the parent is what an epic is called."""
    rows = [["ID", long, title, *SCORED], [11, "A long text", "Trains", *FIRST], [12, "Another", "Trams", *SECOND]]
    reading = read(command, either(tmp_path / "items", rows, way), tmp_path)
    assert reading.names == ["Trains", "Trams"]


def test_scale_in_the_heading(command: Command, tmp_path: Path) -> None:
    """K26: a scale or a unit in brackets behind a heading is understood in a workbook, not by the importer."""
    reading = imported(command, case("scale-in-the-heading") / "scales.csv", tmp_path)
    assert reading.scores == {"Snow fences": FIRST, "Salt store": SECOND}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "headings",
    [
        ("BV [1-20]", "TC (Fibonacci)", "RR/OE\n(1 = low, 20 = high)", "Size (days)"),
        ("User-business value (1..20)*", "Time criticality - 1 to 20", "RR|OE {1-20}", "Job size, SP"),
        (
            "Business Value: 1 (low) - 20 (high)",
            "Time Criticality <number>",
            "RROE (Number)",
            "Job Size [Story Points]",
        ),
    ],
    ids=["brackets", "dashes", "kinds of fields"],
)
def test_other_brackets(command: Command, tmp_path: Path, headings: tuple[str, ...], way: str) -> None:
    """K26: a scale, unit or kind of field behind a heading does not change what the column is."""
    rows = [["ID", "Title", *headings], ["E1", "Snow fences", *FIRST], ["E2", "Salt store", *SECOND]]
    reading = read(command, either(tmp_path / "items", rows, way), tmp_path)
    assert reading.scores == {"Snow fences": FIRST, "Salt store": SECOND}


def test_table_in_german(command: Command, tmp_path: Path) -> None:
    """K9: exports carry the language of the person who exports; only English is understood."""
    reading = imported(command, case("table-in-german") / "liste.csv", tmp_path)
    right = reading.scores == {"Wärmenetz": (8, 5, 3, 5), "Messgeräte": (5, 3, 2, 2.5)}
    assert right or reading.says("Geschäftswert", "Zeitkritikalität", "Risikominderung", "Größe")


LANGUAGES = {
    "French": "N° | Titre | Valeur métier | Criticité temporelle | Réduction des risques | Taille | Statut",
    "Spanish": "Clave | Título | Valor de negocio | Criticidad temporal | Reducción de riesgos | Tamaño | Estado",
    "Portuguese": "Chave | Título | Valor de negócio | Criticidade de tempo | Redução de risco | Tamanho | Status",
    "Italian": "Chiave | Titolo | Valore di business | Criticità temporale | Riduzione del rischio | Dimensione | Stato",
    "Dutch": "Nr | Titel | Bedrijfswaarde | Tijdkritiek | Risicoreductie | Omvang | Status",
    "Polish": "Klucz | Tytuł | Wartość biznesowa | Krytyczność czasowa | Redukcja ryzyka | Rozmiar | Status",
    "Russian": "Ключ | Название | Бизнес-ценность | Критичность по времени | Снижение рисков | Размер | Статус",
    "Japanese": "キー | タイトル | ビジネス価値 | 時間的重要度 | リスク低減 | 規模 | ステータス",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_in_other_languages(command: Command, tmp_path: Path, language: str, way: str) -> None:
    """K9: a plain list of epics in the language of its team."""
    rows = [LANGUAGES[language].split(" | "), ["A-1", "Alpha", *FIRST, ""], ["A-2", "Beta", *SECOND, ""]]
    reading = read(command, either(tmp_path / "list", rows, way), tmp_path)
    assert reading.ids == ["A-1", "A-2"]
    assert reading.scores == {"Alpha": FIRST, "Beta": SECOND}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "headings",
    [
        ("Nyckel", "Titel", "Affärsvärde", "Tidskritikalitet", "Riskreducering", "Storlek"),
        ("Klíč", "Název", "Obchodní hodnota", "Časová kritičnost", "Snížení rizika", "Velikost"),
        ("Avain", "Nimi", "Liiketoiminta-arvo", "Aikakriittisyys", "Riskin vähennys", "Koko"),
    ],
    ids=["Swedish", "Czech", "Finnish"],
)
def test_languages_that_are_not_known(command: Command, tmp_path: Path, headings: tuple[str, ...], way: str) -> None:
    """K9: a finding names every column of numbers that was left over, so that a mapping can be begun."""
    rows = [headings, ["A-1", "Alpha", *FIRST], ["A-2", "Beta", *SECOND]]
    reading = read(command, either(tmp_path / "list", rows, way), tmp_path)
    right = reading.ids == ["A-1", "A-2"] and reading.scores == {"Alpha": FIRST, "Beta": SECOND}
    assert right or (reading.code != 0 and reading.says(*headings[2:]))


def test_jira_in_german(command: Command, tmp_path: Path) -> None:
    """K9: exports carry the language of the person who exports; only English is understood."""
    reading = imported(command, case("jira-in-german") / "jira.csv", tmp_path)
    right = reading.ids == ["KN-1"] and reading.scores == {"Kundenkonto": FIRST}
    assert right or reading.says("Jira", "Schlüssel", "Zusammenfassung")
    assert not right or reading.mentions("Story", "Fertig")


JIRA_LANGUAGES = {
    "French": "Clé de ticket | Type de ticket | Résumé | État | Champs personnalisés ({}) | À faire | Terminé",
    "Spanish": "Clave de incidencia | Tipo de Incidencia | Resumen | Estado | Campo personalizado ({}) | Por hacer | Hecho",
    "Portuguese": "Chave da item | Tipo de item | Resumo | Status | Campo personalizado ({}) | Tarefas pendentes | Concluído",
    "Italian": "Chiave | Tipo di segnalazione | Riepilogo | Stato | Campo personalizzato ({}) | Da completare | Completato",
    "Russian": "Ключ проблемы | Тип задачи | Тема | Статус | Пользовательское поле ({}) | Сделать | Готово",
    "Japanese": "課題キー | 課題タイプ | 要約 | ステータス | カスタムフィールド ({}) | 未着手 | 完了",
}


@pytest.mark.parametrize("language", JIRA_LANGUAGES)
def test_jira_in_other_languages(command: Command, tmp_path: Path, language: str) -> None:
    """K9: one epic is to be decided; a story and an epic that is done are not."""
    key, kind, title, state, wrapper, waiting, done = JIRA_LANGUAGES[language].split(" | ")
    fields = [wrapper.format(name) for name in ("Business Value", "Time Criticality", "RR/OE", "Job Size")]
    rows = [
        [title, key, kind, state, *fields],
        ["Account", "KN-1", "Epic", waiting, *FIRST],
        ["Button", "KN-2", "Story", waiting, "", "", "", ""],
        ["Bill", "KN-3", "Epic", done, *SECOND],
    ]
    reading = imported(command, text_table(tmp_path / "jira.csv", rows), tmp_path)
    assert reading.ids == ["KN-1"]
    assert reading.scores == {"Account": FIRST}
