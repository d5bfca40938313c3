"""RICE: reach x impact x confidence / effort."""

from __future__ import annotations

from portfolio.domain.scoring_shapes.shape import ScoringShape

RICE = ScoringShape(
    name="rice",
    title="RICE",
    score="RICE",
    rule="what it does for all whom it reaches, as sure as that is, by what it takes.",
    formula="Reach x Impact x Confidence / Job size",
    unit="points per point of size; in a plan, reach x impact is earned each week.",
    why="many small wins for many people are weighed against large ones for few.",
    source="Sean McBride, RICE: simple prioritization for product managers (intercom.com/blog)",
    example="reach 500, impact 2, confidence 80 %, size 4: 200.",
    worth=("reach", "impact"),
    known_by=("reach", "impact"),
    times={"confidence": 1.0},
    per="job_size",
)
