"""Finding the tables of a file: its sheets or its text, the header rows, and the rows below."""
