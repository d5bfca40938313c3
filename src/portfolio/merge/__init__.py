"""Merging the copies of a workbook that came back: by identity and column, never by position, and nothing silently."""
