"""A value stream that gets no work, because shares of what is selected leave it none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portfolio.domain import FieldFinding, Plan
from portfolio.domain.wording import place_words
from portfolio.optimizer.formulation import Formulation
from portfolio.optimizer.infeasibility.iis import AT_LEAST_ONE, clash_with

SECONDS = 3.0
"""How long is looked for the reason why one value stream is idle."""


def starved_stream(formulation: Formulation, plan: Plan) -> Iterator[FieldFinding]:
    """A value stream with candidates of value, none of which can ever start while the shares are kept."""
    options, portfolio = formulation.options, formulation.options.portfolio
    worth = formulation.objective[: len(formulation.options)] > 0
    planned = {stream for epic in plan for stream in portfolio.epics[portfolio.epic_index[epic]].effort}
    for index, stream in enumerate(portfolio.value_streams):
        members = np.unique(options.work.option[options.work.stream == index])
        members = members[worth[members]]
        if not len(members) or stream.id in planned or not any(stream.capacity) or not plan.bookings:
            continue
        clash = [source for source in clash_with(formulation, members, SECONDS) if source.name != AT_LEAST_ONE]
        shares = [
            source for source in clash if getattr(formulation.guardrails[source.guardrail], "of", None) == "selected"
        ]
        if shares:
            names = "; ".join(place_words(source.name, source.place) for source in clash)
            yield FieldFinding(
                formulation.inputs(shares[0])[0],
                f"{stream.title} gets no work in any plan.",
                f"No epic that needs it can start while these are kept: {names}. "
                f"{shares[0].name} is a share of what is selected, which a plan without {stream.title} meets.",
                "Loosen it, or measure it against budget or capacity.",
                "warning",
            )
