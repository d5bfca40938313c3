"""The session: one open portfolio with everybody's edits in it; a copy of file and journal, which are the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import has_errors
from portfolio.domain.finding import Path as FieldPath
from portfolio.domain.json_form import Json, Raw
from portfolio.edits.address import Address, held, path_of
from portfolio.edits.figure_names import Unknown
from portfolio.engine.edit import Edited, Opened, edited, new_epic, with_values
from portfolio.engine.mending import CellAddresses
from portfolio.engine.rank import rank
from portfolio.engine.save import Cell, Merged, Waiting, formulas
from portfolio.errors import WrongUseError
from portfolio.scoring import Ranking
from portfolio.web.changes import (
    Edit,
    Last,
    Pending,
    changed_cells,
    clock,
    moment,
    ranking_rows,
    unsaved_lines,
)
from portfolio.web.events import Events
from portfolio.web.journal import Journal, Line
from portfolio.web.people import Person
from portfolio.web.problem import Problem
from portfolio.web.rebasing import answered_before, applied, lasts, replayed, revision_after, settle

KEPT_REQUESTS = 10_000
KEPT_NAMES = 1_000
"""So many answered requests a later run still knows."""

if TYPE_CHECKING:
    from portfolio.results.answer import Answer


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
    content: bytes
    """The file's bytes as they were read."""
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
    scenarios: list[dict[str, object]] = field(default_factory=list)
    """Lines of what-ifs that were kept, for the sheet Scenarios."""
    told_of_formulas: set[str] = field(default_factory=set)
    """The places of formulas of which people heard that they keep their last results."""
    _changed: set[FieldPath] = field(default_factory=set)
    """The fields that are not as they were read."""
    _answers: dict[str, Accepted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.formulas = formulas(self.opened, self.content)
        self.base: Raw = self.opened.raw
        self.raw: Raw = self.base
        self.now: Edited = edited(self.opened, self.raw, ())
        self.ranking = self._ranked()

    def begin(self) -> None:
        """Finds what an earlier meeting left in the journal, else begins it."""
        self.revision = revision_after(self.journal.head, self.journal.lines)
        before = Accepted(200, {"revision": self.revision, "taken": [], "ranking": []})
        self._answers = dict.fromkeys(answered_before(self.journal.head), before)
        self.untaken = unsaved_lines(self.journal.lines)
        if not self.untaken:
            self.journal.begin()

    def accept(
        self,
        person: Person,
        request: str,
        edits: Sequence[Edit],
        *,
        epics: Sequence[str] = (),
        undoes: int | None = None,
    ) -> list[dict[str, object]]:
        """Builds, writes to the disk, and only then makes it everybody's; gives the rows of the ranking that changed."""
        when = clock()
        raw = self.raw
        for name in epics:
            raw, _ = new_epic(raw, name)
        raw = with_values(raw, [(path_of(raw, edit.at), edit.to) for edit in edits])
        changed = {*self._changed, *(path_of(raw, edit.at) for edit in edits)}
        now = edited(self.opened, raw, changed)
        line: Line = {
            "revision": self.revision + 1,
            "at": moment(),
            "by": person.name,
            "who": person.id,
            "request": request,
            "edits": [edit.as_json() for edit in edits],
            **({"epics": list(epics)} if epics else {}),
            **({"undoes": undoes} if undoes is not None else {}),
        }
        self.write(line)
        self.revision += 1
        self._changed = changed
        self._note(edits, person.id, person.name, when, epics)
        if undoes is None:
            self.log.append((self.revision, person.id, tuple(edits)))
        return self._show(raw, now, person, when, edits)

    def write(self, line: Line) -> None:
        """Puts a line into the journal; raises Problem where the disk does not take it, and then nothing is accepted."""
        self.refuse_untaken()
        try:
            self.journal.append(line)
        except OSError as error:
            raise Problem(
                507,
                f"{self.journal.path.name} cannot be written: {error.strerror or error}.",
                "Free some space and try again.",
            ) from None

    def refuse_untaken(self) -> None:
        """Raises Problem while nobody has said what becomes of an earlier meeting's edits."""
        if self.untaken:
            raise Problem(
                423,
                f"{len(self.untaken)} unsaved requests of an earlier meeting wait.",
                "Take them over or leave them first.",
            )

    def cells(self) -> list[Cell]:
        """The pending cells."""
        return [Cell(edit.at, edit.was, edit.to) for edit in self.pending.cells.values()]

    def waiting(self, answer: Answer | None) -> Waiting:
        """What waits to be saved besides the cells."""
        return Waiting(
            tuple(self.pending.epics), tuple(self.decisions), tuple(self.votes), tuple(self.scenarios), answer
        )

    def saved(self, opened: Opened, found: Merged, waiting: Waiting, dropped: Iterable[Address]) -> None:
        """After saving: the file holds what was written, and only the rest is pending."""
        for at in dropped:
            self.pending.cells.pop(at, None)
        if opened.reading.places is not None:
            self.decisions = [one for one in self.decisions if one not in waiting.decisions]
            self.votes = [one for one in self.votes if one not in waiting.votes]
            self.scenarios = [one for one in self.scenarios if one not in waiting.scenarios]
        self.rebase(opened, found.content, found.written)

    def rebase(self, opened: Opened, content: bytes, written: Iterable[Cell] = ()) -> None:
        """Puts what is pending on another content of the file; what changed by that is everybody's at once."""
        before = self.raw
        self.opened, self.content, self.base = opened, content, opened.raw
        self.formulas = formulas(opened, content)
        settle(self.pending, self.base, written)
        raw, changed = applied(self.base, self.pending)
        now, self._changed = edited(opened, raw, changed), changed
        self._begin_journal()
        edits = changed_cells(before, raw)
        if not edits:
            self.raw, self.now = raw, now
            return
        self.revision += 1
        when = clock()
        for edit in edits:
            self.last[edit.at] = Last(self.revision, "", self.path.name, when, edit.to)
        self._show(raw, now, None, when, edits)

    def take_over(self, *, take: bool) -> Accepted:
        """Takes over what an earlier meeting accepted and nobody saved; otherwise it is put aside under another name."""
        if not take:
            aside, self.untaken = self.journal.put_aside(), []
            return Accepted(200, {"revision": self.revision, "taken": [], "kept": aside.name})
        lines, self.untaken = self.untaken, []
        self.pending, self.decisions, self.votes, self.scenarios = replayed(lines)
        for line in lines:
            if line.get("request"):
                told = {"revision": line.get("revision"), "taken": line.get("edits"), "ranking": []}
                self.remember(str(line["request"]), Accepted(200, told))
        self.rebase(self.opened, self.content)
        self.last |= lasts(lines)
        taken = [edit.as_json() for edit in self.pending.cells.values()]
        return Accepted(200, {"revision": self.revision, "taken": taken})

    def _begin_journal(self) -> None:
        """Begins the journal anew with what is pending now, as of the file that was read last."""
        answered = list(self._answers)[-KEPT_NAMES:]
        self.journal.head |= {"sha256": self.opened.reading.sha256, "revision": self.revision + 1, "requests": answered}
        cells = [edit.as_json() for edit in self.pending.cells.values()]
        lines: list[Line] = []
        if cells or self.pending.epics:
            lines.append(
                {"revision": self.revision + 1, "at": moment(), "edits": cells, "epics": list(self.pending.epics)}
            )
        lines += [{**one, "kind": "decision", "decision": one["kind"]} for one in self.decisions]
        lines += [{"kind": "votes", "votes": self.votes}] if self.votes else []
        lines += [{"kind": "scenario", "scenarios": self.scenarios}] if self.scenarios else []
        try:
            self.journal.begin(lines)
        except OSError as error:
            raise Problem(507, f"{self.journal.path.name} cannot be written: {error}.", "Free some space.") from None

    def _note(self, edits: Iterable[Edit], by: str, name: str, when: str, epics: Sequence[str] = ()) -> None:
        """Remembers who changed what."""
        edits = list(edits)
        self.pending.epics += epics
        self.pending.add(edits, name)
        for edit in edits:
            if edit.was != edit.to:
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
                "findings": self.findings_json(),
                "unsaved": self.unsaved,
            },
        )
        return rows

    @property
    def unsaved(self) -> int:
        """How much is not in the file yet."""
        return len(self.pending) + len(self.decisions) + bool(self.votes) + bool(self.scenarios)

    @property
    def can_plan(self) -> bool:
        """Whether the figures of now can be planned."""
        portfolio = self.now.loaded.portfolio
        return portfolio is not None and portfolio.can_plan and not has_errors(self.now.loaded.findings)

    def findings_json(self) -> list[dict[str, object]]:
        """What is wrong, each with the cell that can be changed."""
        return CellAddresses(self.opened.reading, self.raw).findings(self.now.loaded.findings)

    def value_at(self, at: Address) -> Json:
        """What a cell holds now."""
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

    def known(self, request: str) -> Accepted | None:
        """The answer to a request that came before."""
        return self._answers.get(request)

    def remember(self, request: str, accepted: Accepted) -> Accepted:
        """Keeps an answer, so that the same request twice is one."""
        while len(self._answers) >= KEPT_REQUESTS:
            del self._answers[next(iter(self._answers))]
        self._answers[request] = accepted
        return accepted
