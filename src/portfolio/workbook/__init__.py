"""Writes workbooks: one file per sheet, and what the sheets share."""
