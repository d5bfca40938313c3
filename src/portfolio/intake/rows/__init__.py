"""What the rows below a header are: records, totals, sections, repeated headers, notes, or other levels of work."""
