"""References between records: found whatever their case, stored as the record itself is spelt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portfolio.domain.dependency import Dependency
from portfolio.domain.epic import Epic
from portfolio.domain.portfolio import Portfolio

PERIOD_FIELDS = ("earliest", "latest", "start")


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Each name by its spelling without case, the first one where several agree."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return found


class PeriodSpellings(dict[str, str | None]):
    """The period that a label means, None if there is none; found once for each label."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._known = {_unspaced(label): label for label in reversed(labels)} | spellings(labels)

    def __missing__(self, label: str) -> str | None:
        """Looks for a label whatever its case, with and without its spaces; whole labels come first."""
        self[label] = self._known.get(label.casefold(), self._known.get(_unspaced(label)))
        return self[label]


def _unspaced(label: str) -> str:
    return "".join(label.casefold().split())


def canonical(portfolio: Portfolio) -> Portfolio:
    """The same portfolio with every reference spelt as the record it refers to."""
    streams = spellings(stream.id for stream in portfolio.value_streams)
    periods = PeriodSpellings(portfolio.calendar.periods)
    epics = spellings(epic.id for epic in portfolio.epics)
    outcomes = spellings(row.objective for row in portfolio.outcomes)
    own_streams = set(streams.values())
    respelt = tuple(
        epic
        if epic.effort.keys() <= own_streams
        and (epic.earliest is None or periods[epic.earliest] == epic.earliest)
        and (epic.latest is None or periods[epic.latest] == epic.latest)
        and (epic.start is None or periods[epic.start] == epic.start)
        and (epic.parent is None or epics.get(epic.parent.casefold(), epic.parent) == epic.parent)
        and (epic.outcome is None or outcomes.get(epic.outcome.casefold(), epic.outcome) == epic.outcome)
        else _epic(epic, streams, periods, {"outcome": outcomes, "parent": epics})
        for epic in portfolio.epics
    )
    links = tuple(_dependency(link, epics) for link in portfolio.dependencies)
    pairs = [*zip(respelt, portfolio.epics, strict=True), *zip(links, portfolio.dependencies, strict=True)]
    if all(new is old for new, old in pairs):
        return portfolio
    return portfolio.model_copy(update={"epics": respelt, "dependencies": links})


def _epic(
    epic: Epic, streams: dict[str, str], periods: PeriodSpellings, named: Mapping[str, Mapping[str, str]]
) -> Epic:
    changes: dict[str, object] = {}
    for field, known in named.items():
        word = getattr(epic, field)
        if word is not None and known.get(word.casefold(), word) != word:
            changes[field] = known[word.casefold()]
    effort = {streams.get(stream.casefold(), stream): units for stream, units in epic.effort.items()}
    if list(effort) != list(epic.effort):
        changes["effort"] = effort
    for field in PERIOD_FIELDS:
        label = getattr(epic, field)
        period = periods[label] if label is not None else None
        if period is not None and period != label:
            changes[field] = period
    return epic.model_copy(update=changes) if changes else epic


def _dependency(link: Dependency, epics: dict[str, str]) -> Dependency:
    ends = {field: epics[getattr(link, field).casefold()] for field in ("predecessor", "successor")}
    same = all(getattr(link, field) == name for field, name in ends.items())
    return link if same else link.model_copy(update=ends)
