"""The state: everything that a page needs to begin with, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from portfolio.domain import Epic, Portfolio
from portfolio.domain.field import entry
from portfolio.domain.json_form import Raw
from portfolio.edits.address import BY_NAME, IDENTITY, Address, fields_of
from portfolio.engine.edit import scored_by
from portfolio.scoring.ranking import METHOD_WORDS
from portfolio.web.changes import RANKED, row_json
from portfolio.web.jobs import finite
from portfolio.web.people import ROLES, Person
from portfolio.web.texts import Text

if TYPE_CHECKING:
    from portfolio.operating_model import OperatingModel
    from portfolio.web.meeting import Meeting

KINDS = {
    "text": "text",
    "number": "number",
    "whole": "number",
    "share": "share",
    "date or week": "date",
    "date": "date",
    "yes/no": "flag",
    "word": "choice",
    "pairs": "text",
}
"""How a field is entered, by the kind of its cells."""


def state(meeting: Meeting, person: Person, parts: Sequence[str] = ()) -> dict[str, object]:
    """Everything about a meeting that somebody may see; `parts` asks for some of it, and nothing else is made."""
    whole = PARTS if not parts else {name: PARTS[name] for name in ("revision", *parts) if name in PARTS}
    return {name: part(meeting, person) for name, part in whole.items()}


def words(model: OperatingModel) -> dict[str, dict[str, str]]:
    """What the way of working calls things."""
    said = model.vocabulary
    nouns = {"epic": said.epic, "value_stream": said.value_stream, "period": said.period}
    told = {name: {"one": noun.one, "many": noun.many} for name, noun in nouns.items()}
    return {**told, "start": {"one": said.start.one, "many": said.start.many}}


def fields(model: OperatingModel) -> list[dict[str, object]]:
    """Every field of an epic that can be changed, in the order of the sheet; the model's own criteria last."""
    found: list[dict[str, object]] = []
    for name in fields_of("epics"):
        if name in BY_NAME:
            continue
        told = entry(Epic, name)
        found.append(
            {
                "name": name,
                "heading": told.title,
                "kind": KINDS.get(told.kind, "text"),
                "choices": list(told.choices) or None,
                "about": told.description,
            }
        )
    own: dict[str, object] = {"kind": "text", "choices": None, "criterion": True, "about": ""}
    return [*found, *({**own, "name": one.name, "heading": one.name} for one in model.own_criteria)]


def _portfolio(meeting: Meeting, portfolio: Portfolio | None) -> dict[str, object]:
    session = meeting.session
    raw, calendar = session.raw, session.raw.get("calendar") or {}
    return {
        "name": raw.get("name") or session.path.stem,
        "model": session.now.loaded.model.title,
        "currency": raw.get("currency"),
        "unit": "points" if portfolio is None else portfolio.value_unit,
        "periods": list(calendar.get("periods") or ()),
        "start": calendar.get("start"),
        "period_weeks": None if portfolio is None else portfolio.calendar.period_weeks,
        "can_plan": bool(portfolio is not None and portfolio.can_plan),
    }


def _score(meeting: Meeting) -> dict[str, object]:
    session = meeting.session
    method = "wsjf" if session.ranking is None else session.ranking.method
    columns = scored_by(session.now.loaded)
    return {
        "method": method,
        "heading": METHOD_WORDS.get(method, method),
        "fields": list(columns),
        "headings": [entry(Epic, name).title if name in Epic.model_fields else name for name in columns],
    }


def _epics(meeting: Meeting) -> list[dict[str, object]]:
    session = meeting.session
    rows = {} if session.ranking is None else session.ranking.by_id
    found = []
    for record in _records(meeting, "epics"):
        row = rows.get(str(record.get("id") or ""))
        ranked = dict.fromkeys(RANKED) if row is None else row_json(row)
        found.append({**record, **ranked, "is_new": record.get("id") in session.pending.epics})
    return found


def _records(meeting: Meeting, section: str) -> list[dict[str, object]]:
    """The records of a list as they stand, with which of their cells hold formulas and which are not in the file yet."""
    session, identity = meeting.session, IDENTITY[section]
    edited = _edited(session.pending.cells, section)
    computed: dict[int, list[str]] = {}
    for path in session.formulas.by_path:
        if path[0] == section and isinstance(path[1], int):
            computed.setdefault(path[1], []).append("/".join(map(str, path[2:])))
    return [
        {
            **record,
            "computed": computed.get(index, []),
            "edited": edited.get(str(record.get(identity) or ""), []),
        }
        for index, record in enumerate(session.raw.get(section) or ())
        if isinstance(record, Mapping)
    ]


def _edited(cells: Mapping[Address, object], section: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for at in cells:
        if at[0] == section:
            found.setdefault(at[1], []).append("/".join(at[2:]))
    return found


def _settings(raw: Raw) -> dict[str, object]:
    calendar = raw.get("calendar") or {}
    return {name: calendar.get(name, raw.get(name)) for name in fields_of("settings")}


def _plan(meeting: Meeting) -> Text:
    """The shown plan, made once for everybody."""
    planning, session = meeting.planning, meeting.session
    of = (planning.shown, planning.better, planning.sureness.found, session.now)
    return meeting.drawn.text("plan", of, planning.plan_json)


def _agreed(meeting: Meeting) -> Text:
    """The agreed plan, made once for everybody."""
    agreed = meeting.planning.agreed
    return meeting.drawn.text("agreed", (agreed,), lambda: None if agreed is None else finite(agreed.as_json()))


def _usable(meeting: Meeting) -> Portfolio | None:
    loaded = meeting.session.now.loaded
    return loaded.portfolio or loaded.rankable


PARTS: dict[str, Callable[[Meeting, Person], object]] = {
    "start": lambda meeting, _: meeting.session.events.start,
    "event": lambda meeting, _: meeting.session.events.id,
    "revision": lambda meeting, _: meeting.session.revision,
    "you": lambda _, person: person.as_json(),
    "people": lambda meeting, _: meeting.here(),
    "links": lambda meeting, person: meeting.links() if person.may(ROLES[-1]) else None,
    "portfolio": lambda meeting, _: _portfolio(meeting, _usable(meeting)),
    "words": lambda meeting, _: words(meeting.session.now.loaded.model),
    "scale": lambda meeting, _: list(meeting.session.now.loaded.model.scoring.scale) or None,
    "score": lambda meeting, _: _score(meeting),
    "fields": lambda meeting, _: fields(meeting.session.now.loaded.model),
    "epics": lambda meeting, _: _epics(meeting),
    "value_streams": lambda meeting, _: _records(meeting, "value_streams"),
    "guardrails": lambda meeting, _: _records(meeting, "guardrails"),
    "settings": lambda meeting, _: _settings(meeting.session.raw),
    "settings_edited": lambda meeting, _: [at[1] for at in meeting.session.pending.cells if at[0] == "settings"],
    "findings": lambda meeting, _: meeting.session.findings_json(),
    "plan": lambda meeting, _: _plan(meeting),
    "agreed": lambda meeting, _: _agreed(meeting),
    "job": lambda meeting, _: meeting.planning.job_json(),
    "unsaved": lambda meeting, _: meeting.session.unsaved,
    "untaken": lambda meeting, _: meeting.untaken(),
    "votes": lambda meeting, _: meeting.votes_json(),
    "focus": lambda meeting, _: meeting.focus,
    "decisions": lambda meeting, _: list(meeting.decisions),
    "file": lambda meeting, _: meeting.file_json(),
}
"""Each part of the state, with what makes it."""
