"""What a portfolio's own history says on the last day that it knows, and which of its rows say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from portfolio.domain import FieldFinding
from portfolio.domain.spelling import nearest
from portfolio.domain.wording import counted
from portfolio.engine.load import Loaded
from portfolio.engine.open_work import kind_of
from portfolio.policies import LeadTimes, Past, PastEpic

if TYPE_CHECKING:
    from portfolio.engine.flow_evidence import FlowEvidence
    from portfolio.measures.lives import Lives
    from portfolio.measures.transitions import Codes

_KEPT = "past"
"""The name under which it is kept."""


def past_of(loaded: Loaded, as_of: date | None = None) -> Past | None:
    """What the portfolio's history says by the end of a day, its last one without; None where it has none, or none that is understood.

    That of its last day is kept beside the portfolio that was read, as a cached property is, since rankings, plans and checks all ask for it.
    """
    if as_of is not None:
        return _measured(loaded, as_of)
    kept: dict[str, Past | None] = vars(loaded)
    if _KEPT not in kept:
        kept[_KEPT] = _measured(loaded)
    return kept[_KEPT]


def _measured(loaded: Loaded, as_of: date | None = None) -> Past | None:
    read = loaded.reading.portfolio
    if read is None or not read.evidence.history:
        return None
    from portfolio.engine.flow_evidence import flow_evidence

    evidence = flow_evidence(loaded, loaded.model, (), as_of or date.max)
    return past_in(evidence, int(evidence.transitions.day.max()) if as_of is None else evidence.as_of, loaded)


def past_in(evidence: FlowEvidence, last: int, loaded: Loaded) -> Past | None:
    """What evidence says up to a day; None where no state of it is understood."""
    from portfolio.measures.days import day_of, day_or_none

    lives = evidence.lives if last == evidence.as_of else evidence.lives_by(last)
    if not len(lives):
        return None
    ended = {epic.id.casefold() for epics in loaded.left_out.values() for epic in epics}
    considered, parts = _considered(evidence, lives), _parts(evidence, last)
    epics = []
    for place, (is_open, begun) in enumerate(zip(lives.is_open, considered, strict=True)):
        name, stream = lives.name(place), int(lives.value_stream[place])
        known, done = parts.get(int(lives.epic[place]), (0, 0))
        epics.append(
            PastEpic(
                name,
                None if stream < 0 else lives.streams[stream],
                day_or_none(int(lives.started[place])),
                day_or_none(int(lives.finished[place])),
                bool(is_open) and name.casefold() not in ended,
                day_or_none(int(begun)),
                known,
                done,
                bool(lives.ended[place] <= last),
            )
        )
    return Past(day_of(last), tuple(epics), _lead_times(lives))


def _lead_times(lives: Lives) -> dict[str | None, LeadTimes]:
    """How long epics took, of each value stream and of all."""
    from portfolio.measures.groups import by_value_stream
    from portfolio.measures.lead_times import observed

    found: dict[str | None, LeadTimes] = {}
    for name, rows in by_value_stream(lives).parts():
        part = lives.only(rows)
        seen = observed(part, int(part.started.min()), part.as_of)
        took = part.lead_time[part.has_lead_time]
        found[name] = LeadTimes(
            tuple(map(int, seen.times)), tuple(map(float, seen.share)), len(took), int(took.max()) if len(took) else 0
        )
    return found


def _considered(evidence: FlowEvidence, lives: Lives) -> Codes:
    """The first day on which each was looked at before it was committed to; the first state of the board is where ideas wait."""
    import numpy as np

    from portfolio.measures.days import NEVER
    from portfolio.measures.lives import BEFORE

    rows, states = lives.rows, evidence.transitions.states
    board = evidence.model.states
    funnel = next((code for code, name in enumerate(states) if board and name.casefold() == board[0].casefold()), -1)
    looked_at = (lives.kinds[rows.state] == BEFORE) & (rows.state != funnel)
    return np.minimum.reduceat(np.where(looked_at, rows.day, NEVER), np.flatnonzero(rows.begins))


def _parts(evidence: FlowEvidence, last: int) -> dict[int, tuple[int, int]]:
    """For each epic how many of its parts are known and how many of these are done; what was stopped is no part any more."""
    import numpy as np

    rows = evidence.transitions.only(evidence.transitions.day <= last)
    found = dict[int, tuple[int, int]]()
    is_part = rows.parents >= 0
    if not is_part.any():
        return found
    table = rows.sorted
    for place in np.flatnonzero(table.ends & is_part[table.epic]):
        parent = int(rows.parents[table.epic[place]])
        kind = evidence.kinds.get(rows.states[table.state[place]])
        if kind is not None and kind != "stopped":
            known, done = found.get(parent, (0, 0))
            found[parent] = (known + 1, done + (kind == "done"))
    return found


def history_findings(loaded: Loaded) -> Iterator[FieldFinding]:
    """States of the history that nobody knows the kind of: their rows count for nothing, which has to be known."""
    read, model = loaded.reading.portfolio, loaded.model
    seen: dict[str, list[int]] = {}
    for index, row in enumerate(() if read is None else read.evidence.history):
        seen.setdefault(row.state.casefold(), []).append(index)
    for rows in seen.values():
        state = read.evidence.history[rows[0]].state if read is not None else ""
        if kind_of(model, state) is None:
            near = nearest(state, model.states)
            yield FieldFinding(
                ("evidence.history", rows[0], "state"),
                f"The state {state} is not known, and {counted(len(rows), 'row')} of History {'counts' if len(rows) == 1 else 'count'} for nothing.",
                "A state is before the commitment, waiting, active, done or stopped.",
                f"{f'Is {near} meant? Else add it' if near else 'Add it'} to the states of your model, with its kind.",
                "warning",
            )
