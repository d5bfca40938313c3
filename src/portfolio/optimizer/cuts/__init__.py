"""Finds cuts: rows that every plan keeps and the linear relaxation does not, so that its bound comes down to the truth."""
