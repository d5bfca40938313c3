"""ICE: impact x confidence x ease."""

from __future__ import annotations

from portfolio.domain.scoring_shapes.shape import ScoringShape

ICE = ScoringShape(
    name="ice",
    title="ICE",
    score="ICE",
    rule="what it does, as sure as that is, and how easy it is.",
    formula="Impact x Confidence x Ease, with a confidence of 1 to 10",
    unit="points; in a plan, impact is earned each week.",
    why="a quick order for many ideas, before anybody has sized them.",
    source="Sean Ellis and Morgan Brown, Hacking Growth: each of the three from 1 to 10",
    example="impact 8, confidence 5 of 10, ease 3: 120.",
    worth=("impact",),
    known_by=("impact", "ease"),
    times={"confidence": 10.0, "ease": 1.0},
)
