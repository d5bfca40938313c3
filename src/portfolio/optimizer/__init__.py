"""Finds a portfolio's best plan, and says honestly what is known of it."""
