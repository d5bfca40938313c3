"""The session: one open portfolio with everybody's edits in it; a copy of file and journal, which are the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Json, Raw
from portfolio.edits.address import Address, held, path_of
from portfolio.edits.figure_names import Unknown
from portfolio.engine.edit import Edited, Opened, RefusedError, edited, new_epic, read_value, with_values
from portfolio.engine.rank import rank
from portfolio.errors import WrongUseError
from portfolio.scoring import Ranking
from portfolio.web.asked import request_of, revision_of
from portfolio.web.changes import Edit, Last, Pending, address_of, ranking_rows, unsaved_lines
from portfolio.web.events import Events
from portfolio.web.journal import Journal, Line
from portfolio.web.people import Person
from portfolio.web.problem import Problem

MOST_EDITS = 10_000
KEPT_REQUESTS = 10_000


@dataclass(frozen=True)
class Accepted:
    """What came of a request: its status and its answer."""

    status: int
    answer: Mapping[str, object]


@dataclass
class Session:
    """One portfolio that is open: what the file holds, what people changed since, and which revision that is."""

    path: Path
    opened: Opened
    journal: Journal
    events: Events
    revision: int = 0
    pending: Pending = field(default_factory=Pending)
    last: dict[Address, Last] = field(default_factory=dict)
    log: list[tuple[int, str, tuple[Edit, ...]]] = field(default_factory=list)
    """Each revision with who made it and what it changed."""
    untaken: list[Line] = field(default_factory=list)
    """What an earlier run accepted and nobody saved: it waits for somebody to take it or leave it."""
    votes: list[dict[str, object]] = field(default_factory=list)
    """Votes that were taken and are not on the sheet Votes yet."""
    decisions: list[dict[str, object]] = field(default_factory=list)
    """Decisions that are not on the sheet Decisions yet."""
    _answers: dict[str, Accepted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base: Raw = self.opened.raw
        self.raw: Raw = self.base
        self.now: Edited = edited(self.opened, self.raw, ())
        self.ranking = self._ranked()

    def begin(self) -> None:
        """Finds what an earlier meeting left in the journal, else begins it."""
        self.untaken = [line for line in unsaved_lines(self.journal.lines) if line.get("edits") or line.get("epics")]
        if not self.untaken:
            self.journal.begin()

    def edit(self, person: Person, body: Mapping[str, object]) -> Accepted:
        """Takes edits: every cell that can be taken is, on the disk before anybody hears of it."""
        request = request_of(body)
        if (known := self._answers.get(request)) is not None:
            return known
        edits = body.get("edits")
        if not isinstance(edits, list) or not edits:
            raise Problem(422, "The request brings no edits.", "Change a cell first.")
        if len(edits) > MOST_EDITS:
            raise Problem(413, f"The request brings {len(edits):,} edits.", f"Send at most {MOST_EDITS:,} at once.")
        seen = revision_of(body.get("seen"), "seen")
        taken, conflicts, refused = self._sorted(person, seen, edits)
        if not taken:
            answer = {"revision": self.revision, "taken": [], "conflicts": conflicts, "refused": refused, "ranking": []}
            return Accepted(409 if conflicts else 422, answer)
        rows = self._accept(person, request, taken)
        answer = {
            "revision": self.revision,
            "taken": [{"at": list(edit.at), "to": edit.to} for edit in taken],
            "conflicts": conflicts,
            "refused": refused,
            "ranking": rows,
        }
        return self._remember(request, Accepted(200, answer))

    def undo(self, person: Person, body: Mapping[str, object]) -> Accepted:
        """Takes somebody's last edit back with a new one, as far as its cells still hold it; else who changed them is said."""
        request = request_of(body)
        if (known := self._answers.get(request)) is not None:
            return known
        found = next((entry for entry in reversed(self.log) if entry[1] == person.id), None)
        if found is None:
            raise Problem(422, "There is nothing of yours to take back.", "Change a cell first.")
        back, conflicts = [], []
        for edit in reversed(found[2]):
            now = self._value(edit.at)
            if now == edit.to:
                back.append(Edit(edit.at, now, edit.was))
            elif edit.at in self.last:
                conflicts.append(self.last[edit.at].conflict(edit.at))
        self.log.remove(found)
        if not back:
            answer = {"revision": self.revision, "taken": [], "conflicts": conflicts, "refused": [], "ranking": []}
            return Accepted(409, answer)
        rows = self._accept(person, request, back, undoes=found[0])
        taken = [{"at": list(edit.at), "to": edit.to} for edit in back]
        answer = {"revision": self.revision, "taken": taken, "conflicts": conflicts, "refused": [], "ranking": rows}
        return self._remember(request, Accepted(200, answer))

    def add_epic(self, person: Person, body: Mapping[str, object]) -> Accepted:
        """Adds an epic at the end, with its first fields."""
        request = request_of(body)
        if (known := self._answers.get(request)) is not None:
            return known
        name, fields = body.get("id"), body.get("fields")
        if not isinstance(name, str):
            raise Problem(422, "An epic needs an ID.", "Enter a short unique name, such as EP-1.")
        try:
            raw, _ = new_epic(self.raw, name)
            found = [
                Edit(("epics", name.strip(), field), None, read_value(raw, ("epics", name.strip(), field), value)[1])
                for field, value in (fields.items() if isinstance(fields, dict) else ())
            ]
        except RefusedError as why:
            raise Problem(422, why.message, why.fix) from None
        except Unknown as why:
            raise Problem(422, f"{why.what} {why.rule}", why.fix) from None
        rows = self._accept(person, request, found, epics=[name.strip()])
        answer = {"revision": self.revision, "id": name.strip(), "ranking": rows}
        return self._remember(request, Accepted(201, answer))

    def _sorted(
        self, person: Person, seen: int, edits: Sequence[object]
    ) -> tuple[list[Edit], list[dict[str, object]], list[dict[str, object]]]:
        """The edits that are taken, those in conflict with what somebody else said since, and those that are refused."""
        taken, conflicts, refused = dict[Address, Edit](), list[dict[str, object]](), list[dict[str, object]]()
        for edit in edits:
            at = edit.get("at") if isinstance(edit, dict) else None
            address = tuple(at) if isinstance(at, list) and all(isinstance(step, str) for step in at) else ()
            try:
                path, value = read_value(self.raw, address, edit.get("to") if isinstance(edit, dict) else None)
                address = address_of(self.raw, address, path)
                self._refuse_formula(path)
            except RefusedError as why:
                refused.append({"at": at, "message": why.message, "fix": why.fix})
                continue
            except Unknown as why:
                refused.append({"at": at, "message": f"{why.what} {why.rule}", "fix": why.fix})
                continue
            last = self.last.get(address)
            if last is not None and last.revision > seen and last.by != person.id and last.value != value:
                conflicts.append(last.conflict(address))
            else:
                taken[address] = Edit(address, held(self.raw, path), value)
        return list(taken.values()), conflicts, refused

    def _refuse_formula(self, path: FieldPath) -> None:
        if path in self.formulas:
            raise RefusedError(
                f"{self.formulas[path]} holds a formula.",
                "Change what it refers to, or the formula itself in the workbook.",
            )

    @property
    def formulas(self) -> Mapping[FieldPath, str]:
        """The cells that hold formulas, each with its place; they are shown and closed."""
        return {}

    def _accept(
        self,
        person: Person,
        request: str,
        edits: Sequence[Edit],
        *,
        epics: Sequence[str] = (),
        undoes: int | None = None,
    ) -> list[dict[str, object]]:
        """Builds, writes to the disk, and only then makes it everybody's; gives the rows of the ranking that changed."""
        when = datetime.now().strftime("%H:%M")
        raw = self.raw
        for name in epics:
            raw, _ = new_epic(raw, name)
        raw = with_values(raw, [(path_of(raw, edit.at), edit.to) for edit in edits])
        pending = [*self.pending.cells, *(edit.at for edit in edits)]
        now = edited(self.opened, raw, {path_of(raw, at) for at in pending})
        line: Line = {
            "revision": self.revision + 1,
            "at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "by": person.name,
            "who": person.id,
            "request": request,
            "edits": [edit.as_json() for edit in edits],
            **({"epics": list(epics)} if epics else {}),
            **({"undoes": undoes} if undoes is not None else {}),
        }
        self.write(line)
        self.revision += 1
        self._take(edits, person.id, person.name, when, epics)
        if undoes is None:
            self.log.append((self.revision, person.id, tuple(edits)))
        return self._show(raw, now, person, when, edits)

    def write(self, line: Line) -> None:
        """Puts a line into the journal; raises Problem where the disk does not take it, and then nothing is accepted."""
        if self.untaken:
            raise Problem(
                423,
                f"{len(self.untaken)} unsaved requests of an earlier meeting wait.",
                "Take them over or leave them first.",
            )
        try:
            self.journal.append(line)
        except OSError as error:
            raise Problem(
                507,
                f"{self.journal.path.name} cannot be written: {error.strerror or error}.",
                "Free some space and try again.",
            ) from None

    def _take(self, edits: Iterable[Edit], by: str, name: str, when: str, epics: Sequence[str] = ()) -> None:
        """Remembers who changed what."""
        edits = list(edits)
        self.pending.epics += epics
        self.pending.add(edits, name)
        for edit in edits:
            self.last[edit.at] = Last(self.revision, by, name or "somebody", when, edit.to)

    def _show(
        self, raw: Raw, now: Edited, person: Person | None, when: str, edits: Iterable[Edit]
    ) -> list[dict[str, object]]:
        """Makes a new state everybody's, and tells what changed."""
        before = self.ranking
        self.raw, self.now = raw, now
        self.ranking = self._ranked()
        rows = ranking_rows(self.ranking, before)
        self.events.publish(
            "edited",
            {
                "revision": self.revision,
                "by": None if person is None else {"id": person.id, "name": person.name},
                "when": when,
                "edits": [edit.as_json() for edit in edits],
                "ranking": rows,
                "findings": [finding.as_json() for finding in now.loaded.findings],
                "unsaved": self.unsaved,
            },
        )
        return rows

    @property
    def unsaved(self) -> int:
        """How much is not in the file yet."""
        return len(self.pending) + len(self.decisions) + bool(self.votes)

    def _value(self, at: Address) -> Json:
        try:
            return held(self.raw, path_of(self.raw, at))
        except Unknown:
            return None

    def _ranked(self) -> Ranking | None:
        """The ranking, as far as there is one."""
        loaded = self.now.loaded
        if loaded.portfolio is None and loaded.rankable is None:
            return None
        try:
            return rank(loaded, partly=True)
        except WrongUseError:
            return None

    def _remember(self, request: str, accepted: Accepted) -> Accepted:
        while len(self._answers) >= KEPT_REQUESTS:
            del self._answers[next(iter(self._answers))]
        self._answers[request] = accepted
        return accepted
