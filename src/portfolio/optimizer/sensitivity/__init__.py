"""Finds how much more a plan could be worth if something changed, and how small a change is enough."""
