"""Tables declared as data, and how a program sees them: frames, and HTML in a notebook. Knows no portfolio."""

from portfolio.tabular.html import Bar, paragraph, roadmap
from portfolio.tabular.result import TabularResult
from portfolio.tabular.table import Column, FilledTable, Table

__all__ = ["Bar", "Column", "FilledTable", "Table", "TabularResult", "paragraph", "roadmap"]
