"""Proves that a plan is best: a tree of decisions about whole epics, over linear programs that are kept warm."""
