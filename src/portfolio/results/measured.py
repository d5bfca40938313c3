"""A measured plan: everything that its portfolio's rules say of it, whatever search it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.guardrails import GuardrailStatus
from portfolio.results.allocation import StreamLine
from portfolio.results.funding import Funding
from portfolio.results.work import WorkLine


@dataclass(frozen=True)
class MeasuredPlan:
    """What a plan uses of each value stream, how it stands to each guardrail, what it spends, and on which work."""

    value_streams: tuple[StreamLine, ...] = ()
    guardrails: tuple[GuardrailStatus, ...] = ()
    funding: Funding = field(default_factory=Funding)
    work: tuple[WorkLine, ...] = ()
