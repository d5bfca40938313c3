"""Simulation: how sure a plan, a ranking and a choice are, from futures that are drawn from what is uncertain."""
