"""Understanding headings: which column is which field, in whatever words and language, and in which unit."""
