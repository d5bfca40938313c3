"""The view Ranking: every epic by rank, those that start above the cut line, those that wait and those that cannot be ranked below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import ClassVar, Literal

from portfolio.results.epic_decisions import EpicLine
from portfolio.results.roadmap import largest_streams
from portfolio.results.simulated.ranks import RankLine
from portfolio.results.views.kept_dates import kept_chances, kept_words
from portfolio.results.views.shown import Missing, Shown
from portfolio.results.views.view import View
from portfolio.scoring import RankedEpic
from portfolio.scoring.ranking import METHOD_WORDS

Group = Literal["starts", "waits", "ranked", "not scored"]
"""On which side of the cut line an epic stands; `ranked` where nothing was planned."""
ORDER: tuple[Group, ...] = ("starts", "ranked", "waits", "not scored")
CHANCES = ("ranks", "funded", "kept")
"""What a row says of how sure it is."""
RANKS_HEADING = "Ranks in 80 of 100"
"""What stands above the ranks that an epic takes in most futures."""
SAME_SCORE = 9
"""Digits by which two scores are told apart: scores of one band were computed from the same figures in another order."""


@dataclass(frozen=True)
class RankingRow:
    """One epic; `share` is its score as a part of the highest one, `band` the number of the band of equal scores it is in.

    `first` and `last` are periods counted from 0. What only a plan can say is None without one. `ranks` are those that it
    takes in 80 of 100 futures, `funded` is the chance to be among as many as the plan funds, and `kept` the chance that its
    date is kept in the plan; blank where nothing moves them.
    """

    id: str
    label: str
    title: str | None
    group: Group
    rank: int | None
    score: float | None
    share: float | None
    band: int | None
    cost_of_delay: float | None
    duration: float | None
    value_stream: str | None
    decision: str | None
    commitment: str | None
    start: str | None
    finish: str | None
    first: int | None
    last: int | None
    value: float | None
    delay_cost: float | None
    spend: float | None
    why: str
    reason: str
    ranks: str = ""
    funded: str = ""
    kept: str = ""


@dataclass(frozen=True)
class RankingView(View):
    """All epics in the order of their groups, each group by rank."""

    name: ClassVar[str] = "ranking"
    title: ClassVar[str] = "Ranking"

    headings: dict[str, str]
    score: str | None
    value_unit: str | None
    money_unit: str | None
    periods: tuple[str, ...]
    counts: dict[str, int]
    cut: str
    rows: tuple[RankingRow, ...]
    rights: str
    sure: tuple[str, ...] = ()
    """How sure the ranking is, in sentences; none where nothing moves it."""
    top: str = ""
    """What the chance to be funded is the chance of: among the first so many; blank where nothing says how many."""

    kept: str = ""
    """What the chances of dates mean, in a sentence; blank where nothing is uncertain."""

    ranks_heading: ClassVar[str] = RANKS_HEADING

    @property
    def uncertain(self) -> bool:
        """Whether anything is known of how sure the ranking or its plan is."""
        return bool(self.sure or self.kept)

    def of(self, group: Group) -> tuple[RankingRow, ...]:
        """The epics on one side of the cut line."""
        return tuple(row for row in self.rows if row.group == group)

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        return {
            "headings": self.headings,
            "score": self.score,
            "value_unit": self.value_unit,
            "money_unit": self.money_unit,
            "periods": list(self.periods),
            "counts": self.counts,
            "cut": self.cut,
            "rows": [self._row(row) for row in self.rows],
            "rights": self.rights,
            **(
                {"sure": list(self.sure), "ranks": RANKS_HEADING, "top": self.top, "kept": self.kept}
                if self.uncertain
                else {}
            ),
        }

    def _row(self, row: RankingRow) -> dict[str, object]:
        """A row as JSON has it; how sure it is only where that is known of any."""
        return {name: value for name, value in asdict(row).items() if self.uncertain or name not in CHANCES}


def ranking_view(shown: Shown) -> RankingView:
    """The ranking, with what the plan does of it where there is a plan."""
    answer, words = shown.planned, shown.model.vocabulary
    rows = _rows(shown)
    counts = Counter(row.group for row in rows)
    method = METHOD_WORDS[shown.ranking.method]
    scored = any(row.score is not None for row in rows)
    shape = shown.ranking.shape
    missing = None if rows else Missing(f"There are no {words.epic.many} yet.", f"Add the first {words.epic.one}.")
    rights = "" if shape else shown.model.decision_rights_text("order epics", portfolio=shown.portfolio)
    return RankingView(
        headline=shown.ranking.headline if answer is None else answer.headline,
        missing=missing,
        headings=shown.headings,
        score=(shape.score if shape else method) if scored else None,
        value_unit=shown.portfolio.value_unit if answer is not None and answer.shows_value else None,
        money_unit=shown.portfolio.money_unit if answer is not None and answer.shows_money else None,
        periods=shown.portfolio.calendar.periods if answer is not None else (),
        counts={group: counts[group] for group in ORDER if counts[group]},
        cut=_cut(shown, counts),
        rows=rows,
        rights=" ".join(filter(None, [answer.order_words if answer is not None else "", rights])),
        sure=() if shown.ranks is None else (f"In {shown.ranks.study.words}:", *shown.ranks.sentences),
        top="" if shown.ranks is None else shown.ranks.top_words,
        kept=kept_words(shown, "Date kept"),
    )


def _cut(shown: Shown, counts: Counter[Group]) -> str:
    """What stands on the cut line: how many start, how many wait, how many are not scored."""
    start = shown.model.vocabulary.start
    said = [
        *([f"{counts['starts']} {start.counted(counts['starts'])}"] if shown.planned is not None else []),
        *([f"{counts['ranked']} ranked"] if counts["ranked"] else []),
        *([f"{counts['waits']} wait{'s' if counts['waits'] == 1 else ''}"] if counts["waits"] else []),
        *([f"{counts['not scored']} not scored"] if counts["not scored"] else []),
    ]
    return ", ".join(said)


def _rows(shown: Shown) -> tuple[RankingRow, ...]:
    answer = shown.planned
    lines = {line.id: line for line in answer.epics} if answer is not None else {}
    ages = {line.id: line.age_words for line in answer.running if line.age_words} if answer is not None else {}
    streams = largest_streams(answer.measured.work) if answer is not None else {}
    scores = {epic.id: _score(epic, shown.ranking.method) for epic in shown.ranking.epics}
    highest = max((score for score in scores.values() if score is not None), default=0.0)
    bands = _bands(scores.values())
    moved = {} if shown.ranks is None else {line.id: line for line in shown.ranks.lines}
    rows = [
        _row(
            shown, epic, lines.get(epic.id), streams.get(epic.id), scores[epic.id], highest, bands
        )
        for epic in shown.ranking.epics
    ]  # fmt: skip
    rows = [replace(row, why=f"{row.why}, {ages[row.id]}") if row.id in ages and row.why else row for row in rows]
    rows = [_moved(row, moved[row.id]) if row.id in moved else row for row in rows]
    kept = kept_chances(shown)
    rows = [replace(row, kept=kept[row.id]) if row.id in kept else row for row in rows]
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.group)))


def _moved(row: RankingRow, line: RankLine) -> RankingRow:
    """The same with the ranks that the epic takes in most futures, and its chance to be funded."""
    ranks = str(line.p10) if line.p10 == line.p90 else f"{line.p10} to {line.p90}"
    return replace(row, ranks=ranks, funded="" if line.in_top is None else line.in_top.words)


def _row(
    shown: Shown,
    epic: RankedEpic,
    line: EpicLine | None,
    stream: str | None,
    score: float | None,
    highest: float,
    bands: dict[float, int],
) -> RankingRow:
    periods = shown.portfolio.calendar
    is_money = shown.ranking.method == "cd3"
    begins = line is not None and line.start is not None
    return RankingRow(
        id=epic.id,
        label=shown.labels[epic.id],
        title=epic.title,
        group=_group(epic, line),
        rank=epic.rank,
        score=score,
        share=None if score is None else max(0.0, score / highest) if highest > 0 else 0.0,
        band=None if score is None else bands.get(_digits(score)),
        cost_of_delay=epic.cost_of_delay_per_week if is_money else epic.cost_of_delay,
        duration=epic.duration_weeks if is_money else epic.denominator,
        value_stream=shown.titles.get(stream or ""),
        decision=None if line is None else line.decision,
        commitment=None if line is None else line.commitment,
        start=None if line is None else line.start,
        finish=None if line is None else line.finish,
        first=periods.index(line.start or "") if line is not None and begins else None,
        last=periods.index(line.finish or "") if line is not None and begins else None,
        value=line.value if line is not None and begins else None,
        delay_cost=None if line is None else line.delay_cost,
        spend=line.spend if line is not None and begins else None,
        why="" if line is None else line.merit if begins else line.obstacle,
        reason="" if line is None else line.reason,
    )


def _group(epic: RankedEpic, line: EpicLine | None) -> Group:
    if line is not None and line.start is not None:
        return "starts"
    if epic.rank is None:
        return "not scored"
    return "ranked" if line is None else "waits"


def _score(epic: RankedEpic, method: str) -> float | None:
    """What the epic is ranked by; None where the order of the sheet ranks."""
    return {"wsjf": epic.wsjf, "cd3": epic.cd3}.get(method, epic.score)


def _digits(score: float) -> float:
    return float(f"{score:.{SAME_SCORE}g}")


def _bands(scores: Iterable[float | None]) -> dict[float, int]:
    """A number for each score that more than one epic has, the highest first."""
    counts = Counter(_digits(score) for score in scores if score is not None)
    shared = sorted((score for score, count in counts.items() if count > 1), reverse=True)
    return {score: number for number, score in enumerate(shared, 1)}
