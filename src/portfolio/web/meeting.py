"""The meeting: the open portfolio, the people, the plan, votes, decisions, and where everybody looks."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from portfolio.engine.plan import previous_plan
from portfolio.errors import PortfolioError
from portfolio.web.changes import moment
from portfolio.web.disk import Disk
from portfolio.web.editing import edit
from portfolio.web.people import ROLES, People, Person
from portfolio.web.planning import Planning
from portfolio.web.problem import Problem
from portfolio.web.session import Accepted, Session
from portfolio.web.settings import Settings
from portfolio.web.texts import Kept
from portfolio.web.votes import Votes

AWAY_SECONDS = 45.0
WATCH_SECONDS = 2.0
LONGEST_REASON = 10_000
DECISIONS = ("approved", "overrode", "stopped", "pivoted", "persevered", "noted", "changed guardrail", "moved budget")
"""What can be decided, in the words of the record of decisions."""


@dataclass
class Meeting:
    """Everything that is shared by those who take part."""

    settings: Settings
    people: People
    session: Session
    planning: Planning
    disk: Disk
    votes: Votes = field(default_factory=Votes)
    focus: Mapping[str, object] | None = None
    decisions: list[Mapping[str, object]] = field(default_factory=list)
    drawn: Kept = field(default_factory=Kept)
    """The views as everybody gets them."""
    _seen: dict[str, tuple[Person, float]] = field(default_factory=dict)

    def saw(self, person: Person) -> None:
        """Remembers that somebody is here; everybody hears of who is new."""
        known = self._seen.get(person.id)
        self._seen[person.id] = (person, time.monotonic())
        if known is None or known[0] != person:
            self.session.events.publish("people", {"people": self.here()})

    def here(self) -> list[dict[str, str]]:
        """Who is here."""
        now = time.monotonic()
        return [person.as_json() for person, seen in self._seen.values() if now - seen < AWAY_SECONDS]

    def links(self) -> dict[str, str]:
        """The three links, for those who may give them away."""
        return {role: self.settings.address(f"/join?key={self.people.keys[role]}") for role in ROLES}

    def untaken(self) -> dict[str, object] | None:
        """What an earlier meeting left unsaved, in a few figures."""
        lines = self.session.untaken
        if not lines:
            return None
        edits = sum(len(found) for line in lines if isinstance(found := line.get("edits"), list))
        return {"requests": len(lines), "edits": edits, "since": lines[0].get("at"), "until": lines[-1].get("at")}

    def file_json(self) -> dict[str, object]:
        """The file: its name, what it was when it was read, and what is the matter with it."""
        return {"name": self.session.path.name, "sha256": self.session.opened.reading.sha256, **self.disk.as_json()}

    def edited(self, accepted: Accepted, *, seek: bool = True) -> Accepted:
        """After something was accepted: the plan follows, unless only scores were entered."""
        if accepted.status < 300:
            self.planning.edited(seek=seek and not self._only_scores(accepted))
        return accepted

    def _only_scores(self, accepted: Accepted) -> bool:
        from portfolio.engine.edit import scored_by

        taken = accepted.answer.get("taken")
        scores = {*scored_by(self.session.now.loaded)}
        cells = [one["at"] for one in taken] if isinstance(taken, list) else []
        return bool(cells) and all(at[0] == "epics" and at[2] in scores for at in cells)

    def look_at(self, person: Person, body: Mapping[str, object]) -> None:
        """Somebody shows everybody where they are; nothing is stored."""
        at = body.get("at")
        if at is not None and (
            not isinstance(at, list)
            or len(at) > 5
            or not all(isinstance(step, str) and len(step) <= 1_000 for step in at)
        ):
            raise Problem(422, "This is no place on the page.", "Name a cell or a view.")
        self.focus = None if at is None else {"by": person.as_json(), "at": at}
        self.session.events.publish("focus", {"by": person.as_json(), "at": at})

    def vote(self, person: Person, body: Mapping[str, object]) -> Mapping[str, object] | None:
        """Somebody picks a value in secret."""
        from portfolio.edits.figure_names import Unknown
        from portfolio.engine.edit import RefusedError, read_value, scored_by

        epic, name = body.get("epic"), body.get("field")
        if not isinstance(epic, str) or not isinstance(name, str) or name not in scored_by(self.session.now.loaded):
            raise Problem(422, "This is no score of an epic.", "Vote on a column of the Score view.")
        try:
            _, value = read_value(self.session.raw, ("epics", epic, name), body.get("value"))
        except RefusedError as why:
            raise Problem(422, why.message, why.fix) from None
        except Unknown as why:
            raise Problem(422, f"{why.what} {why.rule}", why.fix) from None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Problem(422, "A vote is a number.", "Pick a value of the scale.")
        self.votes.pick(person, epic, name, float(value))
        return self.tell_votes()

    def reveal(self) -> Mapping[str, object] | None:
        """All votes are shown, without names."""
        self.votes.reveal(self.session.now.loaded.model.scoring.scale)
        return self.tell_votes()

    def tell_votes(self) -> Mapping[str, object] | None:
        """Tells everybody where the vote stands."""
        told = self.votes_json()
        self.session.events.publish("votes", {"votes": told})
        return told

    def votes_json(self) -> Mapping[str, object] | None:
        """Where the vote stands."""
        voters = sum(one["role"] != "look" for one in self.here())
        return self.votes.as_json(voters, self.session.now.loaded.model.scoring.scale)

    async def save(self, body: Mapping[str, object]) -> Accepted:
        """Puts what is pending into the file, with the shown plan's result sheets where they are asked for."""
        answer = None
        if body.get("results"):
            shown = self.planning.shown
            if shown is None or shown.answer.plan is None or shown.of_revision != self.session.revision:
                raise Problem(409, "The plan is not of these figures yet.", "Plan again, or save without results.")
            answer = shown.answer
        before = self.session.revision
        saved = await self.disk.save(body, answer)
        if self.session.revision != before:
            self.planning.edited(seek=False)
        return saved

    def take_over(self, *, take: bool) -> Accepted:
        """Takes over what an earlier meeting left unsaved, or puts it aside."""
        if not self.session.untaken:
            raise Problem(404, "No earlier meeting left anything unsaved.", "Go on.")
        found = self.session.take_over(take=take)
        self.decisions = list(self.session.decisions)
        return found

    def take_vote(self, person: Person, body: Mapping[str, object]) -> Accepted:
        """Sets the score that was agreed on, and keeps the votes for the sheet Votes."""
        if not self.votes.epic or not self.votes.revealed:
            raise Problem(409, "There are no votes to take.", "Reveal the votes first.")
        epic, name, picks = self.votes.epic, self.votes.field_name, self.votes.picks
        value = body.get("value")
        request = {**body, "seen": self.session.revision, "edits": [{"at": ["epics", epic, name], "to": value}]}
        accepted = edit(self.session, person, request)
        if accepted.status == 200:
            rows = [{"epic": epic, "scorer": who, "field": name, "value": picks[who]} for who in picks]
            self.session.write({"kind": "votes", "at": moment(), "votes": rows})
            self.session.votes += rows
            self.votes.clear()
            self.tell_votes()
        return accepted

    def decide(self, person: Person, body: Mapping[str, object]) -> Mapping[str, object]:
        """Records a decision: what, about what, who, why, and what it costs; the journal has it before anybody hears of it."""
        kind, subject, because = body.get("kind"), body.get("subject"), body.get("because") or ""
        if kind not in DECISIONS:
            raise Problem(422, "This is no decision that is recorded.", f"Use one of {', '.join(DECISIONS)}.")
        if not isinstance(subject, str) or not subject.strip() or len(subject) > 1_000:
            raise Problem(422, "The decision is about nothing.", "Name an epic, the plan or the portfolio.")
        if not isinstance(because, str) or len(because) > LONGEST_REASON:
            raise Problem(422, "The reason is no text, or too long.", f"Write at most {LONGEST_REASON:,} letters.")
        request = body.get("request")
        if not isinstance(request, str) or not 0 < len(request) <= 100:
            raise Problem(422, "The request has no name of its own.", "Reload the page.")
        known = next((one for one in self.decisions if one["request"] == request), None)
        if known is not None:
            return known
        shown = self.planning.shown
        outcome = None if shown is None else shown.answer.outcome
        decision: dict[str, object] = {
            "at": moment(),
            "by": person.name,
            "kind": kind,
            "subject": subject.strip(),
            "because": because.strip(),
            "price": _price(body.get("price")),
            "unit": self.session.now.loaded.portfolio.value_unit if self.session.now.loaded.portfolio else "",
            "revision": self.session.revision,
            "value": None if outcome is None else outcome.value,
            "gap": None if outcome is None else outcome.gap,
            "request": request,
        }
        self.session.write(
            {"kind": "decision", **{key: value for key, value in decision.items() if key != "kind"}, "decision": kind}
        )
        self.decisions.append(decision)
        self.session.decisions.append(decision)
        self.session.events.publish("decided", decision)
        return decision

    def begin(self) -> asyncio.Task[None]:
        """Begins to watch the file and seeks a first plan, once the server runs."""
        if self.planning.shown is None:
            self.planning.plan_again()
        return asyncio.get_running_loop().create_task(self._watch())

    def end(self) -> None:
        """Ends what runs, and tells everybody."""
        self.session.events.close()
        self.planning.close()
        self.session.journal.close(remove=not self.session.unsaved and not self.session.untaken)

    async def _find_agreed(self) -> None:
        """Takes the plan in the file for the agreed one, where there is one and no other was named."""
        planning, session, loop = self.planning, self.session, asyncio.get_running_loop()
        if planning.agreed_plan is not None or not session.can_plan:
            return
        loaded = session.now.loaded
        with contextlib.suppress(PortfolioError):
            planning.agree(loaded, await loop.run_in_executor(None, previous_plan, session.path, loaded))
            planning.tell_planned()

    def _tell_who_left(self) -> None:
        """Everybody hears of it when somebody is no longer here."""
        here = {person["id"] for person in self.here()}
        left = [name for name in self._seen if name not in here]
        for name in left:
            del self._seen[name]
        if left:
            self.session.events.publish("people", {"people": self.here()})

    async def _watch(self) -> None:
        """Looks at the file every two seconds, as long as the server runs."""
        await self._find_agreed()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            self._tell_who_left()
            if await self.disk.look():
                self.planning.edited(seek=True)


def _price(price: object) -> dict[str, float | None]:
    if isinstance(price, Mapping):
        return {name: _amount(price.get(name)) for name in ("at_least", "at_most")}
    return {"at_least": _amount(price), "at_most": _amount(price)}


def _amount(value: object) -> float | None:
    return None if isinstance(value, bool) or not isinstance(value, int | float) else float(value)
