"""Everything that is shown, as typed data with its words: terminal, workbook, JSON and notebooks show the same objects."""
