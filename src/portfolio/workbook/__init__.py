"""Workbooks as they are written: one file per sheet, and what the sheets share."""
