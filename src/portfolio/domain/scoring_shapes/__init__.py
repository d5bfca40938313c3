"""Scoring choices besides WSJF and CD3: one file per shape."""

from __future__ import annotations

from portfolio.domain.scoring_shapes.ice import ICE
from portfolio.domain.scoring_shapes.npv import NPV
from portfolio.domain.scoring_shapes.rice import RICE
from portfolio.domain.scoring_shapes.shape import ScoringShape

SHAPES: tuple[ScoringShape, ...] = (RICE, ICE, NPV)
"""Every shape, in the order of the reference."""
BY_NAME = {shape.name: shape for shape in SHAPES}

__all__ = ["BY_NAME", "SHAPES", "ScoringShape"]
