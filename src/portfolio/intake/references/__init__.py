"""References resolved: an ID, or a title or name that only one thing has, one or several in a cell."""
