"""The ranking as a table: every epic with its scores, best first."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, figure, headed, whole
from portfolio.engine import Loaded
from portfolio.engine.policy_findings import ages
from portfolio.scoring import RankedEpic, Ranking
from portfolio.scoring.ranking import METHOD_WORDS

RATIOS = {"score", "wsjf"}


def ranking_table(ranking: Ranking, loaded: Loaded) -> Table:
    """The ranking, best first; the money ranking and its difference beside it where money is given."""
    money = any(epic.cd3 is not None for epic in ranking.epics)
    beside = money and ranking.method != "cd3"
    table = blank_table(f"Ranking by {METHOD_WORDS[ranking.method]}")
    stream = headed(loaded.model.vocabulary.value_stream.one)
    within = (stream, f"Rank in {stream.lower()}") if ranking.is_by_stream else ()
    for heading in ("Rank", headed(loaded.model.vocabulary.epic.one), "Title"):
        table.add_column(heading, justify="right" if heading == "Rank" else "left", overflow="fold")
    scored = any(epic.cost_of_delay is not None or epic.score is not None for epic in ranking.epics)
    keys = (
        [key for key in ("cost_of_delay", "denominator", "score", "wsjf") if key in ranking.headings] if scored else []
    )
    for heading in (
        *within,
        *(ranking.headings[key] for key in keys),
        *(("Money/week", "CD3") if money else ()),
        *(("Rank by money",) if beside else ()),
    ):
        table.add_column(heading, justify="right")
    aged = {age.epic: age.words for age in ages(loaded)}
    if aged:
        table.add_column("In progress for", overflow="fold")
    for epic in ranking.epics:
        cells = [
            whole(epic.rank),
            epic.id,
            epic.title or "",
            *((epic.value_stream or "", whole(epic.rank_in_stream)) if within else ()),
            *(figure(getattr(epic, key), 2) if key in RATIOS else figure(getattr(epic, key)) for key in keys),
        ]
        in_money = [Text(figure(epic.cost_of_delay_per_week)), Text(figure(epic.cd3))]
        in_money += [_disagreement(epic)] if beside else []
        age = [Text(aged.get(epic.id, ""))] if aged else []
        table.add_row(*as_cells(cells), *(in_money if money else []), *age)
    told = [
        f"{loaded.model.title} compares ranks within a {stream.lower()}; the order across {loaded.model.vocabulary.value_stream.many} "
        "is yours."
        if within
        else "",
        _caption(ranking, loaded) if money else "",
        ""
        if ranking.shape
        else loaded.model.decision_rights_text("order epics", portfolio=loaded.rankable or loaded.ready),
    ]
    table.caption = Text(" ".join(filter(None, told)))
    return table


def _disagreement(epic: RankedEpic) -> Text:
    if epic.cd3_rank is None:
        return Text("-")
    moved = epic.places_by_money
    if not moved:
        return Text(str(epic.cd3_rank))
    return Text(f"{'▲' if moved > 0 else '▼'}{abs(moved)}  {epic.cd3_rank}", style="green" if moved > 0 else "red")


def _caption(ranking: Ranking, loaded: Loaded) -> str:
    differ, both = ranking.disagreement
    if not both:
        return ""
    many, money = loaded.model.vocabulary.epic.many, (loaded.rankable or loaded.ready).money_unit
    return f"Money and points rank {differ} of {both} {many} differently ({money} per week and week of work)."
