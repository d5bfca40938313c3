"""Decides which epics an organisation funds, when, and why."""
