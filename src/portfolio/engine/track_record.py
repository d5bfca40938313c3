"""How earlier forecasts and promises of a portfolio have held, from its own evidence, by the last day that it knows."""

from __future__ import annotations

from portfolio.domain import Portfolio


def track_record_of(portfolio: Portfolio) -> str:
    """The track record in a sentence; nothing where the portfolio has no forecasts, ranges or objectives of the past."""
    from portfolio.measures.calibration import calibration
    from portfolio.measures.days import day_number
    from portfolio.measures.predictability import predictability
    from portfolio.results.flow.track_record import track_record

    known = portfolio.evidence
    if not (known.forecasts or known.actuals or known.objectives):
        return ""
    days = [row.known_on for row in known.forecasts if row.known_on is not None]
    found = calibration(known.forecasts, known.actuals, day_number(max(days)) if days else 0)
    return track_record(found, predictability(known.objectives, portfolio.calendar.periods))
