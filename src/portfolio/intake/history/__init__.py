"""Dated history as tools keep it: tables of changes, tables with a column per state, changelogs, revisions."""
