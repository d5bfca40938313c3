"""Exports of other tools: which column means what, one page of YAML for each tool, and reading their rows as epics."""
