"""What is wrong with a portfolio, as a program gets it."""

from __future__ import annotations

from pathlib import Path

from portfolio import engine
from tests import asking


def test_a_sound_portfolio_may_be_in_a_trap(tmp_path: Path) -> None:
    """A value stream that nobody needs: a warning that loading does not have."""
    raw = asking.small(asking.epic("E", a=4))
    loaded = asking.loaded(raw, tmp_path)
    found = [finding for finding in engine.check(loaded) if finding not in loaded.findings]
    assert [finding.severity for finding in found] == ["warning"] * len(found)
    assert any("Stream B" in finding.what or "B" in finding.place for finding in found)


def test_errors_are_all_there_is_to_say(tmp_path: Path) -> None:
    """Traps are looked for in sound portfolios only."""
    loaded = asking.loaded(asking.small(asking.epic("E", a=-1)), tmp_path)
    assert engine.check(loaded) == loaded.findings
