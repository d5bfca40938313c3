"""Searches for better plans: it releases some epics and plans them anew, many thousand times a second."""

from portfolio.optimizer.search.search import Search, prepare

__all__ = ["Search", "prepare"]
