"""Compiles search, cuts and trees before they are needed, and says so where that takes long: it does once on each machine."""

from __future__ import annotations

import logging
import threading

LOGGER = logging.getLogger(__name__)
NOTICE = (
    "The search is compiled for this machine first, once after each installation: up to half a minute, which no time limit "
    "counts. `portfolio prepare` does it beforehand."
)
"""What whoever waits for it is told."""
_ONE_AT_A_TIME = threading.Lock()


def prepare(*, quiet: bool = False) -> bool:
    """Compiles search, cuts and trees where that is not done yet, and says so unless `quiet`; returns whether it had to."""
    from portfolio.optimizer import search
    from portfolio.optimizer.cuts import packing
    from portfolio.optimizer.execution import compilation
    from portfolio.optimizer.tree import propagation, replay

    with _ONE_AT_A_TIME:
        missing = not compilation.is_compiled()
        if missing and not quiet:
            LOGGER.warning(NOTICE)
        search.prepare()
        packing.prepare()
        propagation.prepare()
        replay.prepare()
        compilation.note_compiled()
        return missing
