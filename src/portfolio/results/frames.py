"""An answer as pandas frames, for notebooks and further analysis."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from portfolio.results.answer import Answer


def frames(answer: Answer) -> dict[str, pd.DataFrame]:
    """The tables of an answer: `epics` (by ID, with scores), `streams` (by value stream and period), `guardrails`.

    Columns are the fields of EpicLine, StreamLine and GuardrailStatus; a guardrail's place is spread over one column per
    dimension. Units are those of the portfolio.
    """
    scores = pd.DataFrame([asdict(epic) for epic in answer.ranking.epics]).drop(columns=["rank", "wsjf"])
    epics = pd.DataFrame([asdict(line) for line in answer.epics]).merge(scores, on="id", how="left")
    streams = pd.DataFrame([asdict(line) for line in answer.value_streams])
    guardrails = pd.DataFrame([{**dict(line.place), **asdict(line)} for line in answer.guardrails])
    return {
        "epics": epics.set_index("id"),
        "streams": streams.set_index(["id", "period"]) if len(streams) else streams,
        "guardrails": guardrails.drop(columns="place") if len(guardrails) else guardrails,
    }
