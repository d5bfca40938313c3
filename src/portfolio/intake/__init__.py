"""Reads tables as people keep them: finds them, reads them by their headings, and reports every problem at its place."""
