"""What a state of work says, whatever a model, a tool or a language calls it."""

from __future__ import annotations

from typing import Literal

StateKind = Literal["before", "waiting", "active", "done", "stopped"]
"""What a state says about an epic: not begun, held up, being done, finished, given up."""
ENDED: tuple[StateKind, ...] = ("done", "stopped")
"""What nobody has to decide about any more."""
