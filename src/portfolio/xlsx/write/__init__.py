"""New workbooks: pages, areas, styles, and people's text that stays text."""
