"""The sheet `As planned`: the inputs that no formula follows, as they were when the plan was made, and which changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portfolio.domain import Epic, ValueStream
from portfolio.intake import columns
from portfolio.urgency.discounting import decay_per_week
from portfolio.workbook.inputs.input_values import as_typed, entry_of, epic_entry, limit_entry, setting_entry
from portfolio.workbook.layout import FIRST, WHEN, Layout, ResultSheet
from portfolio.xlsx.write.area import quoted
from portfolio.xlsx.write.book import Book, Page

_HEADINGS = {"what": "Input", "changed": "Changed since", "so_far": "So far"}
_SHAPES = ("model", "calendar.periods", "calendar.budget_periods", "ranked_by", "running_epics")
"""Settings that say which figures there are, and not what they are."""
_LIMITS = ("name", "measure", "where", "per", "of", "enforce")
_TEXTS = ("state", "class_of_service", "value_curve")
"""Fields of an epic that are understood when they are read, and by no formula."""
_GROUPS = ("exclusive_group", "together_group")
_MOST_WORDS = 20
"""Of more words than these no formula says whether one is among them; each epic then has its own."""
_TOLD = 3
"""So many changes are named; more are only said to be there."""
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Watched:
    """An input that no formula follows; `test` is true once it says something else."""

    what: str
    test: str


def say_changes(page: Page, layout: Layout, column: int = 0) -> None:
    """Says above a table that inputs were changed which its figures do not follow; nothing while there are none."""
    page.formula(FIRST - 2, column, f"={message(layout)}", "", "bold", "alert")


def message(layout: Layout) -> str:
    """The cell that says in a sentence what was changed and is not followed."""
    return layout.table("As planned").at("what", 1)


def write_as_planned(book: Book, layout: Layout) -> None:
    """Writes a row for each input that no formula follows, with whether it says something else by now."""
    area, page = layout.table("As planned"), book.page(layout.name("As planned"))
    page.text(0, 0, "As planned", "title")
    page.formula(1, 0, f"={_sentence(layout)}", "", "bold", "alert")
    page.text(
        2, 0, "Inputs that no formula follows: 1 where one says something else than when the plan was made.", "note"
    )
    page.headings(area.first - 1, [*_HEADINGS.values()])
    for row, watched in zip(area.rows, _watched(layout), strict=True):
        if watched.what.startswith("="):
            page.formula(row, area.columns["what"], watched.what, "", "cell")
        else:
            page.text(row, area.columns["what"], watched.what, "cell")
        page.formula(row, area.columns["changed"], f"=IFERROR(IF({watched.test},1,0),1)", 0.0, "cell", "helper")
        before = f"{area.here('so_far', row - 1)}+" if row > area.first else ""
        page.formula(row, area.columns["so_far"], f"={before}{area.here('changed', row)}", 0.0, "cell", "helper")
    page.widths(60, 14, 10)
    page.sheet.freeze_panes(area.first, 1)


def _sentence(layout: Layout) -> str:
    area = layout.table("As planned")
    count = area.fixed("so_far", area.last)
    named = [f"INDEX({area.own('what')},MATCH({turn},{area.own('so_far')},0))" for turn in range(1, _TOLD + 1)]
    first, *others = named
    parts = [f'IF({count}>{turn},", "&{name},"")' for turn, name in enumerate(others, start=1)]
    more = f'IF({count}>{_TOLD}," and more","")'
    told = (
        f'"Changed since the plan was made, and not followed here: "&{"&".join([first, *parts, more])}&". Plan again."'
    )
    return f'IF({count}=0,"",{told})'


def _watched(layout: Layout) -> list[Watched]:
    return [
        *_epics(layout),
        _effort(layout),
        *_settings(layout),
        _periods(layout),
        *(_stream(layout, stream) for stream in layout.figures.portfolio.value_streams),
        *_dependencies(layout),
        *_guardrails(layout),
        *(Watched(what, test) for what, test in layout.inputs.watched),
    ]


@dataclass(frozen=True)
class EpicChanges:
    """What is watched of each epic: the fields that no formula follows wherever they go."""

    layout: Layout

    @cached_property
    def fields(self) -> Sequence[str]:
        """Those in which some epic has something; the ID comes first."""
        per = {name for limit in self.layout.limits for name in limit.per} - {*WHEN, "value stream", "epic", "urgency"}
        known = [*_TEXTS, *_GROUPS, *sorted(name.replace(" ", "_") for name in per)]
        return ["id", *(name for name in dict.fromkeys(known) if name in self._there and self._words[name])]

    @cached_property
    def blank(self) -> Sequence[str]:
        """Those in which no epic had anything, so that any word is one too many."""
        money = [] if self.layout.figures.portfolio.uses_money else ["benefit_per_week"]
        known = [name for name in (*_TEXTS, *_GROUPS) if not self._words[name]]
        return [name for name in (*known, *money) if name in self._there]

    @property
    def _there(self) -> Mapping[str, int]:
        return self.layout.inputs.epics.columns

    @cached_property
    def _words(self) -> Mapping[str, Counter[object]]:
        epics = self.layout.figures.portfolio.epics
        names = {*_TEXTS, *_GROUPS, *(name.replace(" ", "_") for limit in self.layout.limits for name in limit.per)}
        return {name: Counter(word for epic in epics if (word := getattr(epic, name, None))) for name in names}

    def formula(self, epic: Epic, given: Callable[[str], str]) -> str:
        """Which of these fields is the first that says something else by now, counted from 1; 0 if none does."""
        formula = "0"
        for number, field in reversed([*enumerate(self.fields, start=1)]):
            formula = f"IF({self._test(epic, field, given(field))},{number},{formula})"
        return f"IFERROR({formula},1)"

    def _test(self, epic: Epic, field: str, cell: str) -> str:
        if field == "id":
            return f'{cell}&""=""'
        then = as_typed(epic_entry(epic, field))
        if field in _TEXTS:
            written = self.layout.inputs.as_written("epics", self.layout.figures.portfolio.epic_index[epic.id], field)
            return _differs(cell, then if written is None else written)
        kept = self._kept[field]
        if len(kept) > _MOST_WORDS:
            return _differs(cell, then)
        return f"NOT(OR({','.join(f'{cell}={quoted(word)}' for word in dict.fromkeys(['', *kept, then]))}))"

    @cached_property
    def _kept(self) -> Mapping[str, Sequence[str]]:
        """The words in a field that have a line on `Guardrail status`: an epic may go from one to the other."""
        least = {"together_group": 2}
        return {
            name: [str(word) for word, count in words.items() if count >= least.get(name, 1)]
            for name, words in self._words.items()
        }


def _differs(cell: str, then: str) -> str:
    """Whether a cell says something else than it did; some programs save an empty cell as 0."""
    return f'{cell}&""<>{quoted(then)}' if then else f'AND({cell}<>0,{cell}&""<>"")'


def _epics(layout: Layout) -> Iterator[Watched]:
    """The first of the epics that changed, with the field, and how many more did; and what is filled that was blank."""
    plan, changes = layout.table("Plan"), EpicChanges(layout)
    changed, count = plan.column("changed"), plan.count + 1
    top = changed.split(":", maxsplit=1)[0]
    place = f"{count}-SUMPRODUCT(MAX(({changed}>0)*({count}-(ROW({changed})-ROW({top})+1))))"
    names = ",".join(quoted(columns.EPICS.column(field).heading) for field in changes.fields)
    number = f'COUNTIF({changed},">0")'
    first = f'INDEX({plan.column("id")},{place})&" ("&CHOOSE(INDEX({changed},{place}),{names})&")"'
    more = f'IF({number}>1," and "&({number}-1)&" more","")'
    yield Watched(f'=IF({number}=0,"",{first}&{more})', f"{number}>0")
    for field in changes.blank:
        column = layout.inputs.epics.column(field)
        yield Watched(columns.EPICS.column(field).heading, f'SUMPRODUCT(({column}<>"")*({column}<>0))>0')


def _effort(layout: Layout) -> Watched:
    """All effort that is given is counted in `Work`; what was typed where there was none is not."""
    inputs, work = layout.inputs, layout.table("Work")
    given = f"SUM({inputs.epics.column('effort')})"
    if (
        inputs.efforts or layout.given is not None
    ):  # a workbook of ours has no sheet Effort where every epic needs one alone
        given += f"+SUM({inputs.effort.column('effort')})"
    counted = f"SUM({work.column('effort')})"
    return Watched("Effort", f"ABS({given}-{counted})>{_TOLERANCE:.6f}*MAX(1,{counted})")


def _settings(layout: Layout) -> Iterator[Watched]:
    portfolio, inputs = layout.figures.portfolio, layout.inputs
    blank = {
        "discount_rate": not decay_per_week(portfolio.discount_rate),
        "portfolio_wip_limit": portfolio.portfolio_wip_limit is None,
    }
    for column in inputs.settings_sheet.columns:
        cell = inputs.setting(column.field)
        if column.field in _SHAPES:
            written = inputs.as_written("", 0, column.field)
            then = as_typed(setting_entry(portfolio, column.field)) if written is None else written
            yield Watched(column.heading, _differs(cell, then))
        elif blank.get(column.field):
            yield Watched(column.heading, f"N({cell})<>0")


def _periods(layout: Layout) -> Watched:
    """The names of the periods, by which capacity is looked up."""
    there = [f"SUMPRODUCT(--({layout.inputs.periods}={quoted(label)}))=0" for label in layout.figures.periods]
    return Watched("Names of periods", f"SUM({','.join(f'IF({test},1,0)' for test in there)})>0")


def _stream(layout: Layout, stream: ValueStream) -> Watched:
    """A value stream that is called otherwise, or a limit that it had not."""
    area = layout.inputs.streams
    place = layout.row_in(area, "id", quoted(stream.id))
    given = {key: f"INDEX({area.column(key)},{place})" for key in ("id", "max_budget_shift", "wip_limit")}
    tests = [f'{given["id"]}&""=""', f"N({given['max_budget_shift']})<>{stream.max_budget_shift or 0.0!r}"]
    if stream.wip_limit is None:
        tests.append(f'{given["wip_limit"]}&""<>""')
    return Watched(f"value stream {stream.id}", f"IFERROR(OR({','.join(tests)}),TRUE)")


def _dependencies(layout: Layout) -> Iterator[Watched]:
    """A word that is no epic of the plan."""
    for link in layout.figures.portfolio.dependencies:
        ends = layout.links_of({"predecessor": link.predecessor, "successor": link.successor})
        assert ends is not None
        tests = [f'AND({end}&""<>"",{layout.of_linked("first", end, "-1")}<0)' for end in ends]
        yield Watched(f"dependency {link.successor} after {link.predecessor}", f"OR({','.join(tests)})")


def _guardrails(layout: Layout) -> Iterator[Watched]:
    """What a line counts, where and against what; a level that it had not."""
    area = layout.inputs.guardrails
    for row, limit in zip(area.rows, layout.limits, strict=True):
        tests = []
        for field in _LIMITS:
            written = layout.inputs.as_written("guardrails", row - area.first, field)
            then = as_typed(limit_entry(limit, field)) if written is None else written
            tests.append(_differs(area.at(field, row), then))
        tests += [f'{area.at(side, row)}&""<>""' for side in ("at_least", "at_most") if getattr(limit, side) is None]
        tests.append(f"N({area.at('price', row)})<>{entry_of(limit.price) or 0.0!r}")
        yield Watched(f"guardrail {limit.name}", f"OR({','.join(tests)})")


SHEET = ResultSheet(
    "As planned", write_as_planned, table=lambda layout: (len(_watched(layout)), [*_HEADINGS]), serves=True
)
