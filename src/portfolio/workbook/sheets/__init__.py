"""The result sheets: one file for each."""
