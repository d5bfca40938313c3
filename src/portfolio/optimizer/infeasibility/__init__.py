"""Finds why no plan is possible, and the least change that would make one possible."""
