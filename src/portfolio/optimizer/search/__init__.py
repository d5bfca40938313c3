"""The portfolio search: better plans by releasing some epics and planning them anew, many thousand times a second."""

from portfolio.optimizer.search.search import Search, prepare

__all__ = ["Search", "prepare"]
