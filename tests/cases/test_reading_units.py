"""Numbers as people write them: units and scales in headings, currencies, thousands, shares, words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.reading import Command, case, imported, opened, read
from tests.cases.tables import Shown, either, text_table, workbook

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
WAYS = ("workbook", "text")


def test_thousands_in_the_heading(command: Command, tmp_path: Path) -> None:
    """K7: a unit in a heading is thrown away, and the figure is taken in another unit."""
    reading = opened(command, case("thousands-in-the-heading") / "port.xlsx", tmp_path)
    benefit = reading.each("benefit_per_week") == {"Crane": 12_000, "Quay": 9_000}
    right = benefit and reading.each("external_cost") == {"Crane": 50_000, "Quay": 20_000}
    assert right or (reading.says("kEUR", "EUR", "Benefit per week") and reading.says("kEUR", "EUR", "External cost"))


UNITS = {
    "German thousands": ("(T€)", "EUR", 1_000),
    "thousands of dollars": ("[k$]", "USD", 1_000),
    "German millions": ("in Mio. EUR", "EUR", 1_000_000),
    "millions of dollars": ("($M)", "USD", 1_000_000),
    "three zeros": ("('000)", "GBP", 1_000),
    "thousands in words": ("(in thousands)", "CHF", 1_000),
    "millions in thousands": ("(MEUR)", "kEUR", 1_000),
    "single euros in thousands": ("(EUR)", "kEUR", 0.001),
    "the same unit": ("(kEUR)", "kEUR", 1),
    "another currency": ("(USD)", "EUR", None),
}


@pytest.mark.parametrize("habit", UNITS)
def test_other_units_in_headings(command: Command, tmp_path: Path, habit: str) -> None:
    """K7: the figure is in the unit of the portfolio, or the heading is named; another currency is always named."""
    unit, currency, factor = UNITS[habit]
    heading = f"External cost {unit}"
    epics = [["ID", "Benefit per week", heading, "Value stream", "Effort"], ["E1", 12, 50, "Port", 40]]
    sheets = {
        "Epics": epics,
        "Capacity": [["Value stream", "PI 1"], ["Port", 100]],
        "Portfolio": [["Setting", "Value"], ["Currency", currency]],
    }
    reading = opened(command, workbook(tmp_path / "port.xlsx", sheets), tmp_path)
    right = factor is not None and reading.each("external_cost") == {"E1": pytest.approx(50 * factor)}
    assert right or reading.says("External cost", unit.strip("()[]"))


def test_currency_in_cells(command: Command, tmp_path: Path) -> None:
    """K13: numbers as spreadsheets show them (currency, thousands) are not read."""
    reading = imported(command, case("currency-in-cells") / "money.csv", tmp_path)
    assert reading.each("benefit_per_week") == {"Kiosk": 12_000, "Stall": 9_500}
    assert reading.each("external_cost") == {"Kiosk": 1_500, "Stall": 800}
    assert reading.portfolio is not None
    assert reading.portfolio.get("currency") in {"USD", "$"} or reading.mentions("currency", "$")


MONEY = {
    "euros before and behind": (("€ 12.000,00", "1.500,50 €"), (12_000, 1_500.5)),
    "spaces": (("12 000 €", "9\u202f500 €"), (12_000, 9_500)),
    "Swiss": (("CHF 12'000.\N{EN DASH}", "CHF 9'500.50"), (12_000, 9_500.5)),
    "yen": (("¥12,000", "￥9,500"), (12_000, 9_500)),
    "reais": (("R$ 12.000,00", "R$ 9.500,00"), (12_000, 9_500)),
    "dollars by letters": (("USD 1,234,567", "USD 9,500"), (1_234_567, 9_500)),
}
SHORT_MONEY = {
    "k": (("12k", "9.5k"), (12_000, 9_500)),
    "German millions": (("1,5 Mio. €", "0,25 Mio. €"), (1_500_000, 250_000)),
    "Indian": (("12,00,000 ₹", "9,50,000 ₹"), (1_200_000, 950_000)),
    "kroner": (("12.000 kr", "9.500 kr"), (12_000, 9_500)),
    "negative in brackets": (("(1,200.00)", "(800.00)"), (None, None)),
    "pairs of words": (("12 to 15", "about 9"), (None, None)),
}


def _with_costs(folder: Path, cells: tuple[str, str], way: str) -> Path:
    """Two scored epics with an external cost."""
    head = ["ID", "Title", *SCORED, "External cost"]
    rows = [head, ["E1", "Kiosk", 8, 5, 3, 5, cells[0]], ["E2", "Stall", 5, 3, 2, 3, cells[1]]]
    return either(folder / "money", rows, way)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("habit", MONEY)
def test_other_money_in_cells(command: Command, tmp_path: Path, habit: str, way: str) -> None:
    """K13: the whole column decides what its separators mean."""
    cells, values = MONEY[habit]
    reading = read(command, _with_costs(tmp_path, cells, way), tmp_path)
    assert tuple(reading.each("external_cost").values()) == values


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("habit", SHORT_MONEY)
def test_money_that_may_be_refused(command: Command, tmp_path: Path, habit: str, way: str) -> None:
    """K13: what is not read is one finding for the column, never another figure."""
    cells, values = SHORT_MONEY[habit]
    reading = read(command, _with_costs(tmp_path, cells, way), tmp_path)
    right = None not in values and tuple(reading.each("external_cost").values()) == values
    untaken = set(reading.each("external_cost").values()) <= {None}
    assert right or (untaken and len(reading.finds("External cost")) == 1)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("cells", [("1.500", "2.250"), ("1,500", "2,250")], ids=["dots", "commas"])
def test_money_that_can_be_read_in_two_ways(command: Command, tmp_path: Path, cells: tuple[str, str], way: str) -> None:
    """K13: 1.500 is one and a half or fifteen hundred: whichever is taken, a word is said about the column."""
    reading = read(command, _with_costs(tmp_path, cells, way), tmp_path)
    assert reading.says("External cost", cells[0])
    assert set(reading.each("external_cost").values()) in ({None}, {1_500, 2_250}, {1.5, 2.25}, set())


def test_confidence_as_percent_numbers(command: Command, tmp_path: Path) -> None:
    """K15: a share is judged cell by cell, although the column shows its scale."""
    reading = imported(command, case("confidence-as-percent-numbers") / "bets.csv", tmp_path)
    read_as = list(reading.each("confidence").values())
    findings = reading.finds("Confidence")
    assert read_as == [0.8, 0.5, 0.01] or (read_as in ([None] * 3, []) and len(findings) == 1)


SHARES = {
    "percent numbers": ("CapEx share", "capex_share", (60, 40, 1), (0.6, 0.4, 0.01)),
    "percent in the heading": ("Confidence (%)", "confidence", (80, 0.5, 1), (0.8, 0.005, 0.01)),
    "percent signs": ("Confidence", "confidence", ("80 %", "50%", "1 %"), (0.8, 0.5, 0.01)),
    "decimal commas": ("Confidence", "confidence", ("0,8", "0,5", "1"), (0.8, 0.5, 1)),
    "hundred and five": ("Confidence", "confidence", (100, 100, 5), (1, 1, 0.05)),
    "two scales": ("Confidence", "confidence", (0.8, 80, 1), None),
    "one to five": ("Confidence (1-5)", "confidence", (4, 5, 1), None),
    "words": ("Confidence", "confidence", ("High", "Low", "Medium"), None),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("habit", SHARES)
def test_other_shares(command: Command, tmp_path: Path, habit: str, way: str) -> None:
    """K15: one scale for the column; where it has none, one finding, and no cell of it is taken."""
    heading, key, cells, values = SHARES[habit]
    rows: list[list[object]] = [["ID", *SCORED, "Benefit per week", "External cost", heading]]
    rows += [[f"E{n}", 8, 5, 3, 5, 900, 50, cell] for n, cell in enumerate(cells)]
    reading = read(command, either(tmp_path / "bets", rows, way), tmp_path)
    read_as = list(reading.each(key).values())
    nothing = read_as in ([None] * 3, []) and len(reading.finds(heading.partition(" (")[0])) == 1
    assert nothing or (values is not None and read_as == pytest.approx(list(values)))


@pytest.mark.parametrize("way", WAYS)
def test_small_percent(command: Command, tmp_path: Path, way: str) -> None:
    """K15: 1 below a heading with % is 1 % or, as spreadsheets keep percent, all of it: whichever is taken, it is said."""
    rows = [["ID", *SCORED, "Benefit per week", "Confidence (%)"]]
    rows += [[f"E{n}", 8, 5, 3, 5, 900, cell] for n, cell in enumerate((1, 0.5, 1))]
    reading = read(command, either(tmp_path / "bets", rows, way), tmp_path)
    assert reading.says("Confidence")


def test_percent_by_format(command: Command, tmp_path: Path) -> None:
    """K15: 0.8 in a cell that shows 80 % is 0.8, also below a heading with %."""
    rows = [["ID", *SCORED, "Benefit per week", "Confidence (%)"]]
    rows += [[f"E{n}", 8, 5, 3, 5, 900, Shown(cell, "0%")] for n, cell in enumerate((0.8, 0.5, 1))]
    reading = opened(command, workbook(tmp_path / "bets.xlsx", {"Epics": rows}), tmp_path)
    assert list(reading.each("confidence").values()) == [0.8, 0.5, 1]


def test_words_as_scores(command: Command, tmp_path: Path) -> None:
    """K14: scales in words end in one error for every cell, without the way out that exists."""
    reading = imported(command, case("words-as-scores") / "words.csv", tmp_path)
    for column in ("BV", "TC", "RROE"):
        assert len(reading.finds(column, "High", "Low")) == 1
    assert len(reading.finds("Size", "S", "M", "L")) == 1
    assert len(reading.findings) <= 6
    assert all(set(scores) == {None} for scores in reading.scores.values()), "nothing is guessed"
    assert reading.mentions("--words") or reading.mentions("words:")


def test_words_as_scores_are_settled_by_a_scale(command: Command, tmp_path: Path) -> None:
    """K14: the figures that a user gives for the words are used for all columns."""
    scale = "High=8, Medium=5, Low=2, XS=1, S=2, M=5, L=8, XL=13"
    reading = imported(command, case("words-as-scores") / "words.csv", tmp_path, "--words", scale)
    assert reading.code == 0
    assert reading.scores["Epic 2"] == (5, 8, 2, 13)


WORDS = {
    "German": (("Hoch", "Mittel", "Niedrig"), ("M", "L", "S")),
    "figures before words": (("3 - High", "2 - Medium", "1 - Low"), ("M", "XL", "XS")),
    "MoSCoW": (("Must have", "Should have", "Could have"), ("P", "G", "GG")),
    "figures behind words": (
        ("High Priority (1)", "Medium Priority (2)", "Low Priority (3)"),
        ("small", "large", "medium"),
    ),
    "French": (("élevé", "moyen", "faible"), ("petit", "grand", "moyen")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("habit", WORDS)
def test_other_words_as_scores(command: Command, tmp_path: Path, habit: str, way: str) -> None:
    """K14: one finding for a column of words, with its words and a way to give each a figure; nothing is guessed."""
    values, sizes = WORDS[habit]
    rows: list[list[object]] = [["ID", "Title", *SCORED]]
    rows += [[f"E{n}", f"Epic {n}", values[n % 3], 5, 3, sizes[n % 3]] for n in range(6)]
    reading = read(command, either(tmp_path / "words", rows, way), tmp_path)
    assert len(reading.finds("value", *values)) == 1
    assert len(reading.finds("size", *sizes)) == 1
    assert set(reading.each("user_business_value").values()) <= {None}
    assert len(reading.findings) <= 4
    assert reading.mentions("--words") or reading.mentions("words:") or reading.mentions("sheet Words")


def test_words_sheet_of_a_workbook(command: Command, tmp_path: Path) -> None:
    """K14: a workbook remembers what its words mean on a sheet of its own."""
    sheets = {
        "Epics": [["ID", *SCORED], ["E1", "High", 5, 3, "M"], ["E2", "Low", 3, 2, "XL"]],
        "Words": [["Word", "Value"], ["High", 8], ["Low", 2], ["M", 5], ["XL", 13]],
    }
    reading = opened(command, workbook(tmp_path / "words.xlsx", sheets), tmp_path)
    assert reading.scores == {"E1": (8, 5, 3, 5), "E2": (2, 3, 2, 13)}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_decimal_commas_of_a_whole_column(command: Command, tmp_path: Path, encoding: str) -> None:
    """K13: 2,5 and 3,25 are decimals, in every encoding that spreadsheets write."""
    rows = [["ID", "Title", "Business value", "Time criticality", "RR/OE", "Job size"]]
    rows += [["E1", "Wärme", "8", "5", "3", "2,5"], ["E2", "Kälte", "5", "3", "2", "3,25"]]
    reading = imported(command, text_table(tmp_path / "list.csv", rows, ";", encoding), tmp_path)
    assert reading.scores == {"Wärme": (8, 5, 3, 2.5), "Kälte": (5, 3, 2, 3.25)}
