"""References between records: found whatever their case, stored as the record itself is spelt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portfolio.domain.dependency import Dependency
from portfolio.domain.epic import Epic
from portfolio.domain.evidence import LISTS, Evidence
from portfolio.domain.key_result import KeyResult
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.record import Record

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
    results = tuple(_key_result(row, epics) for row in portfolio.outcomes)
    pairs = [
        *zip(respelt, portfolio.epics, strict=True),
        *zip(links, portfolio.dependencies, strict=True),
        *zip(results, portfolio.outcomes, strict=True),
    ]
    evidence = _evidence(portfolio.evidence, epics, streams)
    if all(new is old for new, old in pairs) and evidence is portfolio.evidence:
        return portfolio
    changes = {"epics": respelt, "dependencies": links, "outcomes": results, "evidence": evidence}
    return portfolio.model_copy(update=changes)


EVIDENCE_FIELDS = {"epic": "epics", "parent": "epics", "value_stream": "streams"}
"""Fields of the evidence that name an epic or a value stream, of which some are not in the portfolio any more."""


def _evidence(evidence: Evidence, epics: Mapping[str, str], streams: Mapping[str, str]) -> Evidence:
    """The same evidence, in which epics and value streams that there are are spelt as they spell themselves."""
    known = {"epics": epics, "streams": streams}
    changes: dict[str, tuple[Record, ...]] = {}
    for name, record in LISTS.items():
        rows: tuple[Record, ...] = getattr(evidence, name)
        fields = [(field, known[section]) for field, section in EVIDENCE_FIELDS.items() if field in record.model_fields]
        respelt = tuple(_row(row, fields) for row in rows)
        if any(new is not old for new, old in zip(respelt, rows, strict=True)):
            changes[name] = respelt
    return evidence.model_copy(update=changes) if changes else evidence


def _row(row: Record, fields: Iterable[tuple[str, Mapping[str, str]]]) -> Record:
    changes = {}
    for field, names in fields:
        said = getattr(row, field)
        if said is not None and (own := names.get(said.casefold(), said)) != said:
            changes[field] = own
    return row.model_copy(update=changes) if changes else row


def _key_result(row: KeyResult, epics: Mapping[str, str]) -> KeyResult:
    own = tuple(epics.get(name.casefold(), name) for name in row.epics)
    return row if own == row.epics else row.model_copy(update={"epics": own})


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
