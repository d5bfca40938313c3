"""Habits that are not understood yet: one that is may not stand here, so whoever teaches one removes its line."""

from __future__ import annotations

NOT_YET: frozenset[str] = frozenset()
