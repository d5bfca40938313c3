"""Reads the values of cells: one decision for a whole column."""
