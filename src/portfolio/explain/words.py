"""Figures and places as people say them."""

from __future__ import annotations

from portfolio.guardrails import Place


def amount(figure: float, unit: str) -> str:
    """A figure with its unit, in whole units above a hundred and with three digits below."""
    text = f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:,.3g}"
    return f"{text} {unit}"


def place_words(name: str, place: Place) -> str:
    """A guardrail with its place: `Capacity of Payments in PI 2`."""
    if not place:
        return name
    parts = []
    for dimension, label in place.items():
        if dimension in {"period", "budget period"}:
            parts.append(f"in {label}")
        elif dimension == "value stream":
            parts.append(f"of {label}")
        else:
            parts.append(f"({dimension} {label})")
    return f"{name} {' '.join(parts)}"
