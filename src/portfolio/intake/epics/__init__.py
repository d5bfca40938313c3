"""Reads the table of epics, and what stands beside their fields: levels, scores in other shapes, effort, links."""
