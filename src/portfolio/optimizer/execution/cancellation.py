"""The wish to stop: raised by Ctrl-C or another thread, noticed by whatever is at work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Count = Callable[[int, int], None]
"""Told now and then: how many of how many are done."""


@dataclass
class Interrupt:
    """A flag that another thread or a signal may raise; the solver and the search then stop and keep their best."""

    raised: threading.Event = field(default_factory=threading.Event)
