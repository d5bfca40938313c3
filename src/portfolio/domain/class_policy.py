"""Policies of a class of service: how work in it is treated, whatever it is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClassPolicy:
    """What one class of service asks for; the default asks for nothing.

    `at_once`: its epics are planned before all others, each as soon as it can be. `bypasses_wip`: no WIP limit counts them.
    `meets_date`: they are not done after their deadline. `percentile` of them are to be done within `weeks` of their
    commitment.
    """

    name: str
    at_once: bool = False
    bypasses_wip: bool = False
    meets_date: bool = False
    percentile: float | None = None
    weeks: float | None = None


NO_POLICY = ClassPolicy("")
"""What an epic without a class, or in one that the model does not know, asks for."""
