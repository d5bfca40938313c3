"""The whole difference between two portfolios, with its words: the changes, and what they do to ranking and plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as beside
from typing import Literal

from pydantic import BaseModel

from portfolio.domain import Finding, Portfolio
from portfolio.domain.json_form import json_form
from portfolio.domain.wording import labelled
from portfolio.operating_model.vocabulary import Vocabulary
from portfolio.results.entry_words import both_words, entry_words, record_words
from portfolio.results.plan_difference import PlanEffect
from portfolio.results.tables import run
from portfolio.results.tables.differences import DIFFERENCES, PLAN_CHANGES, RANK_CHANGES
from portfolio.scoring import Ranking
from portfolio.tabular import FilledTable, TabularResult

Kind = Literal["setting", "epic", "value stream", "capacity", "budget", "dependency", "guardrail", "outcome"]
KINDS = {"setting": "settings", "capacity": "capacity",
         "budget": "budget", "dependency": "dependencies", "guardrail": "guardrails", "outcome": "outcomes"}  # fmt: skip
"""What differs in the plural, where the operating model has no word of its own for it."""


@dataclass(frozen=True)
class DifferenceLine:
    """One thing that differs between two portfolios.

    `id` is the epic's or value stream's ID, the guardrail's name, the setting's field or `E6 -> E3`, spelt as in the
    second portfolio. `at` says more exactly where: `value stream` for an effort, `period` for capacity and budget,
    `predecessor` and `successor` for a dependency. `field` is the JSON field; null where a record was added or removed
    as a whole, which then stands in `after` or `before`. `place_a` and `place_b` are the cells (in JSON, the fields) of
    the two files.
    """

    kind: Kind
    change: Literal["added", "removed", "renamed", "changed"]
    id: str
    at: Mapping[str, str]
    field: str | None
    before: object
    after: object
    place_a: str | None
    place_b: str | None
    heading: str = beside(default="", kw_only=True)
    """The field as people know it."""
    label: str = beside(default="", kw_only=True)
    """The thing as people say it: an ID with its title."""
    shares: tuple[bool, bool] = beside(default=(False, False), kw_only=True)
    """Whether the value before and the one after are shares."""

    @property
    def what(self) -> str:
        """What differs; nothing for a setting, whose field says it."""
        return "" if self.kind == "setting" and self.field is not None else self.label

    @property
    def how(self) -> str:
        """The field that differs; for a whole record, whether it was added or removed."""
        if self.field is None:
            return self.change
        return f"{self.heading}, renamed" if self.change == "renamed" else self.heading

    @property
    def sides(self) -> tuple[str, str]:
        """What stood there before and stands there after, as people write it."""
        if self.field is not None:
            return both_words(self.before, self.after, self.shares)
        record = self.before if self.after is None else self.after
        words = record_words(record) if isinstance(record, BaseModel) else entry_words(record)
        return ("-", words) if self.change == "added" else (words, "-")

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format."""
        hidden = {"heading", "label", "shares"}
        return {name: json_form(value) for name, value in vars(self).items() if name not in hidden}


@dataclass(frozen=True)
class RankLine:
    """One epic that the change moved, or whose score it changed.

    Of the places between `rank_before` and `rank_after`, `by_own_score` are what its new score alone would have done, with
    every other epic as it was, and `by_others` the rest; up is positive, null where the epic is not ranked on both sides
    or the two are ranked by different methods. `own_score_changed` is about the score that the ranking sorts by.
    """

    id: str
    title: str | None
    change: Literal["new", "vanished", "changed"]
    rank_before: int | None
    rank_after: int | None
    wsjf_before: float | None
    wsjf_after: float | None
    cd3_before: float | None
    cd3_after: float | None
    own_score_changed: bool
    by_own_score: int | None
    by_others: int | None

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return labelled(self.id, self.title)

    @property
    def only_passed(self) -> bool:
        """Whether it moves only because others do."""
        return self.change == "changed" and not self.own_score_changed

    def scores(self, before: Ranking, after: Ranking) -> tuple[float | None, float | None]:
        """What it scores by the method of either ranking."""
        return (
            self.wsjf_before if before.method == "wsjf" else self.cd3_before,
            self.wsjf_after if after.method == "wsjf" else self.cd3_after,
        )

    def as_json(self) -> dict[str, object]:
        """The line in the published JSON format."""
        return asdict(self)


@dataclass(frozen=True, repr=False)
class Difference(TabularResult):
    """What changed from portfolio `a` to portfolio `b`, and what that does to ranking and plan.

    `changes` is null where one of the two could not be read, `ranking` and `plan` where there are errors; `plan` is null
    also where nothing changed, nothing was to be planned, or one of the two has no value streams with capacity.
    """

    a: str
    b: str
    before: Portfolio | None
    after: Portfolio | None
    words: Vocabulary
    changes: tuple[DifferenceLine, ...] | None = None
    rankings: tuple[Ranking, Ranking] | None = None
    ranking: tuple[RankLine, ...] | None = None
    plan: PlanEffect | None = None
    findings: tuple[Finding, ...] = ()
    rights: str = ""
    """Who may decide what changed, and when next."""

    @property
    def summary(self) -> str:
        """How many changes there are, and in what."""
        if self.changes is None:
            return f"{self.a} and {self.b} cannot be compared before the errors are mended."
        if not self.changes:
            return "No difference."
        counts = Counter(line.kind for line in self.changes)
        kinds = ", ".join(f"{count} in {self.kind_words(kind)}" for kind, count in counts.items())
        word = "change" if len(self.changes) == 1 else "changes"
        return f"From {self.a} to {self.b}: {len(self.changes)} {word} ({kinds})."

    @property
    def headline(self) -> str:
        """How many changes there are, and what may be claimed of their effect on the plan."""
        claims = "" if self.plan is None else self.plan.claims(self.a, self.b).replace("\n", " ")
        return " ".join(filter(None, [self.summary, self.ranking_note, self.plan_note, claims]))

    def filled_tables(self) -> tuple[FilledTable, ...]:
        """Everything that differs, then what that does to the ranking and the plan."""
        moved = () if self.plan is None else self.plan.epics
        return (
            DIFFERENCES.filled(self._change_rows),
            RANK_CHANGES.filled(lambda: ({"epic": line.id, **vars(line)} for line in self.ranking or ())),
            PLAN_CHANGES.filled(lambda: ({"epic": line.id, **vars(line)} for line in moved)),
            run.FINDINGS.filled(lambda: run.findings(self.findings)),
        )

    def _change_rows(self) -> Iterator[Mapping[str, object]]:
        for number, line in enumerate(self.changes or (), 1):
            before, after = line.sides
            yield {
                **vars(line),
                "number": number,
                "what": line.what or None,
                "how": line.how,
                "before": None if line.before is None else before,
                "after": None if line.after is None else after,
            }

    @property
    def ranking_note(self) -> str:
        """Why there is no effect on the ranking to show; nothing where there is one."""
        if self.changes is None or self.ranking:
            return ""
        if self.ranking is None:
            return "Ranking and plan are not compared before the errors are mended."
        return "The ranking stays as it is." if self.changes else ""

    @property
    def plan_note(self) -> str:
        """Which portfolio cannot be planned, where that is why there is no effect on the plan to show."""
        if self.plan is not None or not self.changes or self.ranking is None or not self.before or not self.after:
            return ""
        unplanned = self.a if not self.before.can_plan else "" if self.after.can_plan else self.b
        many = self.words.value_stream.many
        return f"Plans are not compared: {unplanned} has no {many} with capacity." if unplanned else ""

    def kind_words(self, kind: Kind) -> str:
        """What differs in the plural, in the words of the operating model."""
        return {"epic": self.words.epic.many, "value stream": self.words.value_stream.many, **KINDS}[kind]

    @property
    def new_findings(self) -> list[Finding]:
        """Every error, and the warnings that only the second portfolio has."""
        known = Counter((finding.message, finding.fix) for finding in self.findings if _is_of(finding, self.a))
        return [
            finding
            for finding in self.findings
            if finding.severity == "error" or (_is_of(finding, self.b) and not known[finding.message, finding.fix])
        ]

    def as_json(self) -> dict[str, object]:
        """The difference in the published JSON format."""
        return {
            "format": 1,
            "a": self.a,
            "b": self.b,
            "changes": None if self.changes is None else [line.as_json() for line in self.changes],
            "ranking": None if self.ranking is None else [line.as_json() for line in self.ranking],
            "plan": None if self.plan is None else self.plan.as_json(),
            "findings": [finding.as_json() for finding in self.findings],
        }


def _is_of(finding: Finding, file: str) -> bool:
    return finding.place == file or finding.place.startswith(f"{file}, ")
