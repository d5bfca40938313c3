"""Finds the figures that a name means, by the words that people use for them.

`capacity of Web in PI 2`, `budget`, `WIP limit of Web`, `benefit per week of EP-3`, `Horizon 3 floor`, `discount rate`,
`dependency of EP-3 on EP-6`, `EP-3`. Case, spaces and punctuation do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio.domain.calendar import Calendar
from portfolio.domain.epic import Epic
from portfolio.domain.field import Entry, entry
from portfolio.domain.finding import Path
from portfolio.domain.json_form import Raw
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.record import Record
from portfolio.domain.references import PeriodSpellings
from portfolio.domain.spelling import nearest, plain, shown
from portfolio.domain.value_stream import ValueStream
from portfolio.edits.figure_names import Unknown, field_named, lookup, not_there, splits, title_of

Whole = Literal["epic", "guardrail", "dependency"]
PER_PERIOD = ("capacity", "budget")
STREAM_FIELDS = ("capacity", "budget", "wip_limit", "cost_per_unit", "max_budget_shift")
OF_EVERY_STREAM = ("capacity", "budget", "cost_per_unit", "max_budget_shift")
"""Fields that mean those of every value stream where none is named; `WIP limit` alone is the portfolio's."""
LEVELS = ("at_least", "at_most")
LIMIT_FIELDS = (*LEVELS, "enforce", "price")
SETTINGS = ("portfolio_wip_limit", "epic_threshold", "discount_rate", "point_value", "value_horizon_weeks", "reserve")
CALENDAR = ("start", "period_weeks")
EPIC_FIELDS = tuple(name for name in Epic.model_fields if name not in {"id", "title", "criteria"})
OTHER_WORDS = {"wiplimit": "portfolio_wip_limit", "threshold": "epic_threshold", "valuehorizon": "value_horizon_weeks",
               "portfoliowip": "portfolio_wip_limit"}  # fmt: skip
LINKS = ("dependency", "dependencies")
DROPPABLE = ("portfolio_wip_limit", "epic_threshold", "wip_limit", "budget", "must", "start", "earliest", "latest",
             "exclusive_group", "together_group", "at_least", "at_most", "reserve")  # fmt: skip
"""Fields that limit where they are given and do not where they are left out."""
UPWARDS = ("capacity", "budget", "wip_limit", "max_budget_shift", "portfolio_wip_limit", "epic_threshold", "at_most")
"""Fields that allow more the higher they are; `at_least` allows more the lower it is."""


@dataclass(frozen=True)
class Figure:
    """One figure, or one whole record, of a portfolio in its JSON form: where it stands, its name, what it takes."""

    path: Path
    label: str
    entry: Entry | None
    whole: Whole | None = None

    @property
    def field(self) -> str:
        """The field's name."""
        return next((str(step) for step in self.path[::-1] if isinstance(step, str) and step in ALL_FIELDS), "")

    @property
    def looser(self) -> int:
        """1 where a higher figure allows more, -1 where a lower one does, 0 where neither can be said."""
        return 1 if self.field in UPWARDS else -1 if self.field in {"at_least", "reserve"} else 0


ALL_FIELDS = {*STREAM_FIELDS, *LIMIT_FIELDS, *SETTINGS, *CALENDAR, *EPIC_FIELDS}


def find(raw: Raw, name: str) -> list[Figure]:
    """The figures that a name means in a portfolio's JSON form, in its order; raises Unknown."""
    return _Names(raw).find(" ".join(name.split()))


class _Names:
    """The names of one portfolio; records that a change removed are None and have none."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.calendar = raw.get("calendar", {})
        self.periods: list[str] = list(self.calendar.get("periods", ()))

    def records(self, section: str) -> Iterator[tuple[int, Raw]]:
        """The records of a section that are still there."""
        return ((index, one) for index, one in enumerate(self.raw.get(section, ())) if one is not None)

    def named(self, section: str) -> list[tuple[str, int]]:
        """Every name of a section's records, IDs before titles."""
        keys = ("name",) if section == "guardrails" else ("id", "name", "title")
        return [(one[key], index) for key in keys for index, one in self.records(section) if one.get(key)]

    def find(self, name: str) -> list[Figure]:
        """What a whole name means: what stands for itself first, then `this of that`."""
        if alone := self._alone(name):
            return alone
        for head, rest in splits(name, " of "):
            if (link := plain(head)) in LINKS:
                return self._links(rest)
            field = field_named(head, STREAM_FIELDS, ValueStream)
            if field:
                return self._of_stream(field, rest)
            field = field_named(head, LIMIT_FIELDS, LimitSpec) or ("enforce" if link == "enforcement" else None)
            if field:
                return [self._of_limit(field, self._index("guardrails", rest, "guardrail"))]
            field = field_named(head, EPIC_FIELDS, Epic)
            if field:
                return self._of_epic(field, rest)
        raise self._unknown(name)

    def _alone(self, name: str) -> list[Figure]:
        for word, period in [(name, None), *splits(name, " in ")]:
            field = field_named(word, OF_EVERY_STREAM, ValueStream)
            if field:
                has = [index for index, one in self.records("value_streams") if one.get(field) is not None]
                if figures := [figure for index in has for figure in self._stream_figures(field, index, period)]:
                    return figures
        if name.casefold().startswith("guardrail "):
            return [self._guardrail(self._index("guardrails", name.split(" ", 1)[1], "guardrail"))]
        setting = field_named(name, SETTINGS, Portfolio) or OTHER_WORDS.get(plain(name))
        if setting:
            return [Figure((setting,), title_of(Portfolio, setting), entry(Portfolio, setting))]
        calendar = field_named(name, CALENDAR, Calendar)
        if calendar and calendar != "start":
            return [Figure(("calendar", calendar), title_of(Calendar, calendar), entry(Calendar, calendar))]
        guardrail = lookup(name, self.named("guardrails"))
        if guardrail is not None:
            return [self._guardrail(guardrail)]
        epic = lookup(name, self.named("epics"))
        if epic is not None:
            return [Figure(("epics", epic), str(self.raw["epics"][epic]["id"]), None, "epic")]
        if plain(name) in LINKS:
            return [self._link(index) for index, _ in self.records("dependencies")] or self._no_links(name)
        field = field_named(name, EPIC_FIELDS, Epic)
        has = [index for index, one in self.records("epics") if field and one.get(field) is not None]
        return [figure for index in has for figure in self._epic_figures(field or "", index, None)]

    def _of_stream(self, field: str, rest: str) -> list[Figure]:
        index = lookup(rest, self.named("value_streams"))
        if index is not None:
            return self._stream_figures(field, index, None)
        for stream, period in reversed(splits(rest, " in ")):
            index = lookup(stream, self.named("value_streams"))
            if index is not None:
                return self._stream_figures(field, index, period)
        stream = rest.rsplit(" in ", 1)[0]
        return self._stream_figures(field, self._index("value_streams", stream, "value stream"), None)

    def _stream_figures(self, field: str, index: int, period: str | None) -> list[Figure]:
        stream = self.raw["value_streams"][index]
        label, takes = f"{title_of(ValueStream, field)} of {stream['id']}", entry(ValueStream, field)
        path: Path = ("value_streams", index, field)
        if field not in PER_PERIOD:
            if period is not None:
                raise Unknown(
                    f"{label} is the same in every period.", "It cannot be changed in one.", f"Write {label}."
                )
            return [Figure(path, label, takes)]
        if period is None and stream.get(field) is None:
            return [Figure(path, label, takes)]
        chosen = range(len(self.periods)) if period is None else self._chosen(period)
        if stream.get(field) is None:
            raise Unknown(f"{label} is not given.", "Only a budget that is given has periods.", f"Write {label}.")
        return [Figure((*path, turn), f"{label} in {self.periods[turn]}", takes) for turn in chosen]

    def _chosen(self, period: str) -> list[int]:
        label = PeriodSpellings(self.periods)[period.strip()]
        if label is not None:
            return [self.periods.index(label)]
        budgets = list(self.calendar.get("budget_periods", ()))
        chosen = [turn for turn, one in enumerate(budgets) if plain(one) == plain(period)]
        if chosen:
            return chosen
        known = list(dict.fromkeys([*self.periods, *budgets]))
        raise not_there("period", period, known)

    def _guardrail(self, index: int) -> Figure:
        return Figure(("guardrails", index), str(self.raw["guardrails"][index]["name"]), None, "guardrail")

    def _of_limit(self, field: str, index: int) -> Figure:
        name = self.raw["guardrails"][index]["name"]
        return Figure(("guardrails", index, field), f"{title_of(LimitSpec, field)} of {name}", entry(LimitSpec, field))

    def _of_epic(self, field: str, rest: str) -> list[Figure]:
        index = lookup(rest, self.named("epics"))
        if index is None and field == "effort":
            for word in (" in ", " from "):
                for epic, stream in reversed(splits(rest, word)):
                    index = lookup(epic, self.named("epics"))
                    if index is not None:
                        return self._epic_figures(field, index, self._index("value_streams", stream, "value stream"))
        return self._epic_figures(field, self._index("epics", rest, "epic") if index is None else index, None)

    def _epic_figures(self, field: str, index: int, stream: int | None) -> list[Figure]:
        epic = self.raw["epics"][index]
        label, takes = f"{title_of(Epic, field)} of {epic['id']}", entry(Epic, field)
        if field != "effort":
            return [Figure(("epics", index, field), label, takes)]
        streams = epic.get("effort", {}) if stream is None else [self.raw["value_streams"][stream]["id"]]
        if not streams:
            raise Unknown(f"{label} is not given.", "It is asked of a value stream.", f"Write {label} in one of them.")
        return [Figure(("epics", index, field, one), f"{label} in {one}", takes) for one in streams]

    def _links(self, rest: str) -> list[Figure]:
        epic = lookup(rest, self.named("epics"))
        if epic is not None:
            successor = self.raw["epics"][epic]["id"]
            return [
                self._link(index) for index, one in self.records("dependencies") if one["successor"] == successor
            ] or self._no_links(f"of {successor}")
        successor, predecessor = link_ends(self.raw, rest)
        return [
            self._link(index)
            for index, one in self.records("dependencies")
            if (one["successor"], one["predecessor"]) == (successor, predecessor)
        ] or self._no_links(f"of {successor} on {predecessor}")

    def _link(self, index: int) -> Figure:
        one = self.raw["dependencies"][index]
        label = f"Dependency of {one['successor']} on {one['predecessor']}"
        return Figure(("dependencies", index), label, None, "dependency")

    def _no_links(self, name: str) -> list[Figure]:
        known = [self._link(index).label for index, _ in self.records("dependencies")]
        turned = {
            f"Dependency of {one['predecessor']} on {one['successor']}": number
            for number, one in self.records("dependencies")
        }
        meant = nearest(f"dependency {name}", known)
        if f"Dependency {name}" in turned:
            meant = self._link(turned[f"Dependency {name}"]).label
        raise Unknown(
            f"There is no dependency {name}.",
            "A dependency is named by the epic that waits and the one it waits for.",
            f"Write {meant}." if meant else "Write for example dependency of EP-2 on EP-1, or delete the change.",
        )

    def _index(self, section: str, name: str, one: str) -> int:
        index = lookup(name, self.named(section))
        if index is None:
            raise not_there(one, name, [known for known, _ in self.named(section)])
        return index

    def _unknown(self, name: str) -> Unknown:
        titles = [title_of(Portfolio, field) for field in SETTINGS] + [title_of(Calendar, "period_weeks")]
        titles += [title_of(ValueStream, field) for field in STREAM_FIELDS]
        titles += [known for section in ("guardrails", "epics") for known, _ in self.named(section)]
        meant = nearest(name, titles + [title_of(Epic, field) for field in EPIC_FIELDS])
        fields: list[tuple[type[Record], tuple[str, ...]]]
        fields = [(ValueStream, STREAM_FIELDS), (LimitSpec, LIMIT_FIELDS), (Epic, EPIC_FIELDS)]
        for head, rest in splits(name, " of "):
            known = nearest(head, [title_of(record, field) for record, names in fields for field in names])
            meant = f"{known} of {rest}" if known else meant
        fix = f"Write {meant}." if meant else "Write for example capacity of Web in PI 2, budget, or an epic's ID."
        return Unknown(f"{shown(name)} is not a figure of this portfolio.", "A change names what it changes.", fix)


def link_ends(raw: Raw, text: str) -> tuple[str, str]:
    """The successor and the predecessor in `EP-3 on EP-6`; raises Unknown."""
    names = _Names(raw)
    known = names.named("epics")
    ways = splits(text, " on ")
    for successor, predecessor in ways:
        ends = lookup(successor, known), lookup(predecessor, known)
        if ends[0] is not None and ends[1] is not None:
            first, second = (str(raw["epics"][end]["id"]) for end in ends if end is not None)
            return first, second
    if not ways:
        raise not_there("epic", text, [name for name, _ in known])
    missing = next(end for end in ways[0] if lookup(end, known) is None)
    raise not_there("epic", missing, [name for name, _ in known])
