"""Flow, delivery and outcome measures as they are shown: figures of the system, each beside its own past."""
