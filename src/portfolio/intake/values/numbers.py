"""Reads a column of numbers: one decimal mark, one unit and one scale for all of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from portfolio.domain.spelling import shown
from portfolio.intake.headings.units import RATES, TIMES, WORK, Unit
from portfolio.intake.languages import vocabulary
from portfolio.intake.values.cell_values import as_text, is_blank
from portfolio.intake.values.context import DURATIONS, EFFORTS, SCORES, Context, Shown, Wanted
from portfolio.intake.values.durations import periods_or_weeks, work_in, work_like_capacity
from portfolio.intake.values.money import currency_of, money_factor
from portfolio.intake.values.number_text import Mark, NumberText, mark_of, number_text
from portfolio.intake.values.question import ColumnValues, Question
from portfolio.intake.values.shares import read_shares
from portfolio.intake.values.words import ask_about_words, figure_in

PER = {"per_month": "a month", "per_year": "a year"}
ODD = "Enter it as a number instead of text."


def read_numbers(values: Sequence[object], wanted: Wanted, context: Context) -> ColumnValues:
    """The numbers of a column; what is none stays as it is, to be refused by name later."""
    made = ColumnValues([None] * len(values))
    texts = _take_plain(made, values, context)
    words = _read_texts(made, texts, wanted, context) if texts else {}
    figures = {place: value for place, value in enumerate(made.values) if isinstance(value, float)}
    plain = [place for place in figures if place not in texts]
    shown_as = wanted.shown_as(plain[0]) if plain and (wanted.is_money or wanted.column.kind == "share") else Shown()
    if shown_as.currency and wanted.is_money:
        made.currencies.setdefault(shown_as.currency, plain[0])
    if wanted.column.kind == "share":
        read_shares(made, figures, wanted, in_fractions=shown_as.percent, in_percent=context.percent)
    if shown_as.scaled:
        made.settled.update(plain)
    _apply_unit(made, figures, wanted, context)
    _ask_about_currencies(made, wanted, context)
    if words:
        ask_about_words(made, words, wanted, numbers=len(figures))
    for place, number in enumerate(made.values):
        if isinstance(number, float) and number.is_integer():
            made.values[place] = int(number)
    return made


def _take_plain(made: ColumnValues, values: Sequence[object], context: Context) -> dict[int, str]:
    """Takes the cells that are no text as they are; returns the texts that say something."""
    texts: dict[int, str] = {}
    for place, value in enumerate(values):
        if isinstance(value, str):
            if not is_blank(value) and not _is_empty(value, context):
                texts[place] = value.strip()
        elif isinstance(value, bool):
            made.values[place] = value
        elif isinstance(value, int | float):
            made.values[place] = float(value)
        elif isinstance(value, date | time | timedelta):
            made.values[place] = as_text(value)
    return texts


def _is_empty(text: str, context: Context) -> bool:
    """Whether a text only marks a cell as empty; `none` could be a figure that somebody means."""
    known = context.forgiving and vocabulary().meaning("empty", text) is not None
    return known and vocabulary().meaning("sizes", text) is None


def _read_texts(made: ColumnValues, texts: dict[int, str], wanted: Wanted, context: Context) -> dict[int, str]:
    """Reads the texts that are numbers; returns the others, which may be words for figures."""
    parsed = {place: found for place, text in texts.items() if (found := number_text(text)) and _fits(found, wanted)}
    mark = mark_of(parsed.values()) or context.mark
    own_units = {place: found.unit for place, found in parsed.items() if found.unit is not None}
    if mark is None and context.fallback is not None:
        mark = _fall_back(made, parsed, texts, wanted, context.fallback)
    unclear = [found for found in parsed.values() if found.is_open and found.value(mark) is None]
    for place, found in parsed.items():
        number = found.value(mark)
        if number is None and found.is_open:
            made.cells[place] = _which(texts[place], unclear[0], wanted)
        made.values[place] = texts[place] if number is None and not found.is_open else number
    _apply_cell_units(made, own_units, wanted, context)
    words = {place: text for place, text in texts.items() if place not in parsed}
    if wanted.name in EFFORTS:
        words = work_in(made, words, own_units)
    for place in list(words):
        figure = figure_in(words[place], wanted, context)
        if figure is not None:
            made.values[place] = figure
            del words[place]
        else:
            made.values[place] = words[place]
    return words


def _fall_back(
    made: ColumnValues, parsed: dict[int, NumberText], texts: dict[int, str], wanted: Wanted, mark: Mark
) -> Mark:
    """The mark of the file, or thousands where all amounts of money are grouped; where it decides, that is said once."""
    unclear = [place for place, found in parsed.items() if found.is_open and found.value(None) is None]
    if not unclear:
        return mark
    marks: set[Mark] = {"," if "." in parsed[place].digits else "." for place in unclear}
    grouped = wanted.is_money and len(marks) == 1 and all(found.is_open or found.is_whole for found in parsed.values())
    mark = marks.pop() if grouped else mark
    first = unclear[0]
    rule = (
        "Each of its amounts has three digits behind the mark, as thousands have."
        if grouped
        else f"The file shows no other decimal mark than {mark}."
    )
    made.whole.append(
        (first, Question(f"{wanted.column.heading} {texts[first]} was read as {shown(parsed[first].value(mark))}.", rule,
                         "Correct the figures of this column, if that is not meant.", "warning"))
    )  # fmt: skip
    return mark


def _fits(found: NumberText, wanted: Wanted) -> bool:
    """Whether the unit that a number names can be one of the field's."""
    unit = found.unit
    if unit is None or unit.name == "percent":
        return True
    if unit.is_money:
        return wanted.is_money
    if unit.name in TIMES:
        return wanted.name in DURATIONS | EFFORTS
    return unit.name in WORK and wanted.name in EFFORTS | SCORES


def _which(text: str, first: NumberText, wanted: Wanted) -> Question:
    """A number that people of different countries read differently; its readings are those of the column's first one."""
    marks: tuple[Mark, Mark] = (".", ",")
    numbers = [number for mark in marks if (number := first.value(mark)) is not None]
    readings = " or ".join(f"{number:.15g}" for number in sorted(numbers, reverse=True))
    return Question(f'{wanted.column.heading} is the text "{text}".', f"It can be read as {readings}.", ODD)


def _apply_cell_units(made: ColumnValues, units: dict[int, Unit], wanted: Wanted, context: Context) -> None:
    """What the units beside single numbers make of them: percent, thousands, weeks."""
    for place, unit in units.items():
        number = made.values[place]
        if not isinstance(number, float):
            continue
        if unit.name == "percent":
            made.values[place] = float(f"{number!r}e-2") if "e" not in repr(number) else number / 100
            made.percent.add(place)
        elif unit.is_money and unit.factor == 1 and wanted.unit is not None and wanted.unit.factor > 1:
            made.currencies.setdefault(currency_of(unit, context), place)
        elif unit.is_money:
            factor, question = money_factor(unit, wanted, context)
            made.values[place] = number * factor
            made.settled.add(place)
            if question is not None and not made.whole:
                made.whole.append((place, question))
            if unit.currency:
                made.currencies.setdefault(currency_of(unit, context), place)
        elif unit.name in TIMES and wanted.name in DURATIONS:
            made.values[place] = periods_or_weeks(made, place, number, unit, wanted)


def _apply_unit(made: ColumnValues, figures: dict[int, float], wanted: Wanted, context: Context) -> None:
    """What the unit in the heading makes of the numbers that do not name their own."""
    unit = wanted.unit
    if unit is None or not figures:
        return
    first = min(figures)
    if unit.is_money and wanted.is_money:
        factor, question = money_factor(unit, wanted, context)
        if question is not None:
            made.whole.append((first, question))
        _multiply(made, figures, factor)
        if factor != 1:
            made.how.append(f"times {factor:,.12g}")
        if unit.currency:
            made.currencies.setdefault(currency_of(unit, context), first)
    elif unit.name in TIMES and wanted.name in DURATIONS:
        for place, number in figures.items():
            made.values[place] = periods_or_weeks(made, place, number, unit, wanted)
    elif wanted.name == "effort" and context.work is not None and unit.name:
        work_like_capacity(made, figures, unit, context.work)
    if unit.rate in RATES and wanted.name == "benefit_per_week" and unit.rate != "per_week":
        before = made.values[first]
        _multiply(made, figures, {"per_month": 12 / 52, "per_year": 1 / 52}[unit.rate])
        made.how.append(f"{unit.text}, made weekly")
        what = f"{before:,.12g} {PER[unit.rate]} is {made.values[first]:,.6g} a week"
        made.whole.append(
            (first, Question(f"{wanted.column.heading} was made of {wanted.heading or unit.text}: {what}.",
                             "A year has 52 weeks.", "Write figures per week, if that is not meant.", "warning"))
        )  # fmt: skip


def _ask_about_currencies(made: ColumnValues, wanted: Wanted, context: Context) -> None:
    """Amounts of several currencies cannot be compared, and nothing is converted: none of them is taken."""
    own = {context.money.currency} if context.money is not None and context.money.currency else set()
    if not wanted.is_money or len(own | set(made.currencies)) < 2 or made.whole:
        return
    named = ", ".join(made.currencies)
    made.whole.append(
        (min(made.currencies.values()), Question(
            f"{wanted.column.heading} holds amounts of {named}, and the portfolio counts {', '.join(own) or 'one currency'}.",
            "Amounts of different currencies cannot be added up, and nothing is converted.",
            "Convert the figures to one currency, or correct Currency in the portfolio's settings."))
    )  # fmt: skip
    made.values[:] = [None] * len(made.values)


def _multiply(made: ColumnValues, figures: dict[int, float], factor: float) -> None:
    for place in figures:
        number = made.values[place]
        if isinstance(number, float) and place not in made.settled:
            product = number * factor
            made.values[place] = float(f"{product:.12g}")
