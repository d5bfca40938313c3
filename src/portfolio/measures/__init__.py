"""Flow, delivery and outcome measures, computed from dated history; they look at the system and rank nobody."""
