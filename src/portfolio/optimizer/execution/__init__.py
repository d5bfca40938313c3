"""Runs work so that it can be cancelled, uses every core, and is compiled only once."""
