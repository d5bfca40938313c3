"""Makes a portfolio of the tables that a program holds, and gives them back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from portfolio.engine.load import Loaded, filled_in_by, loaded_by_model

if TYPE_CHECKING:
    from portfolio.exchange.portfolio_frames import PortfolioFrames
    from portfolio.intake.frames.frame_grid import Tabular
    from portfolio.intake.frames.read_frames import Settings


def from_frames(
    epics: Tabular,
    effort: Tabular | None = None,
    value_streams: Tabular | None = None,
    capacity: Tabular | None = None,
    budget: Tabular | None = None,
    dependencies: Tabular | None = None,
    guardrails: Tabular | None = None,
    settings: Settings | None = None,
    model: str | None = None,
    outcomes: Tabular | None = None,
    evidence: Mapping[str, Tabular] | None = None,
) -> Loaded:
    """A portfolio from frames, or anything that pandas makes a frame of, with every finding.

    Headings are those of a workbook or the names in JSON; an index that is named like the ID is the ID. Capacity and budget
    have a column for each period, or a row for each amount. `evidence` holds a table for each of its lists that there is, such as
    `history`. What is missing in pandas is absent here. `model` overrides
    the model that the settings name. Raises WrongUseError for what is no table; everything else is a finding.
    """
    from portfolio.intake.frames.read_frames import evidence_tables, read_frames
    from portfolio.intake.read_portfolio import filled_in_by_its_model
    from portfolio.storage.read_model import read_model

    tables = {
        "value_streams": value_streams,
        "capacity": capacity,
        "budget": budget,
        "epics": epics,
        "effort": effort,
        "dependencies": dependencies,
        "guardrails": guardrails,
        "outcomes": outcomes,
        **evidence_tables(evidence or {}),
    }
    settle = filled_in_by(model) or partial(filled_in_by_its_model, None)
    criteria = read_model(model).own_criteria if model else ()
    return loaded_by_model(read_frames(tables, settings, settle, criteria), model)


def to_frames(loaded: Loaded) -> PortfolioFrames:
    """The tables of a portfolio as frames, such that `from_frames(**to_frames(loaded))` is the same portfolio.

    Raises HasErrorsError where the portfolio cannot be used.
    """
    from portfolio.exchange.portfolio_frames import portfolio_frames

    frames = portfolio_frames(loaded.given)
    if loaded.asked_model is not None:
        frames["model"] = loaded.asked_model
    return frames
